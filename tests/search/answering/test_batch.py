"""Answers as rows of a table: none is lost, and what was not done with a question is said."""

from __future__ import annotations

import pytest

from search.answering.answer import Answer, Question, Searched
from search.answering.batch import (
    COLUMNS,
    SAVED_COLUMNS,
    Asked,
    answer_rows,
    is_table,
    note_on,
    saved_rows,
    uses_operators,
)
from search.query import tree
from search.query.terms import Match

NOTHING_THERE = Searched(documents=0, passages=0, unread_files=0, unread_pages=0)


def nothing_found(text: str, understood: str, *, complete: bool = True) -> Answer:
    """An answer without hits."""
    return Answer(
        question=Question(text, plain=True),
        written=tree.Everything(),
        reading=tree.Everything(),
        understood=understood,
        match=Match.ALL,
        total=0,
        documents=0,
        hits=(),
        facets={},
        searched=NOTHING_THERE,
        generation="1",
        took_ms=0.0,
        complete=complete,
    )


@pytest.mark.parametrize(
    "text",
    [
        "NOT peace",
        "peace AND security",
        "peace OR security",
        '"human rights"',
        "“human rights” in Geneva",
        '"trust fund"~5',
        "date:2025 peace",
        "peace theme:trust-funds",
        "Title:peace",
        "peace date:then",  # no date, but meant as one
        "peace -war",
        "-war",
        "interop*",
        "geneva~",
        "geneva~2",
        "peace (women OR youth)",
        'NOT "trust (fund',  # mistakes beside an operator
        "AND peace",
        "peace NOT",
        "word " * 150 + "NOT peace",
        "NOT peace" + " word" * 150,
        "word " * 99 + '"human rights"' + " word" * 99,
    ],
)
def test_what_the_search_page_reads_as_an_operator_is_one(text: str) -> None:
    assert uses_operators(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "&",
        '""',
        "peace",
        "What do the trust funds pay for?",
        "women and peace, not war or so",
        "counter-terrorism under AJP-3.4 and U.S. law",
        "- an item of a list",
        "1) the first of a list",
        "Defence Institution Building (DIB)",
        "theme: peace",
        "12:30 in Geneva",
        "https://example.org/peace",
        'a pipe of 5" width',
        "about ~50 officers and 3 * 4 rooms",
        "NOTE the ANDES",
        "partners' and partner's",
        "信任 é",
        "a\0b",
        "word " * 400,
        "https://example.org/peace " * 70,  # more mistakes than a search mends
        "first-rate, well-read, far-reaching " * 50,
    ],
)
def test_plain_words_are_no_operators(text: str) -> None:
    assert not uses_operators(text)


def test_a_question_without_hits_has_one_row_with_its_id_and_a_total_of_0() -> None:
    asked = Asked("x7", "zebra", 1)
    (row,) = saved_rows(asked, nothing_found("zebra", "zebra"))
    cells = dict(zip(SAVED_COLUMNS, row, strict=True))
    assert {name: cell for name, cell in cells.items() if cell != ""} == {
        "id": "x7",
        "query": "zebra",
        "total": 0,
        "match": "all",
    }


def test_the_columns_of_the_command_come_first_and_its_rows_are_hits_alone() -> None:
    assert SAVED_COLUMNS[: len(COLUMNS)] == COLUMNS
    assert not list(answer_rows(Asked("1", "zebra", 1), nothing_found("zebra", "zebra")))


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_question_is_called_empty_and_was_read_in_no_way(text: str) -> None:
    (row,) = saved_rows(Asked("x7", text, 1), nothing_found(text, ""))
    assert row[0] == "x7"
    assert row[-3:] == [0, "", "empty question"]


def test_a_note_says_what_was_not_done() -> None:
    assert note_on(nothing_found("zebra", "zebra")) == ""
    assert note_on(nothing_found("&", "")) == "no words"
    assert note_on(nothing_found("NOT zebra", "zebra")) == "operators read as words"
    late = nothing_found("-zebra", "zebra", complete=False)
    assert note_on(late) == "operators read as words; time ran out, total is the least there is"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("id,query\n1,peace", True),
        ("peace\nwar", False),
        ("x" * 140_000, False),
        ("", False),
        ("\0query\n", True),
    ],
)
def test_a_table_is_told_by_the_names_in_its_first_line(text: str, table: bool) -> None:
    assert is_table(text) is table
