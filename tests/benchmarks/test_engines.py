"""What is measured side by side finds the same passages, so that the engines do the same work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import passages
from benchmarks.engines import KINDS, Ours, TantivyWithIds
from benchmarks.questions import Question
from search.analysis import words as text
from search.engines import IndexEntry
from search.engines.request import Ranking
from search.query.terms import AllOf, AnyOf, Filter, Term, TermField, TermPhrase, TermPrefix, TermQuery

TEXTS = ("the port of the town", "the town council met", "a report of the council", "ports and towns met")
TOWN, PORT = Term(TermField.STEM, "town"), Term(TermField.STEM, "port")


def entries() -> list[IndexEntry]:
    made = []
    for number, words in enumerate(TEXTS):
        exact = tuple(text.forms(words))
        facets = {"theme": ("harbour",) if number % 2 else ("council", "harbour")}
        made.append(
            IndexEntry(f"d/{number}", "d", number, exact, tuple(map(text.stem, exact)), facets=facets)
        )
    return made


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    ("query", "total"),
    [
        (PORT, 2),
        (AllOf((TOWN, PORT)), 2),
        (AnyOf((TOWN, PORT)), 3),
        (AllOf((TOWN, Filter("theme", ("council",)))), 1),
        (TermPhrase(("of", "the")), 2),
        (TermPrefix("t"), 4),
        (TermPrefix("port"), 2),
    ],
)
def test_every_engine_finds_the_same(name: str, query: TermQuery, total: int, tmp_path: Path) -> None:
    KINDS[name].build(entries(), tmp_path / name)
    engine = KINDS[name].open(tmp_path / name)
    ask = engine.prepare(Question(query, facet="theme"))
    assert ask is not None and ask()
    assert engine.total(Question(query)) == total
    engine.close()


def test_tantivy_with_ids_gives_what_ours_gives(tmp_path: Path) -> None:
    KINDS["findings"].build(entries(), tmp_path / "findings")
    KINDS["tantivy"].build(entries(), tmp_path / "tantivy")
    question = Question(AnyOf((TOWN, PORT)), facet="theme")
    ranking = Ours(tmp_path / "findings").prepare(question)()
    answer: Any = TantivyWithIds(tmp_path / "tantivy").prepare(question)()
    hits, total, documents, counted = answer
    assert isinstance(ranking, Ranking)
    assert (total, documents) == (ranking.total, ranking.documents)
    assert {(passage, document, count) for passage, document, _, count in hits} == {
        (hit.passage_id, hit.document_id, hit.in_document) for hit in ranking.hits
    }
    assert {b["key"]: b["doc_count"] for b in counted["counts"]["buckets"]} == ranking.facets["theme"]


def test_without_real_texts_there_is_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(passages, "SHARED", tmp_path)
    monkeypatch.setattr(passages, "KEPT", tmp_path / "none.json")
    assert str(tmp_path) in (passages.find_reason_to_skip() or "")
