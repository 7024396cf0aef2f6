"""Evaluates a query tree to the rows that match: sorted rows where they are few, masks where they are many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.engines.arrays.doc_values import DocValues
from search.engines.arrays.row_sets import SKEWED, Mask, ScoredRows, places_of, union_of
from search.engines.arrays.segment import NOTHING, Rows
from search.engines.arrays.term_scorer import LeafScorer
from search.query.terms import (
    ROUNDING,
    AllOf,
    AnyOf,
    DateRange,
    Everything,
    Filter,
    MostOf,
    NoneOf,
    Term,
    TermField,
    TermQuery,
    as_typed,
)


class RowSet:
    """Distinct rows, given as ascending rows or as a mask over all rows; the other form is made when asked for."""

    def __init__(self, size: int, rows: Rows | None = None, mask: Mask | None = None) -> None:
        self._size, self._rows, self._mask = size, rows, mask

    @property
    def rows(self) -> Rows:
        """The rows, ascending."""
        if self._rows is None:
            self._rows = np.flatnonzero(self.mask)
        return self._rows

    @property
    def mask(self) -> Mask:
        """A mask over all rows."""
        if self._mask is None:
            self._mask = np.zeros(self._size, dtype=np.bool_)
            self._mask[self._rows] = True
        return self._mask

    @property
    def many(self) -> int:
        """What going through it costs: its rows, or all rows where only a mask is known."""
        return self._size if self._rows is None else len(self._rows)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return int(np.count_nonzero(self.mask)) if self._rows is None else len(self._rows)

    def among(self, rows: Rows) -> Rows:
        """Return those of some ascending rows that are found here."""
        if self._mask is None and self.many > SKEWED * len(rows):
            return rows.compress(places_of(rows, self.rows)[1])
        return rows.compress(self.mask.take(rows))


class QueryEvaluator:
    """Evaluates one query tree. `complete` turns False when time ran out; `scored` are the scores of its leaves, in order.

    A leaf whose turn comes after `deadline` (by time.monotonic) counts as matching nothing, and a NoneOf over such
    a leaf too: an evaluation that was cut gives true matches, but not all of them.
    """

    def __init__(self, doc_values: DocValues, leaves: LeafScorer, exact: float, deadline: float) -> None:
        self.doc_values, self._leaves, self._exact, self._deadline = doc_values, leaves, exact, deadline
        self.complete = True
        self.scored: list[ScoredRows] = []

    def evaluate(self, query: TermQuery) -> RowSet:
        """Return the rows that match `query`."""
        match query:
            case Term():
                return self._rows(self._leaf(query))
            case AllOf(parts):
                return self._all([self.evaluate(part) for part in parts])
            case AnyOf(parts):
                return self._any([self.evaluate(part) for part in parts])
            case MostOf():
                return self._most(query)
            case NoneOf(part):
                return self._none(part)
            case Filter(name, values):
                return self._rows(self.doc_values.facet(name).rows_with(values))
            case DateRange(since, until):
                day = self.doc_values.day
                return self._mask((day > 0) & (day >= since) & (day <= until))
            case Everything():
                return self._everything
            case _:
                return self._rows(self._leaf(query))

    def _leaf(self, leaf: TermQuery) -> Rows:
        """The rows that match a leaf with words; its scores are noted, and those of the very form that was typed beside its stem."""
        if time.monotonic() > self._deadline:
            self.complete = False
            return NOTHING
        scores = self._leaves.of(leaf)
        self.scored.append(scores.scored)
        typed = as_typed(leaf)
        if isinstance(typed, Term) and typed.form and self._exact and typed.field is TermField.STEM:
            form = self._leaves.form(typed.form).scored
            self.scored.append(ScoredRows(form.rows, self._exact * form.scores))
        return scores.matching

    def _rows(self, rows: Rows) -> RowSet:
        return RowSet(self.doc_values.size, rows=rows)

    def _mask(self, mask: Mask) -> RowSet:
        return RowSet(self.doc_values.size, mask=mask)

    @cached_property
    def _everything(self) -> RowSet:
        """All rows but the gaps."""
        live = self.doc_values.live
        return self._mask(np.ones(self.doc_values.size, dtype=np.bool_) if live is None else live)

    def _all(self, parts: Sequence[RowSet]) -> RowSet:
        """Rows in every part, beginning with the part that has fewest."""
        if not parts:
            return self._everything
        first, *others = sorted(parts, key=lambda part: part.many)
        if first.many == self.doc_values.size:
            mask = first.mask
            for other in others:
                mask = mask & other.mask
            return self._mask(mask)
        rows = first.rows
        for other in others:
            rows = other.among(rows)
        return self._rows(rows)

    def _any(self, parts: Sequence[RowSet]) -> RowSet:
        """Rows in at least one part."""
        if len(parts) < 2:
            return parts[0] if parts else self._rows(NOTHING)
        if all(part.many < self.doc_values.size for part in parts):
            return self._rows(union_of([part.rows for part in parts], self.doc_values.size))
        mask = parts[0].mask.copy()
        for part in parts[1:]:
            mask |= part.mask
        return self._mask(mask)

    def _most(self, query: MostOf) -> RowSet:
        """Rows whose parts weigh enough together."""
        total = np.zeros(self.doc_values.size)
        for part, weight in zip(query.parts, query.weights, strict=True):
            total[self.evaluate(part).rows] += weight
        return self._mask((total > query.least - ROUNDING) & self._everything.mask)

    def _none(self, query: TermQuery) -> RowSet:
        """All rows that do not match a query, which score 0; none when matches may be missing for want of time."""
        before = len(self.scored)
        part = self.evaluate(query)
        del self.scored[before:]
        if not self.complete:
            return self._rows(NOTHING)
        return self._mask(self._everything.mask & ~part.mask)
