"""The table of engines: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.engines import IndexBuilder, Searcher
from search.engines.arrays.builder import WhooshBuilder
from search.engines.arrays.searcher import open_whoosh_searcher
from search.engines.reference.engine import MemoryBuilder, open_memory_searcher


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open both sides of an engine on a folder of its own."""

    open_builder: Callable[[Path], IndexBuilder]
    open_searcher: Callable[[Path], Searcher]


ENGINES: Mapping[str, Engine] = {
    "whoosh": Engine(WhooshBuilder, open_whoosh_searcher),
    "memory": Engine(MemoryBuilder, open_memory_searcher),
}
