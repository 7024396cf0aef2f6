"""A search term report as sheets, as one table of comma-separated values, and as a record for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.store.records import Record
from search.tables import csv_text
from search.term_reports.report import QueryCounts, TermReport, recorded, years_of

COLUMNS = (
    "id",
    "query",
    "read as",
    "passages",
    "documents",
    "passages only here",
    "documents only here",
    "note",
)
"""The columns of the sheet of queries."""
CSV_COLUMNS = (
    "part",
    "id",
    "query",
    "key",
    "label",
    "passages",
    "documents",
    "only_passages",
    "only_documents",
    "note",
)
"""The columns of the one table that a CSV file can hold. `part` says what a row is: `record` (`key` is what was recorded, `label`
what of it), `query`, `any` (all queries together), `year` and `document` (of one query; `key` the year or the document's id),
`overlap` (of one query with the query whose id is in `key`)."""
LEAST = "time ran out: counts are the least there is"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook: its name, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def note_on(one: QueryCounts) -> str:
    """Return what the counts of a query do not say, "" where that is nothing."""
    return f"not searched: {one.problem}" if one.problem else "" if one.complete else LEAST


def report_sheets(report: TermReport) -> tuple[Sheet, ...]:
    """Return the sheets of `report`: queries, years, documents, overlap and what was searched."""
    years, counts = years_of(report), report.counts
    ids = tuple(one.asked.id for one in counts)
    return (
        Sheet("Queries", COLUMNS, (*map(_query_row, counts), _any_row(report))),
        Sheet("Years", ("id", "query", *years), tuple(_named(one) + _by(years, one.years) for one in counts)),
        Sheet("Documents", ("id", "query", "document", "title", "passages"), tuple(_document_rows(report))),
        Sheet("Overlap", ("id", "query", *ids), tuple(_overlap_rows(report))),
        Sheet("Searched", ("what", "value"), tuple(recorded(report.record))),
    )


def _named(one: QueryCounts) -> tuple[str | int, ...]:
    """The id and the text of a query."""
    return one.asked.id, one.asked.text


def _by(names: Sequence[str], found: Mapping[str, int]) -> tuple[int, ...]:
    """The counts of some names, 0 for what has none."""
    return tuple(found.get(name, 0) for name in names)


def _query_row(one: QueryCounts) -> tuple[str | int, ...]:
    """One query."""
    figures = (one.passages, one.documents, one.only_passages, one.only_documents)
    return (*_named(one), one.understood, *figures, note_on(one))


def _any_row(report: TermReport) -> tuple[str | int, ...]:
    """All queries together."""
    return "", "any of these queries", "", report.passages, report.documents, "", "", ""


def _document_rows(report: TermReport) -> Iterator[tuple[str | int, ...]]:
    """One row a query and document that has it."""
    for one in report.counts:
        for document_id, passages in one.by_document.items():
            yield (*_named(one), document_id, report.titles[document_id], passages)


def _overlap_rows(report: TermReport) -> Iterator[tuple[str | int, ...]]:
    """One row a query: what it has in common with each."""
    for one, shared in zip(report.counts, report.overlap, strict=True):
        yield (*_named(one), *shared)


def report_csv(report: TermReport) -> str:
    """Return `report` as one table with the columns CSV_COLUMNS."""
    return csv_text([CSV_COLUMNS, *_csv_rows(report)])


def _csv_rows(report: TermReport) -> Iterator[tuple[str | int, ...]]:
    """The record first, so that whoever opens the file reads what was searched before any figure."""
    for name, value in recorded(report.record):
        yield "record", "", "", name, value, "", "", "", "", ""
    for one in report.counts:
        yield ("query", *_named(one), "", one.understood, *_query_row(one)[3:])
    yield "any", "", "", "", "", report.passages, report.documents, "", "", ""
    for one in report.counts:
        for year, passages in one.years.items():
            yield ("year", *_named(one), year, year, passages, "", "", "", "")
    for row in _document_rows(report):
        yield ("document", *row, "", "", "", "")
    for one, shared in zip(report.counts, report.overlap, strict=True):
        for other, passages in zip(report.counts, shared, strict=True):
            if other is not one:
                yield ("overlap", *_named(one), other.asked.id, other.asked.text, passages, "", "", "", "")


def report_record(report: TermReport) -> Record:
    """Return `report` as one JSON object."""
    record = report.record
    return {
        "record": {
            "asked_at": record.asked_at.isoformat(timespec="seconds"),
            "generation": record.generation,
            "documents": record.searched.documents,
            "passages": record.searched.passages,
            "first_date": record.searched.first_date,
            "last_date": record.searched.last_date,
            "unread_files": record.searched.unread_files,
            "unread_pages": record.searched.unread_pages,
            "match": record.match.value,
            "exact": record.exact,
            "filters": {name: list(values) for name, values in record.filters},
            "since": record.since,
            "until": record.until,
        },
        "queries": [_query_record(one) for one in report.counts],
        "any": {"passages": report.passages, "documents": report.documents},
        "overlap": [list(shared) for shared in report.overlap],
        "titles": dict(report.titles),
    }


def _query_record(one: QueryCounts) -> Record:
    """One query as a JSON object."""
    return {
        "id": one.asked.id,
        "query": one.asked.text,
        "understood": one.understood,
        "passages": one.passages,
        "documents": one.documents,
        "only_passages": one.only_passages,
        "only_documents": one.only_documents,
        "years": dict(one.years),
        "by_document": dict(one.by_document),
        "problem": one.problem or None,
        "complete": one.complete,
    }
