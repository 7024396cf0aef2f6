"""Many questions at once: texts that people hand in to questions, and answers to rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.words import forms
from search.answering.answer import Answer
from search.errors import BadFile
from search.query import tree
from search.query.parser import MOST_LEAVES, parse_lenient, plain_query

COLUMNS = ("id", "query", "rank", "score", "passage_id", "document_id", "title", "date", "page", "text")
"""The columns of a table of answers; one row a hit."""
SAVED_COLUMNS = (*COLUMNS, "total", "match", "note")
"""The columns of a table in which every question has a row: also how many passages match, whether they have all words or
any of them, and what else is to be said of the question (`note_on`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One text that was handed in, with its id and its line (from 1)."""

    id: str
    text: str
    line: int


def read_table(text: str, name: str) -> Iterator[Asked]:
    """Yield the questions of a table with a column `query` and perhaps one `id`. Raises BadFile with the line."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if "query" not in (rows.fieldnames or ()):
            listed = ", ".join(rows.fieldnames or ["none"])
            raise BadFile(name, f"no column 'query' (there are: {listed})", 1)
        for number, row in enumerate(rows, 1):
            yield Asked(row.get("id") or str(number), row["query"] or "", rows.line_num)
    except csv.Error as error:
        raise BadFile(name, f"not a table of comma-separated values ({error})", rows.line_num + 1) from error


def read_lines(text: str) -> Iterator[Asked]:
    """Yield one question a line; empty lines are none."""
    lines = (line.strip() for line in text.splitlines())
    for number, (place, line) in enumerate(((i, t) for i, t in enumerate(lines, 1) if t), 1):
        yield Asked(str(number), line, place)


def is_table(text: str) -> bool:
    """Return whether the first line names the columns of a table of questions; one that is longer than any cell may be does not."""
    try:
        return "query" in next(csv.reader([text.partition("\n")[0].replace("\0", "")]), [])
    except csv.Error:
        return False


def answer_rows(asked: Asked, answer: Answer) -> Iterator[list[object]]:
    """Yield the hits of an answer as rows, in the order of COLUMNS."""
    for hit in answer.hits:
        passage, document = hit.passage, hit.document
        yield [
            asked.id,
            asked.text,
            hit.rank,
            f"{hit.score:.4f}",
            passage.passage_id,
            document.document_id,
            document.title,
            document.published or "",
            passage.page_label or passage.page or "",
            passage.text,
        ]


def saved_rows(asked: Asked, answer: Answer) -> Iterator[list[object]]:
    """Yield the hits of an answer as rows, in the order of SAVED_COLUMNS; one row without a passage where there is none."""
    none: list[object] = [asked.id, asked.text, *[""] * (len(COLUMNS) - 2)]
    match = answer.match.value if answer.understood else ""
    note = note_on(answer)
    for row in list(answer_rows(asked, answer)) or [none]:
        yield [*row, answer.total, match, note]


def note_on(answer: Answer) -> str:
    """Return what the numbers of an answer to a plain question do not say, in a few words; "" where that is nothing."""
    text, notes = answer.question.text, []
    if not text.strip():
        notes.append("empty question")
    elif not answer.understood:
        notes.append("no words")
    if uses_operators(text):
        notes.append("operators read as words")
    if not answer.complete:
        notes.append("time ran out, total is the least there is")
    return "; ".join(notes)


def uses_operators(text: str) -> bool:
    """Return whether a search reads anything in a text as more than plain words.

    Brackets that change nothing, and signs that a search could not read either, are no operators. A long text is looked
    at in parts that overlap, because a question may have no more than MOST_LEAVES words.
    """
    words, step = text.split(), MOST_LEAVES // 2
    starts = range(0, max(len(words) - step, 1), step)
    return any(_more_than_words(" ".join(words[at : at + MOST_LEAVES])) for at in starts)


def _more_than_words(text: str) -> bool:
    """Whether the tree of a question is another than that of its plain words."""
    query, _ = parse_lenient(text)
    if query in (plain_query(text), tree.Everything()):
        return False
    parts = query.parts if isinstance(query, tree.Loose) else (query,)
    return [form for part in parts if isinstance(part, tree.Word) for form in forms(part.text)] != forms(text)
