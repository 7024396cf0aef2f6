"""Vectors while indexing: only what is new is made, a generation may be published before, and no model is no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import generation_builder
from indexer.enrichment.vector_cache import VectorCache
from search.answering.answer import Question
from search.meaning import loading
from search.meaning.context import MeaningState
from search.meaning.encoder import Floats
from search.meaning.vectors import VECTORS_FILE, Vectors, quantised
from search.room import ReadingRoom
from search.store.generations import Generations
from tests.indexer.corpora import Desk, small_desk
from tests.search.meaning.toy_model import ToyModel


class CountingModel(ToyModel):
    """Remembers the texts that it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: list[str]) -> Floats:
        self.given += texts
        return super().encode(texts)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> CountingModel:
    """A model in the place of the real one."""
    toy = CountingModel()
    monkeypatch.setattr(loading, "_opened", lambda _folder: (toy, ""))
    return toy


def vectors_of(desk: Desk) -> Vectors:
    return Vectors(Generations(desk.settings.index).current().folder / VECTORS_FILE)


def test_a_run_makes_the_vectors_of_all_long_passages(tmp_path: Path, model: CountingModel) -> None:
    desk = small_desk(tmp_path)
    report = desk.run()
    made = vectors_of(desk)
    titles = 3
    assert len(made) == made.wanted == len(model.given) - titles > 4
    assert report.by_meaning == f"{len(made)} of {len(made)} passages can be found by meaning (toy/1)"


def test_one_more_document_costs_only_its_own_vectors(tmp_path: Path, model: CountingModel) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    before = len(vectors_of(desk))
    model.given.clear()
    (desk.corpus / "background" / "more.md").write_text(
        "# More\n\nLawmakers from nine countries spoke of the rivers that they share.\n"
    )
    desk.run()
    assert len(model.given) == 2  # the passage and the title
    assert len(vectors_of(desk)) == before + 1


def test_a_document_that_goes_takes_its_vectors_along(tmp_path: Path, model: CountingModel) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    assert not any("opening" in passage_id for passage_id in vectors_of(desk).passage_ids)


def test_an_index_built_anew_takes_its_vectors_from_the_cache(tmp_path: Path, model: CountingModel) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    model.given.clear()
    (desk.settings.index / "CURRENT").unlink()
    desk.run()
    assert model.given == []
    assert len(vectors_of(desk)) > 4


def test_a_slow_model_publishes_words_first_and_completes_in_the_same_run(
    tmp_path: Path, model: CountingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation_builder, "PATIENCE", -1.0)
    desk = small_desk(tmp_path)
    desk.run()
    generations = Generations(desk.settings.index)
    first, second = (generations.open(name) for name in generations.sealed())
    assert (len(Vectors(first.folder / VECTORS_FILE)), first.meta.previous) == (0, None)
    assert generations.current_id() == second.meta.generation
    assert (second.meta.previous, second.meta.fingerprint) == (None, first.meta.fingerprint)
    assert len(vectors_of(desk)) == vectors_of(desk).wanted > 4


def test_vectors_that_a_killed_run_did_not_make_are_made_by_the_next(
    tmp_path: Path, model: CountingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation_builder, "PATIENCE", -1.0)
    desk = small_desk(tmp_path)
    monkeypatch.setattr(generation_builder.Build, "_completed", lambda _build, _vectors, _all, sealed: sealed)
    desk.run()
    assert len(vectors_of(desk)) == 0
    monkeypatch.undo()
    monkeypatch.setattr(loading, "_opened", lambda _folder: (model, ""))
    assert desk.run().published
    assert len(vectors_of(desk)) == vectors_of(desk).wanted > 4
    assert not desk.run().published


def test_without_a_model_everything_is_found_by_words_and_said(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    report = desk.run()
    assert report.by_meaning.startswith("passages are found by their words only")
    room = ReadingRoom(desk.settings)
    answer = room.ask(Question("exercises build interoperability"))
    room.close()
    assert (answer.total, answer.meaning, answer.by_meaning) == (1, MeaningState.NO_MODEL, 0)


def test_a_model_that_comes_later_brings_the_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    monkeypatch.setattr(loading, "_opened", lambda _folder: (ToyModel(), ""))
    assert desk.run().published
    assert len(vectors_of(desk)) > 4


def test_half_a_record_at_the_end_of_the_cache_is_cut_off(tmp_path: Path) -> None:
    made = quantised(ToyModel().encode(["one river", "two rivers"]))
    VectorCache(tmp_path, "toy").store(["one river", "two rivers"], made)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    cache = VectorCache(tmp_path, "toy")
    assert (cache.has("one river"), cache.has("two rivers")) == (True, False)
    assert (cache.load(["one river"]).rows == made.rows[:1]).all()
    cache.store(["three rivers"], quantised(ToyModel().encode(["three rivers"])))
    assert VectorCache(tmp_path, "toy").has("three rivers")
