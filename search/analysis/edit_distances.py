"""Which words are spelt nearly like one. The only file that imports RapidFuzz.

Distances count letters inserted, left out, replaced or swapped with their neighbour (optimal string alignment, after Damerau 1964).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist


def within_edits(first: str, second: str, edits: int) -> bool:
    """Tell whether at most `edits` letters turn one word into the other."""
    return OSA.distance(first, second, score_cutoff=edits) <= edits


def places_within_edits(value: str, words: Sequence[str], edits: int) -> list[int]:
    """Return the places of those `words`, ascending, that at most `edits` letters turn `value` into."""
    if not words:
        return []
    distances = cdist([value], words, scorer=OSA.distance, score_cutoff=edits)[0]
    places: list[int] = np.flatnonzero(distances <= edits).tolist()
    return places
