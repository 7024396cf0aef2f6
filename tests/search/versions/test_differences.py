from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from search.versions.differences import ChangeKind, PassageChange, compare_versions, count_changes
from tests.factories import make_passages

SAME, REWORDED, ADDED, REMOVED, MOVED = ChangeKind
OLD = (
    "The harbour board met twice in the spring.",
    "It asked the towns for 400 lamps before the winter begins.",
    "The pilots were thanked for their long watch on the bar.",
    "Oil is dear.",
    "The next meeting will be held in the weigh house.",
)


def compared(older: Sequence[str], newer: Sequence[str]) -> list[PassageChange]:
    return compare_versions(make_passages("old", older), make_passages("new", newer))


def kinds(older: Sequence[str], newer: Sequence[str]) -> list[ChangeKind]:
    return [change.kind for change in compared(older, newer)]


def test_the_same_words_are_unchanged() -> None:
    assert kinds(OLD, OLD) == [SAME] * 5 and count_changes(compared(OLD, OLD)) == {}


def test_a_corrected_figure_is_a_rewording_and_nothing_else_changed() -> None:
    corrected = OLD[1].replace("400", "4,000")
    changes = compared(OLD, (OLD[0], corrected, *OLD[2:]))
    assert [change.kind for change in changes] == [SAME, REWORDED, SAME, SAME, SAME]
    older, newer = changes[1].older, changes[1].newer
    assert older and newer and (older.text, newer.text) == (OLD[1], corrected)


def test_a_corrected_comma_or_capital_is_a_change() -> None:
    assert kinds(OLD[:1], (OLD[0].replace(".", ","),)) == [REWORDED]
    assert kinds(OLD[:1], (OLD[0].replace("board", "Board"),)) == [REWORDED]


def test_what_was_put_in_and_taken_out_is_told_from_rewordings() -> None:
    newer = (OLD[0], "A second boat was bought at the fair.", *OLD[1:3], OLD[4])
    assert kinds(OLD, newer) == [SAME, ADDED, SAME, SAME, REMOVED, SAME]


def test_words_that_stand_elsewhere_have_moved() -> None:
    newer = (OLD[4], *OLD[:4])
    changes = compared(OLD, newer)
    assert [change.kind for change in changes].count(MOVED) == 1
    assert count_changes(changes) == {MOVED: 1}


def test_another_text_in_the_same_place_is_no_rewording() -> None:
    assert kinds(OLD[:1], ("Seven ships from the north brought salt and wool.",)) == [ADDED, REMOVED]


@given(st.lists(st.sampled_from(OLD)), st.lists(st.sampled_from(OLD)))
def test_every_passage_of_both_versions_is_told_once(older: list[str], newer: list[str]) -> None:
    changes = compared(older, newer)
    before = [change.older.passage_id for change in changes if change.older]
    after = [change.newer.passage_id for change in changes if change.newer]
    assert sorted(before) == sorted(p.passage_id for p in make_passages("old", older))
    assert after == [p.passage_id for p in make_passages("new", newer)]


def test_long_stretches_without_a_common_passage_are_taken_out_and_put_in() -> None:
    older, newer = (
        [f"{word} {n} of the long harbour register" for n in range(60)] for word in ("Lamp", "Boat")
    )
    assert set(kinds(older, newer)) == {ADDED, REMOVED}
