"""Vectors of passages while indexing: kept ones from the generation before, cached ones by their text, the rest made anew.

Making them is the slowest step of all, so a generation may be published before it is done with what there is by then, and
be completed in the same run. A run that was killed meanwhile is made good by the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np

from indexer.enrichment.vector_cache import VectorCache
from search.meaning import Model, load_model
from search.meaning.chosen import TITLE, Chosen, chosen_passages
from search.meaning.vectors import (
    ROWS_VERSION,
    VECTORS_FILE,
    Quantised,
    Row,
    Vectors,
    kept_rows,
    quantised,
    restored,
    write_vectors,
)
from search.model import Document, Passage
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generation

PATIENCE = 10.0  # seconds for vectors before a generation is published without the missing ones
_AT_ONCE = (
    64  # texts of one step: two to eight seconds of one core, and enough of like length for full batches
)


class Steps(Protocol):
    """Is told how many passages there are to come and of each that is done (`Progress` of a build)."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of so many steps."""

    def step(self, what: str) -> None:
        """Count one step as done."""


class VectorsBuilder:
    """Collects what passages of one build need a vector, makes those that are missing, writes them.

    `previous` has the vectors of the generation that is built on, None where they cannot be used.
    """

    def __init__(self, model: Model, cache: VectorCache, previous: Vectors | None, workers: int) -> None:
        self._model, self._cache, self._previous, self._workers = model, cache, previous, workers
        self._leaving: set[str] = set()
        self._coming: list[Chosen] = []

    @property
    def begins_anew(self) -> bool:
        """Whether no generation before can be gone on from, so that every passage is looked at."""
        return self._previous is None

    @property
    def is_complete(self) -> bool:
        """Whether every passage that came has its vector in the cache."""
        return not self._missing()

    def set_kept(self, catalog: Catalog) -> None:
        """Put in the documents of `catalog` that stay, where their vectors cannot be taken from the generation before."""
        if self._previous is None:
            for document in catalog.documents():
                if document.document_id not in self._leaving:
                    self.set_document(document, catalog.passages_of(document.document_id))

    def remove_document(self, document_id: str) -> None:
        """Take the vectors of a document out."""
        self._leaving.add(document_id)

    def set_document(self, document: Document, passages: Iterable[Passage]) -> None:
        """Put in the passages of a document, which is new or was removed before."""
        self._coming += chosen_passages(passages, document)

    def make(self, progress: Steps, seconds: float | None = None) -> bool:
        """Make the vectors that the cache lacks, for at most so many `seconds` (None: all); return whether all are there."""
        missing = self._missing()
        if not missing:
            return True
        progress.stage("finding meaning", len(missing))
        end = None if seconds is None else time.monotonic() + seconds
        parts = [missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)]
        with ThreadPoolExecutor(self._workers) as pool:
            for start in range(0, len(parts), self._workers):
                if end is not None and time.monotonic() > end:
                    return False
                for part, vectors in zip(
                    parts[start:],
                    pool.map(self._model.encode, parts[start : start + self._workers]),
                    strict=False,
                ):
                    self._cache.store(part, quantised(vectors))
                    for text in part:
                        progress.step(text[:40])
        return True

    def _missing(self) -> list[str]:
        """The texts without a vector, each once, the shorter first: passages of like length make full batches."""
        texts = dict.fromkeys(text for chosen in self._coming for text in (chosen.text, chosen.title))
        return sorted((text for text in texts if not self._cache.has(text)), key=len)

    def _mixed(self, there: list[Chosen]) -> Quantised:
        """The vectors of passages with a part of those of their titles, of unit length again."""
        vectors = restored(self._cache.load([chosen.text for chosen in there]))
        vectors += TITLE * restored(self._cache.load([chosen.title for chosen in there]))
        return quantised(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    def write(self, path: Path) -> None:
        """Write what there is to `path`."""
        has = self._cache.has
        partly = {one.passage_id for one in self._coming if not (has(one.text) and has(one.title))}
        there = [chosen for chosen in self._coming if chosen.passage_id not in partly]
        kept = kept_rows(self._previous, self._leaving) if self._previous is not None else []
        loaded = self._mixed(there)
        fresh = [
            Row(chosen.passage_id, chosen.document_id, row, scale * chosen.weight)
            for chosen, row, scale in zip(there, loaded.rows, loaded.scales.tolist(), strict=True)
        ]
        wanted = {row.passage_id for row in kept} | {chosen.passage_id for chosen in self._coming}
        write_vectors(path, [*kept, *fresh], self._model.name, len(wanted))


def open_builder(settings: Settings, source: Generation | None) -> VectorsBuilder | None:
    """Return what makes the vectors of a build on `source`; None where there is no model."""
    model = load_model(settings)
    if model is None:
        return None
    previous = _usable(source.folder / VECTORS_FILE, model) if source is not None else None
    cache = VectorCache(settings.index / "cache" / "vectors", model.name)
    return VectorsBuilder(model, cache, previous, settings.workers)


def _usable(path: Path, model: Model) -> Vectors | None:
    """The vectors of a generation, if they are complete, of this model and as they are made today."""
    try:
        vectors = Vectors(path)
    except (OSError, ValueError, KeyError):
        return None
    is_of_today = (vectors.model, vectors.version) == (model.name, ROWS_VERSION)
    return vectors if is_of_today and len(vectors) == vectors.wanted else None
