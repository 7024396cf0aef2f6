"""Generations: built aside, sealed, published in one step, taken back, pruned; one writer at a time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.answering.answer import Question
from search.engines.entries import index_entries
from search.engines.registry import ENGINES
from search.errors import (
    IndexDamaged,
    IndexIncompatible,
    IndexLocked,
    IndexMissing,
    NothingToUndo,
)
from search.room import ReadingRoom
from search.settings import Settings
from search.store.catalog import Catalog, CatalogWriter
from search.store.generations import INDEX_FORMAT, KEPT, Generation, Generations, build_part
from tests.factories import make_document, make_passages, publish

HOLDER = """
import sys, time
from pathlib import Path
from search.store.generations import Generations
with Generations(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(60)
"""


def grow(index_dir: Path, number: int) -> Generation:
    """A new generation on a copy of the current one, with one more document; published."""
    generations = Generations(index_dir)
    with generations.writing():
        source = generations.current() if generations.current_id() else None
        folder = generations.begin(source, "whoosh")
        document = make_document(f"d{number}")
        passages = make_passages(f"d{number}", [f"Peace number {number}."])
        writer = CatalogWriter(folder / "catalog.sqlite")
        writer.set_document(document, "digest", passages)
        documents = writer.count_documents()
        writer.close()
        builder = ENGINES["whoosh"].open_builder(Settings(), build_part(folder))
        builder.add(next(index_entries(passages, document)))
        builder.commit()
        facts = {"engine": "whoosh", "fingerprint": "f", "documents": documents, "passages": documents}
        sealed = generations.seal(folder, facts)
        generations.publish(sealed.meta.generation)
    return sealed


def found(index_dir: Path) -> int:
    """How many passages a fresh reader finds."""
    room = ReadingRoom(Settings(index=index_dir))
    try:
        return room.ask(Question("peace")).total
    finally:
        room.close()


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a generation."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def rewrite(generation: Generation, **changes: object) -> None:
    """Changes what meta.json says; None takes a key away."""
    path = generation.folder / "meta.json"
    data = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({k: v for k, v in data.items() if v is not None}), encoding="utf-8")


# --- building and publishing -----------------------------------------------------------------------------


def test_an_index_that_was_never_built_is_missing(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "index")
    assert generations.current_id() is None
    assert generations.sealed() == []
    with pytest.raises(IndexMissing, match="no index yet; run `findings index`"):
        generations.current()
    assert not (tmp_path / "index").exists()


def test_nothing_shows_before_publish(tmp_path: Path) -> None:
    first = grow(tmp_path, 1)
    generations = Generations(tmp_path)
    with generations.writing():
        folder = generations.begin(first, "whoosh")
        assert generations.sealed() == [first.meta.generation]
        sealed = generations.seal(
            folder, {"engine": "whoosh", "fingerprint": "", "documents": 1, "passages": 1}
        )
        assert generations.current() == first
        generations.publish(sealed.meta.generation)
    assert Generations(tmp_path).current() == sealed
    assert sealed.meta.previous == first.meta.generation


def test_meta_tells_all_about_a_generation(tmp_path: Path) -> None:
    sealed = grow(tmp_path, 1)
    meta = json.loads((sealed.folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["generation"] == sealed.folder.name == sealed.meta.generation
    assert (meta["format"], meta["engine"], meta["previous"]) == (INDEX_FORMAT, "whoosh", None)
    assert (meta["documents"], meta["passages"]) == (1, 1)


def test_a_build_on_a_copy_leaves_the_old_generation_byte_for_byte(tmp_path: Path) -> None:
    first = grow(tmp_path, 1)
    before = content(first.folder)
    grow(tmp_path, 2)
    assert content(first.folder) == before
    assert found(tmp_path) == 2


def test_a_discarded_build_leaves_nothing(tmp_path: Path) -> None:
    first = grow(tmp_path, 1)
    generations = Generations(tmp_path)
    with generations.writing():
        generations.discard(generations.begin(first, "whoosh"))
        generations.discard(tmp_path / "never there")
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [first.meta.generation]


def test_leftovers_of_killed_builds_are_removed_by_the_next_writer(tmp_path: Path) -> None:
    grow(tmp_path, 1)
    left = tmp_path / "generations" / ".building-1"
    (left / "whoosh").mkdir(parents=True)
    (left / "whoosh" / "x.seg").write_bytes(b"x")
    assert Generations(tmp_path).sealed() == [Generations(tmp_path).current_id()]
    with Generations(tmp_path).writing():
        assert not left.exists()


# --- keeping and taking back -----------------------------------------------------------------------------


def test_the_last_generations_are_kept_and_older_ones_removed(tmp_path: Path) -> None:
    made = [grow(tmp_path, n).meta.generation for n in range(KEPT + 2)]
    assert Generations(tmp_path).sealed() == made[-KEPT:]
    assert found(tmp_path) == KEPT + 2


def test_undo_goes_back_step_by_step_and_ends_where_nothing_is_earlier(tmp_path: Path) -> None:
    made = [grow(tmp_path, n) for n in range(3)]
    generations = Generations(tmp_path)
    with generations.writing():
        assert generations.undo() == (made[2].meta.generation, made[1])
        assert found(tmp_path) == 2
        assert generations.undo() == (made[1].meta.generation, made[0])
        with pytest.raises(NothingToUndo, match="no earlier generation"):
            generations.undo()
    assert generations.current() == made[0]
    assert found(tmp_path) == 1


def test_after_undo_the_next_build_goes_on_from_what_answers(tmp_path: Path) -> None:
    first, left = grow(tmp_path, 1), grow(tmp_path, 2)
    with Generations(tmp_path).writing():
        Generations(tmp_path).undo()
    third = grow(tmp_path, 3)
    assert third.meta.previous == first.meta.generation
    assert found(tmp_path) == 2
    assert left.meta.generation in Generations(tmp_path).sealed()


def test_the_generation_that_undo_needs_is_never_pruned(tmp_path: Path) -> None:
    first = grow(tmp_path, 0)
    for number in range(1, KEPT):
        grow(tmp_path, number)
    generations = Generations(tmp_path)
    with generations.writing():
        for _ in range(KEPT - 1):
            generations.undo()
    assert generations.current() == first
    grow(tmp_path, 99)
    with generations.writing():
        assert generations.undo()[1] == first


def test_undo_of_nothing_says_that_there_is_no_index(tmp_path: Path) -> None:
    with Generations(tmp_path).writing(), pytest.raises(IndexMissing):
        Generations(tmp_path).undo()


@pytest.mark.parametrize("damage", ["{", "[]", '"x"', '{"format": 2}', '{"format": 99}'])
def test_undo_leaves_a_generation_that_cannot_be_opened(tmp_path: Path, damage: str) -> None:
    first, second = grow(tmp_path, 1), grow(tmp_path, 2)
    (second.folder / "meta.json").write_text(damage, encoding="utf-8")
    with Generations(tmp_path).writing():
        assert Generations(tmp_path).undo() == (second.meta.generation, first)
    assert found(tmp_path) == 1


# --- damage ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meta",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        json.dumps({"format": INDEX_FORMAT}).encode(),
        b'{"generation": "x"}',
    ],
)
def test_a_damaged_meta_is_reported_with_the_remedy(tmp_path: Path, meta: bytes) -> None:
    sealed = grow(tmp_path, 1)
    (sealed.folder / "meta.json").write_bytes(meta)
    with pytest.raises(IndexDamaged, match="findings undo") as caught:
        Generations(tmp_path).current()
    assert sealed.meta.generation in str(caught.value)


def test_a_meta_with_an_unknown_key_is_damaged_not_a_crash(tmp_path: Path) -> None:
    rewrite(grow(tmp_path, 1), colour="red")
    with pytest.raises(IndexDamaged):
        Generations(tmp_path).current()


@pytest.mark.parametrize("found_format", [0, INDEX_FORMAT + 1, "new"])
def test_another_format_is_incompatible_and_says_which(tmp_path: Path, found_format: object) -> None:
    rewrite(grow(tmp_path, 1), format=found_format, added_later=True)
    with pytest.raises(IndexIncompatible) as caught:
        Generations(tmp_path).current()
    assert f"index format {found_format}, this version reads {INDEX_FORMAT}" in str(caught.value)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("pointer", [b"nothing-like-it\n", b"\xff\xfe\x00", b"../../etc", b"a\x00b"])
def test_a_pointer_to_nothing_is_damage(tmp_path: Path, pointer: bytes) -> None:
    grow(tmp_path, 1)
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexDamaged):
        Generations(tmp_path).current()


def test_an_empty_pointer_counts_as_no_index(tmp_path: Path) -> None:
    grow(tmp_path, 1)
    (tmp_path / "CURRENT").write_bytes(b"\n")
    with pytest.raises(IndexMissing):
        Generations(tmp_path).current()


def test_a_damaged_pointer_can_be_undone(tmp_path: Path) -> None:
    sealed = grow(tmp_path, 1)
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe")
    with Generations(tmp_path).writing():
        assert Generations(tmp_path).undo()[1] == sealed
    assert found(tmp_path) == 1


# --- readers ---------------------------------------------------------------------------------------------


def test_a_reader_answers_on_after_its_generation_was_replaced_and_pruned(tmp_path: Path) -> None:
    first = grow(tmp_path, 0)
    catalog = Catalog(first.catalog_path)
    searcher = ENGINES["whoosh"].open_searcher(Settings(), first.engine_part)
    for number in range(1, KEPT + 1):
        grow(tmp_path, number)
    assert not first.folder.exists()
    assert [document.document_id for document in catalog.documents()] == ["d0"]
    assert searcher.vocabulary.count(["peace"]) == {"peace": 1}
    catalog.close()
    searcher.close()


def test_generations_of_both_engines_may_stand_side_by_side(tmp_path: Path) -> None:
    library = [(make_document("a"), make_passages("a", ["Peace."]))]
    for engine in ENGINES:
        assert publish(tmp_path, library, engine).meta.engine == engine
        assert found(tmp_path) == 1


# --- one writer ------------------------------------------------------------------------------------------


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_writer_is_refused_at_once_and_let_in_when_the_first_was_killed(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    generations = Generations(tmp_path)
    with pytest.raises(IndexLocked, match="another `findings index` is running"), generations.writing():
        pytest.fail("two writers at once")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with generations.writing():
        pass


def test_a_second_writer_removes_nothing_of_the_first(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    building = tmp_path / "generations" / f".building-{holder.pid}"
    building.mkdir()
    with pytest.raises(IndexLocked), Generations(tmp_path).writing():
        pytest.fail("two writers at once")
    assert building.exists()


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    with pytest.raises(ZeroDivisionError), generations.writing():
        raise ZeroDivisionError
    with generations.writing():
        pass
