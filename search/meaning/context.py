"""The model and the vectors of one generation together: what a question by meaning needs."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from search.meaning.encoder import Floats
from search.meaning.loading import load_model, why_absent
from search.meaning.model_file import Model
from search.meaning.vectors import VECTORS_FILE, Vectors
from search.settings import Settings


class MeaningState(StrEnum):
    """Whether a question was also asked by meaning, and if not, why."""

    ON = "on"
    NOT_ASKED = "not_asked"  # operators, quotation marks, exact words, another order, a symbol, or fewer than two words
    SWITCHED_OFF = "switched_off"
    LANGUAGE = "language"  # the question is not in the model's language
    NO_MODEL = "no_model"
    NO_VECTORS = (
        "no_vectors"  # the generation was built without the model, or too few vectors are made so far
    )


def vectors_sentence(folder: Path, settings: Settings) -> str:
    """Return how many passages of the generation in `folder` can be found by meaning, or why none can."""
    absent = why_absent(settings)
    if absent:
        return f"passages are found by their words only: {absent}"
    vectors = MeaningContext(folder, settings).vectors
    if vectors is None:
        return "passages are found by their words only: the index has no vectors; run `findings index`"
    return f"{len(vectors):,} of {vectors.wanted:,} passages can be found by meaning ({vectors.model})"


class MeaningContext:
    """Opens both when they are first asked for, since most commands ask no question."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._path, self._settings = folder / VECTORS_FILE, settings
        self._vectors: Vectors | None = None
        self._looked = False
        self.asked = lru_cache(maxsize=256)(self._asked)

    def _asked(self, text: str) -> Floats:
        """The vector of a question. Kept: its further pages, filters and the way from hit to hit ask for it again."""
        assert self.model is not None
        vector: Floats = self.model.encode([text])[0]
        return vector

    @property
    def model(self) -> Model | None:
        """The model, if it is installed and not switched off."""
        return load_model(self._settings)

    @property
    def vectors(self) -> Vectors | None:
        """The vectors, if there are some that the model made."""
        if not self._looked:
            self._vectors = self._opened()
            self._looked = True
        return self._vectors

    def _opened(self) -> Vectors | None:
        """The vectors, or None: a damaged file is made anew by the next build, and words find passages all the same."""
        model = self.model
        if model is None:
            return None
        try:
            vectors = Vectors(self._path)
        except (OSError, ValueError, KeyError):
            return None
        return vectors if vectors.model == model.name else None
