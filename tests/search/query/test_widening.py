"""What is asked for when no passage has all words of a question."""

from __future__ import annotations

from search.query.parser import parse_query
from search.query.terms import Match, MostOf, Term, TermField, analyse
from search.query.tree import format_query
from search.query.widening import MOST, most_of, without_asking


def test_words_that_only_ask_are_left_out() -> None:
    query, asking = without_asking(parse_query("ways in which mentors help recruits"))
    assert asking == ("ways", "help")
    assert format_query(query) == "in which mentors recruits"


def test_a_question_of_such_words_alone_stays_whole_and_names_in_capitals_too() -> None:
    for text in ("various ways of use", "HELP mentors", '"many ways" mentors', "mentors"):
        assert without_asking(parse_query(text)) == (parse_query(text), ())


def test_rare_words_weigh_more_and_unknown_ones_nothing() -> None:
    told = {"mentor": 4.0, "recruit": 4.0, "peac": 2.0, "zebra": 0.0}
    terms = analyse(parse_query("mentor recruit peace zebra"), Match.MOST)
    most = most_of(
        terms, lambda parts: [told[part.value] if isinstance(part, Term) else 0.0 for part in parts]
    )
    assert isinstance(most, MostOf)
    assert (most.weights, most.least) == ((0.4, 0.4, 0.2, 0.0), MOST)


def test_most_of_two_words_is_no_reading() -> None:
    assert most_of(analyse(parse_query("mentor peace"), Match.MOST), lambda parts: [1.0] * len(parts)) is None
    assert most_of(Term(TermField.STEM, "peac"), lambda parts: [1.0] * len(parts)) is None
