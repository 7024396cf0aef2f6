"""Answering from the Whoosh part of a sealed generation: our query tree, evaluated over the arrays beside its segments."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import whoosh
from whoosh import index

from search.analysis.vocabulary import SortedVocabulary, Vocabulary
from search.engines.arrays.builder import arrays_path
from search.engines.arrays.collector import rank
from search.engines.arrays.doc_values import DocValues, join_doc_values
from search.engines.arrays.evaluation import QueryEvaluator
from search.engines.arrays.forward_index import Rescorer
from search.engines.arrays.postings import PostingLists
from search.engines.arrays.row_sets import Mask
from search.engines.arrays.segment import Segment
from search.engines.arrays.term_scorer import LeafScorer
from search.engines.request import PATIENCE, Ranking, SearchRequest, Sort
from search.engines.rescoring import rescore_query
from search.engines.scoring import FORMULA, Formula
from search.errors import IndexDamaged
from search.query.terms import TermQuery


def open_whoosh_searcher(folder: Path, formula: Formula = FORMULA) -> WhooshSearcher:
    """Return the searcher of a sealed folder; benchmarks try other formulas.

    Raises IndexDamaged when Whoosh's files or the arrays beside them cannot be opened.
    """
    try:
        return WhooshSearcher(*_open_segments(folder), formula)
    except Exception as error:  # (the border: a damaged file raises whatever pickle, zlib or struct do)
        raise IndexDamaged(folder, str(error) or type(error).__name__) from error


def _open_segments(folder: Path) -> tuple[tuple[Segment, ...], Mask | None]:
    """The arrays of every segment that Whoosh lists, and which rows it has not deleted (None: none is deleted)."""
    opened = index.open_dir(folder, readonly=True)
    reader = opened.reader()
    segments, live = [], [np.zeros(0, dtype=np.bool_)]
    try:
        for leaf, _ in reader.leaf_readers():
            if not leaf.doc_count_all():
                continue  # (an index without passages is one reader without documents)
            segment = Segment(arrays_path(folder, leaf.segment().segment_id()))
            if segment.size != leaf.doc_count_all():
                raise ValueError(f"arrays of {segment.size} passages beside {leaf.doc_count_all()} of Whoosh")
            segments.append(segment)
            live.append(_live(leaf, segment.size))
    finally:
        reader.close()
        opened.close()
    joined = np.concatenate(live)
    return tuple(segments), None if joined.all() else joined


def _live(leaf: object, size: int) -> Mask:
    """Which documents of a segment are not deleted."""
    live = np.ones(size, dtype=np.bool_)
    live[list(leaf.segment().deleted_docs())] = False  # type: ignore[attr-defined]
    return live


class WhooshSearcher:
    """The searcher of `search.engines.Searcher` over the arrays of Whoosh's segments.

    What it holds is read-only, but for the scores of words that `LeafScorer` keeps behind a lock of its own; so any number of
    threads search at once and hardly wait for each other.
    """

    def __init__(self, segments: tuple[Segment, ...], live: Mask | None, formula: Formula = FORMULA) -> None:
        self._segments, self._live, self._formula = segments, live, formula
        self._lists = PostingLists(segments, live)

    @cached_property
    def _doc_values(self) -> DocValues:
        """The doc values of all segments, joined when first needed: whoever only checks that an index opens need not wait for them."""
        return join_doc_values(self._segments, self._live)

    def search(self, request: SearchRequest) -> Ranking:
        """See `search.engines.Searcher`."""
        evaluator = self._evaluator(request.seconds)
        matches = evaluator.evaluate(request.query)
        sought = rescore_query(request.query, self._formula) if request.sort is Sort.RELEVANCE else None
        return rank(matches, evaluator, request, partial(self._rescorer.rescore, sought) if sought else None)

    def count(self, queries: Sequence[TermQuery]) -> tuple[int, ...]:
        """See `search.engines.Searcher`."""
        return tuple(self._evaluator(PATIENCE).evaluate(query).total for query in queries)

    def _evaluator(self, seconds: float) -> QueryEvaluator:
        """An evaluator that gives up after `seconds`."""
        return QueryEvaluator(self._doc_values, self._leaves, self._formula.exact, time.monotonic() + seconds)

    @cached_property
    def _leaves(self) -> LeafScorer:
        return LeafScorer(self._doc_values, self._lists, self._formula)

    @cached_property
    def _rescorer(self) -> Rescorer:
        return Rescorer(self._doc_values, self._formula)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """See `search.engines.Searcher`."""
        return SortedVocabulary(self._lists.count_forms)

    def describe(self) -> str:
        """See `search.engines.Searcher`."""
        version = ".".join(str(part) for part in whoosh.__version__)
        return f"whoosh {version}, {self._doc_values.passages} passages"

    def close(self) -> None:
        """See `search.engines.Searcher`. The mapped files are let go with the last answer that uses them."""
