"""Where a phrase stands among positions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def phrase_ends(positions: Sequence[Sequence[int]], slop: int) -> list[tuple[int, int]]:
    """Return the (first, last) position of every place where the words stand in order.

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
