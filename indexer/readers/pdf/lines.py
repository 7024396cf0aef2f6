"""Pieces of printed lines put together: what stands side by side on one baseline is one line, with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from indexer.layout.blocks import BROKEN_WORD, Cell, Line, NoteMark
from indexer.layout.words.note_marks import (
    RAISED_BY,
    RAISED_SIZE,
    is_lone_mark,
    is_note_sign,
    marks_in,
    without_own_mark,
)
from indexer.layout.words.raised import ends_number, is_number_sign, raised

# A gap wider than this many type sizes parts two cells. On 59 labelled pages 1.5 and 2.5 give the same figures; at 1.0
# justified prose falls apart (recall .989 to .967).
CELL_GAP = 1.5
# Baselines closer than this share of the type size are one line; raised marks differ by about a third.
SAME_LINE = 0.2
# A hyphen within this many type sizes of a letter belongs to its word; a dash has a blank of a quarter before it.
HYPHEN_GAP = 0.15
_DOUBLED = re.compile(r"(?:(\S)\1)+")
LEAST_DOUBLED = 8  # letters; shorter runs of pairs occur in words and numbers ("1100", "aa")
_HYPHENS = ("-", "\u00ad", "\u2010")
_STOPS = (",", ";", ".", ")", "]")


def changed(line: Line, **values: Any) -> Line:
    """Return a copy with other values (dataclasses.replace is ten times slower with slots)."""
    fields = {name: getattr(line, name) for name in Line.__slots__} | values
    return Line(**fields)


def joined_lines(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield neighbours on one baseline made one line again; a small raised figure behind a line is its footnote mark."""
    held: Line | None = None
    for line in lines:
        if held is None or not _side_by_side(held, line):
            if held:
                yield held
            held = line
        elif _is_raised(held, line):
            held = _with_figure(held, line)
        else:
            held = _merged(held, line)
    if held:
        yield held


def _is_raised(held: Line, line: Line) -> bool:
    """The second is a footnote mark of the first."""
    small = line.size < RAISED_SIZE * held.size and is_lone_mark(line) and not held.text.endswith("(")
    return small and held.baseline - line.baseline > RAISED_BY * held.size


def _with_figure(held: Line, line: Line) -> Line:
    """The line with a raised figure behind it: the sign of a note leaves the text, a power stays as a superscript."""
    if is_note_sign(held.text, line.text.strip()):
        return changed(held, marks=held.marks + marks_in(line.text, len(held.text)))
    return changed(held, text=held.text + raised(line.text.strip()), x1=line.x1, cells=())


def _side_by_side(held: Line, line: Line) -> bool:
    """Both stand on one line, the second to the right of the first."""
    size = max(held.size, line.size)
    small, large = sorted((held, line), key=lambda part: part.size)
    level = abs(held.baseline - line.baseline) <= SAME_LINE * size or (
        small.size < RAISED_SIZE * size and large.y0 <= small.baseline <= large.y1
    )
    right = line.x0 >= held.x1 - 0.3 * size
    return level and right and not (held.slanted or line.slanted or held.text.endswith(BROKEN_WORD))


def _merged(held: Line, line: Line) -> Line:
    """Two neighbours as one line; a wide gap between them parts cells."""
    gap, size = line.x0 - held.x1, max(held.size, line.size)
    line = _without_mark_behind(held, line) if gap <= CELL_GAP * size else line
    space = "" if _belongs(held, line, gap / size) else " "
    first = held.cells or (Cell(held.text, held.x0, held.x1),)
    second = line.cells or (Cell(line.text, line.x0, line.x1),)
    if gap > CELL_GAP * size:
        cells = first + second
    else:
        middle = Cell(f"{first[-1].text}{space}{second[0].text}", first[-1].x0, second[0].x1)
        cells = (*first[:-1], middle, *second[1:])
    longer = held if len(held.text) >= len(line.text) else line
    start = len(held.text) + len(space)
    raised = held.size < RAISED_SIZE * line.size and line.baseline - held.baseline > RAISED_BY * line.size
    return changed(
        longer,
        text=f"{held.text}{space}{line.text}",
        x0=held.x0,
        x1=max(held.x1, line.x1),
        y0=min(held.y0, line.y0),
        y1=longer.y1,
        bold=held.bold and line.bold,
        italic=held.italic and line.italic,
        cells=cells if len(cells) > 1 else (),
        marked=held.marked or raised,
        tag=longer.tag or held.tag or line.tag,
        marks=(*held.marks, *(NoteMark(mark.place + start, mark.text) for mark in line.marks)),
    )


def _belongs(held: Line, line: Line, gap: float) -> bool:
    """The second text goes on in the last word of the first: a hyphen, a comma, or the raised ending of a number ("2nd").

    `gap` is what is between them in type sizes.
    """
    if gap >= HYPHEN_GAP or not held.text:
        return False
    behind_word = held.text[-1:].isalnum()
    first = line.text.split(" ", 1)[0]
    ending = ends_number(held.text, first) or (first == "º" and is_number_sign(held.text, first))
    return ending or (behind_word and (line.text in _HYPHENS or line.text.startswith(_STOPS)))


def _without_mark_behind(held: Line, line: Line) -> Line:
    """The second line without a raised mark at its beginning: behind words it is the mark of a note, not a note's own."""
    if not line.marked or is_lone_mark(held) or not line.text:
        return line
    text, marks = without_own_mark(line)
    return changed(line, text=text, marks=marks, marked=False, cells=()) if text else line


def undoubled(text: str) -> str:
    """Return type that is printed twice, a little apart, to look heavy or to cast a shadow, as it is meant.

    >>> undoubled("AANNNNUUAALL RREEPPOORRTT"), undoubled("1100 22")
    ('ANNUAL REPORT', '1100 22')
    """
    words = text.split()
    doubled = sum(map(len, words)) >= LEAST_DOUBLED and all(map(_DOUBLED.fullmatch, words))
    return " ".join(word[::2] for word in words) if doubled and any(map(str.isalpha, text)) else text
