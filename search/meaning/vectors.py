"""The vectors of a generation's passages in one memory-mapped file, and the rows nearest to a question.

A long passage has several rows, one for each of its parts, side by side. A row is int8 with a scale, which holds the passage's weight too, so that a footnote or an entry of a bibliography comes
behind running text that says the same. Up to `ALL_ROWS` every row is compared; above that their signs, one bit a number, choose
the rows worth comparing: on seven judged collections that changed nDCG@10 by less than .002.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.meaning.encoder import DIMENSIONS, Floats
from search.store.array_file import Array, narrowed, open_arrays, packed, write_arrays

VECTORS_FILE = "vectors.arrays"
ROWS_VERSION = 2  # raise it when the same passage gets other rows: another mixture, or others of its parts
ALL_ROWS = 50_000  # compared in 10 ms of one core; their signs take 4
RESCORED = 2_000
"""Rows that their signs choose. Of 21,382 rows of public reports they hold .998 of the 30 nearest and .963 of the 300 nearest to 28 questions
(with 1,000: .992 and .888)."""
_BLOCK = 512  # rows that are made float32 at once: 0.8 MB stay in the cache of one core. 4,096 rows took 2.5 times as long
_SIGNS_AT_ONCE = 8_192  # rows whose signs are compared at once, 0.4 MB
_STEPS = 127

Rows = npt.NDArray[np.intp]


class Quantised(NamedTuple):
    """Vectors as int8 rows, (n, 384), and what each is to be multiplied with."""

    rows: npt.NDArray[np.int8]
    scales: Floats


def quantised(vectors: Floats) -> Quantised:
    """Return float32 rows as int8 with a scale each: cosines differ by less than .003."""
    scales = np.abs(vectors).max(axis=1, initial=1e-9) / np.float32(_STEPS)
    return Quantised(np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def restored(made: Quantised) -> Floats:
    """Return int8 rows as float32."""
    vectors: Floats = made.rows.astype(np.float32) * made.scales[:, None]
    return vectors


class Vectors:
    """The vectors of one generation. `wanted` counts the passages that ought to have one. Safe to share between threads.

    Raises OSError where `path` is missing, ValueError where it is damaged.
    """

    def __init__(self, path: Path) -> None:
        file = open_arrays(path)
        self.model: str = file.facts["model"]
        self.wanted: int = file.facts["wanted"]
        self.version: int = file.facts.get("rows", 1)
        self.passage_ids = file.words("passage_ids")
        self.document_ids = file.words("document_ids")
        self.documents = file.arrays["documents"]
        self.scales: Floats = file.arrays["scales"]
        self.rows = file.arrays["rows"].reshape(-1, DIMENSIONS)
        self._signs = file.arrays["signs"].reshape(-1, DIMENSIONS // 64)
        self._last = {passage_id: row for row, passage_id in enumerate(self.passage_ids)}

    def __len__(self) -> int:
        """Return how many passages have vectors."""
        return len(self._last)

    def places(self, passage_ids: Sequence[str]) -> Rows:
        """Return the rows of those of `passage_ids` that have vectors, ascending."""
        found = [row for passage_id in passage_ids for row in self._rows_of(passage_id)]
        return np.array(sorted(found), dtype=np.intp)

    def _rows_of(self, passage_id: str) -> range:
        """The rows of a passage, which stand side by side."""
        first = last = self._last.get(passage_id, -1)
        while first > 0 and self.passage_ids[first - 1] == passage_id:
            first -= 1
        return range(first, last + 1) if last >= 0 else range(0)

    def likeness(self, question: Floats, rows: Rows) -> Floats:
        """Return the weighted cosine of `question` (384, unit length) with each of `rows`."""
        return self._likeness(question, self.rows[rows], self.scales[rows])

    def nearest(self, question: Floats, most: int, allowed: Rows | None = None) -> tuple[Rows, Floats]:
        """Return the `most` rows nearest to `question` among `allowed` (None: all), nearest first, with their likeness."""
        among = np.arange(len(self.rows)) if allowed is None else allowed
        if len(among) > ALL_ROWS:
            among = self._by_signs(question, None if allowed is None else among)
            likeness = self.likeness(question, among)
        elif 2 * len(among) > len(self.rows):  # to compare all costs less than to gather so many
            likeness = self._likeness(question, self.rows, self.scales)[among]
        else:
            likeness = self.likeness(question, among)
        if len(among) > most:
            best = np.argpartition(-likeness, most)[:most]
            among, likeness = among[best], likeness[best]
        order = np.lexsort((among, -likeness))
        return among[order], likeness[order]

    @staticmethod
    def _likeness(question: Floats, rows: npt.NDArray[np.int8], scales: Floats) -> Floats:
        """The products, block by block."""
        found = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            found[block] = rows[block].astype(np.float32) @ question
        found *= scales
        return found

    def _by_signs(self, question: Floats, allowed: Rows | None) -> Rows:
        """The rows whose numbers have most signs in common with those of a question."""
        signs = self._signs if allowed is None else self._signs[allowed]
        apart = np.zeros(len(signs), dtype=np.uint16)
        asked = _signs(question[None])[0]
        for start in range(0, len(signs), _SIGNS_AT_ONCE):
            block = slice(start, start + _SIGNS_AT_ONCE)
            for column in np.bitwise_count(signs[block] ^ asked).T:
                apart[block] += column
        found = np.argpartition(apart, RESCORED)[:RESCORED]
        return found if allowed is None else allowed[found]


def _signs(rows: Array) -> npt.NDArray[np.uint64]:
    """The signs of vectors as bits, (n, 6)."""
    return np.packbits(rows > 0, axis=1).view(np.uint64)


class Row(NamedTuple):
    """One vector to be written: the passage, and its int8 row with the scale. Those of one passage follow each other."""

    passage_id: str
    document_id: str
    row: npt.NDArray[np.int8]
    scale: float


def kept_rows(vectors: Vectors, without: set[str]) -> list[Row]:
    """Return the rows of `vectors` but for those of the documents `without`."""
    names = vectors.document_ids
    return [
        Row(passage_id, names[code], row, scale)
        for passage_id, code, row, scale in zip(
            vectors.passage_ids,
            vectors.documents.tolist(),
            vectors.rows,
            vectors.scales.tolist(),
            strict=True,
        )
        if names[code] not in without
    ]


def write_vectors(path: Path, rows: Sequence[Row], model: str, wanted: int) -> None:
    """Write `rows` to `path`; `model` names what made them, `wanted` counts the passages that ought to have one."""
    codes: dict[str, int] = {}
    documents = [codes.setdefault(row.document_id, len(codes)) for row in rows]
    matrix = np.array([row.row for row in rows], dtype=np.int8).reshape(-1, DIMENSIONS)
    arrays: dict[str, Array] = {
        "passage_ids": packed([row.passage_id for row in rows]),
        "document_ids": packed(list(codes)),
        "documents": narrowed(np.array(documents, dtype=np.int64)),
        "scales": np.array([row.scale for row in rows], dtype=np.float32),
        "signs": _signs(matrix).ravel(),
        "rows": matrix.ravel(),
    }
    fresh = path.with_suffix(".new")
    write_arrays(fresh, arrays, {"model": model, "wanted": wanted, "rows": ROWS_VERSION})
    fresh.replace(path)
