"""Numbers of lines in the margin, as drafts and records of courts have them: each line, or every fifth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.layout.blocks import Line, Page

# Numbers on a page before they number each of its lines, and the share of its lines that must have one: numbers of
# paragraphs stand beside their first lines only.
FEWEST, SHARE = 5, 0.5
# Every fifth line is numbered where all numbers in the margin are multiples of five, in their order, and at least so many.
STEP, FEWEST_FIFTHS = 5, 2
_LONGEST = 4  # digits


def without_line_numbers(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the `pages` without the numbers of lines in their left and right margins."""
    found = {page.number: dict(_numbers(page)) for page in pages}
    return tuple(
        _without(page, found[page.number]) if _each(page, found[page.number]) or _fifths(found) else page
        for page in pages
    )


def _numbers(page: Page) -> Iterator[tuple[int, int]]:
    """(place of the line, number) of each number that stands alone outside of the text."""
    prose = [line for line in page.lines if not line.slanted and _own_text(line)]
    if not prose:
        return
    left = min(_text_left(line) for line in prose)
    right = max(line.cells[-2].x1 if _is_number(_last(line)) else line.x1 for line in prose)
    for place, line in enumerate(page.lines):
        first, last = _first(line), _last(line)
        if _is_number(first) and (line.cells[0].x1 if line.cells else line.x1) < left:
            yield place, int(first)
        elif _is_number(last) and (line.cells[-1].x0 if line.cells else line.x0) > right:
            yield place, int(last)


def _first(line: Line) -> str:
    """The first cell of a line, or all of it."""
    return line.cells[0].text if line.cells else line.text.strip()


def _last(line: Line) -> str:
    """The last cell of a line that has several; "" for any other."""
    return line.cells[-1].text if line.cells else ""


def _is_number(text: str) -> bool:
    """Figures alone."""
    return text.isdecimal() and len(text) <= _LONGEST


def _own_text(line: Line) -> bool:
    """More than numbers stands in the line."""
    return any(map(str.isalpha, line.text))


def _text_left(line: Line) -> float:
    """Where the text of a line begins, a number in front of it aside."""
    return line.cells[1].x0 if line.cells and _is_number(_first(line)) else line.x0


def _each(page: Page, numbers: Mapping[int, int]) -> bool:
    """Each line of the page is numbered: the numbers go up one by one, and most lines have one."""
    ordered = [numbers[place] for place in sorted(numbers, key=lambda place: page.lines[place].baseline)]
    lines = len({round(line.baseline) for line in page.lines if _own_text(line)})
    rising = all(second - first == 1 for first, second in pairwise(ordered))
    return len(ordered) >= FEWEST and rising and len(ordered) >= SHARE * lines


def _fifths(found: Mapping[int, Mapping[int, int]]) -> bool:
    """Every fifth line is numbered, all through the document."""
    pages = [sorted(numbers.values()) for numbers in found.values() if numbers]
    regular = all(
        number % STEP == 0 and number == values[0] + STEP * place
        for values in pages
        for place, number in enumerate(values)
    )
    return regular and sum(map(len, pages)) >= FEWEST_FIFTHS


def _without(page: Page, numbers: Mapping[int, int]) -> Page:
    """The page without these numbers."""
    lines = []
    for place, line in enumerate(page.lines):
        if place not in numbers:
            lines.append(line)
        elif line.cells:
            cells = line.cells[1:] if _is_number(_first(line)) else line.cells[:-1]
            text = " ".join(cell.text for cell in cells)
            kept = cells if len(cells) > 1 else ()
            lines.append(replace(line, text=text, cells=kept, x0=cells[0].x0, x1=cells[-1].x1, marks=()))
    return replace(page, lines=tuple(lines))
