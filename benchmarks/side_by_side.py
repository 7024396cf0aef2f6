"""Building and asking, beside SQLite's full-text search (FTS5) on the same passages in the same run.

    python -m benchmarks.side_by_side [--index DIR] [--rounds N]

Uses the passages of a published index (by default the corpus that is shipped; a larger one says more). Prints
milliseconds for both and their ratio, by class of question. FTS5 gets the stems and forms that we index, so both
answer from the same words; it ranks by its own bm25().
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from search.engines import IndexEntry, Searcher
from search.engines.table import ENGINES
from search.entries import index_entries
from search.query.terms import AllOf, AnyOf, Filter, Term, TermField, TermPhrase, TermPrefix, TermQuery
from search.results import SearchRequest
from search.room import ReadingRoom
from search.settings import Settings

T = TypeVar("T")
QUESTIONS = 40  # of each class
SEED = 20181122


def main() -> None:
    """Runs both and prints the table."""
    options = _options()
    settings = replace(Settings.from_env(os.environ), index=options.index)
    with closing(ReadingRoom(settings)) as room:
        catalog = room.opened.catalog
        entries = [
            entry
            for document in catalog.documents()
            for entry in index_entries(catalog.passages_of(document.document_id), document)
        ]
    print(f"{len(entries)} passages")
    with tempfile.TemporaryDirectory() as folder:
        ours, build = _timed(lambda: _build_whoosh(entries, Path(folder, "whoosh")))
        peer, peer_build = _timed(lambda: _build_fts(entries, Path(folder, "fts.sqlite")))
        _row("build", build * 1000, peer_build * 1000)
        first = _timed(lambda: ours.search(SearchRequest(Term(TermField.STEM, "partner"))))[1]
        print(f"first question after opening: {first * 1000:.1f} ms")
        for name, questions in _classes(entries).items():
            _compare(name, questions, ours, peer, options.rounds)
        ours.close()
        peer.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--index", type=Path, default=Path("index"), help="a published index (default: index)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked (default: 3)")
    return parser.parse_args()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its seconds."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _build_whoosh(entries: Sequence[IndexEntry], folder: Path) -> Searcher:
    """Our engine, built and opened."""
    builder = ENGINES["whoosh"].open_builder(folder)
    for entry in entries:
        builder.add(entry)
    builder.commit()
    return ENGINES["whoosh"].open_searcher(folder)


def _build_fts(entries: Sequence[IndexEntry], path: Path) -> sqlite3.Connection:
    """The peer, with the same words in two columns."""
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5(exact, stem, theme UNINDEXED, tokenize='unicode61')"
    )
    rows = ((" ".join(e.exact), " ".join(e.stems), " ".join(e.facets.get("theme", ()))) for e in entries)
    connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)
    connection.commit()
    return connection


Question = tuple[TermQuery, str]  # for our engine, and in FTS5's own language


def _classes(entries: Sequence[IndexEntry]) -> Mapping[str, list[Question]]:
    """Questions by class, made of words that stand together in a passage."""
    chance = random.Random(SEED)
    classes: dict[str, list[Question]] = {
        "term": [],
        "and": [],
        "or": [],
        "phrase": [],
        "prefix": [],
        "theme": [],
    }
    long = [entry for entry in entries if sum(form.isalpha() for form in entry.exact) > 8]
    for entry in chance.choices(long, k=QUESTIONS):
        at = chance.randrange(len(entry.exact) - 3)
        forms = [form for form in entry.exact[at : at + 3] if form.isalnum()] or ["partner"]
        stems = list(dict.fromkeys(stem for stem in entry.stems if stem.isalpha() and len(stem) > 3))[:3]
        terms = tuple(Term(TermField.STEM, stem) for stem in stems) or (Term(TermField.STEM, "partner"),)
        stems = [term.value for term in terms]
        classes["term"].append((terms[0], f'stem:"{stems[0]}"'))
        classes["and"].append((AllOf(terms), " AND ".join(f'stem:"{stem}"' for stem in stems)))
        classes["or"].append((AnyOf(terms), " OR ".join(f'stem:"{stem}"' for stem in stems)))
        classes["phrase"].append((TermPhrase(tuple(forms)), f'exact:"{" ".join(forms)}"'))
        classes["prefix"].append((TermPrefix(stems[0][:4]), f'exact:"{stems[0][:4]}"*'))
        themed = AllOf((terms[0], Filter("theme", ("interoperability",))))
        classes["theme"].append((themed, f'stem:"{stems[0]}"'))
    return classes


def _compare(
    name: str, questions: Sequence[Question], ours: Searcher, peer: sqlite3.Connection, rounds: int
) -> None:
    """Median milliseconds of one class. Ours counts totals and facets in the same time, the peer the ten best only."""
    theme = " AND theme LIKE '%interoperability%'" if name == "theme" else ""
    statement = f"SELECT rowid FROM words WHERE words MATCH ?{theme} ORDER BY rank LIMIT 10"  # noqa: S608 - our own text
    our_times, peer_times = [], []
    for query, match in list(questions) * rounds:
        request = SearchRequest(query, limit=10)
        our_times.append(_timed(partial(ours.search, request))[1])
        peer_times.append(_timed(partial(_fetch, peer, statement, match))[1])
    _row(name, statistics.median(our_times) * 1000, statistics.median(peer_times) * 1000)


def _fetch(peer: sqlite3.Connection, statement: str, match: str) -> list[tuple[int]]:
    """All rows of the peer's answer."""
    return peer.execute(statement, [match]).fetchall()


def _row(name: str, ours: float, peer: float) -> None:
    """One line: ours, the peer's, ours over the peer's."""
    print(f"{name:<8} findings {ours:9.2f} ms   fts5 {peer:9.2f} ms   ratio {ours / peer:6.2f}")


if __name__ == "__main__":
    main()
