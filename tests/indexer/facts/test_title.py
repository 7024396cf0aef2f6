from __future__ import annotations

from indexer.facts.title import find_printed_title
from tests.indexer.facts.fronts import Printed, front, text_front

BODY: tuple[Printed, ...] = tuple(
    (10.0, 400.0 + 12 * n, f"Line {n} of a long paragraph about the piers.") for n in range(30)
)


def title(*lines: Printed, later: tuple[Printed, ...] = ()) -> str | None:
    found = find_printed_title(front(*lines, later=later))
    return found.text if found else None


def test_the_largest_type_above_the_text_is_the_title() -> None:
    assert (
        title((24, 100, "Lamps on the piers"), (24, 128, "of two towns"), *BODY)
        == "Lamps on the piers of two towns"
    )


def test_the_name_of_the_house_in_larger_type_is_no_title() -> None:
    masthead: tuple[Printed, ...] = ((20, 80, "Economic and Social Council"), (10, 104, "Distr.: General"))
    assert title(
        *masthead, (-14, 200, "Review of the harbour dues"), (-12, 230, "Report of the Board"), *BODY
    ) == ("Review of the harbour dues")


def test_session_and_agenda_item_are_no_title() -> None:
    above: tuple[Printed, ...] = ((-14, 150, "Fifty-first session"), (-14, 190, "Agenda item 12"))
    assert title(*above, (-14, 230, "Dredging of the inner bar"), *BODY) == "Dredging of the inner bar"


def test_the_kind_of_a_paper_above_its_title_is_no_title() -> None:
    standard: tuple[Printed, ...] = (
        (-20, 60, "NATO STANDARD"),
        (-28, 100, "AJP-9.9"),
        (-20, 220, "ALLIED DOCTRINE FOR LAMPS"),
    )
    assert title(*standard) == "ALLIED DOCTRINE FOR LAMPS"
    assert title((-14, 150, "Unterrichtung"), (-12, 220, "Bericht über die Lampen am Hafen"), *BODY) == (
        "Bericht über die Lampen am Hafen"
    )


def test_a_numbered_section_or_the_contents_are_no_title() -> None:
    assert title((-14, 100, "Contents"), (-14, 150, "I. Introduction"), *BODY) is None


def test_a_typewritten_title_stands_in_capitals() -> None:
    typed: tuple[Printed, ...] = (
        (10, 150, "Agenda items 12 and 4"),
        (10, 200, "SOUNDINGS OF THE OUTER CHANNEL IN SPRING"),
    )
    assert title(*typed, *BODY) == "SOUNDINGS OF THE OUTER CHANNEL IN SPRING"


def test_the_parts_of_a_cover_stand_together() -> None:
    assert title((36, 200, "Old quays"), (28, 250, "A survey of the northern towns")) == (
        "Old quays A survey of the northern towns"
    )


def test_a_cover_without_words_leaves_the_title_to_the_next_page() -> None:
    assert title((10, 700, "12"), later=((24, 100, "Pilots in winter"), *BODY)) == "Pilots in winter"


def test_texts_without_places_have_no_printed_title() -> None:
    assert find_printed_title(text_front("Pilots in winter", "It was cold.")) is None


def test_a_sentence_set_in_several_sizes_on_a_cover_is_one_title() -> None:
    cover = front(
        (-16, 300, "THE EFFECTS OF SALT ON"), (-40, 330, "HARBOUR LAMPS"), (-16, 376, "IN THE NORTH")
    )
    found = find_printed_title(cover)
    assert found and found.text == "THE EFFECTS OF SALT ON HARBOUR LAMPS IN THE NORTH"


def test_a_title_at_the_head_of_all_pages_is_found_where_no_type_sets_one_apart() -> None:
    text = tuple((10.0, 100.0 + 14 * n, "The lamps were lit by hand until the war.") for n in range(30))
    head = (-10.0, 40.0, "LIST OF LAMPS AND KEEPERS")
    found = find_printed_title(front(head, *text, later=(head, *text)))
    assert found and found.text == "LIST OF LAMPS AND KEEPERS"


def test_a_genre_with_its_year_is_the_title_of_a_cover_that_has_no_other() -> None:
    found = find_printed_title(front((12, 100, "Harbour Institute"), (36, 300, "Annual Report 2021")))
    assert found and found.text == "Annual Report 2021"


def test_a_body_whose_name_runs_over_two_lines_is_no_title() -> None:
    cover = front(
        (-14, 100, "WELCOMING THE NEW LAMPS OF THE NORTHERN QUAYS"),
        (-18, 300, "COMMITTEE ON"),
        (-18, 322, "HARBOUR RELATIONS"),
        body=9.0,
    )
    found = find_printed_title(cover)
    assert found and found.text == "WELCOMING THE NEW LAMPS OF THE NORTHERN QUAYS"


def test_stacked_words_of_a_genre_are_one_title() -> None:
    found = find_printed_title(
        front((50, 300, "ANNUAL"), (50, 355, "REPORT"), (50, 410, "2021"), (14, 700, "Harbour Foundation"))
    )
    assert found and found.text == "ANNUAL REPORT 2021"
