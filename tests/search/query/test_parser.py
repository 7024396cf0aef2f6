"""The query language: what is understood, what is refused, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.query.parser import parse_lenient, parse_query, plain_query
from search.query.tree import (
    And,
    Dates,
    Everything,
    Field,
    Fuzzy,
    Loose,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    format_query,
)
from tests.strategies import questions, trees

UNDERSTOOD: dict[str, Query] = {
    "": Everything(),
    "   ": Everything(),
    "interoperability": Word("interoperability"),
    "interoperability exercises": Loose((Word("interoperability"), Word("exercises"))),
    '"trust fund"': Phrase("trust fund"),
    "“trust fund”": Phrase("trust fund"),
    "„Vertrauen“": Phrase("Vertrauen"),
    "«fonds»": Phrase("fonds"),
    '"trust fund"~5': Phrase("trust fund", 5),
    "theme:defence-institution-building": Field("theme", "defence-institution-building"),
    'theme:"Trust Funds"': Field("theme", "Trust Funds"),
    "THEME:x": Field("theme", "x"),
    "women AND peace NOT gender": And((Word("women"), Loose((Word("peace"), Not(Word("gender")))))),
    "a OR b AND c": Or((Word("a"), And((Word("b"), Word("c"))))),
    "(a OR b) AND c": And((Or((Word("a"), Word("b"))), Word("c"))),
    "a b OR c": Or((Loose((Word("a"), Word("b"))), Word("c"))),
    "((a))": Word("a"),
    "-gender": Not(Word("gender")),
    '-"trust fund"': Not(Phrase("trust fund")),
    "counter-terrorism": Word("counter-terrorism"),
    "AJP-3.4": Word("AJP-3.4"),
    "1325": Word("1325"),
    "partner*": Prefix("partner"),
    "interoperabilty~": Fuzzy("interoperabilty", 1),
    "interoperabilty~2": Fuzzy("interoperabilty", 2),
    "date:2019": Dates("2019", "2019"),
    "date:2019-06..2022": Dates("2019-06", "2022"),
    "date:..2019": Dates(None, "2019"),
    "and or not": Loose((Word("and"), Word("or"), Word("not"))),
    "Geoană": Word("Geoană"),
    "& trust !": Word("trust"),
    "( ) trust": Word("trust"),
    '"" trust': Word("trust"),
    "don't": Word("don't"),
    "12:30": Word("12:30"),
    "Partnerships: a view": Loose((Word("Partnerships:"), Word("a"), Word("view"))),
}

REFUSED = {  # question: (position, part of the problem)
    '"trust fund': (0, "quotation mark that is not closed"),
    "peace “and": (6, "quotation mark that is not closed"),
    "(a OR b": (0, "bracket that is not closed"),
    "a) b": (1, "closing bracket"),
    "a AND": (5, "AND needs a word"),
    "OR b": (4, "OR needs a word"),
    "a NOT": (5, "NOT needs something"),
    "topic:x": (0, "no field 'topic'"),
    "http://example.org": (0, "no field 'http'"),
    "theme: x": None,
    "theme:(x)": (0, "needs a value"),
    "date:yesterday": (5, "a date is"),
    "date:2019-13": (5, "a date is"),
    "date:..": (5, "a date is"),
    "date:2022..2019": (5, "ends before it begins"),
    "date:2019-2022": (5, "a date is"),
    "tr*st": (0, "star can only stand at the end"),
    "counter-terr*": (0, "one plain word"),
    "(" * 40 + "a" + ")" * 40: (31, "brackets within each other"),
    "NOT " * 40 + "a": (128, "NOT within each other"),
    "a " * 101: (200, "more than 100 words"),
    "x" * 2001: (60, "2000 characters"),
}


@pytest.mark.parametrize("text", UNDERSTOOD, ids=lambda text: text or "empty")
def test_question_is_understood(text: str) -> None:
    assert parse_query(text) == UNDERSTOOD[text]


@pytest.mark.parametrize(
    "text", [text for text, wanted in REFUSED.items() if wanted], ids=lambda text: text[:30]
)
def test_mistake_is_reported_with_its_place(text: str) -> None:
    wanted = REFUSED[text]
    assert wanted is not None
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    assert (caught.value.position, wanted[1] in caught.value.problem) == (wanted[0], True), caught.value


@pytest.mark.parametrize("text", [text for text in REFUSED if len(text) < 60])
def test_proposal_can_be_read(text: str) -> None:
    _, mistake = parse_lenient(text)
    if mistake is not None and mistake.proposal is not None:
        parse_query(mistake.proposal)


def test_caret_stands_below_the_mistake() -> None:
    _, mistake = parse_lenient('peace "trust')
    assert mistake is not None
    assert mistake.caret() == 'peace "trust\n      ^'


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ('peace AND "trust fund', "peace AND (trust fund)"),
        ("topic:x theme:y", "topic x theme:y"),
        ("date:2019-2022 peace", "date:2019..2022 peace"),
        ("date:yesterday peace", "peace"),
        ("peace NOT date:then -date:x", "peace"),
        ("date:2022..2019 peace", "date:2019..2022 peace"),
        ("titel:peace", "title:peace"),
        ('speakr:"Jens Stoltenberg" peace', 'speaker:"Jens Stoltenberg" peace'),
        ("after:2019 peace", "date:2019.. peace"),
        ("peace before:2020-05", "peace date:..2020-05"),
        ("after:then peace", "after then peace"),
        ("since:then peace", "peace"),
        ("until:2019-13 peace", "date:..2019 peace"),
        ("date:2019-13 peace", "date:2019..2019 peace"),
        ("date:12.06.2019 peace", "date:2019..2019 peace"),
        ("date:2019-13..2020-02 peace", "date:2019..2020-02 peace"),
        ("counter-terr* -funds", "counter terr* NOT funds"),
        ('(a OR "b c', "a OR (b c)"),
        ("peace AND OR trust", "peace OR trust"),
        ("--", ""),
    ],
)
def test_lenient_reading_mends_what_it_can_and_keeps_the_rest(text: str, reading: str) -> None:
    query, mistake = parse_lenient(text)
    assert format_query(query) == reading
    assert mistake is not None


@pytest.mark.parametrize("text", [text for text, wanted in REFUSED.items() if wanted])
def test_every_mistake_in_words_has_a_proposal_that_can_be_read(text: str) -> None:
    _, mistake = parse_lenient(text)
    assert mistake is not None
    assert mistake.proposal
    parse_query(mistake.proposal)


def test_plain_words_are_never_operators() -> None:
    assert plain_query("NOT (theme:x OR -y)") == Loose(
        tuple(Word(w) for w in ("not", "theme", "x", "or", "y"))
    )


@given(questions)
def test_what_is_written_back_is_read_as_the_same(question: str) -> None:
    query = parse_query(question)
    assert parse_query(format_query(query)) == query


@given(trees)
def test_what_is_written_from_a_tree_is_read_as_the_tree(query: Query) -> None:
    assert parse_query(format_query(query)) == query


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    query, mistake = parse_lenient(text)
    assert parse_lenient(format_query(query))[1] is None
    if mistake is not None:
        assert 0 <= mistake.position <= len(text)


@given(st.text(alphabet='ab"()*~:-. ANDORT“”θ中', max_size=40))
def test_any_mixture_of_operators_is_read_or_refused(text: str) -> None:
    query, mistake = parse_lenient(text)
    if mistake is None:
        assert parse_query(format_query(query)) == query


@pytest.mark.parametrize("text", ["", "?!", "—"])
def test_plain_text_without_words_asks_for_nothing(text: str) -> None:
    assert plain_query(text) == Or(())
