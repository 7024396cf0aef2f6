"""Engines set up with entries, as both parts of their contract need them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from search.analysis import words as text
from search.engines import IndexBuilder, IndexEntry, Searcher
from search.engines.reference.engine import MemoryBuilder, open_memory_searcher
from search.engines.registry import ENGINES, Engine, in_files
from search.engines.request import SearchRequest
from search.engines.scoring import Formula
from search.query.parser import parse_query
from search.query.terms import Match, analyse
from search.settings import Settings
from search.store.engine_parts import EnginePart

ORACLE = "memory"
OWN_SCORES = Formula(k1=0.4, b=0.1, heading=0.0, title=0.2, exact=0.0, pair=0.0, feedback=0.0)
TRIED: dict[str, Engine] = {
    **ENGINES,
    "own scores": in_files(MemoryBuilder, partial(open_memory_searcher, formula=OWN_SCORES)),
}
"""The engines of the table, and one that ranks by a formula of its own: what matches must be the same all the same."""


def open_builder(name: str, folder: Path) -> IndexBuilder:
    """An engine's builder."""
    return TRIED[name].open_builder(Settings(), EnginePart("tried", folder))


def open_searcher(name: str, folder: Path) -> Searcher:
    """An engine's searcher."""
    return TRIED[name].open_searcher(Settings(), EnginePart("tried", folder))


def build(name: str, folder: Path, entries: Iterable[IndexEntry], remove: str | None = None) -> Path:
    """One commit of an engine's builder."""
    builder = open_builder(name, folder)
    if remove is not None:
        builder.remove_document(remove)
    for entry in entries:
        builder.add(entry)
    builder.commit()
    return folder


def build_in_steps(
    name: str, folder: Path, entries: Sequence[IndexEntry], steps: Iterable[int]
) -> list[IndexEntry]:
    """Commits all entries, then takes a document out at each step and brings its last two back in another order.

    Returns the entries that are in at the end.
    """
    build(name, folder, entries)
    left = list(entries)
    for step in steps:
        gone = [entry for entry in left if entry.document_id == f"d{step}"]
        back = gone[::-1][:2]
        build(name, folder, back, remove=f"d{step}")
        left = [*(entry for entry in left if entry not in gone), *back]
    return left


@contextmanager
def searching(name: str, folder: Path) -> Iterator[Searcher]:
    """An engine's searcher, closed at the end."""
    searcher = open_searcher(name, folder)
    try:
        yield searcher
    finally:
        searcher.close()


def entry(passage_id: str, words: str, **more: object) -> IndexEntry:
    """An entry with these words."""
    exact = tuple(text.forms(words))
    stems = tuple(text.stem(form) for form in exact)
    document, _, ordinal = passage_id.partition("/")
    return IndexEntry(passage_id, document, int(ordinal), exact, stems, **more)  # type: ignore[arg-type]


def found(searcher: Searcher, question: str, match: Match = Match.ALL) -> list[str]:
    """The ids that answer, best first."""
    ranking = searcher.search(SearchRequest(analyse(parse_query(question), match), limit=1000))
    return [hit.passage_id for hit in ranking.hits]
