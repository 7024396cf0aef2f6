"""Figures on real reports with labelled paragraphs: floors that cannot fall silently.

The data are not part of the project. They are looked for in the folder that SHARED_DATA names, else in
`../shared/data` beside the checkout.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from indexer.extraction.sandbox import read_files
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Unreadable

DATA = Path(os.environ.get("SHARED_DATA") or Path(__file__).parents[3].parent / "shared" / "data")
pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.is_dir(), reason=f"no real reports in {DATA}")]
Outcomes = dict[Path, Reading | Unreadable]

SHORTEST = 8  # words of a labelled paragraph that is looked for
# Measured .975 of the paragraphs on 59 labelled pages and their right page for .99 of them.
RECALL_FLOOR, PAGE_FLOOR = 0.93, 0.95


def squashed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def labelled() -> dict[Path, list[tuple[int, str]]]:
    gold: dict[Path, list[tuple[int, str]]] = defaultdict(list)
    for line in (DATA / "gold" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = DATA / row["doc"]
        body = row["kind"] in ("paragraph", "list_item") and not row.get("begins_on_prev")
        if path.suffix == ".pdf" and path.is_file() and body and len(row["text"].split()) >= SHORTEST:
            gold[path].append((row["page"], squashed(row["text"])))
    return gold


@pytest.fixture(scope="module")
def readings() -> Outcomes:
    return dict(read_files(sorted(labelled()), ReadingLimits(), 2))


def same(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 0.1 * max(len(first), len(second)):
        return False
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.95


def test_labelled_paragraphs_are_passages_of_their_page(readings: Outcomes) -> None:
    found = right = total = 0
    for path, items in labelled().items():
        outcome = readings[path]
        assert isinstance(outcome, Reading)
        drafts = [(draft.page, squashed(draft.text)) for draft in outcome.passages]
        for page, text in items:
            pages = [
                at for at, words in drafts if at is not None and abs(at - page) <= 1 and same(words, text)
            ]
            total += 1
            found += bool(pages)
            right += page in pages
    assert total > 200
    assert found / total >= RECALL_FLOOR
    assert right / found >= PAGE_FLOOR


def test_every_damaged_file_ends_in_an_outcome() -> None:
    paths = sorted(path for path in (DATA / "hostile").rglob("*") if path.is_file())
    outcomes = dict(read_files(paths, ReadingLimits(), 2))
    assert set(outcomes) == set(paths)
    assert all(outcome.detail for outcome in outcomes.values() if isinstance(outcome, Unreadable))
