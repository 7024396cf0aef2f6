"""Sets of rows as whole numbers, one bit a row: which rows one query alone has, and how many two have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def row_set(rows: Iterable[int]) -> int:
    """Return the set of `rows`, numbers from 0, as a number with a bit for each."""
    listed = list(rows)
    if not listed:
        return 0
    held = bytearray(max(listed) // 8 + 1)
    for row in listed:
        held[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(held, "little")


def joined_rows(sets: Iterable[int]) -> int:
    """Return the rows that are in any of `sets`."""
    joined = 0
    for rows in sets:
        joined |= rows
    return joined


def rows_alone(sets: Sequence[int]) -> list[int]:
    """Return of each of `sets` the rows that no other of them has."""
    once = several = 0
    for rows in sets:
        several |= once & rows
        once |= rows
    return [rows & ~several for rows in sets]


def overlap_matrix(sets: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return how many rows each two of `sets` have in common; on the diagonal how many each has."""
    counts = [[0] * len(sets) for _ in sets]
    for place, rows in enumerate(sets):
        for other in range(place, len(sets)):
            counts[place][other] = counts[other][place] = (rows & sets[other]).bit_count()
    return tuple(map(tuple, counts))
