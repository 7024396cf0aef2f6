"""The table of engines: one line makes an engine that a setting chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.answering.answer import Question
from search.engines.reference.engine import MemoryBuilder, open_memory_searcher
from search.engines.registry import ENGINES, Engine, get_engine
from search.errors import BadSetting
from search.room import ReadingRoom
from search.settings import Settings
from search.store.generations import Generations
from tests.indexer.corpora import small_desk


def test_a_third_engine_is_one_line_and_chosen_by_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "third", Engine(MemoryBuilder, open_memory_searcher))
    desk = small_desk(tmp_path)
    desk.settings = Settings.from_env(
        {
            "FINDINGS_ENGINE": "third",
            "FINDINGS_CORPUS": str(desk.corpus),
            "FINDINGS_INDEX": str(desk.settings.index),
        }
    )
    desk.run()
    assert Generations(desk.settings.index).current().meta.engine == "third"
    room = ReadingRoom(desk.settings)
    assert room.ask(Question("trust")).total
    room.close()


def test_an_engine_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadSetting, match="whoosh or memory"):
        get_engine("lucene")
