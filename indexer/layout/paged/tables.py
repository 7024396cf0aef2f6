"""Lines that are no prose: tables of contents are left out, rows of tables and labels of charts become one block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from indexer.layout.blocks import Block, Cell, Line, Page
from indexer.layout.paged.type_metrics import Shape
from indexer.layout.words.line_patterns import (
    ends_sentence,
    ends_with_number,
    has_leader,
    has_open_leader,
    is_marker,
    names_figure,
    starts_numbered,
)
from indexer.layout.words.note_marks import carried
from search.model import PassageKind

# Lines with leaders on a page before what stands between them is taken for a table of contents, too.
LEADERS = 3
# Lines between two entries that still belong to the table of contents (long titles run over 2 or 3 lines).
BETWEEN = 3
# Rows with several cells before a region counts as a table, and rows between two of them with one cell.
ROWS, SINGLE_ROWS = 3, 3
# Edges of cells in one column agree within this many points.
ALIGNED = 4.0
# The head of a column stands at most this many type sizes above the first row; a title of a section stands farther.
HEAD = 1.7
# Short lines in a row before they are taken for labels of a chart or a map instead of headings, and how long
# such a label is at most, in words.
LABELS, LABEL_WORDS = 4, 5
# Words of a line of prose; cells of tables of one column are labels.
PROSE_WORDS = 8
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_LEADERS = re.compile(r"(?:\.\s?){4,}")
_LED_ROW = re.compile(r"(?:\.\s?){4,}\s*[^\s.]")
_CONTENTS = re.compile(r"^(?:table of )?contents$|^(?:list of )?(?:tables|figures|boxes)$", re.IGNORECASE)


def without_contents(page: Page) -> Page:
    """Return the page without its table of contents."""
    titles = {place for place, line in enumerate(page.lines) if _CONTENTS.match(line.text.strip())}
    tagged = {place for place, line in enumerate(page.lines) if line.tag and line.tag.role == "TOC"}
    gone = titles | tagged | _leader_lines(page.lines) | _listed_lines(page.lines)
    return replace(page, lines=tuple(line for place, line in enumerate(page.lines) if place not in gone))


def without_boxes(page: Page) -> Page:
    """Return the page with the lines of boxed prose told from tables: what is tagged as a table, but has one column and sentences.

    Writers draw a frame around a summary as a table of one cell.
    """
    boxed: set[int] = set()
    for tag, group in groupby(enumerate(page.lines), key=lambda item: item[1].tag):
        rows = list(group)
        if tag is not None and tag.role == "Table" and _is_prose([line for _, line in rows]):
            boxed.update(place for place, _ in rows)
    if not boxed:
        return page
    lines = [replace(line, tag=None) if place in boxed else line for place, line in enumerate(page.lines)]
    return replace(page, lines=tuple(lines))


def _is_prose(lines: Sequence[Line]) -> bool:
    """One column of lines, of which at least one is as long as lines of sentences are."""
    below = all(second.baseline - first.baseline > 0.5 * first.size for first, second in pairwise(lines))
    one_cell = all(len(own_cells(line)) < 2 for line in lines)
    return below and one_cell and any(len(line.text.split()) >= PROSE_WORDS for line in lines)


def _is_row(line: Line) -> bool:
    """Several cells stand in the line, and no tag says that it is anything but a plain paragraph or table."""
    rowlike = (len(own_cells(line)) > 1 and not names_figure(line.text)) or _is_led_row(line)
    return rowlike and (line.tag is None or line.tag.role in ("P", "Table"))


def own_cells(line: Line) -> tuple[Cell, ...]:
    """Return the cells of a line; the mark of a list or the number of a paragraph in front is none."""
    first = line.cells[0].text if line.cells else ""
    return line.cells[1:] if is_marker(first) else line.cells


def _leader_lines(lines: Sequence[Line]) -> set[int]:
    """Places of lines with leaders, and of the few lines between them when there are many.

    Leaders that lead to nothing on their line count among others only: alone they are an ellipsis. A page with more
    rows of figures behind leaders than entries holds a table.
    """
    sure = [place for place, line in enumerate(lines) if has_leader(line.text) and len(line.cells) <= 3]
    open_ended = [place for place, line in enumerate(lines) if has_open_leader(line.text)]
    rows = [place for place, line in enumerate(lines) if _is_led_row(line)]
    if len(rows) >= max(ROWS, len(sure)):
        return set()
    places = sorted({*sure, *open_ended}) if len(sure) >= LEADERS or len(open_ended) >= LEADERS else sure
    gone = set(places)
    if len(places) >= LEADERS:
        for first, second in pairwise(places):
            if second - first <= BETWEEN + 1:
                gone.update(range(first, second))
    return gone


def _is_led_row(line: Line) -> bool:
    """A row of a table whose first cell ends in leaders."""
    return bool(_LED_ROW.search(line.text)) and not has_leader(line.text)


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
    """Yield (is a table, lines) of the regions of a page, in their order."""
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
    edges = [_edges(row) for row in rows]
    shared = sum(
        _is_led_row(row) or any(mine & other for other in edges if other is not mine)
        for row, mine in zip(rows, edges, strict=True)
    )
    return shared * 3 >= len(rows) * 2


def _edges(row: Line) -> set[tuple[str, int]]:
    """Left end, right end and middle of the cells of a row but the first, in steps of `ALIGNED`."""
    places = [
        (name, edge)
        for cell in row.cells[1:]
        for name, edge in (("left", cell.x0), ("right", cell.x1), ("middle", (cell.x0 + cell.x1) / 2))
    ]
    return {(name, round(edge / ALIGNED)) for name, edge in places}


def table_block(lines: Sequence[Line]) -> Block:
    """Return one block of kind table; cells are parted by bars."""
    return Block(PassageKind.TABLE, tuple(map(_row, lines)))


def _row(line: Line) -> Line:
    """A row as readable text, the marks of notes where they were."""
    text = _row_text(line)
    marks = tuple(replace(mark, place=carried(line.text, mark.place, text)) for mark in line.marks)
    return replace(line, text=text, marks=marks)


def _row_text(line: Line) -> str:
    """The cells of a row with bars between them; leaders are bars, too."""
    texts = [part.strip() for cell in line.cells or (line,) for part in _LEADERS.split(cell.text)]
    return " | ".join(text for text in texts if text) or line.text


def with_labels_gathered(blocks: Sequence[Block], shape: Shape) -> list[Block]:
    """Return rows that stand between parts of a table joined with it; runs of short lines that are no sentences made one
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
    if not tables and any(block.first.slanted for block in run):
        tables = list(range(len(run)))  # an axis: the labels around it are those of a chart
    if not tables and len(run) < LABELS:
        return [
            block if _LETTER.search(block.raw) else replace(block, kind=PassageKind.TABLE) for block in run
        ]
    start, end = (tables[0], tables[-1] + 1) if tables else (0, len(run))
    start = 0 if start >= LABELS else start
    while tables and start and _is_head(run[start - 1], run[start]):
        start -= 1
    end = len(run) if len(run) - end >= LABELS else end
    lines = tuple(line for block in run[start:end] for line in block.lines)
    return [*run[:start], Block(PassageKind.TABLE, lines), *run[end:]]


def _is_head(block: Block, table: Block) -> bool:
    """The label stands right above the table, within its width: the head of its columns."""
    down = table.first.baseline - block.last.baseline
    left, right = min(line.x0 for line in table.lines), max(line.x1 for line in table.lines)
    within = left - ALIGNED <= block.first.x0 and block.first.x1 <= right + block.first.width
    return 0 < down <= HEAD * block.last.size and within


def _is_label(block: Block, shape: Shape) -> bool:
    """A short text in small type that is no sentence, or figures without any letter."""
    if not _LETTER.search(block.raw):
        unworded = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.FOOTNOTE)
        numbered = is_marker(block.raw) and block.raw.endswith((".", ")"))
        return block.kind in unworded and not numbered
    words = block.raw.split()
    short = len(words) <= LABEL_WORDS or all(map(_DIGIT.search, words))
    kinds = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
    plain = block.kind in kinds and not ends_sentence(block.raw) and not starts_numbered(block.raw)
    return (
        short
        and plain
        and block.first.size < shape.body_size * 1.05
        and (block.first.tag is None or block.first.tag.role == "P")
    )


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """Return the cells of a table as one readable text: "a | b; c | d"; rows without words are left out."""
    lines = (" | ".join(row) for row in rows)
    return "; ".join(line for line in lines if line.strip(" |"))
