"""Where a phrase stands in a segment, found over arrays: no step in Python for each passage or place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engines.segment import NO_POSTINGS, Postings, Rows, Segment
from search.query.terms import TermField


def phrase_postings(segment: Segment, values: Sequence[str], slop: int) -> Postings:
    """The rows with these exact forms in order, at most `slop` other words between two neighbours.

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
    found = segment.places(codes[pivot])
    for other in (*range(pivot + 1, len(codes)), *range(pivot - 1, -1, -1)):
        found = found[segment.stream[found + (other - pivot)] == codes[other]]
    return _by_row(segment, found)


def _close(segment: Segment, codes: Sequence[int], slop: int) -> Postings:
    """Words with gaps: from the last word backwards, the places from which the end can be reached.

    A place reaches the end when the nearest place behind it that does is near enough, in the same passage.
    """
    reaching = segment.places(codes[-1])
    for code in reversed(codes[:-1]):
        if not len(reaching):
            return NO_POSTINGS
        places = segment.places(code)
        behind = np.searchsorted(reaching, places, side="right")
        places, behind = places[behind < len(reaching)], behind[behind < len(reaching)]
        near = reaching[behind] - places <= slop + 1
        places, behind = places[near], behind[near]
        together = rows_of(segment, places) == rows_of(segment, reaching[behind])
        reaching = places[together]
    return _by_row(segment, reaching)


def _by_row(segment: Segment, places: Rows) -> Postings:
    """Ascending places counted by row."""
    if not len(places):
        return NO_POSTINGS
    rows = rows_of(segment, places)
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return Postings(rows[first], np.diff(np.append(first, len(rows))))


def rows_of(segment: Segment, places: Rows) -> Rows:
    """The rows of places in the stream."""
    return (np.searchsorted(segment.starts, places, side="right") - 1).astype(np.int32)
