"""Vectors as rows of a file: what is written is read, what is nearest is found, also among many by their signs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.meaning import vectors as module
from search.meaning.encoder import DIMENSIONS, Floats
from search.meaning.vectors import Row, Vectors, kept_rows, quantised, write_vectors


def unit_rows(number: int, seed: int = 1) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((number, DIMENSIONS)).astype(np.float32)
    unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def stored(path: Path, rows: Floats, weights: list[float] | None = None) -> Vectors:
    made = quantised(rows)
    listed = [
        Row(
            f"doc{number % 3}/{number}",
            f"doc{number % 3}",
            row,
            scale * (weights or [1.0] * len(rows))[number],
        )
        for number, (row, scale) in enumerate(zip(made.rows, made.scales.tolist(), strict=True))
    ]
    write_vectors(path, listed, "toy/1", len(listed) + 2)
    return Vectors(path)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    read = stored(tmp_path / "v", unit_rows(7))
    assert (len(read), read.wanted, read.model) == (7, 9, "toy/1")
    assert read.passage_ids[4] == "doc1/4"
    assert [read.document_ids[code] for code in read.documents] == [f"doc{n % 3}" for n in range(7)]


def test_likeness_is_the_cosine_within_the_error_of_int8(tmp_path: Path) -> None:
    rows = unit_rows(50)
    read = stored(tmp_path / "v", rows)
    assert np.allclose(read.likeness(rows[0], np.arange(50)), rows @ rows[0], atol=0.01)


def test_the_nearest_come_first_and_only_from_what_is_allowed(tmp_path: Path) -> None:
    rows = unit_rows(40)
    read = stored(tmp_path / "v", rows)
    assert read.nearest(rows[9], 3)[0][0] == 9
    assert set(read.nearest(rows[9], 5, np.array([1, 2, 3]))[0].tolist()) == {1, 2, 3}


def test_a_passage_of_less_weight_stands_behind_its_like(tmp_path: Path) -> None:
    rows = np.repeat(unit_rows(1), 2, axis=0)
    assert stored(tmp_path / "v", rows, [0.8, 1.0]).nearest(rows[0], 2)[0].tolist() == [1, 0]


def test_many_rows_are_found_by_their_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = unit_rows(3000)
    read = stored(tmp_path / "v", rows)
    asked = rows[77] + 0.03 * unit_rows(1, seed=5)[0]
    whole = read.nearest(asked, 1)[0].tolist()
    monkeypatch.setattr(module, "ALL_ROWS", 100)
    assert read.nearest(asked, 1)[0].tolist() == whole == [77]


def test_all_rows_of_a_passage_count_and_it_counts_once(tmp_path: Path) -> None:
    rows = unit_rows(5)
    made = quantised(rows)
    owners = ["doc0/a", "doc0/b", "doc0/b", "doc0/b", "doc0/c"]
    listed = [
        Row(owner, "doc0", row, scale)
        for owner, row, scale in zip(owners, made.rows, made.scales.tolist(), strict=True)
    ]
    write_vectors(tmp_path / "v", listed, "toy/1", 3)
    read = Vectors(tmp_path / "v")
    assert (len(read), read.places(["doc0/b", "doc0/x"]).tolist()) == (3, [1, 2, 3])
    assert [read.passage_ids[read.nearest(rows[row], 1)[0][0]] for row in (1, 3)] == ["doc0/b", "doc0/b"]


def test_documents_that_leave_take_their_rows_along(tmp_path: Path) -> None:
    kept = kept_rows(stored(tmp_path / "v", unit_rows(6)), {"doc1"})
    assert [row.passage_id for row in kept] == ["doc0/0", "doc2/2", "doc0/3", "doc2/5"]


def test_a_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    stored(tmp_path / "v", unit_rows(6))
    (tmp_path / "v").write_bytes((tmp_path / "v").read_bytes()[:-70])
    with pytest.raises(ValueError, match="bytes instead of"):
        Vectors(tmp_path / "v")


def test_no_rows_at_all_can_be_written_and_asked(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v", [], "toy/1", 0)
    assert Vectors(tmp_path / "v").nearest(unit_rows(1)[0], 5)[0].tolist() == []
