"""Words that are spelt nearly alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.edit_distances import places_within_edits, within_edits

words = st.text(alphabet="abcé", min_size=1, max_size=8)


def distance(first: str, second: str) -> int:
    """Letters inserted, left out, replaced or swapped with their neighbour, by definition."""
    if not first or not second:
        return len(first) + len(second)
    best = min(
        distance(first[:-1], second) + 1,
        distance(first, second[:-1]) + 1,
        distance(first[:-1], second[:-1]) + (first[-1] != second[-1]),
    )
    if len(first) > 1 and len(second) > 1 and (first[-1], first[-2]) == (second[-2], second[-1]):
        best = min(best, distance(first[:-2], second[:-2]) + 1)
    return best


@given(
    words.filter(lambda w: len(w) < 6),
    st.lists(words.filter(lambda w: len(w) < 6), max_size=4),
    st.integers(1, 2),
)
def test_places_are_those_of_words_within_the_edits_by_definition(
    value: str, others: list[str], edits: int
) -> None:
    near = [place for place, other in enumerate(others) if distance(value, other) <= edits]
    assert places_within_edits(value, others, edits) == near
    assert [place for place, other in enumerate(others) if within_edits(value, other, edits)] == near


@pytest.mark.parametrize(
    ("other", "edits"), [("kitten", 0), ("kittens", 1), ("kit", 3), ("sitting", 3), ("iktten", 1), ("k", 5)]
)
def test_letters_may_come_go_change_and_swap(other: str, edits: int) -> None:
    assert within_edits("kitten", other, edits)
    assert not edits or not within_edits("kitten", other, edits - 1)


def test_a_letter_is_not_changed_again_after_a_swap() -> None:
    assert not within_edits("ca", "abc", 2)
