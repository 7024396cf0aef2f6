"""Other places that say nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.words import forms
from search.answering.records import similar_record
from search.answering.similar import CANDIDATES, LEAST_SHARE, find_similar, shared
from search.errors import PassageNotFound
from search.near_duplicates import LookAlike, Relation
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

SAID = "Trust funds should be planned for several years so that partners can rely on them."
A_THIRD = (
    "Ministers heard that partners can rely on them when roads are closed, bridges fall and winters are long."
)
SHELF = {
    "first": (SAID, "Exercises build trust.", f"{SAID} And again."),
    "second": (
        "As was said: trust funds should be planned for several years so that partners can rely on us.",
    ),
    "third": (
        "Trust funds and partners need several years of planning to rely on.",
        "Exercises build trust.",
    ),
    "fourth": (A_THIRD,),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    folder = tmp_path_factory.mktemp("similar")
    publish(folder, [(make_document(name), make_passages(name, texts)) for name, texts in SHELF.items()])
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def first_of(room: ReadingRoom, document_id: str) -> str:
    return room.opened.catalog.passages_of(document_id)[0].passage_id


def test_places_are_found_with_their_share_and_repeats_are_told(room: ReadingRoom) -> None:
    found = room.similar(first_of(room, "first"))
    assert [(s.document.document_id, s.same_document) for s in found] == [("first", True), ("second", False)]
    assert found[0].share == 1.0
    assert found[1].share == pytest.approx(14 / 15)
    assert similar_record(found[1])["share"] == 0.933


def test_the_same_subject_in_other_words_is_not_similar(room: ReadingRoom) -> None:
    assert "third" not in {s.document.document_id for s in room.similar(first_of(room, "first"))}


def test_a_very_short_passage_is_like_nothing(room: ReadingRoom) -> None:
    short = room.opened.catalog.passages_of("third")[1]
    assert room.similar(short.passage_id) == ()


def test_an_id_that_names_nothing_is_said(room: ReadingRoom) -> None:
    with pytest.raises(PassageNotFound):
        room.similar("first/aaaaaaaaaa")


def test_what_is_found_is_what_looking_at_every_passage_finds(room: ReadingRoom) -> None:
    everything = list(room.opened.catalog.all_passages())
    for passage in everything:
        words = forms(passage.text)
        wanted = {
            other.passage_id
            for other in everything
            if other != passage and len(words) >= 8 and shared(words, forms(other.text)) >= LEAST_SHARE
        }
        found = find_similar(passage, room.opened.context)
        assert {similar.passage.passage_id for similar in found} == wanted


WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@given(WORDS, WORDS)
def test_a_share_is_a_share(words: list[str], others: list[str]) -> None:
    assert 0 <= shared(words, others) <= 1
    assert shared(words, words) == (1 if len(words) >= 3 else 0)
    assert shared(words, [*others, "x", *words]) == shared(words, words)


def test_a_place_that_shares_a_third_of_the_words_is_not_said_to_say_the_same(room: ReadingRoom) -> None:
    ours, theirs = make_passages("first", SHELF["first"])[0], make_passages("fourth", [A_THIRD])[0]
    assert 0.25 < shared(forms(SAID), forms(A_THIRD)) < LEAST_SHARE
    assert theirs.passage_id not in [place.passage.passage_id for place in room.similar(ours.passage_id)]


def test_older_versions_take_no_place_from_others(tmp_path: Path) -> None:
    """However many there are, and whether the passage is of the newest version or of an older one."""
    library = [(make_document(name), make_passages(name, [SAID])) for name in ("ours", "theirs")]
    for number in range(CANDIDATES + 5):
        name = f"a-draft-{number:02}"
        looks = (LookAlike(name, "theirs", Relation.OLDER, 1.0),)
        library.append((make_document(name, look_alikes=looks), make_passages(name, [SAID])))
    publish(tmp_path, library)
    opened = ReadingRoom(Settings(index=tmp_path))
    found = [place.document.document_id for place in opened.similar(first_of(opened, "ours"))]
    of_a_draft = [place.document.document_id for place in opened.similar(first_of(opened, "a-draft-03"))]
    opened.close()
    assert found == ["theirs"]
    assert of_a_draft == ["ours", "theirs"]
