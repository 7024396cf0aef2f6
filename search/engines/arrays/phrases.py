"""Where a phrase stands in a segment, found over arrays: no step in Python for each passage or place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.engines.arrays.segment import NO_POSTINGS, Postings, Rows, Segment
from search.query.terms import TermField


def phrase_postings(segment: Segment, values: Sequence[str], slop: int) -> Postings:
    """Return the rows with these exact forms in order, at most `slop` other words between two neighbours.

    The frequency counts the words that a phrase begins at.
    """
    known = segment.fields[TermField.EXACT].codes
    codes = [known.get(value, -1) for value in values]
    if -1 in codes:
        return NO_POSTINGS
    return _close(segment, codes, slop) if slop else _adjacent(segment, codes)


def _adjacent(segment: Segment, codes: Sequence[int]) -> Postings:
    """Neighbours: the places of the rarest word, of which those stay that have the others beside them.

    The stream has a -1 on both sides of every passage, so going outwards word by word ends there.
    """
    counts = [len(segment.places(code)) for code in codes]
    pivot = counts.index(min(counts))
    found, rows = segment.places(codes[pivot]), _rows_of_places(segment, codes[pivot])
    for other in (*range(pivot + 1, len(codes)), *range(pivot - 1, -1, -1)):
        beside = segment.stream[found + (other - pivot)] == codes[other]
        found, rows = found[beside], rows[beside]
    return _counted(rows)


def _close(segment: Segment, codes: Sequence[int], slop: int) -> Postings:
    """Words with gaps: from the last word backwards, the places from which the end can be reached.

    A place reaches the end when the nearest place behind it that does is near enough, in the same passage.
    """
    common = _rows_with_all(segment, codes)
    reaching, reached_rows = _places_in(segment, codes[-1], common)
    for code in reversed(codes[:-1]):
        if not len(reaching):
            return NO_POSTINGS
        places, rows = _places_in(segment, code, common)
        behind = np.searchsorted(reaching, places, side="right")
        behind[behind == len(reaching)] = 0  # (which lies before the place, so that the distance is none)
        distance = reaching[behind] - places
        near = (distance > 0) & (distance <= slop + 1) & (rows == reached_rows[behind])
        reaching, reached_rows = places[near], rows[near]
    return _counted(reached_rows)


def _rows_with_all(segment: Segment, codes: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which rows have all of these words."""
    distinct = dict.fromkeys(codes)
    having = np.zeros(segment.size, dtype=np.int32)
    for code in distinct:
        having[segment.fields[TermField.EXACT].postings(code, code + 1).rows] += 1
    together: npt.NDArray[np.bool_] = having == len(distinct)
    return together


def _places_in(segment: Segment, code: int, wanted: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """The places of a word in the wanted rows, and the row of each."""
    rows = _rows_of_places(segment, code)
    kept = wanted[rows]
    return segment.places(code)[kept], rows[kept]


def _rows_of_places(segment: Segment, code: int) -> Rows:
    """The row of each place of a word."""
    postings = segment.fields[TermField.EXACT].postings(code, code + 1)
    return np.repeat(postings.rows, postings.frequencies)


def _counted(rows: Rows) -> Postings:
    """Ascending rows with repeats, each once with their number."""
    if not len(rows):
        return NO_POSTINGS
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return Postings(rows[first], np.diff(np.append(first, len(rows))))
