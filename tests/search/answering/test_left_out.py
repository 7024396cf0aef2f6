"""What an answer leaves out is counted as the answer shown was searched, and nothing comes back that was not named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.answering.answer import Answer, Hit, Question
from search.answering.records import answer_record
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
    assert answer.undated == 2
    assert room.ask(answer.unknown[0].question).total == answer.total + 2


WRITERS = {
    "ferry": ("en", "Harbour board", "Ms Tern"),
    "punt": ("de", "Town hall", None),
    "barge": (None, "Harbour board", None),
    "raft": (None, None, "Mr Heron"),
    "canoe": ("en-US", None, None),
}


@pytest.fixture(scope="module")
def partly_known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """Documents with two passages each, of some of which language, organisation or speaker is not known."""
    folder = tmp_path_factory.mktemp("partly-known")
    library = [
        (
            make_document(name, language=language, publisher=publisher, passages=2),
            make_passages(name, (f"The {name} crosses the river.", f"A {name} is slow."), speaker=speaker),
        )
        for name, (language, publisher, speaker) in WRITERS.items()
    ]
    publish(folder, library)
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def left_out(answer: Answer) -> dict[str, int]:
    return {unknown.fact: unknown.count for unknown in answer.unknown}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question("river", filters=(("lang", ("en",)),)), {"lang": 2}),
        (Question("lang:en river"), {"lang": 2}),
        (Question("river (lang:en OR lang:de)"), {"lang": 2}),
        (Question("river", filters=(("speaker", ("Ms Tern",)),)), {"speaker": 3}),
        (Question("river speaker:tern"), {"speaker": 3}),
        (Question("organisation:board river"), {"organisation": 2}),
        (Question("", filters=(("organisation", ("Town hall",)),)), {"organisation": 4}),
        (Question("speaker:tern slow", filters=(("lang", ("en",)),)), {"speaker": 1}),
        (
            Question("river", filters=(("lang", ("en",)), ("organisation", ("Town hall",)))),
            {"organisation": 1},
        ),
        (Question("zebra lang:en"), {}),
        (Question("river NOT lang:de"), {}),
        (Question("river", excluded=(("lang", ("de",)),)), {}),
        (Question("river OR lang:de"), {}),
        (Question("river"), {}),
    ],
)
def test_what_a_filter_leaves_out_for_want_of_a_value_is_counted_and_comes_back_without_it(
    partly_known: ReadingRoom, question: Question, expected: dict[str, int]
) -> None:
    answer = partly_known.ask(question)
    assert left_out(answer) == answer_record(answer)["unknown"] == expected
    for unknown in answer.unknown:
        free = {hit.passage.passage_id: hit for hit in partly_known.ask(unknown.question).hits}
        gone = [hit for hit in free.values() if not known(hit, unknown.fact)]
        assert len(gone) == unknown.count
        assert {hit.passage.passage_id for hit in answer.hits} <= free.keys()


def known(hit: Hit, fact: str) -> str | None:
    """The value of a fact of a hit."""
    values = {"lang": hit.document.language, "organisation": hit.document.publisher}
    return {**values, "speaker": hit.passage.speaker}[fact]


def test_a_collection_of_which_nothing_is_known_says_so(room: ReadingRoom) -> None:
    """No passage of that shelf has a speaker, so that whoever asks for one is told of all that answer."""
    answer = room.ask(Question("pier", filters=(("speaker", ("Ms Tern",)),)))
    assert answer.total == 0
    assert left_out(answer) == {"speaker": room.ask(Question("pier")).total}


def test_a_year_leaves_out_what_has_no_date_as_a_date_does(room: ReadingRoom) -> None:
    for question in (Question("pier", filters=(("year", ("2022",)),)), Question("pier year:2022")):
        assert left_out(room.ask(question)) == {"date": 2}
    for question in (Question("pier", filters=(("year", ("undated",)),)), Question("pier year:undated")):
        assert left_out(room.ask(question)) == {}


def test_forty_names_are_a_filter_and_unknown_ones_find_nothing_of_a_speaker(
    partly_known: ReadingRoom,
) -> None:
    names = tuple(f"Speaker number {number}" for number in range(40))
    answer = partly_known.ask(Question("river", filters=(("speaker", (*names, "Mr Heron")),)))
    assert {hit.document.document_id for hit in answer.hits} == {"raft"}
    assert left_out(answer) == {"speaker": 3}


def test_a_language_as_a_filter_includes_what_it_includes_in_the_question(partly_known: ReadingRoom) -> None:
    as_filter = partly_known.ask(Question("river", filters=(("lang", ("en",)),)))
    assert {hit.document.document_id for hit in as_filter.hits} == {"ferry", "canoe"}
    assert as_filter.total == partly_known.ask(Question("river lang:en")).total
