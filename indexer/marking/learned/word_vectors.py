"""What the words of texts mean by the table of the sentence model, summed up without running it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.marking.learned.blocks import Array

ALL, TELLING = 0, 1
"""The rows of the sums: of all words, which say how something is said, and of those that tell of a subject."""


def centred(sums: Array, centre: Array) -> Array:
    """Return `sums` (texts x numbers) as directions away from the mean direction `centre`, each of length 1; a text without
    words stays 0. All English texts share one direction, which says nothing of any."""
    there = np.linalg.norm(sums, axis=-1, keepdims=True) > 0
    return np.where(there, _unit(_unit(sums) - centre), 0.0).astype(np.float32)


def find_centre(sums: Array) -> Array:
    """Return the mean direction of `sums` (texts x numbers)."""
    return np.asarray(_unit(sums).mean(axis=0), dtype=np.float32)


def stack(sums: Sequence[Array | None], row: int) -> Array | None:
    """Return one `row` (ALL, TELLING) of the `sums` of texts as a table, 0 for a text without; None where all are without."""
    first = next((found for found in sums if found is not None), None)
    if first is None:
        return None
    nothing = np.zeros_like(first)
    return np.array([(nothing if found is None else found)[row] for found in sums], dtype=np.float32)


def _unit(rows: Array) -> Array:
    """Rows of length 1; those of 0 stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
