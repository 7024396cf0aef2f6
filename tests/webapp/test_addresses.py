from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.answering.answer import Question
from search.engines.request import Sort
from search.errors import UsageProblem
from search.query.terms import Match
from webapp.addresses import (
    DOCUMENTS_A_PAGE,
    PASSAGES_A_PAGE,
    address,
    page_number,
    read_question,
    refuse_unknown,
    with_values,
    without_value,
)

Pairs = list[tuple[str, str]]


def question_of(pairs: Pairs) -> Question:
    return read_question(MultiDict(pairs))


def test_no_parameters_ask_for_everything() -> None:
    question = question_of([])
    assert (question.text, question.filters, question.sort) == ("", (), Sort.RELEVANCE)
    assert (question.limit, question.offset) == (DOCUMENTS_A_PAGE, 0)


def test_a_filter_may_be_given_several_times_and_each_value_counts_once() -> None:
    question = question_of([("theme", "a"), ("theme", " b "), ("theme", "a"), ("theme", "")])
    assert question.chosen("theme") == ("a", "b")


def test_one_document_alone_is_listed_passage_by_passage() -> None:
    question = question_of([("document", "report"), ("page", "3")])
    assert question.per_document == 0
    assert question.offset == 2 * PASSAGES_A_PAGE


@pytest.mark.parametrize(
    "pair",
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1e9"),
        ("page", "٣"),
        ("page", "99999999999999999999"),
        ("sort", "best"),
        ("match", "some"),
        ("since", "last year"),
        ("since", "2019-13"),
        ("since", "20190612"),
        ("until", "2019-06-32"),
        ("until", "٢٠١٩"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(pair: tuple[str, str]) -> None:
    with pytest.raises(UsageProblem, match=pair[0]):
        question_of([pair])


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageProblem, match="exchange"):
        question_of([("since", "2022"), ("until", "2019")])


def test_a_month_within_the_same_year_is_no_contradiction() -> None:
    assert question_of([("since", "2019-06"), ("until", "2019")]).since == "2019-06"


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)
CHOICES = st.lists(WORDS, max_size=3, unique=True)


@given(
    text=st.one_of(st.just(""), WORDS),
    theme=CHOICES,
    document=CHOICES,
    sort=st.sampled_from(list(Sort)),
    match=st.sampled_from(list(Match)),
    since=st.sampled_from(["", "2018", "2018-02"]),
    page=st.integers(1, 500),
    barred=CHOICES,
    keys=CHOICES,
    exact=st.booleans(),
)
def test_an_address_reads_back_as_the_same_question(
    *,
    text: str,
    theme: list[str],
    document: list[str],
    sort: Sort,
    match: Match,
    since: str,
    page: int,
    barred: list[str],
    keys: list[str],
    exact: bool,
) -> None:
    pairs = [("q", text), *(("theme", t) for t in theme), *(("document", d) for d in document)]
    pairs += [("sort", sort.value), ("match", match.value), ("since", since), ("page", str(page))]
    pairs += [
        *(("not-edition", e) for e in barred),
        *(("without", key) for key in keys),
        ("exact", str(int(exact))),
    ]
    question = question_of(pairs)
    assert (question.barred("edition"), question.without, question.exact) == (
        tuple(barred),
        tuple(keys),
        exact,
    )
    assert read_question(_read_back(address(question))) == question


def _read_back(url: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def test_defaults_are_left_out_of_the_address() -> None:
    assert address(Question()) == "/search"
    assert address(Question("trust funds", limit=10)) == "/search?q=trust%20funds"


def test_choosing_and_taking_back_go_to_the_first_page() -> None:
    question = question_of([("q", "x"), ("theme", "a"), ("page", "4")])
    wider = without_value(with_values(question, "theme", ["a", "b"]), "theme", "a")
    assert wider.chosen("theme") == ("b",)
    assert page_number(wider) == 1


def test_a_parameter_that_nothing_reads_is_refused_by_name() -> None:
    with pytest.raises(UsageProblem, match="themes"):
        refuse_unknown(["q", "themes"], ["q", "theme"])
