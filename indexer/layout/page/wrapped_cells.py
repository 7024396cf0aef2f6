"""Tables whose cells are drawn one after the other, each with all of its lines: put together again, one line a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.layout.blocks import Cell, Line, NoteMark, Page
from indexer.layout.words.cleaning import join_lines

LEAST_ROWS = 3  # as of other tables; two boxes side by side are no table
MOST_LINES = 8  # of a cell
MOST_WORDS = 14
"""Words of a cell, as the mean of a table: what is longer is read as prose, box by box."""
_ALIGNED = 4.0  # points within which the cells of a column begin or have their middles
_DISTANCE = 1.6  # type sizes from one line of a cell to the next
_SAME_SIZE = 0.5  # points
_NO_WORDS: frozenset[str] = frozenset()
_Cell = list[Line]
_Row = list[_Cell]


def with_rows_together(page: Page) -> Page:
    """Return the `page` with each row of such tables as one line with its cells."""
    lines: list[Line] = []
    for rows in _tables(list(_rows(list(_cells(page.lines))))):
        lines.extend(rows)
    return replace(page, lines=tuple(lines))


def _cells(lines: Sequence[Line]) -> Iterator[_Cell]:
    """Lines one below the other in one column and type; what has cells of its own stands alone."""
    cell: _Cell = []
    for line in lines:
        if cell and not _goes_on(cell, line):
            yield cell
            cell = []
        cell.append(line)
    if cell:
        yield cell


def _goes_on(cell: _Cell, line: Line) -> bool:
    """The line is the next one of the cell."""
    last = cell[-1]
    down = line.baseline - last.baseline
    plain = not (line.slanted or last.slanted or line.cells or last.cells)
    near = 0 < down <= _DISTANCE * line.size and abs(line.size - last.size) <= _SAME_SIZE
    return plain and near and line.tag == last.tag and _in_column(line, last) and len(cell) < MOST_LINES


def _in_column(one: Line, two: Line) -> bool:
    """Both begin, end or have their middle at one place."""
    return (
        min(abs(one.x0 - two.x0), abs(one.x1 - two.x1), abs(one.x0 + one.x1 - two.x0 - two.x1) / 2)
        <= _ALIGNED
    )


def _rows(cells: Sequence[_Cell]) -> Iterator[_Row]:
    """Cells side by side, from the left to the right."""
    row: _Row = []
    for cell in cells:
        if row and not _is_beside(row[-1], cell):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _is_beside(left: _Cell, right: _Cell) -> bool:
    """The second cell stands to the right of the first, at the same height."""
    if left[0].slanted or right[0].slanted or left[0].cells or right[0].cells:
        return False
    apart = min(line.x0 for line in right) - max(line.x1 for line in left) >= 0.5 * left[0].size
    return apart and left[0].y0 < right[-1].y1 and right[0].y0 < left[-1].y1


def _tables(rows: Sequence[_Row]) -> Iterator[list[Line]]:
    """The lines of the page: those of each row of a table as one, all others as they are."""
    run: list[_Row] = []
    for row in [*rows, []]:
        if row and (len(row) > 1 or _is_line_of_cells(row)) and (not run or _is_below(run[-1], row)):
            run.append(row)
            continue
        yield _joined(run)
        run = [row] if len(row) > 1 else []
        if len(row) == 1:
            yield row[0]
    yield _joined(run)


def _is_line_of_cells(row: _Row) -> bool:
    """A row whose cells have one line each, which is one line already."""
    return len(row[0]) == 1 and len(row[0][0].cells) > 1


def _is_below(above: _Row, row: _Row) -> bool:
    """The row begins below the one above and shares the place of a cell with it, the first aside."""
    top = min(cell[0].baseline for cell in row)
    bottom = max(cell[-1].baseline for cell in above)
    edges, others = _edges(row), _edges(above)
    return top > bottom and any(
        abs(one[at] - two[at]) <= _ALIGNED for one in edges[1:] for two in others[1:] for at in (0, 1, 2)
    )


def _edges(row: _Row) -> list[tuple[float, float, float]]:
    """Left end, right end and middle of each cell."""
    spans = (
        [(cell.x0, cell.x1) for cell in row[0][0].cells]
        if len(row) == 1
        else [(min(line.x0 for line in cell), max(line.x1 for line in cell)) for cell in row]
    )
    return [(x0, x1, (x0 + x1) / 2) for x0, x1 in spans]


def _joined(run: Sequence[_Row]) -> list[Line]:
    """The rows of a table as a line each; the lines as they are where these are too few or hold prose."""
    lines = [line for row in run for cell in row for line in cell]
    drawn = [row for row in run if len(row) > 1]
    wrapped = any(len(cell) > 1 for row in drawn for cell in row)
    cells = sum(len(row) for row in drawn)
    words = sum(len(line.text.split()) for row in drawn for cell in row for line in cell)
    if len(run) < LEAST_ROWS or len(drawn) < LEAST_ROWS - 1 or not wrapped or words > MOST_WORDS * cells:
        return lines
    return [_row_line(row) if len(row) > 1 else row[0][0] for row in run]


def _row_line(row: _Row) -> Line:
    """The cells as one line, the marks of notes where they were."""
    texts = [join_lines([line.text for line in cell], _NO_WORDS) for cell in row]
    cells = tuple(
        Cell(text, min(line.x0 for line in cell), max(line.x1 for line in cell))
        for text, cell in zip(texts, row, strict=True)
    )
    starts = [0, *(len(" ".join(texts[:place])) + 1 for place in range(1, len(texts)))]
    marks = tuple(
        NoteMark(min(start + offset + mark.place, start + len(text)), mark.text)
        for start, text, cell in zip(starts, texts, row, strict=True)
        for offset, line in zip(_offsets(cell), cell, strict=True)
        for mark in line.marks
    )
    first = row[0][0]
    return replace(
        first,
        text=" ".join(texts),
        x0=cells[0].x0,
        x1=cells[-1].x1,
        y0=min(cell[0].y0 for cell in row),
        y1=max(cell[-1].y1 for cell in row),
        bold=all(line.bold for cell in row for line in cell),
        cells=cells,
        marks=marks,
    )


def _offsets(cell: _Cell) -> list[int]:
    """Where each line begins in the text of a cell, but for hyphens that were closed."""
    offsets = [0]
    for line, _ in pairwise(cell):
        offsets.append(offsets[-1] + len(line.text) + 1)
    return offsets
