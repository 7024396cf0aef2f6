"""What the arrays of one segment are: the terms and columns of passages that were committed together.

A row is the place of a passage in its segment. For every field there are the sorted words, and per word the rows that
have it and how often. The exact forms are kept a second time as one stream, so that phrases can be checked:

    -1  row 0's words as codes  -1  row 1's words  -1 ... -1

Of the stems that may count in feedback (`second_look.may_count`), each row's first `second_look.READ` different ones are kept once
more, in lines of that length; short ones are filled up with the code behind those of all stems.

A code is a word's place among the sorted words; a place in the stream is a number for one word of one passage, and no
two words of different passages are neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.query.terms import TermField
from search.store.array_file import Array, ArrayFile, open_arrays

Rows = npt.NDArray[
    np.signedinteger[Any]
]  # int32 in files; numbers of the machine's own size elsewhere, which index faster
Floats = npt.NDArray[np.float64]

NOTHING: Rows = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Postings:
    """Ascending rows that have something, and how often each has it."""

    rows: Rows
    frequencies: Array

    def __len__(self) -> int:
        return len(self.rows)


NO_POSTINGS = Postings(NOTHING, NOTHING)


class FieldArrays:
    """The words of one field of a segment, and where they stand."""

    def __init__(self, file: ArrayFile, field: TermField) -> None:
        self._file, self._field = file, field
        self._bounds = file.arrays[f"{field}.bounds"]
        self._rows = file.arrays[f"{field}.rows"]
        self._frequencies = file.arrays[f"{field}.frequencies"]

    @cached_property
    def words(self) -> list[str]:
        """All words in the order of their codes, which is alphabetical."""
        return self._file.words(f"{self._field}.words")

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of every word."""
        return {word: code for code, word in enumerate(self.words)}

    @cached_property
    def lengths(self) -> Array:
        """The letters of every word."""
        return np.array([len(word) for word in self.words], dtype=np.int32)

    def range(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of codes of the words that begin so."""
        return bisect_left(self.words, prefix), bisect_left(self.words, prefix + "\U0010ffff")

    def postings(self, first: int, last: int) -> Postings:
        """Return the posting lists of a half-open range of codes, one behind the other."""
        begin, end = int(self._bounds[first]), int(self._bounds[last])
        return Postings(self._rows[begin:end], self._frequencies[begin:end])

    def counts(self, live: npt.NDArray[np.bool_] | None) -> Array:
        """Return how many rows, or live rows, have each word."""
        if live is None:
            return np.diff(self._bounds)
        upto = np.concatenate(([0], np.cumsum(live[self._rows])))
        return np.diff(upto[self._bounds])


class Segment:
    """The arrays of one segment, opened."""

    def __init__(self, path: Path) -> None:
        self.file = open_arrays(path)
        self.size = len(self.file.arrays["ordinal"])
        self.fields: Mapping[TermField, FieldArrays] = {
            field: FieldArrays(self.file, field) for field in TermField
        }
        self.stream = self.file.arrays["stream"]
        self.starts = self.file.arrays["starts"]  # of each row, and of the row that would come next
        self.stem_of: Array = self.file.arrays["stem_of"]  # for the code of a form that of its stem
        self.telling_stems: Array = self.file.arrays["telling.stems"].reshape(self.size, -1)
        self.telling_counts: Array = self.file.arrays["telling.counts"].reshape(self.size, -1)
        self._places = self.file.arrays["places"]
        self._place_bounds = self.file.arrays["place_bounds"]

    @property
    def documents(self) -> Sequence[str]:
        """The ids of the documents; a row's document is a place in them."""
        documents: list[str] = self.file.facts["documents"]
        return documents

    @property
    def facet_values(self) -> Mapping[str, Sequence[str]]:
        """The values of every facet, sorted."""
        values: dict[str, list[str]] = self.file.facts["facets"]
        return values

    def words_of(self, row: int) -> Rows:
        """Return the codes of a passage's forms in reading order."""
        return self.stream[int(self.starts[row]) : int(self.starts[row + 1]) - 1]

    def words_of_all(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the words of several passages one behind the other, and how many each passage has."""
        begins = self.starts.take(rows)
        lengths = self.starts.take(rows + 1) - 1 - begins
        return self.stream.take(_runs(begins, lengths)), lengths

    def places(self, code: int) -> Rows:
        """Return all places in the stream where an exact form stands, ascending."""
        begin, end = int(self._place_bounds[code]), int(self._place_bounds[code + 1])
        return self._places[begin:end]


def _runs(begins: Rows, lengths: Rows) -> Rows:
    """The numbers of several runs one behind the other, given where each begins and how long it is."""
    ends = lengths.cumsum()
    places: Rows = (begins - ends + lengths).repeat(lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
    return places
