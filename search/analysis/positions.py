"""Where a phrase stands among positions, and which words are spelt nearly the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def phrase_ends(positions: Sequence[Sequence[int]], slop: int) -> list[tuple[int, int]]:
    """(first, last) position of every place where the words stand in order.

    `positions` holds the ascending positions of each word of the phrase in one passage; at most `slop` other
    words stand between two neighbours. A start that can end in several places ends in the nearest.
    """
    found = []
    for start in positions[0]:
        reached = [start]
        for following in positions[1:]:
            reached = _reachable(reached, following, slop + 1)
            if not reached:
                break
        else:
            found.append((start, reached[0]))
    return found


def _reachable(reached: Sequence[int], following: Sequence[int], furthest: int) -> list[int]:
    """The positions of `following` that lie 1 to `furthest` behind one that is reached."""
    steps: set[int] = set()
    for position in reached:
        steps.update(
            following[bisect_right(following, position) : bisect_left(following, position + furthest + 1)]
        )
    return sorted(steps)


def within_edits(first: str, second: str, edits: int) -> bool:
    """Whether at most `edits` letters inserted, left out, replaced or swapped with their neighbour turn one word into the
    other (the optimal string alignment distance, after Damerau 1964)."""
    if abs(len(first) - len(second)) > edits:
        return False
    above: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first):
        before, above, row = above, row, [i + 1]
        for j, other in enumerate(second):
            best = min(above[j + 1] + 1, row[j] + 1, above[j] + (letter != other))
            if i and j and letter == second[j - 1] and first[i - 1] == other:
                best = min(best, before[j - 1] + 1)
            row.append(best)
        if min(row) > edits and min(above) >= edits:
            return False
    return row[-1] <= edits
