"""A question to an answer: parse, resolve the filters, search, fetch the texts, make the snippets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.answers import Answer, FacetValue, Hit, Question, Searched, Sought
from search.catalog import Catalog
from search.engines import Searcher
from search.errors import QuerySyntaxError
from search.model import Document
from search.query import tree
from search.query.parser import parse_lenient, plain_query
from search.query.terms import (
    AllOf,
    Filter,
    Match,
    TermQuery,
    analyse,
    date_range,
    is_stop_word,
    leaves,
)
from search.resolving import Names
from search.results import Ranking, SearchRequest
from search.spelling import propose
from search.text import forms


@dataclass(frozen=True, slots=True)
class Shelf:
    """One generation, open for questions, with what does not change between them."""

    generation: str
    catalog: Catalog
    searcher: Searcher
    names: Names
    documents: dict[str, Document]
    searched: Searched


def ask(question: Question, shelf: Shelf) -> Answer:
    """The answer to a question.

    Raises UnknownValue for a filter that names nothing there is: an empty list would pass that off as an answer.
    """
    started = time.perf_counter()
    written, mistake = _read(question)
    written = shelf.names.resolve(written)
    filters = tuple(
        Filter(name, shelf.names.values(name, values)) for name, values in question.filters if values
    )
    ranking, terms, match = _search(question, written, filters, shelf)
    hits = _hits(ranking, _sought(written, terms, filters), question, shelf)
    return Answer(
        question=question,
        understood=tree.format_query(_as_matched(written, match)),
        match=match,
        total=ranking.total,
        documents=ranking.documents,
        hits=tuple(hits),
        facets=_facets(ranking, filters, shelf),
        searched=shelf.searched,
        generation=shelf.generation,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        mistake=mistake,
        left_out=tuple(_left_out(written)),
        did_you_mean=None if ranking.total else propose(written, shelf.searcher),
    )


def _read(question: Question) -> tuple[tree.Query, QuerySyntaxError | None]:
    """The tree of the question and the mistake in it, if any."""
    if question.plain:
        return plain_query(question.text), None
    return parse_lenient(question.text)


def _search(
    question: Question, written: tree.Query, filters: tuple[Filter, ...], shelf: Shelf
) -> tuple[Ranking, TermQuery, Match]:
    """Searches with all words first; in AUTO mode with any of them when no passage has all."""
    match = Match.ALL if question.match is Match.AUTO else question.match
    ranking, terms = _search_once(question, written, filters, shelf, match)
    if question.match is Match.AUTO and not ranking.total:
        wider, wider_terms = _search_once(question, written, filters, shelf, Match.ANY)
        if wider.total:
            return wider, wider_terms, Match.ANY
    return ranking, terms, match


def _search_once(
    question: Question, written: tree.Query, filters: tuple[Filter, ...], shelf: Shelf, match: Match
) -> tuple[Ranking, TermQuery]:
    """One search in one mode."""
    terms = analyse(written, match)
    if question.since or question.until:
        terms = AllOf((terms, date_range(question.since, question.until)))
    request = SearchRequest(
        terms, filters, question.sort, question.limit, question.offset, question.per_document
    )
    return shelf.searcher.search(request), terms


def _sought(written: tree.Query, terms: TermQuery, filters: tuple[Filter, ...]) -> Sought:
    """What is to be marked in the hits."""
    conditions = (leaf for leaf in leaves(terms) if isinstance(leaf, Filter))
    themes = {value for f in (*conditions, *filters) if f.name == "theme" for value in f.values}
    return Sought(terms, frozenset(typed_forms(written)), frozenset(themes))


def _hits(ranking: Ranking, sought: Sought, question: Question, shelf: Shelf) -> Iterator[Hit]:
    """The hits with their texts."""
    passages = shelf.catalog.passages([scored.passage_id for scored in ranking.hits])
    rank, last = question.offset, None
    for scored, passage in zip(ranking.hits, passages, strict=True):
        if not question.per_document or scored.document_id != last:
            rank, last = rank + 1, scored.document_id
        document = shelf.documents[scored.document_id]
        yield Hit(rank, scored.score, passage, document, sought, scored.in_document)


def _facets(ranking: Ranking, filters: tuple[Filter, ...], shelf: Shelf) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet with labels; chosen values are shown even at 0, so that they can be taken back."""
    chosen = {f.name: f.values for f in filters}
    facets = {}
    for name, counts in ranking.facets.items():
        shown = {**dict.fromkeys(chosen.get(name, ()), 0), **counts}
        values = [
            FacetValue(value, shelf.names.label(name, value), count, value in chosen.get(name, ()))
            for value, count in shown.items()
        ]
        facets[name] = tuple(sorted(values, key=lambda value: (-value.count, value.label)))
    return facets


def typed_forms(query: tree.Query) -> Iterable[str]:
    """The folded words that stand in a question, to tell typed words from forms of them."""
    match query:
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from typed_forms(part)
        case tree.Word(text) | tree.Phrase(text):
            yield from forms(text)


def _left_out(query: tree.Query) -> Iterable[str]:
    """Stop words that stand beside other words and were not looked for."""
    if isinstance(query, tree.Loose) and not all(is_stop_word(part) for part in query.parts):
        yield from (part.text for part in query.parts if isinstance(part, tree.Word) and is_stop_word(part))
    elif isinstance(query, tree.And | tree.Or):
        for part in query.parts:
            yield from _left_out(part)


def _as_matched(query: tree.Query, match: Match) -> tree.Query:
    """The question with every unspoken AND or OR written out and the left-out stop words gone."""
    match query:
        case tree.Loose(parts):
            kept = [part for part in parts if not is_stop_word(part)] or list(parts)
            return tree.joined(
                tree.Or if match is Match.ANY else tree.And, [_as_matched(part, match) for part in kept]
            )
        case tree.And(parts) | tree.Or(parts):
            return tree.joined(type(query), [_as_matched(part, match) for part in parts])
    return query
