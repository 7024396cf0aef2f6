"""Every engine answers like the oracle, which looks at every passage: same matches, counts, scores and order."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import words as text
from search.engines import IndexEntry, Searcher
from search.engines.registry import ENGINES
from search.engines.request import Ranking, SearchRequest, Sort
from search.engines.rescoring import LOOKED_AT, READ
from search.errors import IndexDamaged
from search.query.parser import parse_query
from search.query.terms import Everything, Filter, Match, NoneOf, Term, TermField, TermQuery, analyse
from tests import strategies

OTHERS = [name for name in ENGINES if name != "memory"]


def build(name: str, folder: Path, entries: Iterable[IndexEntry], remove: str | None = None) -> Path:
    """One commit of an engine's builder."""
    builder = ENGINES[name].open_builder(folder)
    if remove is not None:
        builder.remove_document(remove)
    for entry in entries:
        builder.add(entry)
    builder.commit()
    return folder


@contextmanager
def searching(name: str, folder: Path) -> Iterator[Searcher]:
    """An engine's searcher, closed at the end."""
    searcher = ENGINES[name].open_searcher(folder)
    try:
        yield searcher
    finally:
        searcher.close()


def entry(passage_id: str, words: str, **more: object) -> IndexEntry:
    """An entry with these words."""
    exact = tuple(text.forms(words))
    stems = tuple(text.stem(form) for form in exact)
    document, _, ordinal = passage_id.partition("/")
    return IndexEntry(passage_id, document, int(ordinal), exact, stems, **more)  # type: ignore[arg-type]


def found(searcher: Searcher, question: str, match: Match = Match.ALL) -> list[str]:
    """The ids that answer, best first."""
    ranking = searcher.search(SearchRequest(analyse(parse_query(question), match), limit=1000))
    return [hit.passage_id for hit in ranking.hits]


@pytest.mark.parametrize("name", OTHERS)
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
        build("memory", Path(folder, "memory"), entries)
        with (
            searching(name, Path(folder, name)) as tried,
            searching("memory", Path(folder, "memory")) as oracle,
        ):
            sort, first = order
            for question in questions:
                query = analyse(parse_query(question), match)
                request = SearchRequest(
                    query, filters, sort, limit=7, offset=0, per_document=per_document, first=first
                )
                assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", OTHERS)
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
    """Each step takes a document out and brings it back with its passages in another order."""
    with tempfile.TemporaryDirectory() as folder:
        left = entries
        for engine in (name, "memory"):
            left = entries
            build(engine, Path(folder, engine), entries)
            for step in steps:
                gone = [entry for entry in left if entry.document_id == f"d{step}"]
                left = [entry for entry in left if entry not in gone]
                build(engine, Path(folder, engine), back := gone[::-1][:2], remove=f"d{step}")
                left = [*left, *back]
        with (
            searching(name, Path(folder, name)) as tried,
            searching("memory", Path(folder, "memory")) as oracle,
        ):
            assert dict(tried.vocabulary()) == dict(oracle.vocabulary())
            for query in queries:
                request = SearchRequest(query, sort=sort, limit=5, offset=offset)
                assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", OTHERS)
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
        for n in range(3 * LOOKED_AT)
    ]
    for number in range(0, len(entries), LOOKED_AT):
        build(name, tmp_path / name, entries[number : number + LOOKED_AT])
    build("memory", tmp_path / "memory", entries)
    with searching(name, tmp_path / name) as tried, searching("memory", tmp_path / "memory") as oracle:
        for number in range(0, 60, 3):
            query = analyse(parse_query(" ".join(vocabulary[number : number + 3])), Match.ANY)
            request = SearchRequest(query, limit=2 * LOOKED_AT)
            assert_same_answer(tried.search(request), oracle.search(request))


@pytest.mark.parametrize("name", OTHERS)
def test_feedback_needs_alternatives_even_where_no_typed_pair_stands(name: str, tmp_path: Path) -> None:
    entries = [entry(f"d/{n}", "peace treaty ceasefire " + "more " * n) for n in range(1, 6)]
    build(name, tmp_path / name, entries)
    build("memory", tmp_path / "memory", entries)
    with searching(name, tmp_path / name) as tried, searching("memory", tmp_path / "memory") as oracle:
        request = SearchRequest(analyse(parse_query("peaces treaties"), Match.ALL))
        assert oracle.search(request).total == 5
        assert_same_answer(tried.search(request), oracle.search(request))


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


@pytest.mark.parametrize("name", ENGINES)
def test_pages_of_results_hold_every_match_once(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry(f"d{i % 3}/{i}", "peace " * (i % 5 + 1)) for i in range(1, 24)])
    with searching(name, tmp_path) as searcher:
        query = analyse(parse_query("peace"), Match.ALL)
        pages = [
            searcher.search(SearchRequest(query, limit=5, offset=offset)).hits for offset in range(0, 30, 5)
        ]
    ids = [hit.passage_id for page in pages for hit in page]
    assert len(ids) == len(set(ids)) == 23


@pytest.mark.parametrize("name", ENGINES)
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


@pytest.mark.parametrize("name", ENGINES)
def test_documents_named_first_come_before_better_hits(name: str, tmp_path: Path) -> None:
    build(
        name, tmp_path, [entry("a/1", "peace peace peace"), entry("b/1", "peace among very many other words")]
    )
    with searching(name, tmp_path) as searcher:
        query = analyse(parse_query("peace"), Match.ALL)
        hits = searcher.search(SearchRequest(query, first=("b",))).hits
        assert [hit.passage_id for hit in hits] == ["b/1", "a/1"]


@pytest.mark.parametrize("name", ENGINES)
def test_removed_document_is_neither_found_nor_counted(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace talks"), entry("b/1", "peace work")])
    build(name, tmp_path, [entry("c/1", "peace at last")], remove="a")
    with searching(name, tmp_path) as searcher:
        assert sorted(found(searcher, "peace")) == ["b/1", "c/1"]
        assert sorted(found(searcher, "-work")) == ["c/1"]
        assert "2 passages" in searcher.describe()


@pytest.mark.parametrize("name", ENGINES)
def test_document_can_be_replaced_in_one_commit(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "old words"), entry("a/2", "more words")])
    build(name, tmp_path, [entry("a/1", "new words")], remove="a")
    with searching(name, tmp_path) as searcher:
        assert found(searcher, "words") == ["a/1"]
        assert found(searcher, "old") == []


@pytest.mark.parametrize("name", ENGINES)
def test_cancelled_changes_leave_no_trace(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace")])
    builder = ENGINES[name].open_builder(tmp_path)
    builder.add(entry("b/1", "peace"))
    builder.remove_document("a")
    builder.cancel()
    with searching(name, tmp_path) as searcher:
        assert found(searcher, "peace") == ["a/1"]


@pytest.mark.parametrize("name", ENGINES)
def test_empty_index_answers_with_nothing(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [])
    with searching(name, tmp_path) as searcher:
        assert searcher.search(SearchRequest(Everything())).total == 0
        assert found(searcher, '"trust fund" p* x~') == []


@pytest.mark.parametrize("name", ENGINES)
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


@pytest.mark.parametrize("name", ENGINES)
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


@pytest.mark.parametrize("name", ENGINES)
def test_vocabulary_counts_passages_of_each_exact_form(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "fund fund funds"), entry("a/2", "Fund")])
    with searching(name, tmp_path) as searcher:
        assert dict(searcher.vocabulary()) == {"fund": 2, "funds": 1}


@pytest.mark.parametrize("name", ENGINES)
def test_folder_without_an_index_is_reported_as_damaged(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="findings"):
        ENGINES[name].open_searcher(tmp_path)


@pytest.mark.parametrize("name", ENGINES)
def test_only_the_facets_that_are_asked_for_are_counted(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "peace", facets={"kind": ("report",), "edition": ("x",)})])
    with searching(name, tmp_path) as searcher:
        ranking = searcher.search(SearchRequest(Everything(), facets=("kind",)))
    assert ranking.facets == {"kind": {"report": 1}}


@pytest.mark.parametrize("name", OTHERS)
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


@pytest.mark.parametrize("name", ENGINES)
def test_threads_share_a_searcher_from_its_first_question_on(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry(f"d{i}/1", f"peace word{i % 7} and work") for i in range(40)])
    queries = [analyse(parse_query(f"peace word{i % 7}* OR work"), Match.ANY) for i in range(16)]
    with searching(name, tmp_path) as searcher, ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: searcher.search(SearchRequest(query)), queries))
        assert together == [searcher.search(SearchRequest(query)) for query in queries]


@pytest.mark.parametrize("name", ENGINES)
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
