from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout.blocks import NoteMark
from indexer.layout.words.cleaning import clean
from indexer.layout.words.note_marks import carried, find_figures, with_marks_placed
from tests.indexer.printing import typed


def read(text: str, heights: str) -> tuple[str, list[str]]:
    """The printed text and the signs of notes of a text whose characters above a `^` are raised, above a `v` lowered."""
    signs, printed, end = [], "", 0
    for figure in find_figures(text, lambda place: {"^": 1, "v": -1}.get(heights[place : place + 1], 0)):
        if figure.text is None:
            signs.append(text[figure.start : figure.end].strip())
        printed += text[end : figure.start] + (figure.text or "")
        end = figure.end
    return printed + text[end:], signs


@pytest.mark.parametrize(
    ("text", "heights", "signs"),
    [
        ("text.12 The", "     ^^", ["12"]),
        ("the pilots 3 agreed", "           ^", ["3"]),
        ("in 20155 they", "       ^", ["5"]),
        ("decision 14/CP.1,1 whereby", "                 ^", ["1"]),
        ("agreed.12, 13 Then", "       ^^^ ^^", ["12", ", 13"]),
        ("agenda** of", "      ^^", ["**"]),
        ("raised³ sign", "", ["³"]),
        ("12%6 of all", "   ^", ["6"]),
    ],
)
def test_raised_signs_behind_words_are_marks(text: str, heights: str, signs: list[str]) -> None:
    assert read(text, heights)[1] == signs


@pytest.mark.parametrize(
    ("text", "heights", "printed"),
    [
        ("40 m2 of quay", "    ^", "40 m² of quay"),
        ("about 105 ships", "       ^^", "about 1⁰⁵ ships"),
        ("10-6 grams", "  ^^", "10⁻⁶ grams"),
        ("10–3 grams", "  ^^", "10⁻³ grams"),
        ("the 1st pilot", "    ^", "the 1st pilot"),
        ("12 See the charts", "^^", "12 See the charts"),
        ("Figures 12 and 13", "", "Figures 12 and 13"),
        ("CO2 and H2O", "  v      v", "CO₂ and H₂O"),
        ("only 712 boats", "      ^^", "only 7¹² boats"),
        ("454grants", "  ^", "45⁴grants"),
    ],
)
def test_other_raised_and_lowered_figures_stay_marked(text: str, heights: str, printed: str) -> None:
    assert read(text, heights) == (printed, [])


def test_a_mark_drawn_apart_goes_back_into_its_sentence() -> None:
    line = typed("the Council, and endorses the view", 100)
    mark = typed("5", 96, x=72 + 5 * 12.5, size=6)
    (placed,) = with_marks_placed([line, mark])
    assert placed.text == line.text
    assert placed.marks == (NoteMark(len("the Council,"), "5"),)


def test_a_mark_drawn_apart_before_a_line_makes_it_a_note() -> None:
    (placed,) = with_marks_placed([typed("E/1998/76.", 700, x=80, size=8), typed("7", 696, x=74, size=5.5)])
    assert (placed.text, placed.marked) == ("7 E/1998/76.", True)


def test_figures_that_belong_to_no_line_stay() -> None:
    lines = [typed("12", 96, x=400, size=6), typed("Depth", 300)]
    assert with_marks_placed(lines) == tuple(lines)


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_place_stands_behind_the_same_letters_after_cleaning(text: str, place: int) -> None:
    place = min(place, len(text))
    after = clean(text)
    end = carried(text, place, after)
    assert 0 <= end <= len(after)
    if text.isascii() and not text[:place].endswith(" ") and "  " not in text and text.isprintable():
        letters = [char for char in text[:place] if char.isalnum()]
        assert [char for char in after[:end] if char.isalnum()] == letters


@pytest.mark.parametrize(
    ("text", "heights", "printed", "signs"),
    [
        ("of the pilots (4) who", "               ^", "of the pilots who", ["(4)"]),
        ("of the pilots (4 ). They", "               ^", "of the pilots. They", ["(4 )"]),
        ("(4) The charts of 1901", " ^", "(⁴) The charts of 1901", []),
    ],
)
def test_raised_figures_before_stops_and_in_brackets_leave_no_blank(
    text: str, heights: str, printed: str, signs: list[str]
) -> None:
    shown, found = read(text, heights)
    assert (shown, [sign for sign in found if sign]) == (printed, signs)
