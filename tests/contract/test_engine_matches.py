"""What every engine of the table answers alike, however it ranks: which passages match, totals, facets, orders by date and place.

The oracle is the reference engine, which looks at every passage. Scores are held by `test_arrays_scores.py`.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import words as text
from search.engines import IndexEntry, Searcher
from search.engines.request import SearchRequest, Sort
from search.errors import IndexDamaged
from search.query.parser import parse_query
from search.query.terms import LAST_DAY, AllOf, Everything, Filter, Match, Term, TermField, TermQuery, analyse
from tests import strategies
from tests.contract.engine_bench import (
    ORACLE,
    TRIED,
    build,
    build_in_steps,
    entry,
    found,
    open_builder,
    open_searcher,
    searching,
)

CAN_BE_CUT = ("whoosh",)  # those that look at the time
ALL = 1000  # hits, more than there are entries


@pytest.mark.parametrize("name", [name for name in TRIED if name != ORACLE])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    entries=strategies.entries(),
    queries=st.lists(strategies.term_queries, min_size=1, max_size=6),
    steps=st.lists(st.integers(0, 4), max_size=4),
    filters=strategies.filters,
    per_document=st.integers(0, 2),
)
def test_engine_built_in_steps_matches_and_counts_like_the_oracle(
    name: str,
    entries: list[IndexEntry],
    queries: list[TermQuery],
    steps: list[int],
    filters: tuple[Filter, ...],
    per_document: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_in_steps(name, Path(folder, name), entries, steps)
        left = build_in_steps(ORACLE, Path(folder, ORACLE), entries, steps)
        with searching(name, Path(folder, name)) as tried, searching(ORACLE, Path(folder, ORACLE)) as oracle:
            forms = list(oracle.vocabulary.beginning_with(""))
            assert list(tried.vocabulary.beginning_with("")) == forms
            assert tried.vocabulary.count(forms) == oracle.vocabulary.count(forms)
            assert tried.count(queries) == oracle.count(queries)
            for query in queries:
                assert_same_matches(
                    tried, oracle, query, filters, {e.passage_id: (e.strength, e.day) for e in left}
                )
                request = SearchRequest(
                    query, filters, Sort.READING, limit=2, offset=1, per_document=per_document
                )
                assert ids(tried, request) == ids(oracle, request)


def ids(searcher: Searcher, request: SearchRequest) -> list[tuple[str, int]]:
    """The passages that answer, in order, each with the number of matches in its document."""
    return [(hit.passage_id, hit.in_document) for hit in searcher.search(request).hits]


def assert_same_matches(
    tried: Searcher,
    oracle: Searcher,
    query: TermQuery,
    filters: tuple[Filter, ...],
    standing: dict[str, tuple[int, int]],
) -> None:
    """The same passages and counts in every order; the same order where scores have no say in it.

    `standing` has the strength and the day of each passage.
    """
    for sort in Sort:
        request = SearchRequest(query, filters, sort, limit=ALL)
        answer, wanted = tried.search(request), oracle.search(request)
        assert (answer.total, answer.documents) == (wanted.total, wanted.documents)
        assert answer.facets == wanted.facets
        assert answer.complete
        assert sorted(ids(tried, request)) == sorted(ids(oracle, request))
        listed = [standing[hit.passage_id][1] for hit in answer.hits]
        if sort is Sort.READING:
            assert ids(tried, request) == ids(oracle, request)
        elif sort is Sort.NEWEST:
            assert listed == sorted(listed, reverse=True)
        elif sort is Sort.STRONGEST:
            ranked = [standing[hit.passage_id] for hit in answer.hits]
            assert ranked == sorted(ranked, reverse=True)
        elif sort is Sort.OLDEST:
            assert listed == sorted(listed, key=lambda day: day or LAST_DAY)
        else:
            scores = [hit.score for hit in answer.hits]
            assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", TRIED)
def test_pages_of_results_hold_every_match_once(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry(f"d{i % 3}/{i}", "peace " * (i % 5 + 1)) for i in range(1, 24)])
    with searching(name, tmp_path) as searcher:
        query = analyse(parse_query("peace"), Match.ALL)
        pages = [
            searcher.search(SearchRequest(query, limit=5, offset=offset)).hits for offset in range(0, 30, 5)
        ]
    ids = [hit.passage_id for page in pages for hit in page]
    assert len(ids) == len(set(ids)) == 23


@pytest.mark.parametrize("name", TRIED)
def test_phrase_wants_exact_forms_in_order(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [
        entry("d/1", "the trust fund grew"),
        entry("d/2", "the trust funds grew"),
        entry("d/3", "a fund of trust"),
        entry("d/4", "trust the fund"),
    ])  # fmt: skip
    with searching(name, tmp_path) as searcher:
        assert found(searcher, '"trust fund"') == ["d/1"]
        assert set(found(searcher, '"trust fund"~1')) == {"d/1", "d/4"}
        assert set(found(searcher, "trust fund")) == {"d/1", "d/2", "d/3", "d/4"}


@pytest.mark.parametrize("name", TRIED)
def test_documents_named_first_come_before_better_hits(name: str, tmp_path: Path) -> None:
    build(
        name, tmp_path, [entry("a/1", "peace peace peace"), entry("b/1", "peace among very many other words")]
    )
    with searching(name, tmp_path) as searcher:
        query = analyse(parse_query("peace"), Match.ALL)
        hits = searcher.search(SearchRequest(query, first=("b",))).hits
        assert [hit.passage_id for hit in hits] == ["b/1", "a/1"]


@pytest.mark.parametrize("name", TRIED)
def test_removed_document_is_neither_found_nor_counted(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace talks"), entry("b/1", "peace work")])
    build(name, tmp_path, [entry("c/1", "peace at last")], remove="a")
    with searching(name, tmp_path) as searcher:
        assert sorted(found(searcher, "peace")) == ["b/1", "c/1"]
        assert sorted(found(searcher, "-work")) == ["c/1"]
        assert "2 passages" in searcher.describe()


@pytest.mark.parametrize("name", TRIED)
def test_document_can_be_replaced_in_one_commit(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "old words"), entry("a/2", "more words")])
    build(name, tmp_path, [entry("a/1", "new words")], remove="a")
    with searching(name, tmp_path) as searcher:
        assert found(searcher, "words") == ["a/1"]
        assert found(searcher, "old") == []


@pytest.mark.parametrize("name", TRIED)
def test_cancelled_changes_leave_no_trace(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace")])
    builder = open_builder(name, tmp_path)
    builder.add(entry("b/1", "peace"))
    builder.remove_document("a")
    builder.cancel()
    with searching(name, tmp_path) as searcher:
        assert found(searcher, "peace") == ["a/1"]


@pytest.mark.parametrize("name", TRIED)
def test_empty_index_answers_with_nothing(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [])
    with searching(name, tmp_path) as searcher:
        assert searcher.search(SearchRequest(Everything())).total == 0
        assert found(searcher, '"trust fund" p* x~') == []


@pytest.mark.parametrize("name", TRIED)
def test_counts_of_a_facet_leave_out_its_own_filter(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [
        entry("a/1", "peace", facets={"kind": ("report",), "edition": ("x",)}),
        entry("a/2", "peace", facets={"kind": ("speech",), "edition": ("x",)}),
        entry("a/3", "peace", facets={"kind": ("speech",), "edition": ("y",)}),
    ])  # fmt: skip
    with searching(name, tmp_path) as searcher:
        query = Term(TermField.STEM, text.stem("peace"))
        ranking = searcher.search(SearchRequest(query, (Filter("kind", ("report",)),)))
    assert ranking.total == 1
    assert ranking.facets["kind"] == {"report": 1, "speech": 2}
    assert ranking.facets["edition"] == {"x": 1}


@pytest.mark.parametrize("name", TRIED)
def test_passages_can_be_asked_for_by_their_ids(name: str, tmp_path: Path) -> None:
    build(
        name,
        tmp_path,
        [entry("a/1", "peace"), entry("a/2", "peace"), entry("b/1", "peace"), entry("b/2", "war")],
    )
    build(name, tmp_path, [entry("b/1", "peace")], remove="b")
    with searching(name, tmp_path) as searcher:
        query = Term(TermField.STEM, text.stem("peace"))
        ranking = searcher.search(SearchRequest(query, (Filter("passage", ("a/2", "b/1", "b/2", "none/1")),)))
    assert sorted(hit.passage_id for hit in ranking.hits) == ["a/2", "b/1"]
    assert "passage" not in ranking.facets


@pytest.mark.parametrize("name", TRIED)
def test_vocabulary_counts_passages_of_each_exact_form(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "fund fund funds found"), entry("a/2", "Fund")])
    build(name, tmp_path, [entry("b/1", "fundy"), entry("b/2", "Fund")])
    build(name, tmp_path, [], remove="b")
    with searching(name, tmp_path) as searcher:
        words = searcher.vocabulary
        assert words.count(["fund", "funds", "fundy", "none"]) == {"fund": 2, "funds": 1}
        assert list(words.beginning_with("fun")) == ["fund", "funds"]
        assert list(words.beginning_with("")) == ["found", "fund", "funds"]
        assert words.near("funt", 1) == {"fund": 2}
        assert words.near("fund", 1) == {"found": 1, "fund": 2, "funds": 1}


@pytest.mark.parametrize("name", TRIED)
def test_several_questions_are_counted_in_one_request(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [
        entry("a/1", "peace talks", facets={"kind": ("report",)}),
        entry("a/2", "peace work", facets={"kind": ("speech",)}),
        entry("b/1", "work", facets={"kind": ("report",)}),
    ])  # fmt: skip
    queries = [
        analyse(parse_query(text), Match.ALL) for text in ("peace", "work", "peace work", "none", "-work")
    ]
    with searching(name, tmp_path) as searcher:
        assert searcher.count(queries) == (2, 2, 1, 0, 1)
        reports = [AllOf((query, Filter("kind", ("report",)))) for query in queries]
        assert searcher.count(reports) == (1, 1, 0, 0, 1)
        assert searcher.count([]) == ()


@pytest.mark.parametrize("name", TRIED)
def test_folder_without_an_index_is_reported_as_damaged(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="findings"):
        open_searcher(name, tmp_path)


@pytest.mark.parametrize("name", TRIED)
def test_only_the_facets_that_are_asked_for_are_counted(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace", facets={"kind": ("report",), "edition": ("x",)})])
    with searching(name, tmp_path) as searcher:
        ranking = searcher.search(SearchRequest(Everything(), facets=("kind",)))
    assert ranking.facets == {"kind": {"report": 1}}


@pytest.mark.parametrize("name", CAN_BE_CUT)
@pytest.mark.parametrize(
    "question",
    ["peace", "peace OR work", "peace -work", "NOT peace", "NOT (NOT peace)", "pe* (work OR peace)"],
)
def test_an_answer_cut_for_want_of_time_says_so_and_holds_true_matches_only(
    name: str, tmp_path: Path, question: str
) -> None:
    build(name, tmp_path, [entry("a/1", "peace talks"), entry("a/2", "peace work"), entry("b/1", "work")])
    query = analyse(parse_query(question), Match.ALL)
    with searching(name, tmp_path) as searcher:
        whole = searcher.search(SearchRequest(query))
        cut = searcher.search(SearchRequest(query, seconds=-1.0))
    assert whole.complete and not cut.complete
    assert {hit.passage_id for hit in cut.hits} <= {hit.passage_id for hit in whole.hits}


@pytest.mark.parametrize("name", TRIED)
def test_threads_share_a_searcher_from_its_first_question_on(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry(f"d{i}/1", f"peace word{i % 7} and work") for i in range(40)])
    queries = [analyse(parse_query(f"peace word{i % 7}* OR work"), Match.ANY) for i in range(16)]
    with searching(name, tmp_path) as searcher, ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: searcher.search(SearchRequest(query)), queries))
        assert together == [searcher.search(SearchRequest(query)) for query in queries]
