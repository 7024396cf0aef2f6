"""Blocks of weights: what they add up, and their file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.marking.learned.blocks import Array, Block, Weights, WeightSets, load_weights, save_weights
from search.errors import BadFile


def _array(values: Any) -> Array:
    """Numbers as weights are kept."""
    return np.array(values, dtype=np.float32)


BLOCK = Block({"must": 0, "may": 1}, _array([1, 2]), _array([[1, -1], [0.5, 4]]), unit=False)


def test_features_that_are_there_add_their_weights_and_others_nothing() -> None:
    assert BLOCK.score([["must", "may"], [], ["unknown"], ["may"]]).tolist() == [
        [2, 7],
        [0, 0],
        [0, 0],
        [1, 8],
    ]


def test_in_a_unit_block_long_passages_count_no_more_than_short_ones() -> None:
    block = Block(BLOCK.numbers, _array([3, 4]), BLOCK.weights, unit=True)
    (both,) = block.score([["must", "may"]]).tolist()
    assert both == pytest.approx([(3 * 1 + 4 * 0.5) / 5, (3 * -1 + 4 * 4) / 5])


def test_shares_say_what_each_feature_added() -> None:
    assert BLOCK.shares(["may", "must", "unknown"], 1) == {"may": 8.0, "must": -1.0}


def test_weights_come_back_from_their_file_and_the_same_weights_are_the_same_bytes(tmp_path: Path) -> None:
    weights = Weights({"words": BLOCK}, {"bars": _array([0.5])}, ("trust-funds",))
    sets = WeightSets(weights, Weights({}, {"centre": _array([1, 2])}, ()), "model/1")
    for name in ("one.npz", "two.npz"):
        save_weights(tmp_path / name, sets)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    found = load_weights(tmp_path / "one.npz")
    assert found.model == "model/1"
    assert found.by_meaning is not None
    assert found.by_meaning.vectors["centre"].tolist() == [1, 2]
    loaded = found.by_words
    assert loaded.themes == ("trust-funds",)
    assert loaded.blocks["words"].numbers == BLOCK.numbers
    assert loaded.blocks["words"].score([["may"]]).tolist() == [[1, 8]]
    assert loaded.vectors["bars"].tolist() == [0.5]


def test_another_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "marker.npz"
    path.write_text("no weights")
    with pytest.raises(BadFile, match=r"marker\.npz: holds no weights"):
        load_weights(path)
