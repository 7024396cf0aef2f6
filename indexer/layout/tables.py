"""Lines that are no prose: tables of contents are left out, rows of tables and labels of charts become one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.layout.blocks import Block, Cell, Line, Page
from indexer.layout.shapes import Shape
from indexer.layout.wording import ends_sentence, ends_with_number, has_leader, is_marker, starts_numbered
from search.model import PassageKind

# Lines with leaders on a page before what stands between them is taken for a table of contents, too.
LEADERS = 3
# Lines between two entries that still belong to the table of contents (long titles run over 2 or 3 lines).
BETWEEN = 3
# Rows with several cells before a region counts as a table, and rows between two of them with one cell.
ROWS, SINGLE_ROWS = 3, 3
# Edges of cells in one column agree within this many points.
ALIGNED = 4.0
# Short lines in a row before they are taken for labels of a chart or a map instead of headings, and how long
# such a label is at most, in words.
LABELS, LABEL_WORDS = 4, 5
_CONTENTS = re.compile(r"^(?:table of )?contents$|^(?:list of )?(?:tables|figures|boxes)$", re.IGNORECASE)


def without_contents(page: Page) -> Page:
    """The page without its table of contents."""
    titles = {place for place, line in enumerate(page.lines) if _CONTENTS.match(line.text.strip())}
    tagged = {place for place, line in enumerate(page.lines) if line.tag and line.tag.role == "TOC"}
    gone = titles | tagged | _leader_lines(page.lines) | _listed_lines(page.lines)
    return replace(page, lines=tuple(line for place, line in enumerate(page.lines) if place not in gone))


def _is_row(line: Line) -> bool:
    """Several cells stand in the line, and no tag says that it is anything but a plain paragraph or table."""
    return len(own_cells(line)) > 1 and (line.tag is None or line.tag.role in ("P", "Table"))


def own_cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a line; the mark of a list or the number of a paragraph in front is none."""
    first = line.cells[0].text if line.cells else ""
    return line.cells[1:] if is_marker(first) else line.cells


def _leader_lines(lines: Sequence[Line]) -> set[int]:
    """Places of lines with leaders, and of the few lines between them when there are many."""
    places = [place for place, line in enumerate(lines) if has_leader(line.text)]
    gone = set(places)
    if len(places) >= LEADERS:
        for first, second in pairwise(places):
            if second - first <= BETWEEN + 1:
                gone.update(range(first, second))
    return gone


def _listed_lines(lines: Sequence[Line]) -> set[int]:
    """Places of the entries below a heading `Contents`, as long as most of them end with a number."""
    start = next((place for place, line in enumerate(lines) if _CONTENTS.match(line.text.strip())), None)
    if start is None:
        return set()
    ends = [place for place in range(start + 1, len(lines)) if ends_with_number(lines[place].text)]
    gone, last = {start}, start
    for place in ends:
        if place - last > BETWEEN + 1:
            break
        gone.update(range(last, place + 1))
        last = place
    return gone if len(gone) > LEADERS else set()


def part_tables(page: Page) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """(is a table, lines) of the regions of a page, in their order."""
    inside = _table_places(page.lines)
    region: list[Line] = []
    for place, line in enumerate(page.lines):
        if region and (place in inside) != (place - 1 in inside):
            yield place - 1 in inside, tuple(region)
            region = []
        region.append(line)
    if region:
        yield len(page.lines) - 1 in inside, tuple(region)


def _table_places(lines: Sequence[Line]) -> set[int]:
    """Places of lines that are rows of tables."""
    rows = [place for place, line in enumerate(lines) if _is_row(line)]
    inside = {place for place, line in enumerate(lines) if line.tag and line.tag.role == "Table"}
    for group in _neighbours(rows):
        if len(group) >= ROWS and _aligned([lines[place] for place in group]):
            inside.update(range(group[0], group[-1] + 1))
    return inside


def _neighbours(rows: Sequence[int]) -> Iterator[list[int]]:
    """Rows in groups without more than `SINGLE_ROWS` other lines between two of them."""
    group: list[int] = []
    for place in rows:
        if group and place - group[-1] > SINGLE_ROWS + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _aligned(rows: Sequence[Line]) -> bool:
    """Most rows share the edge of a cell other than the first with another row."""
    edges = [{round(edge / ALIGNED) for cell in row.cells[1:] for edge in (cell.x0, cell.x1)} for row in rows]
    shared = sum(any(mine & other for other in edges if other is not mine) for mine in edges)
    return shared * 3 >= len(rows) * 2


def table_block(lines: Sequence[Line]) -> Block:
    """One block of kind table; cells are parted by bars."""
    barred = tuple(
        replace(line, text=" | ".join(cell.text for cell in line.cells)) if line.cells else line
        for line in lines
    )
    return Block(PassageKind.TABLE, barred)


def with_labels_gathered(blocks: Sequence[Block], shape: Shape) -> list[Block]:
    """Rows that stand between parts of a table joined with it; runs of short lines that are no sentences made one
    table block: the labels of a chart or a map.
    """
    gathered: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and (block.kind is PassageKind.TABLE or _is_label(block, shape)):
            run.append(block)
            continue
        gathered.extend(_gathered(run))
        run = []
        if block is not None:
            gathered.append(block)
    return gathered


def _gathered(run: Sequence[Block]) -> list[Block]:
    """A run of tables and labels: from the first table to the last as one, with the labels around if they are many.

    A few lines before or behind a table may be its title or a note; many are its outer rows.
    """
    tables = [place for place, block in enumerate(run) if block.kind is PassageKind.TABLE]
    if not tables and len(run) < LABELS:
        return list(run)
    start, end = (tables[0], tables[-1] + 1) if tables else (0, len(run))
    start = 0 if start >= LABELS else start
    end = len(run) if len(run) - end >= LABELS else end
    lines = tuple(line for block in run[start:end] for line in block.lines)
    return [*run[:start], Block(PassageKind.TABLE, lines), *run[end:]]


def _is_label(block: Block, shape: Shape) -> bool:
    """A short text in small type that is no sentence."""
    short = len(block.raw.split()) <= LABEL_WORDS
    kinds = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
    plain = block.kind in kinds and not ends_sentence(block.raw) and not starts_numbered(block.raw)
    return (
        short
        and plain
        and block.first.size < shape.body_size * 1.05
        and (block.first.tag is None or block.first.tag.role == "P")
    )
