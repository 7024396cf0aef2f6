"""Ascending lists of rows: finding some in others, and joining several, the cheaper way for their lengths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.engines.arrays.segment import NOTHING, Rows

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
