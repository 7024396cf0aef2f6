"""`findings export`: everything, as JSON lines, one JSON list or a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from cli.support.printing import counted, marked
from search.answering.highlights import Mark, MarkReason
from search.tables import safe_cell
from tests.cli.conftest import Run
from tests.indexer.corpora import Desk

PASSAGE_KEYS = {
    "passage_id", "document_id", "path", "ordinal", "kind", "page", "page_end", "page_label", "heading_path",
    "text", "finding", "themes", "speaker", "boxes",
}  # fmt: skip
DOCUMENT_KEYS = {
    "document_id", "path", "title", "kind", "edition", "date", "authors", "speakers", "language", "pages",
    "words", "source_url", "sha256", "quality",
}  # fmt: skip


def test_passages_come_one_object_a_line_by_document_in_reading_order(findings: Run, library: Desk) -> None:
    ran = findings("export", "passages")
    assert (ran.code, ran.err) == (0, "")
    assert all(set(row) >= PASSAGE_KEYS for row in ran.lines)
    places = [(row["document_id"], row["ordinal"]) for row in ran.lines]
    assert places == sorted(places)
    assert [row["passage_id"] for row in ran.lines] == [p["passage_id"] for p in library.holds()["passages"]]


def test_documents_have_the_keys_of_the_contract(findings: Run) -> None:
    rows = {row["document_id"]: row for row in findings("export", "documents").lines}
    assert list(rows) == ["background-new", "background-note", "opening", "press-text"]
    assert all(set(row) >= DOCUMENT_KEYS for row in rows.values())
    opening = rows["opening"]
    assert (opening["title"], opening["edition"], opening["speakers"]) == (
        "=Opening speech", "p360-2022", ["Ms Ana"],
    )  # fmt: skip
    assert set(opening["quality"]) >= {"unread_pages", "notes"}
    assert len(opening["sha256"]) == 64


def test_findings_are_the_passages_that_conclude_something(findings: Run) -> None:
    rows = findings("export", "findings").lines
    expected = [row for row in findings("export", "passages").lines if row["finding"] is not None]
    assert rows == [{**row, "said_before": []} for row in expected]
    assert {row["finding"]["type"] for row in rows} >= {"conclusion", "commitment"}
    assert all({"type", "addressee", "rule", "cue"} <= set(row["finding"]) for row in rows)


def test_themes_are_those_of_the_corpus(findings: Run) -> None:
    (row,) = findings("export", "themes").lines
    assert (row["theme_id"], row["label"], row["labels"]) == ("trust-funds", "Trust Funds", ["trust fund"])


@pytest.mark.parametrize("what", ["passages", "documents", "findings", "themes"])
def test_every_format_holds_the_same(findings: Run, what: str) -> None:
    lines = findings("export", what).lines
    assert findings("export", what, "--format", "json").json == lines
    table = list(csv.DictReader(io.StringIO(findings("export", what, "--format", "csv").out)))
    assert len(table) == len(lines)
    for row, record in zip(table, lines, strict=True):
        assert list(row) == list(record)
        assert all(_as_cell(record[key]) == cell for key, cell in row.items())


def _as_cell(value: object) -> str:
    """What a value looks like in a table."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(safe_cell(value))


def test_a_title_that_looks_like_a_formula_is_made_safe_in_tables_only(findings: Run) -> None:
    assert "'=Opening speech" in findings("export", "documents", "--format", "csv").out
    assert '"=Opening speech"' in findings("export", "documents").out


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(begin: str) -> None:
    assert safe_cell(f"{begin}1+1") == f"'{begin}1+1"
    assert safe_cell(f"1{begin}1") == f"1{begin}1"


def test_numbers_and_nothing_are_left_as_they_are() -> None:
    assert safe_cell(-5) == -5
    assert safe_cell(None) is None


def test_an_unknown_format_ends_with_2(findings: Run) -> None:
    assert findings("export", "passages", "--format", "xml").code == 2


def test_numbers_are_counted_as_people_say() -> None:
    assert [counted(n, "passage") for n in (0, 1, 2304)] == ["0 passages", "1 passage", "2,304 passages"]
    assert counted(2, "entry", "entries") == "2 entries"


def test_marks_are_bold_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = (Mark(0, 3, MarkReason.EXACT), Mark(8, 12, MarkReason.FORM))
    assert marked("The big word", marks) == "The big word"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert marked("The big word", marks) == "\x1b[1m\x1b[4mThe\x1b[0m big \x1b[1m\x1b[4mword\x1b[0m"
