"""Whoosh's posting lists as arrays: read once, then cached within a memory bound.

Whoosh walks postings one by one in Python; scoring arrays of them with NumPy is what brings it to the pace of
compiled engines. Its readers share file positions between threads, so all reading happens under one lock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import TermNotFound

from search.engines.columns import Rows
from search.engines.phrases import phrase_ends, within_edits
from search.query.terms import TermField

CACHE_BYTES = (
    128 * 2**20
)  # of posting lists kept; the lists of a common word in 100,000 passages take about 1 MB


@dataclass(frozen=True, slots=True)
class Postings:
    """Ascending rows that a leaf matches, and how often in each."""

    rows: Rows
    frequencies: npt.NDArray[np.float64]

    @classmethod
    def of(cls, pairs: Sequence[tuple[int, float]]) -> Postings:
        """Postings from (row, frequency) in ascending order of rows."""
        rows = np.array([row for row, _ in pairs], dtype=np.int64)
        return cls(rows, np.array([frequency for _, frequency in pairs], dtype=np.float64))


class PostingReader:
    """Reads terms, phrases and the vocabulary of one open Whoosh reader."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = RLock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached_bytes = 0

    def term(self, field: TermField, value: str) -> Postings:
        """The passages with a term."""
        key = (field.value, value)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            postings = Postings.of(list(self._read(*key)))
            self._keep(key, postings)
            return postings

    def having(self, field: TermField, value: str) -> int:
        """How many passages have a term; those removed since the last merge still count."""
        return len(self.term(field, value).rows)

    def words_of(self, row: int) -> list[str]:
        """The exact forms of a passage in reading order."""
        with self._lock:
            words: str = self._reader.stored_fields(row)["words"]
        return words.split()

    def _keep(self, key: tuple[str, str], postings: Postings) -> None:
        """Caches a list; the lists that were not used for longest make room."""
        self._cache[key] = postings
        self._cached_bytes += postings.rows.nbytes + postings.frequencies.nbytes
        while self._cached_bytes > CACHE_BYTES and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached_bytes -= dropped.rows.nbytes + dropped.frequencies.nbytes

    def _read(self, field: str, value: str) -> Iterator[tuple[int, float]]:
        """(row, frequency) of a term, segment after segment."""
        for matcher, offset in self._matchers(field, value):
            while matcher.is_active():
                yield matcher.id() + offset, matcher.weight()
                matcher.next()

    def _matchers(self, field: str, value: str) -> Iterator[tuple[Any, int]]:
        """The term's matcher in each segment that has it, with the segment's first row."""
        for leaf, offset in self._reader.leaf_readers():
            try:
                yield leaf.postings(field, value), offset
            except TermNotFound:
                continue

    def union(self, values: Sequence[str]) -> Postings:
        """The passages with any of these exact forms; frequencies are added."""
        total: dict[int, float] = {}
        for value in values:
            postings = self.term(TermField.EXACT, value)
            for row, frequency in zip(postings.rows.tolist(), postings.frequencies.tolist(), strict=True):
                total[row] = total.get(row, 0.0) + frequency
        return Postings.of(sorted(total.items()))

    def phrase(self, values: Sequence[str], slop: int) -> Postings:
        """The passages with these exact forms in order; positions are read of the candidates alone."""
        candidates = self.term(TermField.EXACT, values[0]).rows
        for value in values[1:]:
            candidates = np.intersect1d(
                candidates, self.term(TermField.EXACT, value).rows, assume_unique=True
            )
        if not len(candidates):
            return Postings.of([])
        with self._lock:
            positions = {value: self._positions(value, candidates.tolist()) for value in set(values)}
        found = []
        for row in candidates.tolist():
            places = phrase_ends([positions[value][row] for value in values], slop)
            if places:
                found.append((row, float(len(places))))
        return Postings.of(found)

    def _positions(self, value: str, rows: Sequence[int]) -> dict[int, list[int]]:
        """The positions of a form in each of these ascending rows, all of which have it."""
        found: dict[int, list[int]] = {}
        for matcher, offset in self._matchers(TermField.EXACT.value, value):
            for row in rows[bisect_left(rows, offset) :]:
                if matcher.is_active() and matcher.id() < row - offset:
                    matcher.skip_to(row - offset)
                if not matcher.is_active():
                    break
                if matcher.id() == row - offset:
                    found[row] = list(matcher.value_as("positions"))
        return found

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every exact form with the number of passages that have it, in alphabetical order."""
        with self._lock:
            found: dict[str, int] = {}
            for (field, term), info in self._reader.iter_from(TermField.EXACT.value, b""):
                if field != TermField.EXACT.value:
                    break
                found[term.decode("utf-8")] = int(info.doc_frequency())
            return found

    @cached_property
    def _sorted_words(self) -> list[str]:
        """The forms of the vocabulary in order of their letters."""
        return sorted(self.vocabulary)

    def beginning_with(self, prefix: str) -> list[str]:
        """All forms that begin so."""
        words = self._sorted_words
        return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\U0010ffff")]

    def spelt_like(self, value: str, edits: int) -> list[str]:
        """All forms with the same first letter within so many edits."""
        return [word for word in self.beginning_with(value[0]) if within_edits(value, word, edits)]
