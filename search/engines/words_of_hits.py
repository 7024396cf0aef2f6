"""The words of single passages as arrays, for the second look at the first hits of a ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from search.engines.columns import Columns
from search.engines.scoring import Formula, idf
from search.engines.second_look import Codes, Forms, Hits, Pair, Telling, feedback, pairs_earn
from search.engines.segment import Floats, Rows, Segment
from search.query.terms import TermField, TermQuery, has_alternatives, side_by_side, typed_words


class Words:
    """The words of one field over all segments: one code each, and how many passages have it."""

    def __init__(self, columns: Columns, field: TermField) -> None:
        first, *others = [segment.fields[field] for segment in columns.segments]
        self.codes = dict(first.codes) if others else first.codes
        self._codes_of = [np.arange(len(first.words))]  # for each segment: its codes to those of here
        for words in others:
            of = [self.codes.setdefault(word, len(self.codes)) for word in words.words]
            self._codes_of.append(np.array(of, dtype=np.intp))
        having = np.zeros(len(self.codes), dtype=np.intp)
        for segment, offset, codes in zip(columns.segments, columns.offsets, self._codes_of, strict=True):
            live = None if columns.live is None else columns.live[offset : offset + segment.size]
            having[codes] += segment.fields[field].counts(live)
        self.idf = np.array([idf(columns.passages, count) for count in having.tolist()])

    def of(self, number: int, codes: Codes) -> Codes:
        """Codes of the segment of this number as codes of here; the first segment's are the same."""
        return self._codes_of[number].take(codes) if number else codes


class WordsOfHits:
    """Looks a second time at hits, for any number of questions to one generation."""

    def __init__(self, columns: Columns, formula: Formula) -> None:
        self._columns, self._formula = columns, formula

    @cached_property
    def _forms(self) -> Words:
        return Words(self._columns, TermField.EXACT)

    @cached_property
    def _stems(self) -> Words:
        return Words(self._columns, TermField.STEM)

    def look(self, query: TermQuery, rows: Rows, scores: Floats) -> Floats:
        """What these rows, best first, earn beyond their scores."""
        hits = Hits(
            scores=scores,
            weight=self._columns.weight.take(rows),
            relative_length=self._columns.relative_lengths[TermField.STEM].take(rows),
        )
        earned = np.zeros(len(rows))
        pairs = self._pairs(query) if self._formula.pair else []
        if pairs:
            earned = pairs_earn(hits, self._forms_of(rows), pairs, self._formula)
            hits = replace(hits, scores=scores + earned)
        if self._formula.feedback and has_alternatives(query):
            typed = [self._stems.codes.get(term.value, -1) for term in typed_words(query)]
            earned += feedback(hits, self._telling_of(rows), typed, self._stems.idf, self._formula)
        return earned

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
        """The stems of these passages that may count, segment by segment."""
        owners, stems, counts = [], [], []
        for number, segment, here, there in self._by_segment(rows):
            codes, occurrences, lengths = segment.telling_of_all(there)
            owners.append(here.repeat(lengths))
            stems.append(self._stems.of(number, codes))
            counts.append(occurrences)
        return Telling(np.concatenate(owners), np.concatenate(stems), np.concatenate(counts))

    def _pairs(self, query: TermQuery) -> list[Pair]:
        """The pairs of the question whose words there are."""
        found = []
        for pair in side_by_side(query):
            codes = [self._forms.codes.get(form, -1) for form in pair]
            if -1 not in codes:
                found.append(Pair(codes[0], codes[1], float(self._forms.idf[codes].sum())))
        return found
