"""Every engine answers like the oracle, which looks at every passage: same matches, counts, scores and order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import text
from search.engines import IndexEntry, Searcher
from search.engines.table import ENGINES
from search.errors import IndexDamaged
from search.query.parser import parse_query
from search.query.terms import Everything, Filter, Match, Term, TermField, analyse
from search.results import SearchRequest, Sort
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
    sort=st.sampled_from(Sort),
    per_document=st.integers(0, 2),
)
def test_engine_answers_like_the_oracle(
    name: str,
    entries: list[IndexEntry],
    questions: list[str],
    match: Match,
    filters: tuple[Filter, ...],
    sort: Sort,
    per_document: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(name, Path(folder, name), entries)
        build("memory", Path(folder, "memory"), entries)
        with (
            searching(name, Path(folder, name)) as tried,
            searching("memory", Path(folder, "memory")) as oracle,
        ):
            for question in questions:
                query = analyse(parse_query(question), match)
                request = SearchRequest(query, filters, sort, limit=7, offset=0, per_document=per_document)
                answer, wanted = tried.search(request), oracle.search(request)
                assert (answer.total, answer.documents) == (wanted.total, wanted.documents), question
                assert answer.facets == wanted.facets, question
                assert [hit.in_document for hit in answer.hits] == [hit.in_document for hit in wanted.hits]
                scores = [hit.score for hit in answer.hits]
                assert scores == pytest.approx([hit.score for hit in wanted.hits]), question
                assert_same_order(
                    [(h.passage_id, h.score) for h in answer.hits],
                    [(h.passage_id, h.score) for h in wanted.hits],
                )


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
def test_vocabulary_counts_passages_of_each_exact_form(name: str, tmp_path: Path) -> None:
    build(name, tmp_path, [entry("a/1", "fund fund funds"), entry("a/2", "Fund")])
    with searching(name, tmp_path) as searcher:
        assert dict(searcher.vocabulary()) == {"fund": 2, "funds": 1}


@pytest.mark.parametrize("name", ENGINES)
def test_folder_without_an_index_is_reported_as_damaged(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="findings"):
        ENGINES[name].open_searcher(tmp_path)
