"""References: who, what, where printed, link; and the locator of a passage for a reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.citations.references import STYLES, Citation, cite, locator
from search.model import Passage
from tests.factories import EDITIONS, make_document, make_passages

GENEVA = EDITIONS[1]


def passage(**changes: object) -> Passage:
    """The third passage of a report."""
    return make_passages("report", ["One.", "Two.", "Words that were said."], **changes)[2]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({}, "para. 3"),
        ({"page": 4, "page_end": 4}, "PDF p. 4"),
        ({"page": 4, "page_end": None}, "PDF p. 4"),
        ({"page": 4, "page_end": 5}, "PDF pp. 4–5"),
        ({"page": 4, "page_end": 4, "page_label": "4"}, "p. 4"),
        ({"number": "14"}, "para. 14"),
        ({"page": 4, "page_end": 5, "number": "14"}, "PDF pp. 4–5, para. 14"),
        ({"page": 4, "page_end": 4, "page_label": "4", "number": "14"}, "p. 4, para. 14"),
        ({"page": 18, "page_end": 18, "page_label": "12", "number": "14"}, "p. 12, para. 14 (PDF p. 18)"),
        ({"page": 4, "page_end": 4, "page_label": "xiv"}, "p. xiv (PDF p. 4)"),
        ({"page": 18, "page_end": 18, "page_label": "12"}, "p. 12 (PDF p. 18)"),
        ({"page": 39, "page_end": 39, "page_label": "Page 39"}, "p. 39"),
        ({"page": 8, "page_end": 8, "page_label": "- 6 -"}, "p. 6 (PDF p. 8)"),
        ({"page": 2, "page_end": 2, "page_label": "2/15"}, "p. 2/15 (PDF p. 2)"),
        ({"page": 9, "page_end": 9, "page_label": "A-1"}, "p. A-1 (PDF p. 9)"),
        ({"page": 5, "page_end": 6, "page_label": "5"}, "pp. 5–6"),
        ({"page": 5, "page_end": 6, "page_label": "xiv"}, "pp. xiv–xv (PDF pp. 5–6)"),
        ({"page": 9, "page_end": 10, "page_label": "A-1"}, "PDF pp. 9–10"),
        ({"position": None, "heading_path": ("Part", "Ropes")}, "under “Ropes”"),
        ({"position": None}, "at the beginning"),
    ],
)
def test_the_locator_says_where_the_words_are_printed(where: dict[str, object], wanted: str) -> None:
    assert locator(passage(**where)) == wanted


def test_a_plain_reference_has_speakers_before_authors_and_ends_with_the_link() -> None:
    document = make_document(authors=("An office",), speakers=("Ms A", "Mr B"), publisher="A house")
    made = passage(page=2, page_label="2")
    assert cite(Citation(document, GENEVA, made, "https://findings.example")) == (
        "Ms A, Mr B: The report, A house, Geneva, Switzerland, 2022-07-13, p. 2. "
        f"https://findings.example/p/{made.passage_id}"
    )


def test_what_is_not_known_is_left_out() -> None:
    document = make_document(date=None, edition=None)
    assert cite(Citation(document, None, None)) == "The report. /d/report"


def test_the_place_is_not_said_twice() -> None:
    document = make_document(title="Speech in Geneva, Switzerland")
    assert cite(Citation(document, GENEVA, None)).count("Geneva") == 1


def test_a_quotation_gives_the_words_then_the_reference() -> None:
    citation = Citation(make_document(), GENEVA, passage())
    assert cite(citation, "quotation") == f"“Words that were said.” {cite(citation)}"


def test_markdown_quotes_the_words_and_names_a_document_as_a_link() -> None:
    citation = Citation(make_document(), GENEVA, passage())
    assert cite(citation, "markdown") == f"> Words that were said.\n>\n> — {cite(citation)}"
    assert cite(replace(citation, passage=None), "markdown") == "[The report](/d/report)"


@pytest.mark.parametrize("style", STYLES)
def test_every_style_cites_a_passage_and_a_document_with_its_permanent_link(style: str) -> None:
    citation = Citation(make_document(), GENEVA, passage(), "https://x.example")
    assert citation.link in cite(citation, style)
    whole = replace(citation, passage=None)
    assert "https://x.example/d/report" in cite(whole, style)


def test_an_unknown_style_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        cite(Citation(make_document(), None, None), "mla")


def test_a_chicago_note_has_the_day_the_event_and_the_place() -> None:
    document = make_document(speakers=("General Example",), kind="speech", title="Keynote")
    made = passage(page=18, page_end=18, page_label="xiv")
    assert cite(Citation(document, GENEVA, made, "https://x.example"), "chicago") == (
        "General Example, “Keynote” (Speech, Third symposium, Geneva, Switzerland, July 13, 2022), "
        f"xiv (PDF p. 18), https://x.example/p/{made.passage_id}."
    )


def test_apa_has_an_entry_and_words_for_the_text() -> None:
    document = make_document(publisher="NATO")
    citation = Citation(document, None, passage(page=4, page_end=4), "https://x.example")
    assert cite(citation, "apa") == f"NATO. (2022, July 13). The report [Report]. {citation.link}"
    assert cite(citation, "apa-text") == f"(NATO, 2022, PDF p. 4) {citation.link}"


def test_a_document_of_which_little_is_known_has_no_stray_stops() -> None:
    document = make_document(date=None, edition=None, kind="other", title="What next?")
    assert cite(Citation(document, None, None), "apa") == "What next? (n.d.). /d/report"
    assert cite(Citation(document, None, None), "plain") == "What next? /d/report"


def test_apa_has_persons_by_family_name_and_groups_whole_and_once() -> None:
    document = make_document(
        authors=("Ada van Dijk", "Jory A. Ash", "Rowing Club"), publisher="Harbour Press"
    )
    made = cite(Citation(document, None, None), "apa")
    assert made.startswith(
        "van Dijk, A., Ash, J. A., & Rowing Club. (2022, July 13). The report [Report]. Harbour Press."
    )
    group = make_document(authors=("Rowing Club",), publisher="Rowing Club")
    assert cite(Citation(group, None, None), "apa").count("Rowing Club") == 1


def test_apa_puts_what_it_is_before_the_missing_date() -> None:
    document = make_document(date=None, edition=None, kind="background")
    assert cite(Citation(document, None, None), "apa") == "The report [Background paper]. (n.d.). /d/report"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Remarks.", "Remarks,"),
        ("Made by Rope Inc.", "Inc.,"),
        ("The role of the U.S.", "U.S.,"),
        ("And so…", "so…,"),
    ],
)
def test_a_full_stop_that_ends_a_title_goes_and_that_of_an_abbreviation_stays(
    title: str, wanted: str
) -> None:
    assert wanted in cite(Citation(make_document(title=title), None, None), "plain")


@pytest.mark.parametrize("style", ["plain", "chicago", "apa"])
def test_the_official_address_stands_behind_ours(style: str) -> None:
    document = make_document(source_url="https://house.example/report.pdf")
    made = cite(Citation(document, None, None, "https://x.example"), style)
    assert made.index("https://x.example/d/report") < made.index("https://house.example/report.pdf")
