"""`findings batch`: many questions from a file, answered as JSON lines, CSV or a TREC run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from cli.support.options import MATCH
from cli.support.printing import result, result_json
from cli.support.question_files import read_json_lines, read_table_file
from search.answering.answer import Answer, Question
from search.answering.batch import COLUMNS, Asked, answer_rows
from search.answering.records import answer_record
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from search.tables import csv_text


@click.command(
    epilog="""\b
Examples:
  findings batch questions.csv --limit 5 --format csv > answers.csv
  findings batch topics.jsonl --by document --format trec > run.trec"""
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--match", type=MATCH, default=Match.AUTO.value, show_default=True, help="All words or any.")
@click.option("--by", type=click.Choice(["passage", "document"]), default="passage", help="What a hit is.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Most hits a question."
)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "trec"]), default="jsonl", show_default=True
)
@click.pass_obj
def batch(settings: Settings, file: Path, match: str, by: str, limit: int, form: str) -> None:
    """Ask every question of FILE: .jsonl with id and text, or .csv with a column query.

    The texts are plain words: nothing in them is an operator.
    """
    read = read_table_file if file.suffix.lower() == ".csv" else read_json_lines
    asked = list(read(file))
    base = Question(plain=True, match=Match(match), limit=limit, per_document=1 if by == "document" else 0)
    write = _WRITERS[form]
    with closing(ReadingRoom(settings)) as room:
        if form == "csv":
            result(csv_text([COLUMNS], end=""))
        for one in asked:
            write(one, room.ask(replace(base, text=one.text)), by)


def _write_jsonl(asked: Asked, answer: Answer, _by: str) -> None:
    """One object a question."""
    result_json({"id": asked.id, **answer_record(answer)})


def _write_csv(asked: Asked, answer: Answer, _by: str) -> None:
    """One row a hit."""
    for row in answer_rows(asked, answer):
        result(csv_text([row], end=""))


def _write_trec(asked: Asked, answer: Answer, by: str) -> None:
    """`qid Q0 docid rank score run` for trec_eval and its like."""
    for hit in answer.hits:
        docid = hit.document.document_id if by == "document" else hit.passage.passage_id
        topic = "_".join(asked.id.split())  # the columns of a run file are told apart by white space
        result(f"{topic} Q0 {docid} {hit.rank} {hit.score:.6f} findings")


_WRITERS: dict[str, Callable[[Asked, Answer, str], None]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "trec": _write_trec,
}
