"""A model of a few words that stand for each other, in the place of the real one: exact, quick, and there on every machine."""

from __future__ import annotations

import zlib

import numpy as np

from search.analysis.words import forms, stem, stop_words
from search.meaning.encoder import DIMENSIONS, Floats

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
