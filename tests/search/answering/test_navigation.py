"""Walking through answers: numbers, neighbours, and the spots of all answers in a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.answering.answer import Question
from search.errors import UnknownValue
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

REPORT = ["Trust is slow.", "Nothing here.", "Trust, and trust again.", "Partners trust each other here."]
SPEECH = ["We trust our partners.", "A short remark."]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    folder = tmp_path_factory.mktemp("walking")
    paged = tuple(
        replace(passage, page=number, page_end=number)
        for number, passage in enumerate(make_passages("report", REPORT), 3)
    )
    publish(
        folder,
        [
            (make_document("report"), paged),
            (make_document("speech", kind="speech"), make_passages("speech", SPEECH)),
        ],
    )
    opened = ReadingRoom(Settings(index=folder))
    yield opened
    opened.close()


def walked(room: ReadingRoom, question: Question) -> list[str]:
    """All answers, walked from the first to the last by their neighbours alone."""
    first = room.ask(replace(question, limit=1)).hits[0].passage.passage_id
    path: list[str] = []
    here: str | None = first
    while here is not None:
        place = room.find_place(question, here)
        assert place is not None
        assert place.number == len(path) + 1
        assert place.previous == (path[-1] if path else None)
        path.append(here)
        here = place.next
        assert place.total >= len(path)
    return path


@pytest.mark.parametrize("per_document", [0, 1, 2])
def test_every_answer_is_met_once_and_in_the_order_of_the_list(room: ReadingRoom, per_document: int) -> None:
    question = Question("trust", limit=10, per_document=per_document)
    whole = replace(question, limit=100, per_document=100 if per_document else 0)
    expected = [hit.passage.passage_id for hit in room.ask(whole).hits]
    assert walked(room, question) == expected
    assert len(expected) == 4


def test_what_is_no_answer_has_no_place(room: ReadingRoom) -> None:
    other = room.opened.catalog.passages_of("report")[1].passage_id
    assert room.find_place(Question("trust"), other) is None
    assert room.find_place(Question("trust"), "report/nothing") is None
    with pytest.raises(UnknownValue):
        room.find_place(Question("trust", filters=(("theme", ("nothing",)),)), other)


def test_filters_hold_while_walking(room: ReadingRoom) -> None:
    question = Question("trust", filters=(("kind", ("speech",)),), per_document=2)
    assert len(walked(room, question)) == 1


@pytest.mark.parametrize("per_document", [1, 5])
def test_all_answers_of_the_documents_shown_have_their_spots(room: ReadingRoom, per_document: int) -> None:
    answer = room.ask(Question("trust", limit=10, per_document=per_document))
    spots = room.spots_of_hits(answer)
    assert [(spot.ordinal, spot.page) for spot in spots["report"]] == [(1, 3), (3, 5), (4, 6)]
    assert [(spot.ordinal, spot.page) for spot in spots["speech"]] == [(1, None)]


def test_documents_that_are_not_shown_have_no_spots(room: ReadingRoom) -> None:
    only = Question("trust", limit=1, per_document=1, filters=(("document", ("report", "speech")),))
    (shown,) = room.ask(only).hits
    assert list(room.spots_of_hits(room.ask(only))) == [shown.document.document_id]
    assert room.spots_of_hits(room.ask(Question("zebra"))) == {}
