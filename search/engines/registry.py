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
from search.settings import PREFIX


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open both sides of an engine on a folder of its own."""

    open_builder: Callable[[Path], IndexBuilder]
    open_searcher: Callable[[Path], Searcher]


ENGINES: dict[str, Engine] = {
    "whoosh": Engine(WhooshBuilder, open_whoosh_searcher),
    "memory": Engine(MemoryBuilder, open_memory_searcher),
}


def get_engine(name: str) -> Engine:
    """Return the engine of this name, as `FINDINGS_ENGINE` gives it. Raises BadSetting, which names those there are."""
    engine = ENGINES.get(name)
    if engine is None:
        raise BadSetting(f"{PREFIX}ENGINE", name, " or ".join(ENGINES))
    return engine
