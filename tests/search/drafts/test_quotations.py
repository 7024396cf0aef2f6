"""Quotations found in drafts: which marks open and close, and what is no quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.drafts.plain_text import blocks_of
from search.drafts.quotations import Block, find_quotations

WORDS = "the trust fund pays for training"


def found(text: str) -> list[tuple[str, str]]:
    """Words and marks of the quotations of a text."""
    return [(q.text, q.marks) for q in find_quotations(blocks_of(text)).found]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('She said "{}" and left.', "straight"),
        ("She said “{}” and left.", "curly"),
        ("She said ‘{}’ and left.", "curly single"),
        ("Sie sagte „{}“ und ging.", "German"),
        ("Sie sagte „{}” und ging.", "German"),
        ("Sie sagte »{}« und ging.", "German"),
        ("Elle a dit « {} » hier.", "French"),
        ("> {}", "block"),
        ("Before:\n> {}\n\nafter", "block"),
        ('("{}")', "straight"),
    ],
)
def test_each_kind_of_marks_is_read(text: str, marks: str) -> None:
    assert found(text.format(WORDS)) == [(WORDS, marks)]


def test_marks_inside_others_belong_to_the_outer_quotation() -> None:
    text = "He said “the fund ‘pays for all of the training’ of officers” yesterday."
    assert found(text) == [("the fund ‘pays for all of the training’ of officers", "curly")]


def test_a_block_with_marks_around_it_is_quoted_without_them() -> None:
    assert found("> “the trust fund pays for training”") == [(WORDS, "block")]


def test_german_and_english_marks_in_one_text_are_told_apart() -> None:
    text = "„Der Fonds zahlt für die Ausbildung“ und “the fund pays for training”."
    assert [words for words, _ in found(text)] == [
        "Der Fonds zahlt für die Ausbildung",
        "the fund pays for training",
    ]


def test_short_quotations_are_counted_not_looked_up() -> None:
    read = find_quotations(blocks_of("A “so-called” deal, a 'thing', “three small words” and “….”"))
    assert read.found == ()
    assert read.skipped == 2


@pytest.mark.parametrize(
    "text",
    [
        "The partners’ own plans and the nations’ budgets don’t fit in this year’s round.",
        'It is 5\' 10" tall and 6" wide in all of these rooms here.',
        "“An opening mark that nothing closes is no quotation at all.",
        "word“not an opening mark inside a word at all”",
        "",
    ],
)
def test_what_is_no_quotation_is_not_read_as_one(text: str) -> None:
    assert found(text) == []


def test_an_apostrophe_does_not_close_a_single_quotation() -> None:
    text = "‘The partners’ plans don’t fit into one round’, she said."
    assert found(text) == [("The partners’ plans don’t fit into one round", "curly single")]


def test_each_quotation_names_its_paragraph_and_page() -> None:
    (quotation,) = find_quotations([Block("Nothing."), Block(f"“{WORDS}”", page=4)]).found
    assert (quotation.paragraph, quotation.page) == (2, 4)


@given(st.text("ab “”„‟«»‘’'\"\n>", max_size=60))
def test_no_text_breaks_the_finder(text: str) -> None:
    for quotation in find_quotations(blocks_of(text)).found:
        assert quotation.text.strip() == quotation.text
