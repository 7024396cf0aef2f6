"""What rows earn: by one leaf of a query, and by several together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.arrays.row_lists import SKEWED, places_of, united
from search.engines.arrays.segment import NOTHING, Floats, Rows


@dataclass(frozen=True, slots=True)
class Earned:
    """Ascending rows and what each of them earns."""

    rows: Rows
    scores: Floats


NOTHING_EARNED = Earned(NOTHING, np.zeros(0))


def summed(parts: Sequence[Earned], size: int) -> Earned:
    """What all rows that earn by any part earn by all of them, of so many rows."""
    if len(parts) == 1:
        return parts[0]
    rows = united([part.rows for part in parts], size)
    return Earned(rows, total_at(rows, parts, size))


def total_at(rows: Rows, parts: Sequence[Earned], size: int) -> Floats:
    """What these ascending rows of so many earn by all parts together. May be an array of the parts: not to be changed."""
    near = [_narrowed(part, rows) for part in parts if len(part.rows)]
    if not near:
        return np.zeros(len(rows))
    if all(part.rows is rows for part in near):
        return sum([part.scores for part in near[1:]], start=near[0].scores)
    total = np.empty(size)  # set to 0 where it is read or added to, which costs less than everywhere
    total[rows] = 0.0
    for part in near[1:]:
        total[part.rows] = 0.0
    total[near[0].rows] = near[0].scores
    for part in near[1:]:
        total[part.rows] += part.scores
    return total.take(rows)


def _narrowed(part: Earned, rows: Rows) -> Earned:
    """A part without the rows that are not asked for, where leaving them out costs less than they do."""
    if part.rows is rows or len(rows) * SKEWED > len(part.rows):
        return part
    places, there = places_of(rows, part.rows)
    scores = part.scores.take(places)
    return Earned(rows, scores if there.all() else np.where(there, scores, 0.0))
