"""Answering from the Whoosh part of a sealed generation: our query tree, walked over arrays of its postings."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import whoosh
from whoosh import index

from search.engines import IndexEntry
from search.engines.columns import SCORED_FIELDS, Columns, Lengths, Mask, columns_of
from search.engines.ranking import Scores, rank
from search.engines.scoring import FORMULA, Formula, idf, per_length, saturation
from search.engines.whoosh_engine_postings import PostingReader, Postings
from search.engines.whoosh_engine_words import WordsOfHits
from search.errors import IndexDamaged
from search.query.terms import (
    AllOf,
    AnyOf,
    DateRange,
    Everything,
    Filter,
    NoneOf,
    Term,
    TermField,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
    typed_words,
)
from search.results import Ranking, SearchRequest


def open_whoosh_searcher(folder: Path, formula: Formula = FORMULA) -> WhooshSearcher:
    """The searcher of a sealed folder; benchmarks try other formulas. Raises IndexDamaged when Whoosh cannot open it."""
    try:
        return WhooshSearcher(index.open_dir(folder, readonly=True), formula)
    except Exception as error:  # (the border: a damaged file raises whatever pickle, zlib or struct do)
        raise IndexDamaged(folder, str(error) or type(error).__name__) from error


class WhooshSearcher:
    """The searcher of `search.engines.Searcher` over Whoosh's postings."""

    def __init__(self, opened: Any, formula: Formula = FORMULA) -> None:
        self._index = opened
        self._formula = formula
        self._reader = opened.reader()
        self._postings = PostingReader(self._reader)
        self._lock = threading.Lock()

    @property
    def _columns(self) -> Columns:
        """The columns, read when first needed: whoever only checks that an index opens need not wait for them."""
        with self._lock:
            return self._read_columns

    @cached_property
    def _read_columns(self) -> Columns:
        return columns_of(_rows(self._reader), self._reader.doc_count_all())

    def search(self, request: SearchRequest) -> Ranking:
        """See `search.engines.Searcher`."""
        columns = self._columns
        walk = _Walk(self._postings, columns, self._formula)
        matched, scores = walk.evaluate(request.query)
        words = WordsOfHits(self._postings, columns, request.query, self._formula)
        look = words.look if typed_words(request.query) else None
        return rank(matched & columns.live, scores * columns.weight, columns, request, look)

    def vocabulary(self) -> Mapping[str, int]:
        """See `search.engines.Searcher`; passages removed since the last merge may still be counted."""
        return self._postings.vocabulary

    def describe(self) -> str:
        """See `search.engines.Searcher`."""
        version = ".".join(str(part) for part in whoosh.__version__)
        return f"whoosh {version}, {int(self._columns.live.sum())} passages"

    def close(self) -> None:
        """See `search.engines.Searcher`."""
        self._reader.close()
        self._index.close()


def _rows(reader: Any) -> Iterator[tuple[int, IndexEntry, Lengths]]:
    """The stored side of every passage: (row, entry without words, lengths)."""
    for number, stored in reader.iter_docs():
        passage_id, document_id, ordinal, lengths, day, weight, facets = stored["row"]
        entry = IndexEntry(passage_id, document_id, ordinal, (), (), facets=facets, day=day, weight=weight)
        yield number, entry, tuple(lengths)


class _Walk:
    """One walk over a query tree; each step gives the matching rows as a mask and their scores."""

    def __init__(self, postings: PostingReader, columns: Columns, formula: Formula) -> None:
        self._formula = formula
        self._postings = postings
        self._columns = columns
        self._passages = int(columns.live.sum())

    def evaluate(self, query: TermQuery) -> tuple[Mask, Scores]:
        """Rows that match, and scores (0 where nothing matches)."""
        match query:
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts):
                return self._any(parts)
            case NoneOf(part):
                return ~self.evaluate(part)[0], self._zeros()
            case Filter(name, values):
                return self._columns.facet(name).mask(values, self._columns.size), self._zeros()
            case DateRange(since, until):
                day = self._columns.day
                return (day > 0) & (day >= since) & (day <= until), self._zeros()
            case Everything():
                return np.ones(self._columns.size, dtype=np.bool_), self._zeros()
            case _:
                return self._leaf(query)

    def _all(self, parts: tuple[TermQuery, ...]) -> tuple[Mask, Scores]:
        """Rows in every part."""
        matched, scores = np.ones(self._columns.size, dtype=np.bool_), self._zeros()
        for part in parts:
            mask, more = self.evaluate(part)
            matched &= mask
            scores += more
        return matched, scores

    def _any(self, parts: tuple[TermQuery, ...]) -> tuple[Mask, Scores]:
        """Rows in at least one part."""
        matched, scores = np.zeros(self._columns.size, dtype=np.bool_), self._zeros()
        for part in parts:
            mask, more = self.evaluate(part)
            matched |= mask
            scores += more
        return matched, scores

    def _leaf(self, query: TermQuery) -> tuple[Mask, Scores]:
        """A leaf with words: its rows and what they earn; a condition on heading, title or speaker earns nothing."""
        postings = self._postings_of(query)
        matched = np.zeros(self._columns.size, dtype=np.bool_)
        matched[postings.rows] = True
        match query:
            case Term(TermField.STEM):
                return matched, self._word(query, postings)
            case Term(TermField.HEADING | TermField.TITLE | TermField.SPEAKER):
                return matched, self._zeros()
        return matched, self._earned(postings)

    def _postings_of(self, query: TermQuery) -> Postings:
        """The posting list of a leaf."""
        match query:
            case Term(field, value):
                return self._postings.term(field, value)
            case TermPhrase(values, slop):
                return self._postings.phrase(values, slop)
            case TermPrefix(value):
                return self._postings.union(self._postings.beginning_with(value))
            case TermFuzzy(value, edits):
                return self._postings.union(self._postings.spelt_like(value, edits))
        raise TypeError(f"not a leaf with words: {query!r}")

    def _word(self, term: Term, text: Postings) -> Scores:
        """What a typed word earns: by its stem in text, heading path and title, and by its very form."""
        weights = (1.0, self._formula.heading, self._formula.title)
        lists = (text, *(self._postings.term(field, term.value) for field in SCORED_FIELDS[1:]))
        occurrences = self._zeros()
        for field, weight, postings in zip(SCORED_FIELDS, weights, lists, strict=True):
            length = self._columns.relative_lengths[field][postings.rows]
            occurrences[postings.rows] += weight * per_length(postings.frequencies, length, self._formula)
        scores = idf(self._passages, len(text.rows)) * saturation(occurrences, self._formula)
        if term.form and self._formula.exact:
            exact = self._postings.term(TermField.EXACT, term.form)
            scores += self._formula.exact * self._earned(exact)
        return scores

    def _earned(self, postings: Postings) -> Scores:
        """BM25 of one posting list over the text alone."""
        length = self._columns.relative_lengths[TermField.STEM][postings.rows]
        share = saturation(per_length(postings.frequencies, length, self._formula), self._formula)
        scores = self._zeros()
        scores[postings.rows] = idf(self._passages, len(postings.rows)) * share
        return scores

    def _zeros(self) -> Scores:
        return np.zeros(self._columns.size, dtype=np.float64)
