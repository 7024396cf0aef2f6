"""The evidence basket: what its items name today, its files, and reading an export back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from search.basket.basket import NEVER, Basket, Evidence, Item, by_label, collect, moved
from search.basket.docx_file import write_docx, write_table_docx
from search.basket.formats import COLUMNS, write_csv, write_markdown
from search.basket.reading import read_text
from search.findings.table import Row
from search.model import Finding, FindingType, Passage
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish
from tests.search.test_room import publish_former

SITE = "https://reading.example"
TEXTS = ("=Trust funds pay for training.", "Exercises *build* trust.\nEvery year.")
PASSAGES: tuple[Passage, ...] = make_passages("report", TEXTS)
FIRST, SECOND = (passage.passage_id for passage in PASSAGES)
GONE = "report/aaaaaaaaaa"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    publish(tmp_path, [(make_document("report"), PASSAGES)])
    former: dict[str, object] = {
        "state": "withdrawn", "text": "What once stood here.", "since": "2026-01-02", "successor": None, "history": [],
    }  # fmt: skip
    publish_former(tmp_path, {GONE: former})
    opened = ReadingRoom(Settings(index=tmp_path, meaning=False))
    yield opened
    opened.close()


@pytest.fixture
def evidence(room: ReadingRoom) -> list[Evidence]:
    items = [Item(FIRST, "for chapter 2"), Item(SECOND), Item(GONE), Item("nobody/bbbbbbbbbb")]
    return collect(items, room, SITE)


def test_items_name_their_passages_in_order_with_what_became_of_them(evidence: list[Evidence]) -> None:
    assert [item.state for item in evidence] == ["same", "same", "withdrawn", NEVER]
    assert [item.stands for item in evidence] == [True, True, False, False]
    assert [item.passage.text for item in evidence] == [*TEXTS, "What once stood here.", ""]
    assert evidence[2].where == "withdrawn on 2026-01-02"
    assert evidence[2].reference.endswith("(withdrawn on 2026-01-02)")
    assert evidence[3].citation.document.title == "nobody"
    assert f"{SITE}/p/{FIRST}" in evidence[0].reference


def test_labels_stand_with_their_passages_in_the_order_in_which_they_first_stand(room: ReadingRoom) -> None:
    items = [Item(FIRST, "", ("b", "a")), Item(SECOND, "", ("a",))]
    table = by_label(collect(items, room, SITE))
    assert [(label, [number for number, _ in places]) for label, places in table] == [
        ("b", [1]),
        ("a", [1, 2]),
    ]


def test_of_a_passage_that_stands_twice_nothing_is_lost() -> None:
    twice = Basket.of([Item("a/1", "", ("x",)), Item("b/1"), Item("a/1", "note", ("y", "x"))])
    assert twice.items == (Item("a/1", "note", ("x", "y")), Item("b/1"))


def test_any_text_is_read_without_a_mistake() -> None:
    for broken in (
        "[" * 50_000,
        "{}",
        "[1, null]",
        "TY  - \nER  - ",
        "@misc{x, url = {",
        "passage_id\n\x00",
        '"link"\n"',
    ):
        assert read_text(broken).items == ()


def test_fields_of_bibtex_are_read_as_other_programs_write_them() -> None:
    entry = (
        '@Misc{a1,\n  URL = "https://x.example/p/'
        + FIRST
        + '",\n comment = {a \\{b\\} {c}}, keywords={x; y}}'
    )
    assert read_text(entry).items == (Item(FIRST, "a \\{b\\} {c}", ("x", "y")),)


def test_the_table_has_a_line_for_each_and_runs_no_formula(evidence: list[Evidence]) -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv(evidence).removeprefix("\ufeff"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["state"] for row in rows] == ["same", "same", "withdrawn", NEVER]
    assert rows[0]["quote"] == f"'{TEXTS[0]}"
    assert rows[0]["note"] == "for chapter 2"


def test_markdown_keeps_lines_and_takes_no_sign_for_a_mark(evidence: list[Evidence]) -> None:
    text = write_markdown(evidence)
    assert "> Exercises \\*build\\* trust.\n> Every year." in text
    assert "\nNote: for chapter 2\n" in text


def test_a_word_file_has_quotation_reference_and_note(evidence: list[Evidence]) -> None:
    odd = replace(evidence[0], item=Item(FIRST, "a\x00b"))
    lines = [paragraph.text for paragraph in docx.Document(BytesIO(write_docx([odd]))).paragraphs]
    assert lines == ["Evidence", TEXTS[0], odd.reference, "Note: ab"]


def test_a_table_of_findings_is_a_word_file(evidence: list[Evidence]) -> None:
    finding = Finding(FindingType.RECOMMENDATION, "should", "should", "Allies", lead_in="We recommend that")
    row = Row(replace(evidence[0].passage, finding=finding), finding, evidence[0].citation)
    table = docx.Document(BytesIO(write_table_docx("Findings", [row]))).tables[0]
    heads, cells = ([cell.text for cell in line.cells] for line in table.rows)
    assert heads == ["Finding", "Type", "Addressed to", "Source"]
    assert cells[:3] == [f"We recommend that {TEXTS[0]}", "Recommendation", "Allies"]


def test_items_move_up_and_down() -> None:
    items = [Item("a/1"), Item("b/1"), Item("c/1")]
    assert [item.passage_id for item in moved(items, 2, -1)] == ["a/1", "c/1", "b/1"]
    assert [item.passage_id for item in moved(items, 0, 1)] == ["b/1", "a/1", "c/1"]
