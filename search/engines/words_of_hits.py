"""The words of single passages as arrays, for the second look at the first hits of a ranking."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.engines.columns import Columns
from search.engines.scoring import Formula, idf
from search.engines.second_look import Codes, Hits, Pair, Stems, fit_for, may_count, second_look
from search.engines.segment import Floats, Rows
from search.query.terms import TermField, TermQuery, side_by_side, typed_words


class Words:
    """The words of one field over all segments: one code each, and how many passages have it."""

    def __init__(self, columns: Columns, field: TermField) -> None:
        first, *others = [segment.fields[field] for segment in columns.segments]
        self.codes = dict(first.codes) if others else first.codes
        self.codes_of = [np.arange(len(first.words))]  # for each segment: its codes to those of here
        for words in others:
            of = [self.codes.setdefault(word, len(self.codes)) for word in words.words]
            self.codes_of.append(np.array(of, dtype=np.int64))
        having = np.zeros(len(self.codes), dtype=np.int64)
        for segment, offset, codes in zip(columns.segments, columns.offsets, self.codes_of, strict=True):
            live = None if columns.live is None else columns.live[offset : offset + segment.size]
            having[codes] += segment.fields[field].counts(live)
        self._idf = np.array([idf(columns.passages, count) for count in having.tolist()])

    @cached_property
    def words(self) -> list[str]:
        """The word of every code."""
        return list(self.codes)

    @cached_property
    def may_count(self) -> npt.NDArray[np.bool_]:
        """Which codes are of stems that may count without having been asked for."""
        return np.array([may_count(word) for word in self.words], dtype=np.bool_)

    def idf(self, codes: Codes) -> Floats:
        """How much each of these words tells."""
        return self._idf[codes]


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
        pairs = self._pairs(query)
        owner, forms, stems = self._words_of(rows)
        if not pairs:  # what stands between the telling words does not matter then
            telling = self._stems.may_count[stems]
            owner, forms, stems = owner[telling], forms[telling], stems[telling]
        hits = Hits(
            scores=scores,
            weight=self._columns.weight[rows],
            relative_length=self._columns.relative_lengths[TermField.STEM][rows],
            owner=owner,
            forms=forms,
            stems=stems,
        )
        typed = [self._stems.codes.get(term.value, -1) for term in typed_words(query)]
        known = Stems(self._stems.idf, lambda codes: self._stems.may_count[codes])
        return second_look(hits, pairs, typed, known, fit_for(query, self._formula))

    def _words_of(self, rows: Rows) -> tuple[Codes, Codes, Codes]:
        """All words of these passages: the place of the passage among them, the form, the stem; segment by segment."""
        numbers = np.searchsorted(self._columns.offsets, rows, side="right") - 1
        owners, forms, stems = [], [], []
        for number, segment in enumerate(self._columns.segments):
            here = np.flatnonzero(numbers == number)
            words, lengths = segment.words_of_all(rows[here] - self._columns.offsets[number])
            owners.append(np.repeat(here, lengths))
            forms.append(self._forms.codes_of[number][words])
            stems.append(self._stems.codes_of[number][segment.stem_of[words]])
        return np.concatenate(owners), np.concatenate(forms), np.concatenate(stems)

    def _pairs(self, query: TermQuery) -> list[Pair]:
        """The pairs of the question whose words there are."""
        found = []
        for pair in side_by_side(query):
            codes = [self._forms.codes.get(form, -1) for form in pair]
            if -1 not in codes:
                found.append(Pair(codes[0], codes[1], float(self._forms.idf(np.array(codes)).sum())))
        return found
