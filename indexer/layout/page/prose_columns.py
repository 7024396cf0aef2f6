"""Columns of prose that a file draws row by row: told from tables by sentences that go on below, and read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.layout.blocks import Cell, Line, NoteMark, Page
from indexer.layout.words.line_patterns import ends_sentence

LEAST_ROWS = 5  # lines with words in several columns; tables of so many rows of prose are seldom
LEAST_WORDS = 3.5  # of a cell, as the mean of each column; cells of tables hold fewer
GOES_ON = 0.5
"""Share of the lines of a column that begin with a small letter behind one that ends no sentence. In prose seven lines of ten
do; cells of tables begin with capitals and figures."""
LEAST_WIDTH = 0.15  # of the width of the page


def with_columns_apart(page: Page) -> Page:
    """Return the `page` with columns of prose, where it writes them row by row, one below the other, the left one first."""
    lines: list[Line] = []
    for run in _runs(page.lines):
        columns = _columns(run, page.width)
        lines.extend(line for column in columns for line in column) if columns else lines.extend(run)
    return replace(page, lines=tuple(lines))


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines below each other between whose cells the same gutter is free; every other line is a run of its own."""
    run: list[Line] = []
    for line in lines:
        if run and not (_is_plain(line) and line.baseline > run[-1].baseline and _gutters([*run, line])):
            yield from _parted(run)
            run = []
        if run or (_is_plain(line) and len(line.cells) > 1):
            run.append(line)
        else:
            yield [line]
    if run:
        yield from _parted(run)


def _parted(run: Sequence[Line]) -> Iterator[list[Line]]:
    """The run up to its last line in the type of its first, then each line that follows: a heading below is no part of it."""
    end = (
        max(place for place, line in enumerate(run) if abs(line.size - run[0].size) <= 0.1 * run[0].size) + 1
    )
    yield list(run[:end])
    yield from ([line] for line in run[end:])


def _is_plain(line: Line) -> bool:
    """A level line without a tag, or with that of a paragraph."""
    return not line.slanted and (line.tag is None or line.tag.role == "P")


def _cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a line, one where it has no gaps."""
    return line.cells or (Cell(line.text, line.x0, line.x1),)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Middles of the strips between the cells that no cell of any line crosses, from the left."""
    spans = sorted((cell.x0, cell.x1) for line in lines for cell in _cells(line))
    free: list[float] = []
    right = spans[0][1]
    for left, end in spans[1:]:
        if left > right:
            free.append((left + right) / 2)
        right = max(right, end)
    return free


def _columns(run: Sequence[Line], width: float) -> list[list[Line]]:
    """The lines of each column where all of them hold prose, else none."""
    if sum(len(line.cells) > 1 for line in run) < LEAST_ROWS:
        return []
    edges = [0.0, *_gutters(run), float("inf")]
    columns = [
        [part for line in run if (part := _part(line, left, right))] for left, right in pairwise(edges)
    ]
    return columns if len(columns) > 1 and all(_is_prose(column, width) for column in columns) else []


def _is_prose(column: Sequence[Line], width: float) -> bool:
    """Sentences that go on from line to line in a column of some width."""
    if len(column) < LEAST_ROWS:
        return False
    wide = max(line.x1 for line in column) - min(line.x0 for line in column) >= LEAST_WIDTH * width
    words = sum(len(line.text.split()) for line in column) / len(column)
    going_on = sum(
        not ends_sentence(one.text) and other.text[:1].islower() for one, other in pairwise(column)
    )
    return wide and words >= LEAST_WORDS and going_on >= GOES_ON * (len(column) - 1)


def _part(line: Line, left: float, right: float) -> Line | None:
    """What a line holds between two edges, the marks of notes where they were; None where nothing stands there."""
    every = _cells(line)
    inside = [cell for cell in every if left <= cell.x0 < right]
    if not inside:
        return None
    if len(inside) == len(every):
        return line
    text = " ".join(cell.text for cell in inside)
    cells = tuple(inside) if len(inside) > 1 else ()
    marks: tuple[NoteMark, ...] = ()
    if line.text == " ".join(
        cell.text for cell in every
    ):  # else where a mark stands in its cell is not known
        start = sum(len(cell.text) + 1 for cell in every[: every.index(inside[0])])
        kept = (mark for mark in line.marks if start < mark.place <= start + len(text))
        marks = tuple(NoteMark(mark.place - start, mark.text) for mark in kept)
    return replace(line, text=text, x0=inside[0].x0, x1=inside[-1].x1, cells=cells, marks=marks)
