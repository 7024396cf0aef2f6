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
    """For each of some ascending rows its place in other ascending rows, and whether it is there at all."""
    if not len(rows):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = rows.searchsorted(wanted)
    np.minimum(places, len(rows) - 1, out=places)
    return places, rows.take(places) == wanted


def united(lists: Sequence[Rows], size: int) -> Rows:
    """The rows of several lists, ascending, each once; there are `size` rows in all."""
    if sum(map(len, lists)) * _SPARSE >= size:
        return np.flatnonzero(mask_of(lists, size))
    rows = np.concatenate([NOTHING, *lists])
    rows.sort(kind="stable")  # which merges lists that are sorted already
    first = np.empty(len(rows), dtype=np.bool_)
    first[:1] = True
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return rows.compress(first)


def mask_of(lists: Sequence[Rows], size: int) -> Mask:
    """Which of so many rows are in at least one of the lists."""
    mask = np.zeros(size, dtype=np.bool_)
    for rows in lists:
        mask[rows] = True
    return mask


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
