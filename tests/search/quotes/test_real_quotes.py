"""Quotations of published texts in other published texts: each is found where it was taken from.

The text that quotes has the words exactly; its source stands behind it, where its words differ with the difference.

The data are not part of the project; they are looked for in SHARED_DATA, else in `../shared/data` beside the checkout.
The only miss of 90 is no quotation: words of a cookie notice, which belongs to no text of the page.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from indexer.build.pipeline import index_corpus
from search.quotes.lookup import Verdict, find_quote
from search.room import ReadingRoom
from search.settings import Settings
from tests.indexer.corpora import Recorder

DATA = Path(os.environ.get("SHARED_DATA") or Path(__file__).parents[3].parent / "shared" / "data") / "quotes"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.is_dir(), reason=f"no real quotations in {DATA}")]
EVERY = 3  # of the quotations; reading and marking all 168 texts takes minutes
MOST_MISSED = 1  # of these 30; of all 90 one is missed


def test_real_quotations_are_found_in_their_source(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (DATA / "quotes.jsonl").read_text(encoding="utf-8").splitlines()][
        ::EVERY
    ]
    (tmp_path / "corpus").mkdir()
    for name in {Path(row[role]).name for row in rows for role in ("source", "quoting")}:
        shutil.copy(DATA / "docs" / name, tmp_path / "corpus")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    index_corpus(settings, Recorder())
    room = ReadingRoom(settings)
    missed = []
    for row in rows:
        answer = find_quote(row["quote"], room.opened.quoted)
        held = {match.document.path for match in answer.matches if match.verdict is not Verdict.NOT_FOUND}
        if Path(row["source"]).name not in held:
            missed.append(row["quote"])
    room.close()
    assert len(missed) <= MOST_MISSED, missed
