from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.layout.blocks import BROKEN_WORD, Line, Tag
from indexer.layout.paged.paragraphs import page_blocks
from indexer.layout.paged.type_metrics import Shape
from tests.indexer.printing import set_lines, sheet, typed

SHAPE = Shape(10.0, {10.0: 12.0})
FULL = {"right": 540.0}


def texts(lines: list[Line]) -> list[str]:
    return [block.raw for block in page_blocks(sheet(lines), SHAPE)]


def test_lines_at_the_usual_distance_are_one_paragraph() -> None:
    assert texts(set_lines(["one line", "and the next", "and the last"], **FULL)) == [
        "one line and the next and the last"
    ]


def test_a_gap_parts_paragraphs() -> None:
    lines = [
        *set_lines(["first one", "ends here"], 100, **FULL),
        *set_lines(["second one", "too"], 130, **FULL),
    ]
    assert texts(lines) == ["first one ends here", "second one too"]


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = set_lines(
        ["A paragraph that", "goes on for long", "and fills its lines.", "The next begins", "further in."],
        **FULL,
    )
    lines[3] = typed("The next begins", 136, x=90, right=540)
    assert texts(lines) == [
        "A paragraph that goes on for long and fills its lines.",
        "The next begins further in.",
    ]


def test_a_numbered_paragraph_may_hang() -> None:
    lines = [
        typed("12. The board agreed", 100, x=72, right=540),
        *set_lines(["to meet again", "in spring."], 112, x=100, right=540),
    ]
    assert texts(lines) == ["12. The board agreed to meet again in spring."]


def test_a_short_line_with_a_full_stop_ends_a_paragraph() -> None:
    lines = [
        typed("The board agreed to", 100, right=540),
        typed("meet again.", 112, right=130),
        typed("Pilots did not.", 124, right=540),
    ]
    assert texts(lines) == ["The board agreed to meet again.", "Pilots did not."]


def test_a_short_line_that_goes_on_in_small_letters_does_not() -> None:
    lines = [
        typed("Beside the picture", 100, right=540),
        typed("lines are", 112, right=300),
        typed("shorter than elsewhere.", 124, right=540),
    ]
    assert len(texts(lines)) == 1


def test_larger_type_begins_anew() -> None:
    assert texts([typed("A Heading", 100, size=14), typed("plain words", 114)]) == [
        "A Heading",
        "plain words",
    ]


def test_a_bold_beginning_stays_in_its_paragraph() -> None:
    lines = [
        typed("The bold words of a recommendation", 100, right=540, bold=True),
        typed("go on in plain type.", 112, right=540),
    ]
    assert len(texts(lines)) == 1


@pytest.mark.parametrize(("right", "paragraphs"), [(390.0, 2), (450.0, 1)])
def test_a_line_that_leaves_a_quarter_of_its_column_empty_ends_a_paragraph(
    right: float, paragraphs: int
) -> None:
    lines = [
        *set_lines(["The board of the harbour", "and the pilots of the town"], 100, **FULL),
        typed("came together", 124, right=right),
        *set_lines(["Lights were put on the", "pier in the same year"], 136, **FULL),
    ]
    assert len(texts(lines)) == paragraphs


def test_a_bold_line_with_room_is_a_block_of_its_own() -> None:
    lines = [
        typed("Results", 100, bold=True),
        *set_lines(["The boats measured", "every channel"], 112, **FULL),
    ]
    assert texts(lines) == ["Results", "The boats measured every channel"]


def test_bullets_part_items() -> None:
    lines = [
        typed("• pilots share soundings", 100, right=540),
        typed("• boards publish charts", 112, right=540),
    ]
    assert len(texts(lines)) == 2


def test_a_letter_in_brackets_inside_of_prose_parts_nothing() -> None:
    lines = set_lines(
        ["the board shall (a) publish its charts;", "(b) pay its pilots; and (c) light", "the mole."], **FULL
    )
    assert len(texts(lines)) == 1


def test_a_broken_word_never_parts() -> None:
    lines = [
        typed(f"a short sym{BROKEN_WORD}", 100, right=200),
        typed("Posium of towns", 112, x=72, right=540),
    ]
    assert len(texts(lines)) == 1


def test_columns_are_blocks_of_their_own() -> None:
    lines = [*set_lines(["left column"], 100), *set_lines(["right column"], 100, x=330)]
    assert texts(lines) == ["left column", "right column"]


def test_a_footnote_ends_where_the_next_mark_stands() -> None:
    lines = [
        typed("1 See the charts, available at", 700, size=8, marked=True),
        typed("Harbour Archive.", 709, size=8),
        typed("2 Ibid.", 718, size=8, marked=True),
    ]
    assert texts(lines) == ["1 See the charts, available at Harbour Archive.", "2 Ibid."]


def test_lines_set_flush_right_are_one_signature() -> None:
    lines = [typed("Pilot of the harbour board for the soundings of", 100, x=255, right=489)]
    lines = [
        typed("(Signed) A. Master", 88, x=380, right=489),
        *lines,
        typed("resolution 12", 112, x=390, right=488),
    ]
    assert texts(lines) == [
        "(Signed) A. Master Pilot of the harbour board for the soundings of resolution 12"
    ]


def test_the_source_below_a_note_is_a_paragraph_of_its_own() -> None:
    lines = set_lines(["1 Estimates differ.", "Source: harbour board."], right=540, size=8)
    lines[0] = replace(lines[0], marked=True)
    assert texts(lines) == ["1 Estimates differ.", "Source: harbour board."]


def test_a_numbered_paragraph_below_a_gap_begins_one_though_tagged_with_the_one_before() -> None:
    tag = Tag(4, "LI")
    lines = [
        typed("would do so in the future;", 100, x=99, right=540, tag=tag),
        typed("60. Furthermore, the board", 123, x=70, right=540, tag=tag),
    ]
    assert texts(lines) == ["would do so in the future;", "60. Furthermore, the board"]


def test_notes_whose_numbers_touch_their_text_are_parted() -> None:
    lines = set_lines(["4https://example.org/charts", "5https://example.org/tides"], right=540, size=8)
    assert len(texts(lines)) == 2
