"""Automatic numbers of Word files. The expected ones are what ECMA-376 part 1, 17.9, lays down."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers import read
from indexer.readers.docx.numbering import Level, ListOf, Numbering, format_number
from indexer.reading.limits import ReadingLimits
from tests.indexer.readers.office_files import W, p, with_parts, write_docx

DECIMAL = Level(1, "decimal", "%1.")
LETTER = Level(1, "lowerLetter", "(%2)")
OUTLINE = {
    0: Level(1, "upperRoman", "%1."),
    1: Level(1, "decimal", "%1.%2", legal=True),
    2: Level(1, "lowerRoman", "(%3)"),
}


def labels(numbering: Numbering, *asked: tuple[str, int]) -> list[str]:
    return [numbering.next_label(num_id, level) for num_id, level in asked]


def test_items_count_and_begin_anew_below_the_next_item_above() -> None:
    numbering = Numbering({"1": ListOf("a", {0: DECIMAL, 1: LETTER})})
    asked = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    assert labels(numbering, *asked) == ["1.", "(a)", "(b)", "2.", "(a)"]


def test_two_lists_of_one_kind_share_their_count_unless_one_begins_anew() -> None:
    lists = {
        "1": ListOf("a", {0: DECIMAL}),
        "2": ListOf("a", {0: DECIMAL}),
        "3": ListOf("a", {0: DECIMAL}, {0: 1}),
    }
    assert labels(Numbering(lists), ("1", 0), ("2", 0), ("3", 0), ("3", 0)) == ["1.", "2.", "1.", "2."]


def test_numbers_of_upper_levels_stand_in_lower_ones() -> None:
    numbering = Numbering({"1": ListOf("a", OUTLINE)})
    asked = [("1", 0), ("1", 1), ("1", 2), ("1", 0), ("1", 1)]
    assert labels(numbering, *asked) == ["I.", "1.1", "(i)", "II.", "2.1"]


def test_a_level_that_never_restarts_goes_on() -> None:
    on = Level(1, "decimal", "%2", restart=0)
    numbering = Numbering({"1": ListOf("a", {0: DECIMAL, 1: on})})
    assert labels(numbering, ("1", 0), ("1", 1), ("1", 0), ("1", 1)) == ["1.", "1", "2.", "2"]


def test_bullets_and_unknown_lists_have_no_number() -> None:
    numbering = Numbering({"1": ListOf("a", {0: Level(1, "bullet", "•")})})
    assert labels(numbering, ("1", 0), ("1", 3), ("9", 0)) == ["", "", ""]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (3, "lowerLetter", "c"),
        (27, "upperLetter", "AA"),
        (9, "lowerRoman", "ix"),
        (5, "chicago", "5"),
        (0, "lowerRoman", "0"),
    ],
)
def test_forms_of_numbers(number: int, form: str, printed: str) -> None:
    assert format_number(number, form) == printed


def numbered(text: str, num_id: int, level: int = 0) -> str:
    listing = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr></w:pPr>'
    return p(text, listing)


def test_a_file_is_read_with_the_numbers_that_word_prints(tmp_path: Path) -> None:
    def level(number: int, form: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    part = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}'
        '</w:abstractNum><w:num w:numId="70"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    items = [
        numbered("The board agreed on lights.", 70),
        numbered("on the north pier;", 70, 1),
        numbered("on the south pier.", 70, 1),
        numbered("", 70),
        numbered("Pilots report each month.", 70),
    ]
    path = write_docx(tmp_path / "a.docx", ("xml", "".join(items)))
    with_parts(path, {"word/numbering.xml": lambda _: part.encode()})
    assert [draft.text for draft in read(path, ReadingLimits()).passages] == [
        "1. The board agreed on lights.",
        "(a) on the north pier;",
        "(b) on the south pier.",
        "3. Pilots report each month.",
    ]


def test_a_style_that_numbers_does_so(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx", ("List Number", "Lights on both piers."), ("List Number", "Tide tables.")
    )
    assert [draft.text for draft in read(path, ReadingLimits()).passages] == [
        "1. Lights on both piers.",
        "2. Tide tables.",
    ]
