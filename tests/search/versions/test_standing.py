from __future__ import annotations

from search.model import Document
from search.near_duplicates import LookAlike, Relation
from search.versions.standing import find_superseded
from tests.factories import make_document


def document(name: str, *newer: str, like: tuple[str, ...] = ()) -> Document:
    """A document with newer versions, and with others that only hold nearly the same words."""
    looks = [LookAlike(name, other, Relation.OLDER, 0.9, "revision 1 by name") for other in newer]
    looks += [LookAlike(name, other, Relation.SAME_WORDS, 0.9) for other in like]
    return make_document(name, look_alikes=tuple(looks))


def test_the_newest_version_stands_for_all_older_ones() -> None:
    assert find_superseded([document("a", "b", "c"), document("b", "c"), document("c")]) == {
        "a": "c",
        "b": "c",
    }
    assert find_superseded([document("a", "b"), document("b", "c"), document("c")]) == {"a": "c", "b": "c"}


def test_copies_and_other_years_stand_for_themselves() -> None:
    assert find_superseded([document("a", like=("b",)), document("b", like=("a",))]) == {}


def test_of_two_newest_versions_the_later_id_stands() -> None:
    assert find_superseded([document("a", "b", "c"), document("b"), document("c")]) == {"a": "c"}


def test_a_ring_of_dates_leaves_one_that_stands() -> None:
    ring = [document("a", "b"), document("b", "c"), document("c", "a")]
    assert find_superseded(ring) == {"a": "c", "b": "c"}


def test_a_version_that_is_no_longer_published_stands_for_nothing() -> None:
    assert find_superseded([document("a", "gone")]) == {}
