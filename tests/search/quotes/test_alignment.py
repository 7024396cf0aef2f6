"""Comparing the words of a quotation with those of a source: what folds, what never does, and what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quotes.alignment import MOST_LEFT_OUT, DifferenceKind, Edit, align, align_parts
from search.quotes.editing import unbracketed
from search.quotes.exact import find_segments, same_letters
from search.quotes.words import (
    QuoteWord,
    contains_exactly,
    folded_kinds,
    has_ellipsis,
    quote_words,
    segments,
)

few_words = st.lists(st.sampled_from(["a", "b", "c", "not", "5"]), max_size=8)


def forms(text: str) -> list[str]:
    """The comparable words of a text."""
    return [word.form for word in quote_words(text)]


def words(listed: list[str]) -> list[QuoteWord]:
    """Words side by side, each as it is."""
    return quote_words(" ".join(listed))


def found_segments(parts: list[list[QuoteWord]], source: list[QuoteWord]) -> list[list[tuple[int, int]]]:
    """Every place of the parts."""
    return list(find_segments(parts, source))


def distance(first: list[str], second: list[str]) -> int:
    """Edit distance over words, by its definition."""
    if not first or not second:
        return len(first) + len(second)
    same = distance(first[1:], second[1:])
    if first[0] == second[0]:
        return same
    return 1 + min(same, distance(first[1:], second), distance(first, second[1:]))


# --- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("co-operation", "cooperation"),
        ("co-\noperation", "cooperation"),
        ("co\u00adoperation", "cooperation"),
        ("well\u2011known", "well-known"),
        ("Geoană", "geoana"),
        ("“Trust”", '"trust"'),
        ("1,325", "1325"),
        ("U.S.", "US"),
        ("10-15", "10\u201315"),
        (".5", "0.5"),
        ("5 %", "5%"),
        ("$ 5", "$5"),
        ("\u22125 degrees", "-5 degrees"),
        ("F-16", "F16"),
        ("\ufb01nding", "finding"),
    ],
)
def test_what_says_the_same_has_the_same_words(first: str, second: str) -> None:
    assert forms(first) == forms(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("10-15 members", "1015 members"),
        ("5-\n7 members", "57 members"),
        ("-5 degrees", "5 degrees"),
        (".5 share", "5 share"),
        ("5% more", "5 more"),
        ("5‰ more", "5% more"),
        ("$3 million", "€3 million"),
        ("$3 million", "3 million"),
        ("3.4", "34"),
        ("3.4", "3,4"),
        ("1.325", "1,325"),
        ("is not", "is"),
        ("1325", "1326"),
    ],
)
def test_what_says_something_else_has_other_words(first: str, second: str) -> None:
    assert forms(first) != forms(second)


def test_a_dash_between_words_is_no_minus() -> None:
    assert forms("in 2018 – 2019 – 20 members") == ["in", "2018", "2019", "20", "members"]
    assert forms("Resolution 1325-the first") == ["resolution", "1325the", "first"]


def test_spans_hold_the_signs_of_a_number() -> None:
    text = "It fell by -$5.3% (-4) there"
    assert [text[word.start : word.end] for word in quote_words(text)] == [
        "It", "fell", "by", "-$5.3%", "-4", "there",
    ]  # fmt: skip


@given(st.text(st.sampled_from("ab5 -–.,%$'’\u00ad\n[]…"), max_size=30))
def test_spans_are_in_order_and_every_word_has_a_form(text: str) -> None:
    at = 0
    for word in quote_words(text):
        assert at <= word.start < word.end <= len(text)
        assert word.form
        at = word.end


# --- ellipses and brackets -------------------------------------------------------------------------------


@pytest.mark.parametrize("ellipsis", ["…", "...", ". . .", "[…]", "[...]", "(…)", "( ... )", "....", "[ … ]"])
def test_every_kind_of_ellipsis_parts_a_quotation(ellipsis: str) -> None:
    text = f"The first part {ellipsis} the second"
    assert has_ellipsis(text)
    assert [part.strip() for part in segments(text)] == ["The first part", "the second"]


def test_an_ellipsis_at_an_end_makes_no_empty_part() -> None:
    assert [part.strip() for part in segments("… the middle …")] == ["the middle"]


def test_a_full_stop_is_no_ellipsis() -> None:
    assert not has_ellipsis("It ended. Then 3.4 more.")


def test_brackets_around_a_few_letters_are_taken_off_and_others_stay() -> None:
    assert unbracketed("[T]he [Alliance] said th[at]") == "The [Alliance] said that"


# --- same characters, and what had to be folded -----------------------------------------------------------


@pytest.mark.parametrize(
    ("quoted", "source", "wanted"),
    [
        ("the words", "the words", []),
        ("The words", "the words", ["case"]),
        ("“the” words", '"the" words', ["quotation marks"]),
        ("the – words", "the — words", ["dashes"]),
        ("cooperation", "co-operation", ["hyphenation"]),
        ("the words.", "the words", ["punctuation"]),
        ("Geoana said", "Geoană said", ["accents and ligatures"]),
        ("NATO words", "NATO's words", ["possessive", "quotation marks"]),
    ],
)
def test_each_kind_of_folding_has_its_name(quoted: str, source: str, wanted: list[str]) -> None:
    assert list(folded_kinds(quoted, source)) == wanted


def test_white_space_does_not_count_and_case_does() -> None:
    assert contains_exactly("The\n words  stand here", "words\tstand")
    assert not contains_exactly("The words stand here", "Words stand")


# --- segments --------------------------------------------------------------------------------------------


def test_segments_are_found_in_order() -> None:
    source = words(["a", "b", "c", "d", "e", "f"])
    assert found_segments([words(["b"]), words(["d", "e"])], source) == [[(1, 2), (3, 5)]]
    assert found_segments([words(["d", "e"]), words(["b"])], source) == []
    assert found_segments([words(["a", "c"])], source) == []


def test_a_later_start_is_tried_when_the_first_leads_nowhere() -> None:
    assert found_segments(
        [words(["a"]), words(["b"])], words(["a", *["x"] * (MOST_LEFT_OUT + 1), "a", "b"])
    ) == [[(MOST_LEFT_OUT + 2, MOST_LEFT_OUT + 3), (MOST_LEFT_OUT + 3, MOST_LEFT_OUT + 4)]]


def test_an_ellipsis_cannot_stand_for_more_than_the_limit() -> None:
    near, far = ["x"] * MOST_LEFT_OUT, ["x"] * (MOST_LEFT_OUT + 1)
    assert found_segments([words(["a"]), words(["b"])], words(["a", *near, "b"])) == [
        [(0, 1), (MOST_LEFT_OUT + 1, MOST_LEFT_OUT + 2)]
    ]
    assert found_segments([words(["a"]), words(["b"])], words(["a", *far, "b"])) == []


@given(few_words.filter(bool), few_words, few_words)
def test_words_are_found_wherever_they_stand(part: list[str], before: list[str], after: list[str]) -> None:
    source = [*before, *part, *after]
    places = found_segments([words(part)], words(source))
    assert [(len(before), len(before) + len(part))] in places
    assert all(source[start:end] == part for ((start, end),) in places)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("trust-fund", "trust fund", True),
        ("trust fund", "trust-fund", True),
        ("co-operation of trust-funds", "cooperation of trust funds", True),
        ("not able", "notable", False),
        ("not able", "not-able", True),
        ("10-15", "1015", False),
        ("co operation", "cooperation", False),
    ],
)
def test_a_hyphen_is_a_space_or_nothing_but_a_space_is_never_nothing(
    first: str, second: str, same: bool
) -> None:
    assert same_letters(quote_words(first), quote_words(second)) is same
    assert same_letters(quote_words(second), quote_words(first)) is same


def test_the_parts_of_a_quotation_are_aligned_in_order_around_the_longest() -> None:
    source = forms("a b c d x x x e f g h i j x x k l m")
    first, second, third = align_parts([forms("b q d"), forms("e f g h j"), forms("k m")], source)
    assert (first.start, first.end) == (1, 4)
    assert (second.start, second.end, second.score) == (7, 13, 0.8)
    assert (third.start, third.end) == (15, 18)
    assert [edit.source for edit in first.edits] == [(2, 3)]


# --- alignment -------------------------------------------------------------------------------------------


@given(few_words.filter(bool), few_words)
def test_the_score_is_that_of_the_nearest_stretch_of_the_source(quoted: list[str], source: list[str]) -> None:
    found = align(quoted, source)
    stretches = [source[i:j] for i in range(len(source) + 1) for j in range(i, len(source) + 1)]
    least = min(distance(quoted, stretch) for stretch in stretches)
    assert found.score == pytest.approx(1 - least / len(quoted))
    assert distance(quoted, source[found.start : found.end]) == least


@given(few_words.filter(bool), few_words)
def test_putting_the_edits_right_gives_the_source(quoted: list[str], source: list[str]) -> None:
    found = align(quoted, source)
    words = list(quoted)
    for edit in reversed(found.edits):
        words[slice(*edit.quoted)] = source[slice(*edit.source)]
    assert words == source[found.start : found.end]


@pytest.mark.parametrize(
    ("quoted", "source", "wanted"),
    [
        ("we will build trust", "we will grow trust", Edit((2, 3), (2, 3), DifferenceKind.WORD)),
        ("in 2018 we met", "in 2019 we met", Edit((1, 2), (1, 2), DifferenceKind.NUMBER)),
        ("we shall go", "we shall not go", Edit((2, 2), (2, 3), DifferenceKind.NEGATION)),
        ("we shall never go", "we shall go", Edit((2, 3), (2, 2), DifferenceKind.NEGATION)),
        ("we shall go", "we shall all go", Edit((2, 2), (2, 3), DifferenceKind.OMISSION)),
        ("we shall all go", "we shall go", Edit((2, 3), (2, 2), DifferenceKind.ADDITION)),
        ("not in 2018 here", "it was 2019 here", Edit((0, 3), (0, 3), DifferenceKind.NUMBER)),
        ("with no delay now", "with not delay now", Edit((1, 2), (1, 2), DifferenceKind.NEGATION)),
        ("they didnt go there", "they did go there", Edit((1, 2), (1, 2), DifferenceKind.NEGATION)),
    ],
)
def test_a_difference_has_its_kind(quoted: str, source: str, wanted: Edit) -> None:
    assert align(quoted.split(), source.split()).edits == (wanted,)


def test_words_in_no_common_with_a_source_score_nothing() -> None:
    found = align(["x", "y"], ["a", "b", "c"])
    assert found.score == 0
    assert align(["x"], []).score == 0
