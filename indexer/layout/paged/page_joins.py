"""Paragraphs that run over the end of a page or a column, made whole again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import BROKEN_WORD, Block
from indexer.layout.paged.paragraphs import INDENT, SIZE_STEP
from indexer.layout.words.addresses import ends_in_address, joins_address
from indexer.layout.words.line_patterns import ends_clause, is_hanging, starts_item, starts_numbered
from search.model import PassageKind

FLOWING = frozenset((PassageKind.PARAGRAPH, PassageKind.LIST_ITEM))
# What may stand between the two parts: floats and notes. A heading ends every paragraph.
BETWEEN = frozenset((PassageKind.TABLE, PassageKind.CAPTION, PassageKind.FOOTNOTE))
# A paragraph goes on within this many pages; full-page figures stand between.
PAGES_APART = 2
# Type of at most this share of the size of the text is not part of it (`indexer.layout.paged.block_kinds.SMALL_PRINT`).
SMALLER = 0.93
# The last line reaches this share of the width of its paragraph when the paragraph goes on: from 0.75 to 0.88 the same
# .907 of 54 labelled paragraphs across a page end are whole; .889 at 0.95.
FULL = 0.88


def join_across(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the parts of each paragraph in one, where the first part stands."""
    joined: list[Block] = []
    open_at: int | None = None
    for block in blocks:
        if block.kind in FLOWING and open_at is not None and _is_rest(joined, open_at, block):
            held = joined[open_at]
            joined[open_at] = replace(held, lines=held.lines + block.lines)
            continue
        joined.append(block)
        if block.kind in FLOWING:
            if open_at is None or not _is_aside(joined[open_at], block):
                open_at = len(joined) - 1
        elif block.kind not in BETWEEN:
            open_at = None
    return joined


def _is_rest(joined: Sequence[Block], open_at: int, block: Block) -> bool:
    """The block goes on where the open paragraph ended; an address goes on only if nothing was printed between."""
    first = joined[open_at]
    if ends_in_address(first.last.text) and (
        open_at < len(joined) - 1 or not joins_address(first.last.text, block.first.text)
    ):
        return False
    return _goes_on(first, block)


def _is_aside(first: Block, block: Block) -> bool:
    """Small print that interrupts a sentence of the text: what is printed below a picture or a column."""
    unfinished = not ends_clause(first.last.text) and len(first.lines) > 1
    smaller = max(line.size for line in block.lines) <= SMALLER * first.last.size
    return unfinished and smaller and block.last.page - first.last.page < PAGES_APART


def _goes_on(first: Block, second: Block) -> bool:
    """The second block is the rest of the first."""
    last, line = first.last, second.first
    if last.tag and last.tag == line.tag:
        return _is_jump(first, second)
    if not _is_jump(first, second) or not _same_type(first, second):
        return False
    if last.text.endswith(BROKEN_WORD):
        return True
    if line.marked or (last.tag and line.tag and last.page == line.page):
        return False
    if is_hanging(last.text):
        return True
    if starts_item(line.text) or starts_numbered(line.text):
        return False
    text = line.text.lstrip("\"'“‘(")
    if ends_clause(last.text):
        return False
    return text[:1].islower() or (
        _is_full(first) and not last.bold and not (_is_indented(first) and _is_indented(second))
    )


def _is_indented(block: Block) -> bool:
    """The first line begins to the right of the second: where paragraphs of a document do, the next one has begun."""
    return len(block.lines) > 1 and block.lines[0].x0 - block.lines[1].x0 > INDENT * block.first.size


def _is_jump(first: Block, second: Block) -> bool:
    """The second stands on a following page, or higher up in another column."""
    pages = second.first.page - first.last.page
    if pages:
        return 0 < pages <= PAGES_APART
    return second.first.baseline <= first.last.baseline


def _same_type(first: Block, second: Block) -> bool:
    """Both are set in type of one size and weight."""
    a, b = first.last, second.first
    close = abs(a.size - b.size) <= SIZE_STEP * max(a.size, b.size)
    return close and a.slanted == b.slanted and (a.bold == b.bold or not b.bold)


def _is_full(block: Block) -> bool:
    """The last line reaches as far to the right as the widest line does; of a single line nobody knows."""
    left, right = min(line.x0 for line in block.lines), max(line.x1 for line in block.lines)
    return len(block.lines) > 1 and block.last.x1 - left >= FULL * (right - left)
