"""Golden rankings: the first ten of 25 questions on the shipped corpus, with scores, counts and marked words.

A change of a constant of ranking shows here as a change of a text file. Scores have three decimals, which is what
one machine and another agree on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.answering.answer import Answer, Hit, Question
from search.engines.request import Sort
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from tests.golden.golden_file import assert_golden

FOLDER = Path(__file__).parent / "ranking"
SHOWN = 10
QUESTIONS: dict[str, Question] = {
    "word": Question("interoperability"),
    "two-words": Question("trust fund"),
    "words-and-theme": Question("building integrity training"),
    "plural": Question("exercises"),
    "phrase": Question('"defence institution building"'),
    "phrase-of-common-words": Question('"in the"'),
    "near-phrase": Question('"partners training"~5'),
    "prefix": Question("interop*"),
    "fuzzy": Question("partnrs~"),
    "or": Question("resilience OR hybrid"),
    "and-not": Question("partners AND NOT allies"),
    "nested": Question("(women OR peace) AND security"),
    "plain-question": Question("how do partners contribute to operations", plain=True),
    "any-word": Question("cyber defence education", match=Match.ANY),
    "all-words": Question("women peace security", match=Match.ALL),
    "long-question": Question(
        "what has the symposium said about the private sector and innovation", match=Match.ANY
    ),
    "title-words": Question("partnership 360 symposium"),
    "field-theme": Question("theme:trust-funds"),
    "field-and-words": Question("theme:interoperability standards"),
    "edition-filter": Question("partners", filters=(("edition", ("p360-2019",)),)),
    "kind-excluded": Question("partners", excluded=(("kind", ("background",)),)),
    "exact": Question("exercise", exact=True),
    "by-date": Question("symposium", sort=Sort.NEWEST),
    "by-document": Question("capacity building", per_document=2),
    "acronym": Question("BI"),
}


@pytest.fixture(scope="module")
def room(shipped_index: Settings) -> Iterator[ReadingRoom]:
    opened = ReadingRoom(shipped_index)
    yield opened
    opened.close()


def _marked(hit: Hit) -> str:
    """The snippet of a hit with its marked words between asterisks."""
    text, shown, done = hit.snippet.text, [], 0
    for mark in hit.snippet.marks:
        shown += [text[done : mark.start], f"*{text[mark.start : mark.end]}*"]
        done = mark.end
    return "".join([*shown, text[done:]])


def written(answer: Answer) -> str:
    """An answer as a readable text."""
    lines = [f"total {answer.total}, documents {answer.documents}, match {answer.match}"]
    for hit in answer.hits[:SHOWN]:
        lines += [f"{hit.rank:2} {hit.score:8.3f} {hit.passage.passage_id}", f"            {_marked(hit)}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_first_ten_are_those_that_are_written_down(
    name: str, room: ReadingRoom, update_golden: bool
) -> None:
    answer = room.ask(QUESTIONS[name])
    assert answer.total, "a golden ranking without hits holds nothing"
    assert_golden(FOLDER / f"{name}.txt", written(answer), update=update_golden)


def test_every_golden_ranking_belongs_to_a_question() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(QUESTIONS)
