"""What each part of the ranking formula brings, on collections with judged questions.

    python -m benchmarks.ranking FOLDER

FOLDER holds a folder a collection with `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query,
document, grade). Every document is one passage; its title is its heading where it has no text. Questions go the way
of `findings batch --match any`. Prints a Markdown table of nDCG@10 (linear gain, log2 discount, ideal from all judgements of the question)
for the formula as it is and with single parts switched off; `docs/ranking.md` has it.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from search.engines import Searcher
from search.engines.arrays.builder import WhooshBuilder
from search.engines.arrays.searcher import open_whoosh_searcher
from search.engines.entries import index_entries
from search.engines.request import SearchRequest
from search.engines.scoring import FORMULA, Formula
from search.model import Document, Passage, PassageKind
from search.query.foldings import KINDS, FoldedWords, Foldings
from search.query.parser import plain_query
from search.query.terms import Match, TermQuery, analyse

DEPTH = 10  # ranks that count

FORMULAS: Mapping[str, Formula] = {
    "the formula": FORMULA,
    "without words in the title": replace(FORMULA, title=0.0),
    "without the very form": replace(FORMULA, exact=0.0),
    "without pairs": replace(FORMULA, pair=0.0),
    "without feedback": replace(FORMULA, feedback=0.0),
    "without a second look (pairs, feedback)": replace(FORMULA, pair=0.0, feedback=0.0),
    "stems of the text alone": replace(FORMULA, heading=0.0, title=0.0, exact=0.0, pair=0.0, feedback=0.0),
}

Judgements = Mapping[str, Mapping[str, int]]  # question to document to grade, grades above 0 only


@dataclass(frozen=True, slots=True)
class Collection:
    """An indexed collection and its judged questions (id to text)."""

    name: str
    engine_folder: Path
    questions: Mapping[str, str]
    judgements: Judgements


def main() -> None:
    """Measure every formula on every collection and prints the table."""
    parser = argparse.ArgumentParser(description="What each part of the ranking formula brings.")
    parser.add_argument("folder", type=Path)
    folders = [folder.parent for folder in sorted(parser.parse_args().folder.glob("*/qrels.tsv"))]
    with tempfile.TemporaryDirectory() as work:
        collections = [_indexed(folder, Path(work, folder.name)) for folder in folders]
        print(f"| | {' | '.join(collection.name for collection in collections)} | mean |")
        print("|---" * (len(collections) + 2) + "|")
        for name, formula in FORMULAS.items():
            found = [_quality(collection, formula) for collection in collections]
            _print_row(name, found)
        for kind in KINDS:
            _print_row(f"without {kind}s", [_quality(c, FORMULA, frozenset({kind})) for c in collections])


def _print_row(name: str, found: Sequence[float]) -> None:
    """One row of the table."""
    print(f"| {name} | {' | '.join(f'{value:.4f}' for value in (*found, mean(found)))} |")


def _indexed(folder: Path, engine_folder: Path) -> Collection:
    """Indexes the documents of a collection and reads its questions."""
    builder = WhooshBuilder(engine_folder)
    for row in _rows(folder / "docs.jsonl"):
        document, passage = _document(row)
        for entry in index_entries([passage], document):
            builder.add(entry)
    builder.commit()
    judgements = _judgements(folder / "qrels.tsv")
    questions = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl") if row["id"] in judgements}
    return Collection(folder.name, engine_folder, questions, judgements)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    """The objects of a file with one a line."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(row: Mapping[str, str]) -> tuple[Document, Passage]:
    """A document of one passage."""
    title, text = " ".join(row["title"].split()), row["text"].strip()
    kind = PassageKind.PARAGRAPH if text else PassageKind.HEADING
    document = Document(row["id"], f"{row['id']}.md", title, "background", "", "text/markdown")
    return document, Passage(f"{row['id']}/1", row["id"], 1, kind, text or title)


def _judgements(file: Path) -> Judgements:
    """What was judged to be of use."""
    found: dict[str, dict[str, int]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        question, *_, document, grade = line.split()
        if grade.lstrip("-").isdigit() and int(grade) > 0:
            found.setdefault(question, {})[document] = int(grade)
    return found


def _quality(collection: Collection, formula: Formula, off: frozenset[str] = frozenset()) -> float:
    """Mean nDCG of a formula over the questions of a collection, without the kinds of foldings that are off."""
    with closing(open_whoosh_searcher(collection.engine_folder, formula)) as searcher:
        words = FoldedWords(Foldings(searcher.vocabulary), off)
        return mean(
            _ndcg(
                _asked(searcher, analyse(plain_query(text), Match.ANY, words)),
                collection.judgements[question],
            )
            for question, text in collection.questions.items()
        )


def _asked(searcher: Searcher, terms: TermQuery) -> list[str]:
    """The documents that answer, best first."""
    return [hit.document_id for hit in searcher.search(SearchRequest(terms, limit=DEPTH)).hits]


def _ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Discounted gain of a ranking over that of the best possible one."""
    ideal = sorted(grades.values(), reverse=True)[:DEPTH]
    return _discounted([grades.get(document, 0) for document in ranked]) / _discounted(ideal)


def _discounted(gains: Sequence[int]) -> float:
    """Gains, each over the logarithm of its rank."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


if __name__ == "__main__":
    main()
