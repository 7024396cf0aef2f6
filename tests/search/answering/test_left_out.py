"""What an answer leaves out is counted as the answer shown was searched, and nothing comes back that was not named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.answering.answer import Question
from search.near_duplicates import LookAlike, Relation
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

TOLLS = tuple(f"The tolls of the upper lock were raised in the spring of 18{year}." for year in range(10, 22))
SHELF = {
    "lock-v1": (*TOLLS, "The keeper of the upper lock was paid by the town.", "The lock was closed."),
    "lock-v2": (*TOLLS, "The keeper of the upper lock was paid by the county.", "The lock was opened."),
    "pier": tuple(f"The upper pier was painted in the autumn of 18{year}." for year in range(10, 22)),
    "letter": ("The upper pier leans.", "Nobody mends the upper pier."),
    "mill-v1": ("The mill was let to a tenant.",),
    "mill-v2": ("The mill was let to another tenant.",),
}
SYMBOLS = {"lock-v1": ("WB/1801/7",), "lock-v2": ("WB/1801/7/Rev.1",)}


def looks(document_id: str) -> tuple[LookAlike, ...]:
    """The older of two versions knows the newer one, and the newer the older."""
    name, _, number = document_id.partition("-")
    if not number:
        return ()
    other, relation = ("v2", Relation.OLDER) if number == "v1" else ("v1", Relation.NEWER)
    return (LookAlike(document_id, f"{name}-{other}", relation, 0.9),)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    folder = tmp_path_factory.mktemp("left-out")
    library = [
        (
            make_document(
                name,
                look_alikes=looks(name),
                identifiers=SYMBOLS.get(name, ()),
                passages=len(texts),
                date=None if name == "letter" else "2022-07-13",
            ),
            make_passages(name, texts),
        )
        for name, texts in SHELF.items()
    ]
    publish(folder, library)
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def found(room: ReadingRoom, text: str) -> set[str]:
    return {hit.document.document_id for hit in room.ask(Question(text)).hits}


def test_who_gives_the_symbol_of_an_older_version_gets_it_and_no_other(room: ReadingRoom) -> None:
    assert "lock-v1" in found(room, "WB/1801/7")
    assert "mill-v1" not in found(room, "WB/1801/7 OR mill")
    assert found(room, "lock") == {"lock-v2"}


def test_older_passages_are_counted_in_the_reading_that_is_shown(room: ReadingRoom) -> None:
    """Where words that only ask were left out, they are left out of the count of older passages, too."""
    answer, plain = room.ask(Question("role discussed upper lock")), room.ask(Question("upper lock"))
    assert "role" in answer.left_out and answer.match is Match.ALL
    assert answer.older is not None and plain.older is not None
    assert answer.older.count == plain.older.count == len(TOLLS) + 1


@pytest.mark.parametrize("text", ["role discussed upper pier", "role discussed upper pier date:2022"])
def test_undated_passages_are_counted_in_the_reading_that_is_shown(room: ReadingRoom, text: str) -> None:
    answer = room.ask(Question(text, since=None if "date:" in text else "2000"))
    assert "role" in answer.left_out and answer.match is Match.ALL
    assert answer.undated is not None and answer.undated.count == 2
    assert room.ask(answer.undated.question).total == answer.total + 2
