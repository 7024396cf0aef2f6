"""What a question costs: how often it is read, and how often an engine is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.answering.answer import Question
from search.query.parser import parse_lenient
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

TEXTS = (
    "Trust funds pay for the training of officers in partner countries.",
    "Peace and security are what partners want.",
    "A trust fund grew.",
    "Exercises build trust among partners every year, and a fund pays for them.",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReadingRoom]:
    """A room without a sentence model, opened."""
    publish(tmp_path, [(make_document(name), make_passages(name, TEXTS)) for name in ("first", "second")])
    opened = ReadingRoom(Settings(index=tmp_path, meaning=False))
    opened.ask(Question("officers"))
    yield opened
    opened.close()


@pytest.fixture
def calls(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts how often a question is read and an engine asked."""
    counted: Counter[str] = Counter()
    searcher = room.opened.context.searcher
    for name in ("search", "count"):
        whole = getattr(searcher, name)
        monkeypatch.setattr(
            searcher, name, lambda *args, whole=whole, name=name: (counted.update([name]), whole(*args))[1]
        )
    monkeypatch.setattr(
        "search.answering.prepared.parse_lenient",
        lambda text: (counted.update(["parse"]), parse_lenient(text))[1],
    )
    return counted


@pytest.mark.parametrize(
    ("question", "now"),
    [
        (Question("trust fund"), (1, 2)),
        (Question("trust fund", since="2020"), (1, 3)),
        (Question("trust date:2019"), (1, 6)),
        (Question("trust fund", filters=(("kind", ("speech",)),)), (2, 6)),
        (Question("training officers yearly peace"), (1, 6)),
        (Question("peace securty partnr"), (1, 7)),
        (Question("zzzq qqqx xxqz qzzx"), (2, 11)),
    ],
)
def test_a_page_of_results_reads_a_question_once_and_has_its_counts_together(
    room: ReadingRoom, calls: Counter[str], question: Question, now: tuple[int, int]
) -> None:
    """(readings of a text, requests to the engine); decision 57 has what they were before trees were handed on.

    A second reading is that of "any of the words, anywhere", whose text is not the printed form of any tree.
    """
    room.spots_of_hits(room.ask(question))
    assert (calls["parse"], calls["search"] + calls["count"]) == now
