"""Forward index of passages (words by passage), by which the first hits of a ranking are rescored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from search.engines.arrays.doc_values import DocValues
from search.engines.arrays.segment import Floats, Rows, Segment
from search.engines.rescoring import (
    READ,
    Codes,
    FeedbackStems,
    Forms,
    Hits,
    Pair,
    RescoreQuery,
    feedback,
    in_order,
    score_pairs,
)
from search.engines.scoring import Formula, idf, length_norm
from search.query.terms import TermField


class FieldWords:
    """The words of one field over all segments: one code each, and how many passages have it."""

    def __init__(self, doc_values: DocValues, field: TermField) -> None:
        first, *others = [segment.fields[field] for segment in doc_values.segments]
        self.codes = dict(first.codes) if others else first.codes
        codes_of = [np.arange(len(first.words)), *(self._codes_here(words.words) for words in others)]
        self.filler = len(self.codes)
        self._codes_of = [np.append(of, self.filler) for of in codes_of]
        having = np.zeros(len(self.codes), dtype=np.intp)
        for segment, offset, codes in zip(
            doc_values.segments, doc_values.offsets, self._codes_of, strict=True
        ):
            live = None if doc_values.live is None else doc_values.live[offset : offset + segment.size]
            having[codes[:-1]] += segment.fields[field].counts(live)
        self.idf = np.append(idf(doc_values.passages, having.astype(np.float64)), 0.0)

    def _codes_here(self, words: Sequence[str]) -> Rows:
        """The codes of here for the words of a further segment; new words get new ones."""
        return np.array([self.codes.setdefault(word, len(self.codes)) for word in words], dtype=np.intp)

    def of(self, number: int, codes: Codes) -> Codes:
        """Return codes of the segment of this number as codes of here, which are the same where there is one segment."""
        return self._codes_of[number].take(codes) if len(self._codes_of) > 1 else codes


class Rescorer:
    """Rescores the first hits, for any number of questions to one generation."""

    def __init__(self, doc_values: DocValues, formula: Formula) -> None:
        self._doc_values, self._formula = doc_values, formula
        self._length_norms = length_norm(doc_values.relative_lengths[TermField.STEM], formula)

    @cached_property
    def _forms(self) -> FieldWords:
        return FieldWords(self._doc_values, TermField.EXACT)

    @cached_property
    def _stems(self) -> FieldWords:
        return FieldWords(self._doc_values, TermField.STEM)

    def rescore(self, sought: RescoreQuery, rows: Rows, scores: Floats) -> Floats:
        """Return what `rows`, best first, score beyond their `scores`."""
        hits = Hits(scores, self._doc_values.weight.take(rows), self._length_norms.take(rows))
        pairs = self._pairs(sought)
        if not pairs:
            return self._feedback(sought, rows, hits)
        added = score_pairs(hits, self._forms_of(rows), pairs, self._formula)
        scores = scores + added
        order = in_order(scores)
        again = Hits(scores.take(order), hits.weight.take(order), hits.length_norm.take(order))
        added[order] += self._feedback(sought, rows.take(order), again)
        return added

    def _feedback(self, sought: RescoreQuery, rows: Rows, hits: Hits) -> Floats:
        """What `rows`, best first, score by feedback."""
        if not sought.typed:
            return np.zeros(len(rows))
        typed = [self._stems.codes.get(stem, self._stems.filler) for stem in sought.typed]
        return feedback(hits, self._stems_of(rows), typed, self._stems.idf, self._formula)

    def _by_segment(self, rows: Rows) -> Iterator[tuple[int, Segment, Rows, Rows]]:
        """The rows that lie in each segment: its number, the segment, their places among the rows, their rows in it."""
        if len(self._doc_values.segments) == 1:
            yield 0, self._doc_values.segments[0], np.arange(len(rows)), rows
            return
        numbers = np.searchsorted(self._doc_values.offsets, rows, side="right") - 1
        for number in np.unique(numbers).tolist():
            here = np.flatnonzero(numbers == number)
            yield (
                number,
                self._doc_values.segments[number],
                here,
                rows[here] - self._doc_values.offsets[number],
            )

    def _forms_of(self, rows: Rows) -> Forms:
        """All words of these passages, segment by segment."""
        owners, forms = [], []
        for number, segment, here, there in self._by_segment(rows):
            codes, lengths = segment.words_of_all(there)
            owners.append(here.repeat(lengths))
            forms.append(self._forms.of(number, codes))
        return Forms(np.concatenate(owners), np.concatenate(forms))

    def _stems_of(self, rows: Rows) -> FeedbackStems:
        """The stems of these passages that may count."""
        filler = self._stems.filler
        if len(self._doc_values.segments) == 1:
            segment = self._doc_values.segments[0]
            return FeedbackStems(
                segment.telling_stems.take(rows, axis=0), segment.telling_counts.take(rows, axis=0), filler
            )
        codes, counts = np.empty((2, len(rows), READ), dtype=np.intp)
        for number, segment, here, there in self._by_segment(rows):
            codes[here] = self._stems.of(number, segment.telling_stems.take(there, axis=0))
            counts[here] = segment.telling_counts.take(there, axis=0)
        return FeedbackStems(codes, counts, filler)

    def _pairs(self, sought: RescoreQuery) -> list[Pair]:
        """The pairs of the question whose words there are."""
        found = []
        for pair in sought.pairs:
            codes = [self._forms.codes.get(form, -1) for form in pair]
            if -1 not in codes:
                found.append(Pair(codes[0], codes[1], float(self._forms.idf[codes].sum())))
        return found
