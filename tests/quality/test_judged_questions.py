"""Questions over the shipped corpus with judged passages: 2 answers it, 1 helps. A floor of nDCG@10, question by question.

Judged by reading the first ten of two ways to search (all words, any word). A passage without a grade counts as 0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.answering.answer import Question
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings

JUDGED = [
    json.loads(line)
    for line in (Path(__file__).with_name("judged.jsonl")).read_text(encoding="utf-8").splitlines()
]
DEPTH = 10
FLOOR = 0.80  # of the mean; FLOOR_EACH of every question: none may go wrong altogether
FLOOR_EACH = 0.30


@pytest.fixture(scope="module")
def room(shipped_index: Settings) -> Iterator[ReadingRoom]:
    opened = ReadingRoom(shipped_index)
    yield opened
    opened.close()


def gain(grades: list[int]) -> float:
    """Discounted cumulated gain (Järvelin and Kekäläinen, 2002)."""
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))


def ndcg(judged: dict[str, Any], room: ReadingRoom) -> float:
    """nDCG@10 of a question whose words are alternatives."""
    answer = room.ask(Question(judged["text"], plain=True, match=Match.ANY, limit=DEPTH))
    grades: dict[str, int] = judged["grades"]
    got = [grades.get(hit.passage.passage_id, 0) for hit in answer.hits]
    return gain(got) / gain(sorted(grades.values(), reverse=True))


def test_every_judged_passage_is_published(room: ReadingRoom) -> None:
    ids = [passage_id for judged in JUDGED for passage_id in judged["grades"]]
    assert [at for at in ids if room.opened.catalog.find_passage(at) is None] == []


def test_the_mean_of_all_questions_stays_above_its_floor(room: ReadingRoom) -> None:
    values = [ndcg(judged, room) for judged in JUDGED]
    assert sum(values) / len(values) >= FLOOR, [round(value, 2) for value in values]


@pytest.mark.parametrize("judged", JUDGED, ids=lambda judged: judged["id"])
def test_no_question_goes_wrong_altogether(judged: dict[str, Any], room: ReadingRoom) -> None:
    assert ndcg(judged, room) >= FLOOR_EACH
