"""The arrays give the scores of the reference engine, which looks at every passage: to rounding, in the same order.

An engine that ranks by a formula of its own need not keep this part of the contract; `test_engine_matches.py` is for every engine.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import IndexEntry
from search.engines.request import Ranking, SearchRequest, Sort
from search.engines.rescoring import READ, RESCORED_HITS
from search.query.parser import parse_query
from search.query.terms import Filter, Match, NoneOf, Term, TermField, TermQuery, analyse
from tests import strategies
from tests.contract.engine_bench import ORACLE, build, build_in_steps, entry, searching

SCORED = ("whoosh",)
"""Engines that promise the scores of `search.engines.scoring`."""


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    entries=strategies.entries(),
    questions=st.lists(strategies.questions, min_size=1, max_size=6),
    match=st.sampled_from((Match.ALL, Match.ANY)),
    filters=strategies.filters,
    order=st.tuples(st.sampled_from(Sort), st.sampled_from(((), ("d1",), ("d0", "d2")))),
    per_document=st.integers(0, 2),
)
def test_engine_answers_like_the_oracle(
    name: str,
    entries: list[IndexEntry],
    questions: list[str],
    match: Match,
    filters: tuple[Filter, ...],
    order: tuple[Sort, tuple[str, ...]],
    per_document: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(name, Path(folder, name), entries)
        build(ORACLE, Path(folder, ORACLE), entries)
        with (
            searching(name, Path(folder, name)) as tried,
            searching(ORACLE, Path(folder, ORACLE)) as oracle,
        ):
            sort, first = order
            for question in questions:
                query = analyse(parse_query(question), match)
                request = SearchRequest(
                    query, filters, sort, limit=7, offset=0, per_document=per_document, first=first
                )
                assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    entries=strategies.entries(),
    queries=st.lists(strategies.term_queries, min_size=1, max_size=6),
    steps=st.lists(st.integers(0, 4), max_size=4),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 3),
)
def test_engine_built_in_steps_answers_any_query_like_the_oracle(
    name: str, entries: list[IndexEntry], queries: list[TermQuery], steps: list[int], sort: Sort, offset: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for engine in (name, ORACLE):
            build_in_steps(engine, Path(folder, engine), entries, steps)
        with (
            searching(name, Path(folder, name)) as tried,
            searching(ORACLE, Path(folder, ORACLE)) as oracle,
        ):
            for query in queries:
                request = SearchRequest(query, sort=sort, limit=5, offset=offset)
                assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", SCORED)
def test_second_look_at_long_passages_in_several_segments_is_that_of_the_oracle(
    name: str, tmp_path: Path
) -> None:
    """More hits than are looked at, passages with more stems than are read, words that only later segments have."""
    chance = random.Random(7)
    vocabulary = [f"w{n}{'aeiou'[n % 5]}x" for n in range(400)]
    entries = [
        entry(
            f"d{n // 10}/{n}",
            " ".join(chance.choices(vocabulary[: 150 + 3 * n], k=chance.randint(5, 3 * READ))),
        )
        for n in range(3 * RESCORED_HITS)
    ]
    for number in range(0, len(entries), RESCORED_HITS):
        build(name, tmp_path / name, entries[number : number + RESCORED_HITS])
    build(ORACLE, tmp_path / ORACLE, entries)
    with searching(name, tmp_path / name) as tried, searching(ORACLE, tmp_path / ORACLE) as oracle:
        for number in range(0, 60, 3):
            query = analyse(parse_query(" ".join(vocabulary[number : number + 3])), Match.ANY)
            request = SearchRequest(query, limit=2 * RESCORED_HITS)
            assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", SCORED)
def test_feedback_needs_alternatives_even_where_no_typed_pair_stands(name: str, tmp_path: Path) -> None:
    entries = [entry(f"d/{n}", "peace treaty ceasefire " + "more " * n) for n in range(1, 6)]
    build(name, tmp_path / name, entries)
    build(ORACLE, tmp_path / ORACLE, entries)
    with searching(name, tmp_path / name) as tried, searching(ORACLE, tmp_path / ORACLE) as oracle:
        request = SearchRequest(analyse(parse_query("peaces treaties"), Match.ALL))
        assert oracle.search(request).total == 5
        assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", SCORED)
def test_many_small_commits_answer_like_one(name: str, tmp_path: Path) -> None:
    entries = [entry(f"d{i}/1", "peace " * (i % 4 + 1) + f"word{i}") for i in range(40)]
    for one in entries:
        build(name, tmp_path / "steps", [one])
    build(name, tmp_path / "steps", [], remove="d7")
    build(name, tmp_path / "once", [one for one in entries if one.document_id != "d7"])
    with searching(name, tmp_path / "steps") as steps, searching(name, tmp_path / "once") as once:
        for question in ("peace", "word1*", '"peace word3"', "-peace", "wordd12~2"):
            request = SearchRequest(analyse(parse_query(question), Match.ANY), limit=50)
            assert_same_answer(steps.search(request), once.search(request))
        everything = SearchRequest(NoneOf(Term(TermField.STEM, "unknown")), limit=50, sort=Sort.READING)
        assert_same_answer(steps.search(everything), once.search(everything))


def assert_same_answer(answer: Ranking, wanted: Ranking) -> None:
    """The same counts, the same scores, the same order."""
    assert (answer.total, answer.documents) == (wanted.total, wanted.documents)
    assert answer.facets == wanted.facets
    assert [hit.in_document for hit in answer.hits] == [hit.in_document for hit in wanted.hits]
    assert [hit.score for hit in answer.hits] == pytest.approx([hit.score for hit in wanted.hits])
    assert_same_order(
        [(hit.passage_id, hit.score) for hit in answer.hits],
        [(hit.passage_id, hit.score) for hit in wanted.hits],
    )
    assert answer.complete and wanted.complete


def assert_same_order(answer: list[tuple[str, float]], wanted: list[tuple[str, float]]) -> None:
    """The same ids in the same order; only where scores are equal but for rounding may the order differ."""
    for (given_id, score), (wanted_id, other) in zip(answer, wanted, strict=True):
        assert given_id == wanted_id or score == pytest.approx(other)
