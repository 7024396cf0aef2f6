"""Ascending rows and their scores: finding some rows in others, joining lists, and summing the scores of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engines.arrays.segment import NOTHING, Floats, Rows

Mask = npt.NDArray[np.bool_]

SKEWED = 16  # times as many rows: above that, looking each row up beats going through all of them
_SPARSE = 8  # times as many rows in all as in the lists: above that, sorting them beats a mask over all rows


def places_of(wanted: Rows, rows: Rows) -> tuple[npt.NDArray[np.intp], Mask]:
    """Return the place of each of the rows `wanted` in `rows`, both ascending, and a mask of those that are there at all."""
    if not len(rows):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = rows.searchsorted(wanted)
    np.minimum(places, len(rows) - 1, out=places)
    return places, rows.take(places) == wanted


def union_of(lists: Sequence[Rows], size: int) -> Rows:
    """Return the rows of several ascending `lists`, ascending, each once; `size` is the number of rows in the index."""
    if sum(map(len, lists)) * _SPARSE >= size:
        return np.flatnonzero(mask_of(lists, size))
    rows = np.concatenate([NOTHING, *lists])
    rows.sort(kind="stable")  # which merges lists that are sorted already
    first = np.empty(len(rows), dtype=np.bool_)
    first[:1] = True
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return rows.compress(first)


def mask_of(lists: Sequence[Rows], size: int) -> Mask:
    """Return a mask over the `size` rows of the index: those that stand in at least one of `lists`."""
    mask = np.zeros(size, dtype=np.bool_)
    for rows in lists:
        mask[rows] = True
    return mask


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """Rows, ascending, with the score of each."""

    rows: Rows
    scores: Floats


NO_SCORES = ScoredRows(NOTHING, np.zeros(0))


def sum_scores(parts: Sequence[ScoredRows], size: int) -> ScoredRows:
    """Add up several `ScoredRows` of an index of `size` rows."""
    if len(parts) == 1:
        return parts[0]
    rows = union_of([part.rows for part in parts], size)
    return ScoredRows(rows, scores_at(rows, parts, size))


def scores_at(rows: Rows, parts: Sequence[ScoredRows], size: int) -> Floats:
    """Sum the scores of `parts` at `rows` (ascending) in an index of `size` rows. May return an array of a part: do not change it."""
    near = [_restricted(part, rows) for part in parts if len(part.rows)]
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


def _restricted(part: ScoredRows, rows: Rows) -> ScoredRows:
    """Restrict `part` to `rows` where looking them up is cheaper than scattering the whole part."""
    if part.rows is rows or len(rows) * SKEWED > len(part.rows):
        return part
    places, there = places_of(rows, part.rows)
    scores = part.scores.take(places)
    return ScoredRows(rows, scores if there.all() else np.where(there, scores, 0.0))
