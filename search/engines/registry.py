"""The table of engines: one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from search.engines import IndexBuilder, Searcher
from search.engines.arrays.builder import WhooshBuilder
from search.engines.arrays.searcher import open_whoosh_searcher
from search.engines.reference.engine import MemoryBuilder, open_memory_searcher
from search.errors import BadSetting
from search.settings import PREFIX, Settings
from search.store.engine_parts import EnginePart, EngineStore, StoredFiles
from search.store.generations import Generations


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open both sides of an engine on its part of a generation, and what follows the life of its parts."""

    open_builder: Callable[[Settings, EnginePart], IndexBuilder]
    open_searcher: Callable[[Settings, EnginePart], Searcher]
    open_store: Callable[[Settings], EngineStore]


def in_files(builder: Callable[[Path], IndexBuilder], searcher: Callable[[Path], Searcher]) -> Engine:
    """Return an engine that keeps all it has in the folder of its part, and that no setting tells anything."""
    return Engine(
        lambda _, part: builder(part.folder), lambda _, part: searcher(part.folder), lambda _: StoredFiles()
    )


ENGINES: dict[str, Engine] = {
    "whoosh": in_files(WhooshBuilder, open_whoosh_searcher),
    "memory": in_files(MemoryBuilder, open_memory_searcher),
}


def get_engine(name: str) -> Engine:
    """Return the engine of this name, as `FINDINGS_ENGINE` gives it. Raises BadSetting, which names those there are."""
    engine = ENGINES.get(name)
    if engine is None:
        raise BadSetting(f"{PREFIX}ENGINE", name, " or ".join(ENGINES))
    return engine


def open_generations(settings: Settings) -> Generations:
    """Return the generations below the index folder, whose engines are told what becomes of their parts."""
    return Generations(
        settings.index, {name: engine.open_store(settings) for name, engine in ENGINES.items()}
    )
