"""The command of analysts: quote."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from cli.support.printing import result, result_json
from cli.support.question_files import read_json_lines
from search.errors import BadFile, UsageProblem
from search.quotes.candidates import QuoteContext
from search.quotes.lookup import QuoteAnswer, find_quote
from search.quotes.records import quote_record
from search.room import ReadingRoom
from search.settings import Settings

_Wanted = tuple[str | None, str, tuple[Path, int] | None]  # id, words, where they stand in a file


@click.command(
    epilog="""\b
Examples:
  findings quote "the words as they were quoted"
  findings quote --batch quotations.jsonl --json     one object a line, with id and text"""
)
@click.argument("text", required=False)
@click.option(
    "--batch", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A .jsonl with id and text."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a batch one object a line.")
@click.pass_obj
def quote(settings: Settings, text: str | None, batch: Path | None, as_json: bool) -> None:
    """Say where quoted words stand: exact, folded, near (with the differences) or not found."""
    if (text is None) == (batch is None):
        raise UsageProblem("give either the words or --batch FILE")
    asked: list[_Wanted] = [(None, text, None)] if text is not None else _of_file(batch) if batch else []
    with closing(ReadingRoom(settings)) as room:
        context = room.opened.quoted
        for quote_id, words, place in asked:
            answer = _look_up(words, context, place)
            if as_json:
                result_json(quote_record(answer, quote_id))
            else:
                _print_answer(answer)


def _of_file(file: Path) -> list[_Wanted]:
    """The quotations of a file."""
    return [(asked.id, asked.text, (file, asked.line)) for asked in read_json_lines(file)]


def _look_up(words: str, context: QuoteContext, place: tuple[Path, int] | None) -> QuoteAnswer:
    """The look-up of one quotation; one that cannot be looked up is refused with its line in the file."""
    try:
        return find_quote(words, context)
    except UsageProblem as problem:
        if place is None:
            raise
        raise BadFile(place[0], str(problem), place[1]) from problem


def _print_answer(answer: QuoteAnswer) -> None:
    """A look-up, for people."""
    result(f"{answer.verdict.value.replace('_', ' ')}: {answer.text}")
    for match in answer.matches:
        folded = f"; folded: {', '.join(match.folded)}" if match.folded else ""
        result(f"  {match.document.title}, {match.where} ({match.score:.2f}{folded})")
        result(f"    {match.source_text}")
        for side in match.beside:
            result(f"    left out {'before' if side.side == 'before' else 'behind'} it: {side.words}")
        for difference in match.differences:
            result(f"    {difference.kind.value}: {difference.quoted or '—'} / {difference.source or '—'}")
        result(f"    {', '.join(passage.passage_id for passage in match.passages)}")
