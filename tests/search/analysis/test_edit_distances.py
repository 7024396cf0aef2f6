"""Distances to many words at once are those of the definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.edit_distances import edit_distances
from search.analysis.positions import within_edits

words = st.text("abcö", min_size=1, max_size=7)


@given(words, st.lists(words, max_size=8))
def test_distances_are_those_of_each_word_alone(value: str, others: list[str]) -> None:
    found = edit_distances(value, others).tolist()
    for other, distance in zip(others, found, strict=True):
        assert within_edits(value, other, distance)
        assert distance == 0 or not within_edits(value, other, distance - 1)


def test_letters_may_come_go_and_change() -> None:
    assert edit_distances("kitten", ["kitten", "sitting", "kit", "kittens", "k"]).tolist() == [0, 3, 3, 1, 5]
