"""Printed numbers of paragraphs: only those that run through the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout.words.paragraph_numbers import with_numbers
from indexer.reading.reading import DraftPassage
from search.model import PassageKind

WORDS = "The Council took note of the soundings."


def drafts(texts: Sequence[str], kind: PassageKind = PassageKind.PARAGRAPH) -> list[DraftPassage]:
    return [DraftPassage(kind, text) for text in texts]


def numbers(passages: Sequence[DraftPassage]) -> list[str | None]:
    return [draft.number for draft in with_numbers(passages)]


@pytest.mark.parametrize("form", ["{}. " + WORDS, "({}) " + WORDS])
def test_numbers_that_run_are_those_of_the_paragraphs(form: str) -> None:
    passages = drafts([form.format(number) for number in range(1, 8)])
    assert numbers(passages) == ["1", "2", "3", "4", "5", "6", "7"]
    assert [draft.text for draft in with_numbers(passages)] == [draft.text for draft in passages]


def test_a_list_inside_of_a_paragraph_does_not_break_the_run() -> None:
    texts = [f"{number}. {WORDS}" for number in (12, 13, 1, 2, 14, 15, 17, 18)]
    assert numbers(drafts(texts)) == ["12", "13", None, None, "14", "15", "17", "18"]


def test_an_annex_counts_anew() -> None:
    texts = [f"{number}. {WORDS}" for number in (*range(1, 8), *range(1, 6))]
    assert numbers(drafts(texts)) == ["1", "2", "3", "4", "5", "6", "7", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "texts",
    [
        [f"{number}. {WORDS}" for number in range(1, 5)],  # too few
        ["2018. A good year.", *[WORDS] * 9],
        [f"{number}. {WORDS}" for number in (1, 2, 3, 1, 2, 3, 1, 2, 3)],  # short lists
        [*[f"{number}. {WORDS}" for number in range(1, 6)], *[WORDS] * 60],  # one list in much prose
        [f"{number} {WORDS}" for number in range(1, 9)],
    ],
)
def test_other_numbers_are_none(texts: list[str]) -> None:
    assert set(numbers(drafts(texts))) == {None}


def test_references_and_headings_are_not_numbered_paragraphs() -> None:
    listed = [
        DraftPassage(PassageKind.PARAGRAPH, f"{n}. Reyes, A., Tides.", heading_path=("References",))
        for n in range(1, 9)
    ]
    headings = drafts([f"{number}. Channels" for number in range(1, 9)], PassageKind.HEADING)
    assert set(numbers([*listed, *headings])) == {None}


@given(st.lists(st.integers(1, 40), max_size=60))
def test_runs_rise_and_have_the_least_length(values: list[int]) -> None:
    found = [int(number) for number in numbers(drafts([f"{value}. {WORDS}" for value in values])) if number]
    assert not found or len(found) >= 5 or (found[0] > 1 and 2 * len(found) >= len(values))
    assert sum(after <= before for before, after in pairwise(found)) <= len(found) // 5


def test_a_short_run_that_goes_on_from_another_part_counts_where_it_numbers_most_paragraphs() -> None:
    part = ["The record goes on.", "14. Bells were bought.", "15. Lamps were lit.", "16. Ropes were spun."]
    assert numbers(with_numbers(drafts(part))) == [None, "14", "15", "16"]
    assert not any(numbers(with_numbers(drafts(["1. Bells", "2. Lamps", "3. Ropes"]))))
    assert not any(numbers(with_numbers(drafts([*part, *["Nothing was lit."] * 6]))))
