from __future__ import annotations

from indexer.layout.blocks import Cell, Line
from indexer.layout.page.line_numbers import without_line_numbers
from tests.indexer.printing import sheet, typed

WORDS = "the wardens of the quays told the board what they had seen"


def numbered(number: int | None, y: float) -> Line:
    """A line of prose, with a number in the margin or without."""
    line = typed(WORDS, y, x=100)
    if number is None:
        return line
    cells = (Cell(str(number), 60, 66), Cell(WORDS, line.x0, line.x1))
    return typed(f"{number} {WORDS}", y, x=60, right=line.x1, cells=cells)


def texts(lines: list[Line]) -> set[str]:
    return {line.text for line in without_line_numbers([sheet(lines, 1)])[0].lines}


def test_numbers_of_all_lines_go() -> None:
    lines = [numbered(n, 100 + 12 * n) for n in range(1, 9)]
    assert texts(lines) == {WORDS}


def test_numbers_of_every_fifth_line_go_whether_drawn_apart_or_not() -> None:
    lines = [numbered(n if n % 5 == 0 else None, 100 + 12 * n) for n in range(1, 9)]
    assert texts([*lines, typed("10", 220, x=60)]) == {WORDS}


def test_numbers_of_paragraphs_stay() -> None:
    lines = [numbered(n // 4 + 1 if n % 4 == 0 else None, 100 + 12 * n) for n in range(24)]
    assert f"2 {WORDS}" in texts(lines)


def test_figures_inside_of_the_text_stay() -> None:
    lines = [numbered(None, 100 + 12 * n) for n in range(6)]
    assert "1999" in texts([*lines, typed("1999", 300, x=120)])
