"""What is asked of an engine and what it answers: ids, scores and counts, never text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from search.query.terms import Filter, TermQuery

FACETS = (
    "finding",
    "addressee",
    "theme",
    "edition",
    "kind",
    "speaker",
    "mentions",
    "organisation",
    "document",
)
"""What matches are counted by, in the order in which pages show it."""

PASSAGE = "passage"
"""The filter that names passages by their ids; never counted."""

PATIENCE = (
    5.0  # seconds of one search, which only a question of hundreds of parts can take; after that people leave
)


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"  # what has no date comes last in both
    READING = "reading"  # by document, then in reading order
    STRONGEST = "strongest"  # the surest findings first, what is no finding last; the newest of equals first


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    `filters` come on top of the query: values of one facet are alternatives, facets narrow each other, and the
    counts of a facet leave out its own filter, so that a reader sees what another choice would give.
    Hits of the documents `first` come before all others in the order of relevance.
    With `per_document` at 1 or more, `limit` and `offset` count documents, each with that many best passages.
    `facets` names what is to be counted. After `seconds` no further part of the query is looked at.
    """

    query: TermQuery
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    offset: int = 0
    per_document: int = 0
    facets: tuple[str, ...] = FACETS
    seconds: float = PATIENCE
    first: tuple[str, ...] = ()


class Scored(NamedTuple):
    """One matching passage; `in_document` counts all matches in its document."""

    passage_id: str
    document_id: str
    score: float
    in_document: int = 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best matches in order, and counts over all matches. `facets` maps facet to value to passages.

    When time ran out, `complete` is False: every hit is a match, but there may be more, so counts are lower bounds
    and the order is not final.
    """

    hits: tuple[Scored, ...]
    total: int
    documents: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    complete: bool = True
