from __future__ import annotations

from indexer.facts.bodies import is_body
from indexer.facts.publisher import find_publisher
from tests.indexer.facts.fronts import front, text_front


def test_the_symbol_tells_the_body() -> None:
    assert (
        find_publisher(front((10, 50, "S/2025/1")), ["S/2025/1"], None) == "United Nations Security Council"
    )


def test_the_imprint_counts_before_the_cover() -> None:
    page = front((20, 50, "Institute of Quays"), (10, 700, "Published by"), (10, 714, "Harbour Press"))
    assert find_publisher(page, [], "Lamps") == "Harbour Press"


def test_a_body_alone_in_a_line_of_the_cover_issued_it() -> None:
    page = front((12, 50, "HARBOUR RESEARCH INSTITUTE"), (24, 200, "Lamps on the piers"))
    assert find_publisher(page, [], "Lamps on the piers") == "Harbour Research Institute"


def test_a_press_release_names_its_body() -> None:
    assert (
        find_publisher(text_front("Friday, 3 May 2019 Press Release: Lamp Keepers Union"), [], None)
        == "Lamp Keepers Union"
    )


def test_nothing_told_stays_unknown() -> None:
    assert (
        find_publisher(front((24, 200, "Lamps on the piers"), (10, 400, "The centre cannot hold.")), [], None)
        is None
    )


def test_sentences_with_a_word_for_bodies_are_no_names() -> None:
    assert not is_body("Report from the Institute") and not is_body("The union was strong.")


def test_where_the_authors_of_an_article_work_is_not_who_issued_it() -> None:
    text = tuple((10.0, 300.0 + 14 * n, "The lamps were lit by hand until the war.") for n in range(30))
    page = front(
        (20, 50, "Lamps on the piers"),
        (12, 90, "Ana Reef"),
        (11, 104, "University of Quays"),
        (10, 200, "Abstract"),
        *text,
    )
    assert find_publisher(page, [], "Lamps on the piers") is None


def test_a_sentence_of_the_imprint_tells_who_produced_a_report() -> None:
    page = front((20, 50, "Lamps"), (10, 700, "This report was produced by the Harbour Research Program."))
    assert find_publisher(page, [], "Lamps") == "Harbour Research Program"


def test_the_citation_that_is_asked_for_names_the_body() -> None:
    page = front(
        (24, 60, "Lamps"),
        (9, 560, "RECOMMENDED CITATION"),
        (9, 574, "Quay Research Center, September, 2022, “Lamps”"),
    )
    assert find_publisher(page, [], "Lamps") == "Quay Research Center"
