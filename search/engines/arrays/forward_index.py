"""The words of single passages as arrays, for the second look at the first hits of a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from search.engines.arrays.doc_values import Columns
from search.engines.arrays.segment import Floats, Rows, Segment
from search.engines.rescoring import (
    READ,
    Codes,
    Forms,
    Hits,
    LookFor,
    Pair,
    Telling,
    feedback,
    in_order,
    pairs_earn,
)
from search.engines.scoring import Formula, idf, length_norm
from search.query.terms import TermField


class Words:
    """The words of one field over all segments: one code each, and how many passages have it."""

    def __init__(self, columns: Columns, field: TermField) -> None:
        first, *others = [segment.fields[field] for segment in columns.segments]
        self.codes = dict(first.codes) if others else first.codes
        codes_of = [np.arange(len(first.words)), *(self._codes_here(words.words) for words in others)]
        self.filler = len(self.codes)
        self._codes_of = [np.append(of, self.filler) for of in codes_of]
        having = np.zeros(len(self.codes), dtype=np.intp)
        for segment, offset, codes in zip(columns.segments, columns.offsets, self._codes_of, strict=True):
            live = None if columns.live is None else columns.live[offset : offset + segment.size]
            having[codes[:-1]] += segment.fields[field].counts(live)
        self.idf = np.append(idf(columns.passages, having.astype(np.float64)), 0.0)

    def _codes_here(self, words: Sequence[str]) -> Rows:
        """The codes of here for the words of a further segment; new words get new ones."""
        return np.array([self.codes.setdefault(word, len(self.codes)) for word in words], dtype=np.intp)

    def of(self, number: int, codes: Codes) -> Codes:
        """Codes of the segment of this number as codes of here, which are the same where there is one segment."""
        return self._codes_of[number].take(codes) if len(self._codes_of) > 1 else codes


class WordsOfHits:
    """Looks a second time at hits, for any number of questions to one generation."""

    def __init__(self, columns: Columns, formula: Formula) -> None:
        self._columns, self._formula = columns, formula
        self._length_norms = length_norm(columns.relative_lengths[TermField.STEM], formula)

    @cached_property
    def _forms(self) -> Words:
        return Words(self._columns, TermField.EXACT)

    @cached_property
    def _stems(self) -> Words:
        return Words(self._columns, TermField.STEM)

    def look(self, wanted: LookFor, rows: Rows, scores: Floats) -> Floats:
        """What these rows, best first, earn beyond their scores."""
        hits = Hits(scores, self._columns.weight.take(rows), self._length_norms.take(rows))
        pairs = self._pairs(wanted)
        if not pairs:
            return self._feedback(wanted, rows, hits)
        earned = pairs_earn(hits, self._forms_of(rows), pairs, self._formula)
        scores = scores + earned
        order = in_order(scores)
        again = Hits(scores.take(order), hits.weight.take(order), hits.length_norm.take(order))
        earned[order] += self._feedback(wanted, rows.take(order), again)
        return earned

    def _feedback(self, wanted: LookFor, rows: Rows, hits: Hits) -> Floats:
        """What these rows, best first, earn by feedback."""
        if not wanted.typed:
            return np.zeros(len(rows))
        typed = [self._stems.codes.get(stem, self._stems.filler) for stem in wanted.typed]
        return feedback(hits, self._telling_of(rows), typed, self._stems.idf, self._formula)

    def _by_segment(self, rows: Rows) -> Iterator[tuple[int, Segment, Rows, Rows]]:
        """The rows that lie in each segment: its number, the segment, their places among the rows, their rows in it."""
        if len(self._columns.segments) == 1:
            yield 0, self._columns.segments[0], np.arange(len(rows)), rows
            return
        numbers = np.searchsorted(self._columns.offsets, rows, side="right") - 1
        for number in np.unique(numbers).tolist():
            here = np.flatnonzero(numbers == number)
            yield number, self._columns.segments[number], here, rows[here] - self._columns.offsets[number]

    def _forms_of(self, rows: Rows) -> Forms:
        """All words of these passages, segment by segment."""
        owners, forms = [], []
        for number, segment, here, there in self._by_segment(rows):
            codes, lengths = segment.words_of_all(there)
            owners.append(here.repeat(lengths))
            forms.append(self._forms.of(number, codes))
        return Forms(np.concatenate(owners), np.concatenate(forms))

    def _telling_of(self, rows: Rows) -> Telling:
        """The stems of these passages that may count."""
        filler = self._stems.filler
        if len(self._columns.segments) == 1:
            segment = self._columns.segments[0]
            return Telling(
                segment.telling_stems.take(rows, axis=0), segment.telling_counts.take(rows, axis=0), filler
            )
        codes, counts = np.empty((2, len(rows), READ), dtype=np.intp)
        for number, segment, here, there in self._by_segment(rows):
            codes[here] = self._stems.of(number, segment.telling_stems.take(there, axis=0))
            counts[here] = segment.telling_counts.take(there, axis=0)
        return Telling(codes, counts, filler)

    def _pairs(self, wanted: LookFor) -> list[Pair]:
        """The pairs of the question whose words there are."""
        found = []
        for pair in wanted.pairs:
            codes = [self._forms.codes.get(form, -1) for form in pair]
            if -1 not in codes:
                found.append(Pair(codes[0], codes[1], float(self._forms.idf[codes].sum())))
        return found
