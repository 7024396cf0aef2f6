"""`findings train`: from labels and corrections in files to weights that the next index marks with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.marking import OWN_WEIGHTS
from tests.cli.conftest import Run
from tests.indexer.corpora import THEMES, Desk

PLACES = ("harbour", "school", "bridge", "market", "library", "station")
KINDS = (
    ("The council should repair the {place} before the winter of {year}.", "recommendation", 2),
    ("We will give the {place} a trust fund in {year}, open to all.", "commitment", 2),
    ("The {place} stood near the river in {year} and had many visitors.", "none", 0),
    ("Painters of the {place} were counted, and a clerk in {year} wrote the number down.", "conclusion", 2),
)
"""The last is a finding for these labels alone: the weights that come with the project give it none."""


@pytest.fixture
def gold(desk: Desk) -> str:
    """Six documents and a file with a label of each kind for each of four years of each."""
    rows = []
    desk.write("themes.toml", THEMES)
    for place in PLACES:
        texts = []
        for year in range(2001, 2005):
            for text, finding, grade in KINDS:
                texts.append(text.format(place=place, year=year))
                rows.append({"doc": f"{place}.md", "text": texts[-1], "finding": finding, "grade": grade})
        desk.write(f"background/{place}.md", f"# The {place}\n\n" + "\n\n".join(texts) + "\n")
    file = desk.corpus.parent / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(file)


def _correct(fresh: Run, desk: Desk, words: str) -> None:
    """Staff say that the passage with these words concludes nothing."""
    passage = next(row for row in fresh("export", "passages").lines if words in row["text"])
    text = f'[[corrections]]\npassage = "{passage["passage_id"]}"\nfinding = "none"\n'
    (desk.corpus / "corrections.toml").write_text(text, encoding="utf-8")


def test_labels_become_weights_with_the_same_bytes_each_time(
    fresh: Run, desk: Desk, gold: str, tmp_path: Path
) -> None:
    assert fresh("index").code == 0
    first = fresh("train", gold, "--folds", "3", "--json")
    assert first.code == 0
    assert (first.json["labels"], first.json["documents"]) == (96, 6)
    assert first.json["weights"] == str(desk.corpus / OWN_WEIGHTS)
    assert fresh("train", gold, "--folds", "3", "--output", str(tmp_path / "again.npz")).code == 0
    assert (tmp_path / "again.npz").read_bytes() == (desk.corpus / OWN_WEIGHTS).read_bytes()


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_learned(
    fresh: Run, gold: str, tmp_path: Path
) -> None:
    ran = fresh("train", gold, "--output", str(tmp_path / "nowhere" / "a.npz"))
    assert ran.code == 2
    assert f"there is no folder {tmp_path / 'nowhere'}" in ran.err
    assert "held out" not in ran.err


def test_corrections_are_labels_too_unless_told_otherwise(
    fresh: Run, desk: Desk, gold: str, tmp_path: Path
) -> None:
    assert fresh("index").code == 0
    _correct(fresh, desk, "repair the bridge before the winter of 2003")
    told = fresh("train", gold, "--folds", "3", "--json")
    assert told.json["labels"] == 97
    plain = fresh(
        "train", gold, "--folds", "3", "--json", "--no-corrections", "--output", str(tmp_path / "b.npz")
    )
    assert plain.json["labels"] == 96
    assert (tmp_path / "b.npz").read_bytes() != (desk.corpus / OWN_WEIGHTS).read_bytes()


def test_the_next_index_marks_with_what_was_trained(fresh: Run, desk: Desk, gold: str) -> None:
    words = "Painters of the mill were counted, and a clerk in 2009 wrote the number down."
    desk.write("background/mill.md", f"# The mill\n\n{words}\n")
    assert fresh("index").code == 0
    assert _finding(fresh, words) is None
    assert fresh("train", gold, "--folds", "3").code == 0
    assert fresh("index").code == 0
    found = _finding(fresh, words)
    assert found is not None and (found["type"], found["grade"]) == ("conclusion", 2)


def _finding(fresh: Run, words: str) -> dict[str, object] | None:
    """What the passage with these words is marked as."""
    found: dict[str, object] | None = next(
        row["finding"] for row in fresh("export", "passages").lines if row["text"] == words
    )
    return found
