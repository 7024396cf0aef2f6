"""Words and meaning make one order; what words do not match comes in only where it is near, and only so often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.meaning.fusion import MOST_BY_MEANING, Found, fused, fused_score


def test_a_poor_match_by_words_does_not_stand_before_a_near_passage() -> None:
    order = fused([Found("words", 2.0, 0.2, True), Found("near", 0.0, 0.7, False)], worth=20.0)
    assert list(order) == ["near", "words"]


def test_a_full_match_by_words_stands_before_a_passage_that_is_as_near() -> None:
    order = fused([Found("near", 0.0, 0.6, False), Found("words", 20.0, 0.6, True)], worth=20.0)
    assert list(order) == ["words", "near"]


def test_what_is_far_and_does_not_match_is_no_hit() -> None:
    assert list(fused([Found("far", 0.0, 0.1, False), Found("words", 1.0, 0.1, True)], 9.0)) == ["words"]


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(-1, 1), st.booleans()), max_size=80), st.floats(0.5, 60)
)
def test_every_match_stays_and_hits_by_meaning_are_limited(
    rows: list[tuple[float, float, bool]], worth: float
) -> None:
    found = [Found(str(number), *row) for number, row in enumerate(rows)]
    order = fused(found, worth)
    matching = {item.key for item in found if item.matches}
    assert matching <= set(order)
    assert len(set(order) - matching) <= MOST_BY_MEANING
    assert list(order.values()) == sorted(order.values(), reverse=True)


@given(st.floats(0, 50), st.floats(0, 50), st.floats(-1, 1))
def test_more_words_never_score_less(first: float, second: float, likeness: float) -> None:
    low, high = sorted((first, second))
    assert fused_score(Found("a", low, likeness, True), 10.0) <= fused_score(
        Found("b", high, likeness, True), 10.0
    )
