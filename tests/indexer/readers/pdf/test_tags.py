from __future__ import annotations

from pathlib import Path

from indexer.readers import read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading
from search.model import PassageKind
from tests.indexer.readers.pdf_files import write_tagged_pdf

FIRST = "The port towns agreed that pilots should share their soundings every month"
SECOND = "Several masters reported that the northern channel had shifted."


def tagged(folder: Path, *elements: tuple[str, list[tuple[float, str]]]) -> Reading:
    return read(write_tagged_pdf(folder / "a.pdf", elements), ReadingLimits())


def test_elements_part_paragraphs_that_look_like_one(tmp_path: Path) -> None:
    reading = tagged(tmp_path, ("P", [(200, FIRST)]), ("P", [(212, SECOND)]))
    assert [draft.text for draft in reading.passages] == [FIRST, SECOND]


def test_one_element_holds_what_looks_like_two(tmp_path: Path) -> None:
    reading = tagged(tmp_path, ("P", [(200, "The board agreed."), (218, SECOND)]))
    assert [draft.text for draft in reading.passages] == [f"The board agreed. {SECOND}"]


def test_a_whole_page_as_one_paragraph_is_not_believed(tmp_path: Path) -> None:
    reading = tagged(
        tmp_path, ("P", [(200, FIRST), (212, "and pay for them."), (300, SECOND), (312, "They will meet.")])
    )
    assert len(reading.passages) == 2


def test_headings_tables_and_notes_are_known(tmp_path: Path) -> None:
    reading = tagged(
        tmp_path,
        ("H2", [(200, "Soundings of the estuary")]),
        ("P", [(230, FIRST + ".")]),
        ("Table", [(300, "North"), (312, "South")]),
        ("Note", [(400, "See the charts.")]),
    )
    assert [draft.kind for draft in reading.passages] == [
        PassageKind.HEADING,
        PassageKind.PARAGRAPH,
        PassageKind.TABLE,
        PassageKind.FOOTNOTE,
    ]
    assert reading.passages[1].heading_path == ("Soundings of the estuary",)


def test_a_table_of_contents_gives_no_passage(tmp_path: Path) -> None:
    reading = tagged(
        tmp_path, ("TOC", [(200, "Soundings of the estuary, page nine")]), ("P", [(300, SECOND)])
    )
    assert [draft.text for draft in reading.passages] == [SECOND]
