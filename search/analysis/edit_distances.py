"""Which of many words are spelt nearly like one: the distance to all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def edit_distances(value: str, words: Sequence[str]) -> npt.NDArray[np.int16]:
    """Letters to be inserted, left out, replaced or swapped with their neighbour to turn the value into each of the words
    (the optimal string alignment distance, after Damerau 1964).

    Row by row of the usual table, for all words together. Within a row a letter inserted costs one more than the place
    to its left, for which a running minimum stands: min over k <= j of (best[k] + j - k).
    """
    if not words:
        return np.zeros(0, dtype=np.int16)
    padded = np.array(words, dtype=np.str_)
    width = padded.dtype.itemsize // 4
    letters = padded.view(np.uint32).reshape(len(words), width)
    steps = np.arange(width + 1, dtype=np.int16)
    above = before = np.tile(steps, (len(words), 1))
    for number, letter in enumerate(value, 1):
        row = above + 1
        np.minimum(row[:, 1:], above[:, :-1] + (letters != ord(letter)), out=row[:, 1:])
        if number > 1:
            swapped = (letters[:, :-1] == ord(letter)) & (letters[:, 1:] == ord(value[number - 2]))
            np.minimum(row[:, 2:], np.where(swapped, before[:, :-2] + 1, row[:, 2:]), out=row[:, 2:])
        row[:, 0] = number
        before, above = above, np.minimum.accumulate(row - steps, axis=1) + steps
    lengths = np.array([len(word) for word in words])
    distances: npt.NDArray[np.int16] = above[np.arange(len(words)), lengths]
    return distances
