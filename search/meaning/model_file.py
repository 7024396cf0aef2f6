"""The model as one compact file: int8 rows with a scale each, and the vocabulary; made once from the published weights."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from search.meaning.encoder import DIMENSIONS, Encoder, Floats
from search.meaning.wordpiece import WordPiece
from search.store.array_file import Array, open_arrays, packed, write_arrays

MODEL_FILE = "all-MiniLM-L6-v2.arrays"
MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_VERSION = 2  # raise it when the same text gets another vector
MOST_PIECES = 256  # of a text, what the model was made for; the rest of a longer one is not looked at
_LENGTH = struct.Struct("<Q")
_MOST_STEPS = 127  # of an int8 on either side of 0


class Model:
    """A sentence model that turns texts into vectors. Safe to share between threads."""

    def __init__(self, wordpiece: WordPiece, encoder: Encoder) -> None:
        self._wordpiece, self._encoder = wordpiece, encoder

    name = f"{MODEL_NAME}/{MODEL_VERSION}"

    def encode(self, texts: list[str]) -> Floats:
        """Return one row of unit length for each of `texts`, float32 of shape (n, 384)."""
        return self._encoder.encode([self._wordpiece.encode(text, MOST_PIECES) for text in texts])

    def pieces(self, text: str) -> Floats:
        """Return a row of unit length for each word piece of `text`, whatever stands beside it."""
        return self._encoder.pieces(self._wordpiece.encode(text, MOST_PIECES)[1:-1])

    def word_sums(self, text: str) -> Floats:
        """Return two rows, (2, 384): the sum of `pieces` of `text`, and of those pieces alone that tell of a subject. Their
        order does not count, and they cost a hundredth of a vector by `encode`."""
        ids = self._wordpiece.encode(text, MOST_PIECES)[1:-1]
        if not ids:
            return np.zeros((2, DIMENSIONS), dtype=np.float32)
        rows = self._encoder.pieces(ids)
        telling = [number in self._wordpiece.telling for number in ids]
        return np.stack([rows.sum(axis=0), rows[telling].sum(axis=0)])


def open_model(folder: Path) -> Model:
    """Open the model below `folder`. Raises OSError when the file is not there, ValueError when it is damaged."""
    file = open_arrays(folder / MODEL_FILE)
    vocabulary = {piece: number for number, piece in enumerate(file.words("vocabulary"))}
    return Model(WordPiece(vocabulary), Encoder(file.arrays))


def write_model(published: Path, vocabulary: Path, target: Path) -> None:
    """Write the compact file `target` from `published` (safetensors) and `vocabulary` (a piece a line)."""
    arrays: dict[str, Array] = {}
    for name, tensor in _read_tensors(published):
        if tensor.ndim == 1:
            arrays[name] = tensor
        else:
            steps = np.abs(tensor).max(axis=1) / _MOST_STEPS
            scales = np.where(steps > 0, steps, 1).astype(np.float32)
            arrays[name] = np.rint(tensor / scales[:, None]).astype(np.int8).ravel()
            arrays[f"{name}.scale"] = scales
    arrays["vocabulary"] = packed(vocabulary.read_text(encoding="utf-8").splitlines())
    fresh = target.with_suffix(".new")
    write_arrays(fresh, arrays, {"model": MODEL_NAME, "version": MODEL_VERSION})
    fresh.replace(target)


def _read_tensors(path: Path) -> Iterator[tuple[str, Floats]]:
    """Every tensor that the encoder needs, of a file of safetensors: a length, a head in JSON, then plain numbers."""
    data = path.read_bytes()
    (length,) = _LENGTH.unpack_from(data)
    start = _LENGTH.size + length
    for name, entry in json.loads(data[_LENGTH.size : start]).items():
        if name.startswith(("embeddings.", "encoder.")) and entry["dtype"] == "F32":
            first, last = entry["data_offsets"]
            numbers = np.frombuffer(data[start + first : start + last], dtype="<f4")
            yield name, numbers.reshape(entry["shape"])
