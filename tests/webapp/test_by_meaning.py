"""Pages, the API and the walk through hits count what was found by meaning alike: passages that they list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.answering import meaning
from search.answering.answer import Question
from search.room import ReadingRoom
from tests.factories import make_document, make_passages
from tests.search.meaning.toy_model import toy_room
from tests.webapp.markup import read_page
from webapp.app import create_app

ASKED = "females among lawmakers"
IN_WORDS, IN_OTHERS = 5, {"speeches": 4, "papers": 3}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    """A room with documents of which several passages say the same in other words."""
    texts = {
        "words": [f"Females and lawmakers met in town {number}." for number in range(IN_WORDS)],
        **{
            name: [f"Women of the parliament spoke {number} times of {name}." for number in range(many)]
            for name, many in IN_OTHERS.items()
        },
    }
    library = [
        (make_document(name, identifiers=("A/80/36",) if name == "words" else ()), make_passages(name, some))
        for name, some in texts.items()
    ]
    yield from toy_room(tmp_path_factory.mktemp("by-meaning"), library)


@pytest.fixture(scope="module")
def client(room: ReadingRoom) -> FlaskClient:
    return create_app(room.settings, room).test_client()


@pytest.mark.parametrize(
    ("by", "listed"), [("document", len(IN_OTHERS)), ("passage", sum(IN_OTHERS.values()))]
)
def test_as_many_are_said_to_be_found_by_meaning_as_are_listed_and_walked_through(
    room: ReadingRoom, client: FlaskClient, by: str, listed: int
) -> None:
    api = client.get("/api/v1/search", query_string={"q": ASKED, "by": by, "limit": "50"}).get_json()
    assert api["by_meaning"] == sum(hit["by"] == "meaning" for hit in api["hits"]) == listed
    question = Question(ASKED, limit=50, per_document=50 if by == "document" else 0)
    answer = room.ask(question)
    place = room.find_place(question, answer.hits[-1].passage.passage_id)
    assert place is not None
    assert (answer.total, answer.by_meaning, place.by_meaning) == (IN_WORDS, listed, listed)
    assert place.number == place.total == len(answer.hits) == answer.total + answer.by_meaning


def test_the_page_of_results_and_that_of_a_hit_say_how_many_more_are_listed_by_meaning(
    client: FlaskClient,
) -> None:
    page = client.get("/search", query_string={"q": ASKED}).text
    assert f"{IN_WORDS} passages in 1 document" in page
    assert "And 2 more by meaning, not by these words (one of each of 2 documents)." in page
    assert page.count('class="hit by-meaning"') == 2
    href = next(link for link in read_page(page).links if link.startswith("/p/") and "q=" in link)
    assert f"({IN_WORDS} by these words, 2 more by meaning)" in client.get(href).text


@pytest.mark.parametrize("per_document", [0, 3])
def test_pages_behind_those_that_are_weighed_by_meaning_are_of_the_same_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, per_document: int
) -> None:
    """Passages that are near and stand far behind by their words keep one place, whichever page is asked for."""
    monkeypatch.setattr(meaning, "DEPTH", 6)
    lists = [f"Females, lawmakers, females: in town {n} rain and hail fell on lawmakers." for n in range(9)]
    others = [f"Women in parliament, women in parliament: females and lawmakers, {n}." for n in range(5)]
    texts = dict(enumerate([*lists, *others]))
    library = [(make_document(f"d{n}"), make_passages(f"d{n}", [text])) for n, text in texts.items()]
    library.append((make_document("elsewhere"), make_passages("elsewhere", ["Women of the parliament."])))
    opened = toy_room(tmp_path, library)
    room = next(opened)
    whole = Question("females lawmakers", limit=4, per_document=per_document)
    answers = [room.ask(replace(whole, offset=offset)) for offset in range(0, 16, 4)]
    listed = [hit.passage.passage_id for answer in answers for hit in answer.hits]
    by_words = [hit.document.document_id for hit in room.ask(replace(whole, without=("meaning",))).hits]
    assert not {f"d{n}" for n in range(9, 14)} & set(
        by_words
    )  # or nothing that is near would stand far behind
    assert len(set(listed)) == len(listed) == len(library)
    assert {answer.by_meaning for answer in answers} == {1}
    assert sum(hit.by_meaning for answer in answers for hit in answer.hits) == 1
    walk = [room.find_place(whole, passage_id) for passage_id in listed]
    assert [place and place.number for place in walk] == list(range(1, len(listed) + 1))
    opened.close()


def test_below_a_place_that_was_cited_hits_by_meaning_are_told_from_those_by_words(tmp_path: Path) -> None:
    texts = {"titled": "Females and lawmakers met in town.", "other": "Women of the parliament spoke."}
    library = [
        (
            make_document(name, title="Females among the lawmakers" if name == "titled" else name),
            make_passages(name, [text]),
        )
        for name, text in texts.items()
    ]
    opened = toy_room(tmp_path, library)
    room = next(opened)
    page = create_app(room.settings, room).test_client().get("/search?q=females+among+the+lawmakers").text
    opened.close()
    assert 'class="notice"><a href="/d/titled">' in page
    assert "And 1 more by meaning, not by these words." in page
