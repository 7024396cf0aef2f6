"""The engines that are measured, behind one interface: ours, SQLite FTS5 and tantivy, on the same terms.

All get the forms and stems that we make, split at spaces, so that all search the same words. Ours and tantivy give the
ten best and the total, FTS5 the ten best alone. The peers rank by BM25; "findings" ranks as the product does, with a second
look at the hundred best hits, "one look" is the same engine without it, which is the peers' ranking and headings and titles.

What comes back differs. Ours gives for each of the ten hits the ids of passage and document and how many hits that document has,
and the number of distinct documents of all hits. "tantivy" gives the addresses and scores of ten hits, and the total. "tantivy, ids" gives what ours
gives by its quickest exact means: numbers of passage and document from fast fields, looked up in lists of ids, and one terms aggregation
over the document's number for the hits of every document; counts by theme come from the same aggregation.

Totals differ where the engines mean different things: tantivy's fuzzy words may differ in the first letter, and its
phrases with gaps may have so many gaps altogether, ours between each two words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import tantivy

from benchmarks.questions import Question
from search.engines import IndexEntry
from search.engines.arrays.builder import WhooshBuilder
from search.engines.arrays.searcher import open_whoosh_searcher
from search.engines.request import SearchRequest
from search.engines.scoring import FORMULA, Formula
from search.query.terms import (
    AllOf,
    AnyOf,
    Filter,
    Term,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
)

Ask = Callable[[], object]
HITS = 10
IDS = (
    "ids.json"  # beside tantivy's files: the ids of passages and of documents, in the order of their numbers
)


class Engine(Protocol):
    """An opened engine."""

    def prepare(self, question: Question) -> Ask | None:
        """Return what asks the question, with the query already in the engine's own form; None where it has no such query."""

    def total(self, question: Question) -> int:
        """Return how many passages match."""

    def close(self) -> None:
        """Close it."""


class Ours:
    """The engine of this project."""

    def __init__(self, folder: Path, formula: Formula = FORMULA) -> None:
        self._searcher = open_whoosh_searcher(folder, formula)

    @staticmethod
    def build(entries: Sequence[IndexEntry], folder: Path) -> None:
        """Build an index."""
        builder = WhooshBuilder(folder)
        for entry in entries:
            builder.add(entry)
        builder.commit()

    def prepare(self, question: Question) -> Ask:
        """See Engine."""
        facets = (question.facet,) if question.facet else ()
        return partial(self._searcher.search, SearchRequest(question.query, limit=HITS, facets=facets))

    def total(self, question: Question) -> int:
        """See Engine."""
        return self._searcher.search(SearchRequest(question.query, limit=HITS)).total

    def close(self) -> None:
        """See Engine."""
        self._searcher.close()


class Fts5:
    """SQLite's full-text search; themes are a column of it for filters and a table for counts."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts.sqlite")

    @staticmethod
    def build(entries: Sequence[IndexEntry], folder: Path) -> None:
        """Build an index."""
        folder.mkdir(parents=True)
        connection = sqlite3.connect(folder / "fts.sqlite")
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(exact, stem, theme, content='', tokenize='unicode61')"
        )
        connection.execute("CREATE TABLE themes (passage INTEGER, theme TEXT)")
        for number, e in enumerate(entries, 1):
            row = (number, " ".join(e.exact), " ".join(e.stems), " ".join(e.facets["theme"]))
            connection.execute("INSERT INTO words (rowid, exact, stem, theme) VALUES (?, ?, ?, ?)", row)
            connection.executemany(
                "INSERT INTO themes VALUES (?, ?)", [(number, t) for t in e.facets["theme"]]
            )
        connection.execute("CREATE INDEX by_passage ON themes (passage, theme)")
        connection.commit()
        connection.close()

    def prepare(self, question: Question) -> Ask | None:
        """See Engine."""
        match = _fts_match(question.query)
        if match is None:
            return None
        best = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608 - a number
        counts = (
            "SELECT theme, count(*) FROM themes WHERE passage IN (SELECT rowid FROM words WHERE words MATCH ?)"
            " GROUP BY theme"
        )
        return partial(self._fetch, (best, counts) if question.facet else (best,), match)

    def _fetch(self, statements: Sequence[str], match: str) -> list[Any]:
        return [self._connection.execute(statement, [match]).fetchall() for statement in statements]

    def total(self, question: Question) -> int:
        """See Engine."""
        counting = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(self._connection.execute(counting, [_fts_match(question.query)]).fetchone()[0])

    def close(self) -> None:
        """See Engine."""
        self._connection.close()


def _fts_match(query: TermQuery) -> str | None:
    """A query in FTS5's language; None for a fuzzy word, which it does not have."""
    match query:
        case Term(field, value):
            return f'{field}:"{value}"'
        case Filter(name, values):
            return f'{name}:"{values[0]}"'
        case TermPhrase(values, 0):
            return f'exact:"{" ".join(values)}"'
        case TermPrefix(value):
            return f'exact:"{value}"*'
        case AllOf(parts) | AnyOf(parts):
            joint = " AND " if isinstance(query, AllOf) else " OR "
            return joint.join(str(_fts_match(part)) for part in parts)
    return None  # a fuzzy word; NEAR, which takes words in any order, is no phrase with gaps


class Tantivy:
    """tantivy, a compiled engine in the manner of Lucene."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, path=str(folder)).searcher()

    @staticmethod
    def build(entries: Sequence[IndexEntry], folder: Path) -> None:
        """Build an index."""
        folder.mkdir(parents=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=128 * 2**20, num_threads=1)
        passages: dict[str, int] = {}
        documents: dict[str, int] = {}
        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned("passage", passages.setdefault(entry.passage_id, len(passages)))
            document.add_unsigned("document", documents.setdefault(entry.document_id, len(documents)))
            document.add_text("exact", " ".join(entry.exact))
            document.add_text("stem", " ".join(entry.stems))
            for theme in entry.facets["theme"]:
                document.add_text("theme", theme)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        (folder / IDS).write_text(json.dumps([list(passages), list(documents)]), encoding="utf-8")

    def prepare(self, question: Question) -> Ask:
        """See Engine."""
        query = self._query(question.query)
        best = partial(self._searcher.search, query, HITS)
        if question.facet is None:
            return best
        wanted = {"counts": {"terms": {"field": question.facet, "size": 1000}}}
        return lambda: (best(), self._searcher.aggregate(query, wanted))

    def total(self, question: Question) -> int:
        """See Engine."""
        found: Any = self._searcher.search(self._query(question.query), HITS)
        return int(found.count)

    def close(self) -> None:
        """See Engine."""

    def _query(self, query: TermQuery) -> tantivy.Query:
        """A query as an object of tantivy."""
        make, schema = tantivy.Query, self._schema
        match query:
            case Term(field, value):
                return make.term_query(schema, str(field), value, index_option="freq")
            case Filter(name, values):
                return make.const_score_query(make.term_query(schema, name, values[0]), 0.0)
            case TermPhrase(values, slop):
                return make.phrase_query(schema, "exact", list(values), slop=slop)
            case TermPrefix(value):
                return make.regex_query(schema, "exact", f"{value}.*")
            case TermFuzzy(value, edits):
                return make.fuzzy_term_query(schema, "exact", value, edits, transposition_cost_one=False)
            case AllOf(parts) | AnyOf(parts):
                occur = tantivy.Occur.Must if isinstance(query, AllOf) else tantivy.Occur.Should
                return make.boolean_query([(occur, self._query(part)) for part in parts])
        raise TypeError(f"no question of a class: {query!r}")


class TantivyWithIds(Tantivy):
    """tantivy, asked for all that ours gives."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._passages, self._documents = json.loads((folder / IDS).read_text(encoding="utf-8"))

    def prepare(self, question: Question) -> Ask:
        """See Engine."""
        wanted = {"documents": {"terms": {"field": "document", "size": len(self._documents)}}}
        if question.facet is not None:
            wanted["counts"] = {"terms": {"field": question.facet, "size": 1000}}
        return partial(self._ask, self._query(question.query), wanted)

    def _ask(self, query: tantivy.Query, wanted: dict[str, Any]) -> tuple[object, ...]:
        """The hits as (passage, document, score, hits in the document); total, documents, counts."""
        found: Any = self._searcher.search(query, HITS)
        scores, addresses = zip(*found.hits, strict=True) if found.hits else ((), ())
        passages: Any = self._searcher.fast_field_values("passage", list(addresses))
        documents: Any = self._searcher.fast_field_values("document", list(addresses))
        counted = self._searcher.aggregate(query, wanted)
        having = {bucket["key"]: bucket["doc_count"] for bucket in counted["documents"]["buckets"]}
        hits = [
            (self._passages[passage], self._documents[document], score, having[document])
            for passage, document, score in zip(passages, documents, scores, strict=True)
        ]
        return hits, found.count, len(having), counted


def _schema() -> tantivy.Schema:
    """Positions for the exact forms alone, as in ours; themes as a column too, for counting; passage and document as numbers."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", fast=True)
    builder.add_unsigned_field("document", fast=True)
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("theme", tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


@dataclass(frozen=True, slots=True)
class Kind:
    """How to build and to open an engine."""

    build: Callable[[Sequence[IndexEntry], Path], None]
    open: Callable[[Path], Engine]


def open_one_look(folder: Path) -> Ours:
    """Open our engine without the second look."""
    return Ours(folder, replace(FORMULA, pair=0.0, feedback=0.0))


KINDS: Mapping[str, Kind] = {
    "findings": Kind(Ours.build, Ours),
    "fts5": Kind(Fts5.build, Fts5),
    "tantivy": Kind(Tantivy.build, Tantivy),
}
