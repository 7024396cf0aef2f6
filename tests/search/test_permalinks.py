"""Ids that hold when nothing is said differently, and change when something is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.permalinks import document_of, passage_ids, passage_path, slug, words_digest

SAME = [
    "Partners’ co-operation – as agreed – continues.",
    "Partners' cooperation - as agreed - continues",
    "PARTNERS'  CO-\nOPERATION — AS AGREED — CONTINUES!",
]


def test_case_space_quotes_and_hyphenation_do_not_change_an_id() -> None:
    assert len({words_digest(text) for text in SAME}) == 1


@pytest.mark.parametrize(
    "other", ["250 participants", "150 participant", "no 150 participants", "15 0 participants x"]
)
def test_other_words_or_numbers_change_an_id(other: str) -> None:
    assert words_digest("150 participants") != words_digest(other)


def test_repeats_are_numbered_in_reading_order() -> None:
    ids = passage_ids("report", ["Thank you.", "Peace.", "Thank you!", "thank you"])
    first = ids[0]
    assert ids == [first, ids[1], f"{first}-2", f"{first}-3"]


def test_inserted_passage_leaves_the_other_ids_alone() -> None:
    before = passage_ids("report", ["One.", "Two."])
    after = passage_ids("report", ["One.", "New.", "Two."])
    assert [after[0], after[2]] == before


@given(st.text(min_size=1))
def test_every_text_has_an_id_of_ten_letters(text: str) -> None:
    assert re.fullmatch(r"[a-z2-7]{10}", words_digest(text))


@given(st.text(min_size=1))
def test_slug_is_a_stable_part_of_an_address(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Reports/Été 2019", "reports-ete-2019"), ("a_b.c", "a-b-c"), ("Trust Funds", "trust-funds")],
)
def test_slug_reads_like_its_text(text: str, wanted: str) -> None:
    assert slug(text) == wanted


def test_texts_without_latin_letters_get_different_slugs() -> None:
    assert slug("中文") != slug("報告")


def test_paths_and_parts_of_an_id() -> None:
    assert passage_path("report/abcdefghij-2") == "/p/report/abcdefghij-2"
    assert document_of("report/abcdefghij-2") == "report"
    assert document_of("report") is None
    assert document_of("a/../b/abcdefghij") is None
