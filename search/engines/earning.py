"""What matching rows earn: the sum over all leaves of a query, at the rows that match alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.leaf_scores import Earned
from search.engines.matching import SKEWED, places_of
from search.engines.segment import Floats, Rows


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
