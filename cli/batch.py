"""`findings batch`: many questions from a file, answered as JSON lines, CSV or a TREC run; or many queries, counted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from click.core import ParameterSource

from cli.support.options import MATCH, read_date, refuse_unwritable
from cli.support.printing import note, result, result_json
from cli.support.question_files import read_questions
from search.answering.answer import Answer, Question
from search.answering.batch import COLUMNS, Asked, answer_rows
from search.answering.records import answer_record
from search.errors import UsageProblem
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from search.tables import BYTE_ORDER_MARK, csv_text
from search.term_reports.files import REPORT_FILES

SOME_NOT_SEARCHED = 3  # exit status: done, but some queries could not be read


@click.command(
    epilog="""\b
Examples:
  findings batch questions.csv --limit 5 --format csv > answers.csv
  findings batch topics.jsonl --by document --format trec > run.trec
  findings batch queries.txt --report --output report.xlsx
  findings batch queries.txt --report --since 2019 --kind report --format csv"""
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--match", type=MATCH, default=Match.AUTO.value, show_default=True, help="All words or any.")
@click.option("--by", type=click.Choice(["passage", "document"]), default="passage", help="What a hit is.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Most hits a question."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "trec", "json", "xlsx"]),
    help="Of answers jsonl (as a rule), csv or trec; of a report json (as a rule), csv or xlsx.",
)
@click.option("--report", is_flag=True, help="A search term report: counts of queries with operators.")
@click.option("--theme", multiple=True, help="Of a report: only this theme (repeatable: any of them).")
@click.option("--edition", multiple=True, help="Of a report: only this edition.")
@click.option("--kind", multiple=True, help="Of a report: only this kind of document.")
@click.option("--finding", multiple=True, help="Of a report: only findings of this type.")
@click.option("--exact", is_flag=True, help="Of a report: words only in the very forms that were typed.")
@click.option("--since", callback=read_date, help="Of a report: documents from this year, month or day.")
@click.option("--until", callback=read_date, help="Of a report: documents up to this year, month or day.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Of a report: the file it goes to."
)
@click.pass_obj
def batch(
    settings: Settings,
    /,
    file: Path,
    match: str,
    by: str,
    limit: int,
    form: str | None,
    report: bool,
    exact: bool,
    since: str | None,
    until: str | None,
    output: Path | None,
    **facets: tuple[str, ...],
) -> None:
    """Ask every question of FILE: .jsonl with id and text, .csv with a column query, or .txt with one a line.

    The texts are plain words: nothing in them is an operator. With --report every text is a query with operators, and
    the answer says how many passages and documents each has, alone, by year, by document and together with the others.
    """
    _refuse_what_does_not_go_together(report, form, output)
    asked = read_questions(file)
    filters = tuple((name, values) for name, values in facets.items() if values)
    base = Question(match=Match(match), filters=filters, exact=exact, since=since, until=until)
    if report:
        _report(settings, asked, base, form or "json", output)
    elif filters or exact or since or until or output:
        raise UsageProblem("filters, dates, --exact and --output are for a report: add --report")
    else:
        per_document = 1 if by == "document" else 0
        answers = replace(base, plain=True, limit=limit, per_document=per_document)
        _answer(settings, asked, answers, form or "jsonl", by)


def _refuse_what_does_not_go_together(report: bool, form: str | None, output: Path | None) -> None:
    """Raises UsageProblem for options that would say nothing, or two things."""
    context = click.get_current_context()
    typed = context.get_parameter_source
    said = [f"--{name}" for name in ("by", "limit") if typed(name) is ParameterSource.COMMANDLINE]
    if report and said:
        raise UsageProblem(
            f"{' and '.join(said)}: for answers; a report counts all passages and all documents, leave it out"
        )
    if report and context.params["match"] == Match.MOST:
        raise UsageProblem(
            "--match most: a report counts passages with all of the words, or with any of them; say all or any"
        )
    named = output.suffix.lower()[1:] if output else ""
    if form and named in REPORT_FILES and named != form:
        raise UsageProblem(f"--format {form} and --output {output}: leave one of them out, or let them agree")


def _answer(settings: Settings, asked: list[Asked], base: Question, form: str, by: str) -> None:
    """Writes the answers to all questions."""
    if form not in _WRITERS:
        raise UsageProblem(f"answers can be {', '.join(_WRITERS)}, not {form}; {form} is for --report")
    write = _WRITERS[form]
    with closing(ReadingRoom(settings)) as room:
        if form == "csv":
            result(csv_text([COLUMNS], end=""))
        for one in asked:
            write(one, room.ask(replace(base, text=one.text)), by)


def _report(settings: Settings, asked: list[Asked], base: Question, form: str, output: Path | None) -> None:
    """Writes a search term report to a file or to standard output; ends with 3 where a query could not be read."""
    if output is not None and output.suffix.lower()[1:] in REPORT_FILES:
        form = output.suffix.lower()[1:]
    if form not in REPORT_FILES:
        raise UsageProblem(f"a report can be {', '.join(REPORT_FILES)}, not {form}")
    if form == "xlsx" and output is None:
        raise UsageProblem("a workbook goes to a file: name it with --output report.xlsx")
    if output is not None:
        refuse_unwritable(output)
    with closing(ReadingRoom(settings)) as room:
        made = room.report_terms(asked, base)
    content = REPORT_FILES[form].write(made)
    if output is not None:
        output.write_bytes(content)
    else:
        click.echo(content.decode("utf-8").removeprefix(BYTE_ORDER_MARK), nl=form == "json")
    refused = [one for one in made.counts if one.problem]
    for one in refused:
        note(f"not searched: line {one.asked.line}, {one.asked.text!r}: {one.problem}")
    if refused:
        click.get_current_context().exit(SOME_NOT_SEARCHED)


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
