"""Pairs of words on disk: what is found, and that building on another index gives the same as building anew."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from search.errors import IndexDamaged
from search.model import Passage, PassageKind
from search.quotes.index import Shingles, ShinglesBuilder
from tests.factories import make_passages

WORDS = ("peace", "funds", "nation", "treaty", "budget", "course", "officer", "reform", "partner", "summit")


def made(document_id: str, seed: int) -> tuple[Passage, ...]:
    """A document of chance, with a footnote in its midst."""
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(WORDS, k=12)) for _ in range(5)]
    passages = list(make_passages(document_id, texts))
    passages[2] = replace(passages[2], kind=PassageKind.FOOTNOTE)
    return tuple(passages)


def write(folder: Path, source: Path | None, gone: list[str], new: dict[str, int]) -> Shingles:
    """An index built on another."""
    builder = ShinglesBuilder(source)
    for document_id in gone:
        builder.remove_document(document_id)
    for document_id, seed in new.items():
        builder.set_document(document_id, made(document_id, seed))
    builder.write(folder)
    return Shingles(folder)


def found(index: Shingles, text: str) -> set[tuple[str, tuple[int, ...]]]:
    """Documents and passages in which words may stand."""
    return {(s.document_id, s.ordinals) for s in index.stretches([text.split()], 200, 8)}


def test_words_over_the_end_of_a_passage_are_found_though_a_footnote_stands_between(tmp_path: Path) -> None:
    index = write(tmp_path / "s", None, [], {"a": 1, "b": 2})
    passages = made("a", 1)
    words = passages[1].text.split()[-5:] + passages[3].text.split()[:5]
    best = index.stretches([words], 200, 8)[0]
    assert best.document_id == "a"
    assert {2, 4} <= set(best.ordinals)
    assert 3 not in best.ordinals


def test_a_footnote_is_found_by_itself(tmp_path: Path) -> None:
    index = write(tmp_path / "s", None, [], {"a": 1, "b": 2})
    assert index.stretches([made("b", 2)[2].text.split()], 200, 1)[0].ordinals == (3,)


def test_building_on_another_index_finds_the_same_as_building_anew(tmp_path: Path) -> None:
    write(tmp_path / "old", None, [], {"a": 1, "b": 2, "c": 3, "d": 4})
    after = write(tmp_path / "new", tmp_path / "old", ["b"], {"c": 5, "e": 6})
    anew = write(tmp_path / "anew", None, [], {"a": 1, "d": 4, "c": 5, "e": 6})
    for document_id, seed in {"a": 1, "b": 2, "c": 3, "d": 4, "e": 6}.items():
        for passage in made(document_id, seed):
            assert found(after, passage.text) == found(anew, passage.text)


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert found(write(tmp_path / "s", None, [], {}), "peace funds") == set()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="shingles"):
        Shingles(tmp_path / "shingles")
