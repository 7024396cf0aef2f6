from __future__ import annotations

from dataclasses import replace

import pytest

from search.answering.answer import Answer, FacetValue, Question, Searched
from search.model import Document, Edition, Themes
from search.query import tree
from search.query.names import Names
from search.query.terms import Match
from tests.factories import make_document
from webapp.pages.timeline import HEIGHT, MOST_BARS, TimeStrip, time_strip

EDITIONS = (Edition("later", "Later", "Rome", "2022-05-01"), Edition("earlier", "Earlier", "Oslo", "2018"))


def strip(*documents: tuple[Document, int], question: Question = Question("trust")) -> TimeStrip | None:  # noqa: B008 - frozen
    """The strip over an answer with so many passages in each document."""
    chosen = question.chosen("document")
    values = tuple(
        FacetValue(d.document_id, d.title, count, d.document_id in chosen) for d, count in documents
    )
    answer = Answer(
        question=question, written=tree.Everything(), reading=tree.Everything(), understood="", match=Match.ALL, total=sum(count for _, count in documents), documents=len(documents),
        hits=(), facets={"document": values}, searched=Searched(0, 0, 0, 0), generation="g", took_ms=0.0,
    )  # fmt: skip
    return time_strip(
        answer, {d.document_id: d for d, _ in documents}, EDITIONS, Names(EDITIONS, Themes.of(()), ())
    )


def document(name: str, date: str | None, kind: str = "report", edition: str | None = None) -> Document:
    return replace(make_document(name), date=date, kind=kind, edition=edition)


def test_every_year_between_the_first_and_the_last_has_a_bar() -> None:
    made = strip(
        (document("a", "2018-03", "report"), 4),
        (document("b", "2021", "speech"), 1),
        (document("c", None), 2),
    )
    assert made is not None
    assert [(bar.label, bar.count) for bar in made.bars] == [
        ("2018", 4),
        ("2019", 0),
        ("2020", 0),
        ("2021", 1),
    ]
    assert made.bars[0].href == "/search?q=trust&since=2018&until=2018"
    assert made.bars[0].height == HEIGHT and made.bars[3].height == HEIGHT / 4
    assert made.left_out == 2
    assert made.bars[3].segments[1].href == "/search?q=trust&kind=speech&since=2021&until=2021"


@pytest.mark.parametrize(
    ("first", "last"), [(2001, 2014), (2001, 2015), (1949, 2024), (1800, 2026), (1, 9999)]
)
def test_long_times_are_told_in_few_bars_and_none_is_lost(first: int, last: int) -> None:
    made = strip((document("a", f"{first:04}"), 3), (document("b", f"{last:04}"), 5))
    assert made is not None
    assert len(made.bars) <= MOST_BARS or last - first > 1_400
    assert [bar.count for bar in made.bars if bar.count] == [3, 5]


def test_the_parts_of_a_bar_fill_it_from_its_foot() -> None:
    made = strip(
        *((document(kind, "2018", kind), 3) for kind in ("report", "speech", "press")),
        (document("z", "2019"), 1),
    )
    assert made is not None
    parts = made.bars[0].segments
    assert sum(part.height for part in parts) == pytest.approx(made.bars[0].height, abs=0.3)
    assert [part.y for part in parts] == sorted((part.y for part in parts), reverse=True)


def test_texts_of_one_year_are_told_by_their_editions() -> None:
    made = strip(
        (document("a", "2026", "digest", "earlier"), 2),
        (document("b", "2026", "digest", "later"), 3),
        (document("c", "2026", "press"), 1),
    )
    assert made is not None
    assert [label for label, _ in made.kinds] == ["Digest"], "a kind that stands in no bar has no colour"
    assert (made.what, made.left_out) == ("Edition", 1)
    assert [(bar.count, bar.href) for bar in made.bars] == [
        (2, "/search?q=trust&edition=earlier"),
        (3, "/search?q=trust&edition=later"),
    ]


def test_one_bar_is_no_strip() -> None:
    assert strip((document("a", "2018", edition="later"), 2), (document("b", "2018"), 2)) is None
    assert strip((document("a", None), 2)) is None
    assert strip() is None


def test_documents_that_were_not_chosen_are_not_counted() -> None:
    chosen = Question("trust", filters=(("document", ("a", "b")),))
    made = strip(
        (document("a", "2018"), 2), (document("b", "2019"), 1), (document("c", "2020"), 9), question=chosen
    )
    assert made is not None and [bar.count for bar in made.bars] == [2, 1]
