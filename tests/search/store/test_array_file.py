"""Files of arrays: what was written comes back, and what was not does not open."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from search.store.array_file import narrowed, open_arrays, packed, write_arrays


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.arrays"
    write_arrays(path, {"few": np.arange(5, dtype=np.int32), "none": np.zeros(0)}, {"names": ["ä", "b"]})
    return path


def test_what_was_written_comes_back(path: Path) -> None:
    found = open_arrays(path)
    assert found.facts == {"names": ["ä", "b"]}
    assert found.arrays["few"].tolist() == [0, 1, 2, 3, 4]
    assert found.arrays["few"].dtype == np.int32
    assert len(found.arrays["none"]) == 0


def test_arrays_cannot_be_changed_and_outlive_their_file(path: Path) -> None:
    few = open_arrays(path).arrays["few"]
    path.unlink()
    assert few.sum() == 10
    with pytest.raises(ValueError, match="read-only"):
        few[0] = 1


@pytest.mark.parametrize("kept", [0, 7, 20, 40, -1])
def test_a_file_that_was_cut_does_not_open(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"a\.arrays"):
        open_arrays(path)


@pytest.mark.parametrize("at", [0, 9, 17, 30])
def test_a_damaged_head_does_not_open(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises((ValueError, MemoryError, OverflowError)):
        open_arrays(path)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"))))
def test_packed_words_come_back(words: list[str]) -> None:
    assert packed(words).tobytes().decode().split("\n")[:-1] == words


@given(arrays.arrays(np.int64, st.integers(0, 5), elements=st.integers(0, 2**40)))
def test_narrowed_numbers_are_the_same(numbers: np.ndarray) -> None:
    assert narrowed(numbers).tolist() == numbers.tolist()
