"""Many queries of the query language to a search term report.

Each query is searched as it is written: every operator counts, nothing is left out or searched beside it, and one that
cannot be read is named and not guessed at. So a count is what anybody gets who looks at every passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from search.answering.answer import Question, Searched
from search.answering.batch import Asked
from search.answering.prepared import SearchContext, filters_of, parse_question, prepare
from search.engines.request import SearchRequest, Sort
from search.errors import QuerySyntaxError, UnknownValue
from search.query import tree
from search.query.expansion import ALL
from search.query.names import UNDATED
from search.query.terms import Match
from search.query.widening import as_matched
from search.term_reports.overlaps import joined_rows, overlap_matrix, row_set, rows_alone

OLDER_LEFT_OUT = "left out where a newer one stands for them, but for those that a query or a filter names"
"""What a report says of older versions of documents."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What was searched and how, so that the counts can be had again.

    `asked_at` is in UTC. `match` says whether words side by side are all wanted or any; `exact` that they count only in the form typed.
    `filters` map a facet to its values, for all queries. Nothing else bounds them.
    """

    asked_at: datetime
    generation: str
    searched: Searched
    queries: int
    match: Match
    exact: bool
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class QueryCounts:
    """What one query has. `only_passages` and `only_documents` are those that no other query of the report has.

    `years` has the passages by the year of their document, in order, `by_document` by the document's id, most first. `problem` says why
    a query was not searched, and is "" where it was; `complete` is False where time ran out and the counts are the least there is.
    """

    asked: Asked
    question: Question
    understood: str
    passages: int
    documents: int
    only_passages: int
    only_documents: int
    years: Mapping[str, int]
    by_document: Mapping[str, int]
    problem: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class TermReport:
    """The counts of all queries, in the order given.

    `passages` and `documents` are those that any query has; `overlap` the passages that two queries have in common, row and
    column in the order of `counts`; `titles` those of the documents.
    """

    record: SearchRecord
    counts: tuple[QueryCounts, ...]
    passages: int
    documents: int
    overlap: tuple[tuple[int, ...], ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a query matched: each passage's id with its document's."""

    understood: str = ""
    places: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    complete: bool = True


def report_question(text: str, base: Question) -> Question:
    """Return `text` as a report asks it: nothing beside its words, all of them wanted unless `base` wants any.

    Of `base` counts what the record of a report names, and nothing else.
    """
    match = Match.ANY if base.match is Match.ANY else Match.ALL
    return replace(base, text=text, match=match, without=(ALL,), plain=False, excluded=(), versions=False)


def make_report(
    asked: Sequence[Asked], base: Question, context: SearchContext, now: datetime | None = None
) -> TermReport:
    """Return the report on the queries `asked`, each within the filters, dates and match of `base`.

    `now` is the time of asking, the present one where it is left out. Raises UnknownValue for a filter of `base` that names
    nothing there is.
    """
    filters_of(base.filters, context)
    questions = [report_question(one.text, base) for one in asked]
    found = [_find(question, context) for question in questions]
    rows: dict[str, int] = {}
    codes: dict[str, int] = {}
    passages = [row_set(rows.setdefault(p, len(rows)) for p, _ in one.places) for one in found]
    documents = [row_set(codes.setdefault(d, len(codes)) for _, d in one.places) for one in found]
    alone = zip(rows_alone(passages), rows_alone(documents), strict=True)
    counts = tuple(
        _counts(one, question, hits, (only.bit_count(), only_documents.bit_count()), context)
        for one, question, hits, (only, only_documents) in zip(asked, questions, found, alone, strict=True)
    )
    return TermReport(
        _record(base, len(asked), context, now or datetime.now(UTC)),
        counts,
        joined_rows(passages).bit_count(),
        joined_rows(documents).bit_count(),
        overlap_matrix(passages),
        {document_id: context.documents[document_id].title for document_id in sorted(codes)},
    )


def _record(base: Question, queries: int, context: SearchContext, now: datetime) -> SearchRecord:
    """What was searched, and how."""
    return SearchRecord(
        now,
        context.generation,
        context.searched,
        queries,
        report_question("", base).match,
        base.exact,
        base.filters,
        base.since,
        base.until,
    )


def _find(question: Question, context: SearchContext) -> _Found:
    """All that one query matches, or why it was not searched."""
    if not question.text.strip():
        return _Found(problem="empty query")
    try:
        parsed = parse_question(question, context)
    except UnknownValue as error:
        return _Found(problem=str(error))
    if parsed.mistake is not None:
        return _Found(problem=_told(parsed.mistake))
    if isinstance(parsed.written, tree.Everything):
        return _Found(problem="no words")
    search = prepare(parsed, question.match, context)
    everything = context.catalog.count_passages()  # older versions too: a query may name them
    request = SearchRequest(search.terms, search.filters, Sort.READING, everything, facets=())
    ranking = context.searcher.search(request)
    understood = tree.format_query(as_matched(search.written, search.match))
    places = tuple((hit.passage_id, hit.document_id) for hit in ranking.hits)
    return _Found(understood, places, complete=ranking.complete and ranking.total <= len(places))


def _told(mistake: QuerySyntaxError) -> str:
    """A mistake with its place and what may have been meant."""
    meant = f"; try {mistake.proposal}" if mistake.proposal else ""
    return f"{mistake.problem} at character {mistake.position + 1}{meant}"


def _counts(
    one: Asked, question: Question, found: _Found, alone: tuple[int, int], context: SearchContext
) -> QueryCounts:
    """The counts of one query, of which `alone` has the passages and documents that no other query has."""
    by_document = Counter(document_id for _, document_id in found.places)
    years: Counter[str] = Counter()
    for document_id, many in by_document.items():
        years[_year(context, document_id)] += many
    return QueryCounts(
        one,
        question,
        found.understood,
        len(found.places),
        len(by_document),
        *alone,
        dict(sorted(years.items())),
        dict(sorted(by_document.items(), key=lambda pair: (-pair[1], pair[0]))),
        found.problem,
        found.complete,
    )


def _year(context: SearchContext, document_id: str) -> str:
    """The year of a document, as `year:` has it."""
    date = context.documents[document_id].date
    return date[:4] if date else UNDATED


def years_of(report: TermReport) -> tuple[str, ...]:
    """Return the years in which any query has a passage, in order; documents without a date last."""
    return tuple(sorted({year for one in report.counts for year in one.years}))


def recorded(record: SearchRecord) -> Iterator[tuple[str, str]]:
    """Yield what a record says, as names and values for people; what does not limit the search is named, too."""
    searched = record.searched
    yield "Asked", f"{record.asked_at:%Y-%m-%d %H:%M:%S} UTC"
    yield "Generation of the index", record.generation
    dates = f", dated {searched.first_date} to {searched.last_date}" if searched.first_date else ""
    yield "Searched", f"{searched.passages:,} passages of {searched.documents:,} documents{dates}"
    yield "Could not be read", f"{searched.unread_files:,} files, {searched.unread_pages:,} pages"
    yield "Queries", f"{record.queries:,}"
    yield "Words side by side", "any of them" if record.match is Match.ANY else "all of them"
    yield (
        "Words",
        "only in the form typed" if record.exact else "in any form and spelling; in quotation marks as typed",
    )
    yield "Searched beside the words", "nothing: no acronyms, synonyms or themes, nothing by meaning"
    chosen = [f"{name}: {' or '.join(values)}" for name, values in record.filters]
    yield "Older versions of documents", OLDER_LEFT_OUT
    yield "Filters", "; ".join(chosen) or "none"
    yield "From", record.since or "the first"
    yield "Until", record.until or "the last"
