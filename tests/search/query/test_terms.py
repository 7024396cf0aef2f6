"""From what was written to what engines receive."""

from __future__ import annotations

import pytest

from search.query.parser import parse_query
from search.query.terms import (
    AllOf,
    AnyOf,
    DateRange,
    Everything,
    Filter,
    Match,
    NoneOf,
    Term,
    TermField,
    TermPhrase,
    TermQuery,
    analyse,
    day_number,
    leaves,
)


def stem(value: str, form: str = "") -> Term:
    return Term(TermField.STEM, value, form or value)


CASES: dict[tuple[str, Match], TermQuery] = {
    ("", Match.ALL): Everything(),
    ("Exercises", Match.ALL): stem("exercis", "exercises"),
    ('"Exercises"', Match.ALL): Term(TermField.EXACT, "exercises"),
    ('"the Trust Funds"', Match.ALL): TermPhrase(("the", "trust", "funds")),
    ("AJP-3.4", Match.ALL): TermPhrase(("ajp", "3.4")),
    ("counter-terrorism", Match.ALL): TermPhrase(("counter", "terrorism")),
    ("role of partners", Match.ALL): AllOf((stem("role"), stem("partner", "partners"))),
    ("role of partners", Match.ANY): AnyOf((stem("role"), stem("partner", "partners"))),
    ("to be or", Match.ALL): AllOf((stem("to"), stem("be"), stem("or"))),
    ("b c -d theme:x", Match.ANY): AllOf(
        (AnyOf((stem("b"), stem("c"))), NoneOf(stem("d")), Filter("theme", ("x",)))
    ),
    ("date:2019..2022-07", Match.ALL): DateRange(20190101, 20220731),
    ("title:funds", Match.ALL): AllOf((Term(TermField.TITLE, "fund"),)),
    ('speaker:"Mircea Geoană"', Match.ALL): AllOf(
        (Term(TermField.SPEAKER, "mircea"), Term(TermField.SPEAKER, "geoana"))
    ),
}


@pytest.mark.parametrize(("text", "match"), CASES)
def test_terms_of_a_question(text: str, match: Match) -> None:
    assert analyse(parse_query(text), match) == CASES[text, match]


def test_one_word_beside_a_condition_is_wanted_even_where_any_is_enough() -> None:
    wanted = AllOf((stem("fund", "funds"), Filter("theme", ("x",))))
    assert analyse(parse_query("the funds theme:x"), Match.ANY) == wanted


def test_negated_parts_are_no_leaves() -> None:
    query = analyse(parse_query("peace -gender NOT (war OR trade)"), Match.ALL)
    assert list(leaves(query)) == [stem("peac", "peace")]


@pytest.mark.parametrize(
    ("date", "last", "day"),
    [
        ("2019", False, 20190101),
        ("2019", True, 20191231),
        ("2019-06", True, 20190631),
        ("2019-06-12", True, 20190612),
    ],
)
def test_day_of_a_date(date: str, last: bool, day: int) -> None:
    assert day_number(date, last=last) == day
