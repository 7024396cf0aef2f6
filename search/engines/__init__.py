"""The engine seam: what a builder and a searcher promise; `registry.py` lists the engines.

An engine gets terms that are already analysed (`search.query.terms`) and gives ids, scores and counts. No type,
exception or query string of an engine's library crosses this line. `tests/contract/test_engine_matches.py` holds every
engine of the table to which passages match and how they are counted; `test_arrays_scores.py` holds to the scores those that promise them.
The reference engine is the oracle of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.analysis.vocabulary import Vocabulary
from search.engines.request import Ranking, SearchRequest
from search.query.terms import TermQuery


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One passage as an engine sees it. `day` is the first possible day of its document (20190612), 0 if unknown.

    `exact` are the folded forms of the text in order; `stems` the stems of the same words. `facets` maps each
    filter field to the passage's values. `strength` is that of its finding in steps of a thousandth, 0 for none.
    """

    passage_id: str
    document_id: str
    ordinal: int
    exact: tuple[str, ...]
    stems: tuple[str, ...]
    heading: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    day: int = 0
    weight: float = 1.0
    strength: int = 0


class Searcher(Protocol):
    """Ranks passages of one sealed generation. Safe to share between threads until `close`."""

    def search(self, request: SearchRequest) -> Ranking:
        """Return the best matches and the counts over all matches."""

    def count(self, queries: Sequence[TermQuery]) -> tuple[int, ...]:
        """Return how many passages match each of `queries`: the totals of a search for each."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The folded forms of all texts."""

    def describe(self) -> str:
        """Return the engine, its version and the number of passages, for people."""

    def close(self) -> None:
        """Free what it holds. A searcher whose generation was replaced keeps answering until then."""


class IndexBuilder(Protocol):
    """Changes the engine's part of a generation that is not yet sealed. Nothing shows before `commit`."""

    def remove_document(self, document_id: str) -> None:
        """Take all passages of a document out."""

    def add(self, entry: IndexEntry) -> None:
        """Add a passage. Its document must be new or removed before."""

    def commit(self) -> None:
        """Make all changes durable and free what the builder holds."""

    def cancel(self) -> None:
        """Drop all changes and free what the builder holds."""
