"""An index of the present format, sealed by an earlier version, answers; one of another format is refused with the remedy."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from search.answering.answer import Question
from search.errors import IndexIncompatible
from search.quotes.lookup import find_quote
from search.room import ReadingRoom
from search.settings import Settings
from search.store.generations import INDEX_FORMAT, Generations
from tests.indexer.corpora import small_desk

SEALED = sorted(Path(__file__).parent.glob("format_*"))
PRESENT = Path(__file__).parent / f"format_{INDEX_FORMAT}"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A copy of the sealed index of the present format."""
    return shutil.copytree(PRESENT, tmp_path / "index")


def test_there_is_an_index_of_the_present_format() -> None:
    """A new format needs one: `python -m tests.compat.make`."""
    assert PRESENT in SEALED


def test_an_index_of_the_present_format_answers(index: Path) -> None:
    room = ReadingRoom(Settings(index=index, meaning=False))
    answer = room.ask(Question('"training of officers"'))
    assert [hit.passage.passage_id for hit in answer.hits] == ["speeches-opening/minjc5pzi3"]
    assert answer.hits[0].passage.text == (
        "The Trust Fund pays for the training of officers in partner countries."
    )
    assert [mark.theme_id for mark in answer.hits[0].passage.themes] == ["trust-funds"]
    assert room.ask(Question('"five years ahead" OR exercis*', plain=False)).total == 3
    assert room.ask(Question("", filters=(("kind", ("press",)),))).documents == 1
    quoted = find_quote("Delegates from thirty nations met", room.opened.quoted)
    assert [match.verdict for match in quoted.matches] == ["exact"]
    room.close()


def test_the_next_build_begins_with_an_index_of_the_present_format(index: Path, tmp_path: Path) -> None:
    before = Generations(index).current().meta.generation
    desk = small_desk(tmp_path / "desk")
    desk.settings = replace(desk.settings, meaning=False)
    shutil.copytree(index, desk.settings.index, dirs_exist_ok=True)
    desk.write("speeches/new.txt", "A speech\n\nZebras were mentioned once by the minister of parks.\n")
    report = desk.run()
    assert not [note for note in report.notes if "built anew" in note]
    assert Generations(desk.settings.index).current().meta.previous == before
    assert desk.found("zebras")


@pytest.mark.parametrize("folder", SEALED, ids=lambda folder: folder.name)
def test_an_index_of_another_format_is_refused_with_the_remedy(folder: Path, tmp_path: Path) -> None:
    index = shutil.copytree(folder, tmp_path / "index")
    (path,) = index.glob("generations/*/meta.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    if facts["format"] == INDEX_FORMAT:
        path.write_text(json.dumps({**facts, "format": INDEX_FORMAT + 1}), encoding="utf-8")
    with pytest.raises(IndexIncompatible, match="findings index"):
        Generations(index).current()
