"""The search term report: queries go in, a table of counts comes out, as a page or to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, make_response, request

from search.answering.answer import Question
from search.errors import UsageProblem
from search.query.terms import Match
from search.term_reports.files import REPORT_FILES
from search.term_reports.report import QueryCounts, TermReport, recorded, years_of
from search.term_reports.tables import note_on
from webapp.addresses import (
    FILTERS,
    address,
    read_choice,
    read_dates,
    read_filters,
    read_flag,
    refuse_unknown,
    with_values,
)
from webapp.context import services
from webapp.many_questions.handed_in import LARGEST_TABLE, MOST_QUESTIONS, handed_in, read_handed_in
from webapp.rendering import Page, render

term_reports = Blueprint("term_reports", __name__)
MOST_DOCUMENTS = 5  # of each query that the page names; files have all
PARAMETERS = ("questions", "match", "exact", "since", "until", "format", *FILTERS)
WIDEST_MATRIX = 30  # queries whose overlap the page shows; files have it of all


@dataclass(frozen=True, slots=True)
class Row:
    """One query: its counts, the address of its results (None where it was not searched), and its documents with most passages.

    `years` are its passages in each year of the report, `overlap` what it has in common with each query; `documents` have
    title, passages and the address of the results there.
    """

    counts: QueryCounts
    href: str | None
    note: str
    years: tuple[int, ...]
    overlap: tuple[int, ...]
    documents: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReportPage(Page):
    """The form for queries, and the report on them."""

    TEMPLATE: ClassVar[str] = "term_report.html"
    text: str
    base: Question
    report: TermReport | None
    rows: Sequence[Row]
    years: Sequence[str]
    record: Sequence[tuple[str, str]]
    problem: str | None
    most: int
    widest: int
    largest: int
    modes: Sequence[tuple[Match, str]]


@term_reports.get("/batch/report")
def form() -> str:
    """Return the form for queries."""
    return _page("", Question(match=Match.ALL), None, None)


@term_reports.post("/batch/report")
def report() -> Response:
    """Return the report, as a page or as a file."""
    text, base = "", Question(match=Match.ALL)
    try:
        text, name = handed_in()
        refuse_unknown(request.form, PARAMETERS)
        base = _conditions()
        made = services().room.report_terms(read_handed_in(text, name), base)
        written = request.form.get("format", "")
        if written and written not in REPORT_FILES:
            raise UsageProblem(f"format={written[:40]}: format is one of {', '.join(REPORT_FILES)}")
    except UsageProblem as problem:
        return make_response(_page(text, base, None, str(problem)), 400)
    return _saved(made, written) if written else make_response(_page(text, base, made, None))


def _conditions() -> Question:
    """What holds for all queries. Raises UsageProblem."""
    since, until = read_dates(request.form)
    match = read_choice(request.form, "match", Match.ALL)
    if match is Match.MOST:
        raise UsageProblem("match=most: a report counts passages with all of the words, or with any of them")
    return Question(
        match=match,
        exact=read_flag(request.form, "exact"),
        filters=read_filters(request.form),
        since=since,
        until=until,
    )


def _saved(made: TermReport, form: str) -> Response:
    """The report as a file."""
    file = REPORT_FILES[form]
    response = Response(file.write(made), mimetype=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="search-term-report.{form}"'
    return response


def _rows(made: TermReport, years: Sequence[str]) -> list[Row]:
    """The queries as the page shows them."""
    rows = []
    for one, shared in zip(made.counts, made.overlap, strict=True):
        question = one.question
        by_document = list(one.by_document.items())[:MOST_DOCUMENTS]
        documents = tuple(
            (made.titles[name], many, address(with_values(question, "document", [name])))
            for name, many in by_document
        )
        in_years = tuple(one.years.get(year, 0) for year in years)
        href = None if one.problem else address(question)
        rows.append(Row(one, href, note_on(one), in_years, shared, documents))
    return rows


def _page(text: str, base: Question, made: TermReport | None, problem: str | None) -> str:
    years = years_of(made) if made else ()
    return render(
        TermReportPage(
            text=text.replace("\0", ""),
            base=base,
            report=made,
            rows=_rows(made, years) if made else (),
            years=years,
            record=tuple(recorded(made.record)) if made else (),
            problem=problem,
            most=MOST_QUESTIONS,
            widest=WIDEST_MATRIX,
            largest=LARGEST_TABLE // 1_000,
            modes=[(Match.ALL, "all of them"), (Match.ANY, "any of them")],
        )
    )
