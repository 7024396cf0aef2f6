"""The cache of vectors: one file of records a model, each a digest of the text and its vector, only ever added to.

A kill may leave half a record at the end, which is cut off when the file is opened the next time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.meaning.encoder import DIMENSIONS
from search.meaning.vectors import Quantised

_RECORD = np.dtype([("key", "V16"), ("scale", "<f4"), ("row", "i1", DIMENSIONS)])


class VectorCache:
    """The vectors of texts below `folder`, by text and by the `model` that made them. One process writes at a time."""

    def __init__(self, folder: Path, model: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{hashlib.sha256(model.encode()).hexdigest()[:16]}.vectors"
        self._places: dict[bytes, int] = {}
        self._open()

    def _open(self) -> None:
        """Reads the keys; cuts off a record that was never finished."""
        with self._file.open("ab") as file:
            file.truncate(file.tell() // _RECORD.itemsize * _RECORD.itemsize)
            records = file.tell() // _RECORD.itemsize
        if records:
            keys = np.memmap(self._file, dtype=_RECORD, mode="r")["key"]
            self._places = {key.tobytes(): place for place, key in enumerate(keys)}

    def has(self, text: str) -> bool:
        """Return whether `text` has a vector."""
        return _key(text) in self._places

    def load(self, texts: Sequence[str]) -> Quantised:
        """Return the vectors of `texts`, all of which must have one, in their order."""
        if not texts:
            return Quantised(np.zeros((0, DIMENSIONS), dtype=np.int8), np.zeros(0, dtype=np.float32))
        records = np.memmap(self._file, dtype=_RECORD, mode="r")
        found = records[[self._places[_key(text)] for text in texts]]
        return Quantised(np.array(found["row"]), np.array(found["scale"]))

    def store(self, texts: Sequence[str], vectors: Quantised) -> None:
        """Add the vectors of `texts`, which have none so far."""
        records = np.zeros(len(texts), dtype=_RECORD)
        keys = [_key(text) for text in texts]
        records["key"] = [np.void(key) for key in keys]
        records["scale"], records["row"] = vectors.scales, vectors.rows
        with self._file.open("ab") as file:
            file.write(records.tobytes())
        start = len(self._places)
        self._places.update((key, start + place) for place, key in enumerate(keys))


def _key(text: str) -> bytes:
    """What a text is kept by."""
    return hashlib.sha256(text.encode("utf-8")).digest()[:16]
