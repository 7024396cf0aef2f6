"""The reading room: it follows what is published, and its links need the catalog alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from search.answering.answer import Question
from search.engines.entries import KIND_WEIGHT, index_entries
from search.engines.registry import ENGINES
from search.errors import DocumentNotFound, IndexDamaged, IndexMissing, PassageNotFound
from search.model import Document, Passage, PassageKind
from search.room import ReadingRoom
from search.settings import Settings
from search.store.catalog import CatalogWriter
from search.store.engine_parts import EnginePart
from search.store.generations import Generations
from tests.factories import EDITIONS, make_document, make_passages, publish

TEXTS = ["One is peace.", "Two is trust.", "Three is time.", "Four is money.", "Five is all."]
Library = list[tuple[Document, tuple[Passage, ...]]]


def one(document_id: str, *texts: str) -> Library:
    """A library of one document."""
    return [(make_document(document_id), make_passages(document_id, texts or TEXTS))]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    """A room on a published report."""
    publish(tmp_path, one("report"))
    opened = ReadingRoom(Settings(index=tmp_path))
    yield opened
    opened.close()


def publish_former(index_dir: Path, former: dict[str, dict[str, object]]) -> None:
    """A generation like the current one that knows of former ids."""
    generations = Generations(index_dir)
    with generations.writing():
        current = generations.current()
        folder = generations.begin(current, "whoosh")
        writer = CatalogWriter(folder / "catalog.sqlite")
        writer.set_former(former)
        writer.close()
        facts = {"engine": "whoosh", "fingerprint": "", "documents": 1, "passages": 5}
        generations.publish(generations.seal(folder, facts).meta.generation)


# --- following CURRENT -----------------------------------------------------------------------------------


def test_a_room_without_an_index_says_so_and_opens_when_there_is_one(tmp_path: Path) -> None:
    room = ReadingRoom(Settings(index=tmp_path))
    with pytest.raises(IndexMissing):
        room.ask(Question("peace"))
    publish(tmp_path, one("report"))
    assert room.ask(Question("peace")).total == 1
    room.close()


def test_a_new_generation_answers_at_once(tmp_path: Path, room: ReadingRoom) -> None:
    before = room.ask(Question("peace"))
    sealed = publish(tmp_path, one("other", "No such word.", "Peace and peace."))
    after = room.ask(Question("peace"))
    assert (before.hits[0].document.document_id, after.hits[0].document.document_id) == ("report", "other")
    assert after.generation == sealed.meta.generation


def test_an_answer_at_work_may_finish_with_the_generation_it_began_with(
    tmp_path: Path, room: ReadingRoom
) -> None:
    context = room.opened.context
    publish(tmp_path, one("other"))
    assert room.ask(Question("peace")).total == 1
    assert context.catalog.get_document("report").document_id == "report"
    assert context.searcher.vocabulary.count(["peace"]) == {"peace": 1}


def test_undo_is_followed_too(tmp_path: Path, room: ReadingRoom) -> None:
    publish(tmp_path, one("other"))
    assert room.ask(Question("peace")).hits[0].document.document_id == "other"
    with Generations(tmp_path).writing():
        Generations(tmp_path).undo()
    assert room.ask(Question("peace")).hits[0].document.document_id == "report"


def test_many_threads_may_ask_while_generations_come(tmp_path: Path, room: ReadingRoom) -> None:
    def ask(_: int) -> int:
        return room.ask(Question("peace")).total

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, n) for n in range(20)]
        publish(tmp_path, one("other", "Peace one.", "Peace two."))
        asked += [pool.submit(ask, n) for n in range(20)]
    assert {future.result() for future in asked[:20]} <= {1, 2}
    assert {future.result() for future in asked[20:]} == {2}


def test_the_engine_of_the_generation_answers_whatever_the_settings_say(tmp_path: Path) -> None:
    publish(tmp_path, one("report"), engine="memory")
    room = ReadingRoom(Settings(index=tmp_path, engine="whoosh"))
    assert room.opened.meta.engine == "memory"
    assert room.ask(Question("peace")).total == 1
    room.close()


# --- links need the catalog alone ------------------------------------------------------------------------


def test_links_answer_without_an_engine_and_questions_say_that_it_is_damaged(tmp_path: Path) -> None:
    sealed = publish(tmp_path, one("report"))
    shutil.rmtree(sealed.engine_part.folder)
    room = ReadingRoom(Settings(index=tmp_path))
    passage = make_passages("report", TEXTS)[1]
    assert room.passage_state(passage.passage_id).passage == passage
    assert room.in_context(passage.passage_id).document.document_id == "report"
    with pytest.raises(IndexDamaged, match="findings undo"):
        room.ask(Question("peace"))
    room.close()


def test_an_engine_that_nobody_knows_is_damage(tmp_path: Path) -> None:
    sealed = publish(tmp_path, one("report"))
    meta = sealed.folder / "meta.json"
    meta.write_text(meta.read_text(encoding="utf-8").replace('"whoosh"', '"lucene"'), encoding="utf-8")
    room = ReadingRoom(Settings(index=tmp_path))
    with pytest.raises(IndexDamaged, match="unknown engine 'lucene'"):
        room.ask(Question("peace"))
    room.close()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # whoosh leaves files open then
@pytest.mark.parametrize("name", ["*.seg", "*.toc"])
@pytest.mark.parametrize("kept", [0, 7, 400])
def test_an_engine_file_that_was_cut_off_is_damage(tmp_path: Path, name: str, kept: int) -> None:
    sealed = publish(tmp_path, one("report"))
    (file,) = sealed.engine_part.folder.glob(name)
    file.write_bytes(file.read_bytes()[:kept])
    room = ReadingRoom(Settings(index=tmp_path))
    with pytest.raises(IndexDamaged):
        room.ask(Question("peace"))
    room.close()


@pytest.mark.parametrize("content", ["", "[1]", '[{"passage_id": 1}]', '{"a": 1}'])
def test_a_memory_engine_with_a_foreign_file_is_damage(tmp_path: Path, content: str) -> None:
    (tmp_path / "entries.json").write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        ENGINES["memory"].open_searcher(Settings(), EnginePart("gone", tmp_path))


# --- passages --------------------------------------------------------------------------------------------


def test_an_id_that_still_stands_is_the_same(room: ReadingRoom) -> None:
    passage = make_passages("report", TEXTS)[0]
    state = room.passage_state(passage.passage_id)
    assert (state.state, state.passage, state.words, state.since, state.history) == (
        "same", passage, "One is peace.", None, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    "unknown", ["report/aaaaaaaaaa", "nothing", "", "../../etc/passwd", "a'; DROP TABLE"]
)
def test_an_id_that_was_never_published_is_not_found(room: ReadingRoom, unknown: str) -> None:
    with pytest.raises(PassageNotFound) as caught:
        room.passage_state(unknown)
    assert repr(unknown) in str(caught.value)


def test_a_former_id_says_what_became_of_it(tmp_path: Path, room: ReadingRoom) -> None:
    standing = make_passages("report", TEXTS)[2]
    history = [{"at": "2024-05-01", "state": "reworded"}]
    former: dict[str, dict[str, object]] = {
        "old/aaaaaaaaaa": {
            "state": "reworded", "successor": standing.passage_id, "text": "Three was time.",
            "since": "2024-05-01", "history": history,
        },
        "old/bbbbbbbbbb": {
            "state": "withdrawn", "successor": None, "text": "Gone.", "since": "2024-05-01", "history": [],
        },
    }  # fmt: skip
    publish_former(tmp_path, former)
    reworded, withdrawn = (room.passage_state(passage_id) for passage_id in former)
    assert (reworded.state, reworded.passage, reworded.words) == ("reworded", standing, "Three was time.")
    assert reworded.history == tuple(history)
    assert (withdrawn.state, withdrawn.passage, withdrawn.since) == ("withdrawn", None, "2024-05-01")


def test_a_passage_has_two_neighbours_on_each_side_where_there_are_so_many(room: ReadingRoom) -> None:
    ids = [passage.passage_id for passage in make_passages("report", TEXTS)]
    beside = [
        (
            [p.ordinal for p in room.in_context(passage_id).before],
            [p.ordinal for p in room.in_context(passage_id).after],
        )
        for passage_id in ids
    ]
    assert beside == [([], [2, 3]), ([1], [3, 4]), ([1, 2], [4, 5]), ([2, 3], [5]), ([3, 4], [])]
    assert room.in_context(ids[0]).edition == EDITIONS[1]


def test_the_context_of_nothing_is_not_found(room: ReadingRoom) -> None:
    with pytest.raises(PassageNotFound):
        room.in_context("report/aaaaaaaaaa")
    with pytest.raises(DocumentNotFound):
        room.opened.catalog.get_document("nothing")


def test_a_document_of_no_edition_has_none_in_its_context(tmp_path: Path) -> None:
    passages = make_passages("report", TEXTS)
    publish(tmp_path, [(make_document("report", edition=None), passages)])
    room = ReadingRoom(Settings(index=tmp_path))
    assert room.in_context(passages[0].passage_id).edition is None
    room.close()


def test_entries_keep_every_facet_that_has_a_value() -> None:
    document = make_document(edition=None, language=None, date=None)
    (passage,) = make_passages("report", ["Peace."], page=3, page_label="iii")
    (entry,) = index_entries([replace(passage, speaker="Ms Ana")], document)
    assert entry.facets == {
        "kind": ("report",), "document": ("report",), "speaker": ("Ms Ana",), "page": ("3", "iii"),
        "year": ("undated",),
    }  # fmt: skip
    assert (entry.day, entry.weight, entry.exact) == (0, 1.0, ("peace",))


def test_entries_weigh_a_heading_less_where_text_stands_below_it() -> None:
    title, section, text = make_passages("report", ["A bare title", "Trust Funds", "The fund grew."])
    headings = [replace(passage, kind=PassageKind.HEADING) for passage in (title, section)]
    below = replace(text, heading_path=("Trust Funds",))
    weights = [entry.weight for entry in index_entries([*headings, below], make_document())]
    assert weights == [1.0, KIND_WEIGHT[PassageKind.HEADING], 1.0]
