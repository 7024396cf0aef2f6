"""What matching rows earn by the formula of `scoring.py`: only rows that match are scored, a leaf at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from search.engines.columns import SCORED_FIELDS, Columns
from search.engines.matching import SKEWED, Walk, places_of
from search.engines.scoring import Formula, idf, per_length, saturation
from search.engines.segment import Floats, Postings, Rows
from search.query.terms import (
    DateRange,
    Everything,
    Filter,
    Term,
    TermField,
    TermQuery,
    leaves,
)

Earned = tuple[Rows, Floats]  # ascending rows, and what each of them earns


class Earnings:
    """Scores the rows that a walk over a query found."""

    def __init__(self, walk: Walk, formula: Formula) -> None:
        self._walk, self._formula = walk, formula
        self._columns: Columns = walk.columns

    def scores(self, query: TermQuery, rows: Rows) -> Floats:
        """The score of each of these ascending rows: the sum over all leaves times the passage's own weight."""
        parts = [part for leaf in leaves(query) for part in self._leaf(leaf, rows)]
        return _at(rows, parts, self._columns.size) * self._columns.weight[rows]

    def _leaf(self, leaf: TermQuery, rows: Rows) -> Iterator[Earned]:
        """What a leaf brings; conditions, and words wanted in a heading, a title or a speaker's name, bring nothing."""
        match leaf:
            case Term(TermField.STEM, _, form):
                yield self._word(leaf, rows)
                if form and self._formula.exact:
                    yield self._text(Term(TermField.EXACT, form), rows, self._formula.exact)
            case Term(TermField.HEADING | TermField.TITLE | TermField.SPEAKER):
                return
            case Filter() | DateRange() | Everything():
                return
            case _:
                yield self._text(leaf, rows, 1.0)

    def _text(self, leaf: TermQuery, rows: Rows, weight: float) -> Earned:
        """BM25 of one leaf over the text alone."""
        postings = self._walk.postings_of(leaf)
        near = _narrowed(postings, rows)
        occurrences = self._per_length(TermField.STEM, near)
        rarity = idf(self._columns.passages, len(postings))
        return near.rows, (weight * rarity) * saturation(occurrences, self._formula)

    def _word(self, term: Term, rows: Rows) -> Earned:
        """What a typed word earns by its stem: its occurrences in text, headings and title saturate together."""
        weights = (1.0, self._formula.heading, self._formula.title)
        text = self._walk.postings_of(term)
        parts: list[Earned] = []
        for field, weight in zip(SCORED_FIELDS, weights, strict=True):
            near = text if field is term.field else self._walk.lists.term(field, term.value)
            near = _narrowed(near, rows)
            if len(near) and weight:
                parts.append((near.rows, weight * self._per_length(field, near)))
        rarity = idf(self._columns.passages, len(text))
        having, occurrences = _together(parts, rows, self._columns.size)
        return having, rarity * saturation(occurrences, self._formula)

    def _per_length(self, field: TermField, postings: Postings) -> Floats:
        """Occurrences in a field, set against the field's length."""
        lengths = self._columns.relative_lengths[field][postings.rows]
        return per_length(postings.frequencies.astype(np.float64), lengths, self._formula)


def _narrowed(postings: Postings, rows: Rows) -> Postings:
    """A posting list without the rows that are not asked for, where leaving them out costs less than they do."""
    if not len(postings) or len(rows) * SKEWED > len(postings):
        return postings
    places, there = places_of(rows, postings.rows)
    return Postings(rows[there], postings.frequencies[places[there]])


def _together(parts: Sequence[Earned], rows: Rows, size: int) -> Earned:
    """The sums of several lists, at the rows of the only list or at all rows that are asked for."""
    if len(parts) == 1:
        return parts[0]
    return rows, _at(rows, parts, size)


def _at(rows: Rows, parts: Sequence[Earned], size: int) -> Floats:
    """The sum of all lists at these rows."""
    if len(parts) == 1 and parts[0][0] is rows:
        return parts[0][1]
    if not parts:
        return np.zeros(len(rows), dtype=np.float64)
    (first, earned), *others = parts
    total = np.zeros(size, dtype=np.float64)
    total[first] = earned
    for having, earned in others:
        total[having] += earned
    return total[rows]
