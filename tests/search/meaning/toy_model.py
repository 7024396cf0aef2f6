"""A model of a few words that stand for each other, in the place of the real one: exact, quick, and there on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
import pytest

from search.analysis.words import forms, stem, stop_words
from search.meaning import loading
from search.meaning.chosen import chosen_passages
from search.meaning.encoder import DIMENSIONS, Floats
from search.meaning.vectors import VECTORS_FILE, Row, quantised, write_vectors
from search.model import Document, Passage
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import publish

SAME = {
    "females": "women",
    "lawmakers": "parliament",
    "warlords": "leader",
    "ocean": "sea",
    "talks": "negotiation",
}


class ToyModel:
    """Counts words, those that stand for each other as one."""

    name = "toy/1"

    def encode(self, texts: list[str]) -> Floats:
        vectors = np.full((len(texts), DIMENSIONS), 1e-6, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for form in forms(text):
                if form not in stop_words():
                    row[_place(form)] += 1
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def pieces(self, text: str) -> Floats:
        return self.encode(text.split())

    def word_sums(self, text: str) -> Floats:
        rows = self.encode(text.split()) if text.split() else np.zeros((1, DIMENSIONS), dtype=np.float32)
        return np.stack([rows.sum(axis=0), rows.sum(axis=0)])


def _place(form: str) -> int:
    return zlib.crc32(stem(SAME.get(form, form)).encode()) % DIMENSIONS


def toy_room(
    folder: Path, library: Sequence[tuple[Document, Sequence[Passage]]]
) -> Generator[ReadingRoom, None, None]:
    """A room of some documents that answers by meaning, with the vectors of a toy."""
    generation = publish(folder, library)
    chosen = [one for document, passages in library for one in chosen_passages(passages, document)]
    made = quantised(ToyModel().encode([one.text for one in chosen]))
    rows = [
        Row(one.passage_id, one.document_id, row, scale * one.weight)
        for one, row, scale in zip(chosen, made.rows, made.scales.tolist(), strict=True)
    ]
    write_vectors(generation.folder / VECTORS_FILE, rows, ToyModel.name, len(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "_opened", lambda _folder: (ToyModel(), ""))
        opened = ReadingRoom(Settings(index=folder))
        yield opened
        opened.close()
