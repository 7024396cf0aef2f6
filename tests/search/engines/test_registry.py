"""The table of engines: one line makes an engine that a setting chooses, and that is told what becomes of its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.answering.answer import Question
from search.engines import IndexBuilder, Searcher
from search.engines.reference.engine import MemoryBuilder, MemorySearcher, load_entries, open_memory_searcher
from search.engines.registry import ENGINES, Engine, get_engine, in_files, open_generations
from search.errors import BadSetting
from search.room import ReadingRoom
from search.settings import Settings
from search.store.engine_parts import EnginePart
from search.store.generations import KEPT, Generations
from tests.indexer.corpora import Desk, small_desk


def third_desk(folder: Path) -> Desk:
    """A small corpus whose setting chooses the engine "third"."""
    desk = small_desk(folder)
    desk.settings = Settings.from_env(
        {
            "FINDINGS_ENGINE": "third",
            "FINDINGS_CORPUS": str(desk.corpus),
            "FINDINGS_INDEX": str(desk.settings.index),
        }
    )
    return desk


def test_a_third_engine_is_one_line_and_chosen_by_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "third", in_files(MemoryBuilder, open_memory_searcher))
    desk = third_desk(tmp_path)
    desk.run()
    assert Generations(desk.settings.index).current().meta.engine == "third"
    room = ReadingRoom(desk.settings)
    assert room.ask(Question("trust")).total
    room.close()


def test_an_engine_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadSetting, match="whoosh or memory"):
        get_engine("lucene")


class Remote:
    """An engine that keeps its entries elsewhere, by the names of its parts, and nothing in the folder of a generation."""

    def __init__(self, elsewhere: Path) -> None:
        self.elsewhere = elsewhere
        self.engine = Engine(self.open_builder, self.open_searcher, lambda _: self)
        self.discarded: list[str] = []

    def open_builder(self, settings: Settings, part: EnginePart) -> IndexBuilder:
        assert settings.engine == "third"
        return MemoryBuilder(self.elsewhere / part.name)

    def open_searcher(self, settings: Settings, part: EnginePart) -> Searcher:
        return MemorySearcher(load_entries(self.elsewhere / part.name))

    def begin(self, source: EnginePart | None, build: EnginePart) -> None:
        fresh = self.elsewhere / build.name
        fresh.mkdir(parents=True)
        if source is not None:
            for file in (self.elsewhere / source.name).iterdir():
                (fresh / file.name).write_bytes(file.read_bytes())

    def seal(self, build: EnginePart, sealed: EnginePart) -> None:
        (self.elsewhere / build.name).rename(self.elsewhere / sealed.name)

    def discard(self, build: EnginePart) -> None:
        self.discarded.append(build.name)
        self._drop(build)

    def remove(self, sealed: EnginePart) -> None:
        self._drop(sealed)

    def _drop(self, part: EnginePart) -> None:
        folder = self.elsewhere / part.name
        for file in folder.iterdir() if folder.exists() else ():
            file.unlink()
        if folder.exists():
            folder.rmdir()

    @property
    def names(self) -> list[str]:
        """The parts that there are."""
        return sorted(folder.name for folder in self.elsewhere.iterdir())


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """Such an engine, by one line of the table."""
    made = Remote(tmp_path / "elsewhere")
    monkeypatch.setitem(ENGINES, "third", made.engine)
    return made


def test_an_engine_that_keeps_its_terms_elsewhere_has_a_part_for_each_generation_and_no_other(
    tmp_path: Path, remote: Remote
) -> None:
    desk = third_desk(tmp_path)
    desk.run()
    for number in range(KEPT + 2):
        desk.write(f"reports/more{number}.txt", f"Trust number {number} grew among the ministers.\n")
        desk.run()
    generations = open_generations(desk.settings)
    assert len(generations.sealed()) == KEPT
    assert remote.names == generations.sealed()
    assert not generations.current().engine_part.folder.exists()
    room = ReadingRoom(desk.settings)
    assert room.ask(Question("number ministers")).total == KEPT + 2
    room.close()


def test_an_engine_is_told_of_builds_that_are_given_up_or_were_killed(tmp_path: Path, remote: Remote) -> None:
    desk = third_desk(tmp_path)
    desk.run()
    generations = open_generations(desk.settings)
    current = generations.current()
    with generations.writing():
        generations.discard(generations.begin(current, "third"))
        assert remote.names == [current.meta.generation]
        generations.begin(current, "third")
        assert len(remote.names) == 2
    with generations.writing():
        assert remote.names == [current.meta.generation]
    assert len(remote.discarded) == 2


def test_a_generation_that_takes_the_place_of_another_has_a_part_of_its_own(
    tmp_path: Path, remote: Remote
) -> None:
    desk = third_desk(tmp_path)
    desk.run()
    generations = open_generations(desk.settings)
    with generations.writing():
        sealed = generations.seal_amended(generations.current(), lambda folder: None)
    assert remote.names == generations.sealed()
    assert sealed.meta.generation in remote.names
