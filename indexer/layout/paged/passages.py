"""Blocks to draft passages: the text cleaned, the headings above, the page with its printed label, boxes, the speaker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.layout.blocks import Block, Line, Page
from indexer.layout.paged.footnotes import marks_of, with_notes_linked
from indexer.layout.paged.headings import HeadingPath
from indexer.layout.words.cleaning import build_vocabulary, clean, drop_bullet, join_lines
from indexer.layout.words.speakers import with_speakers
from indexer.reading.reading import DraftPassage
from search.model import Box, PassageKind

# The number of a note and its first word, set like each other and without a blank between them: "4Resources", "4https://".
_GLUED_MARK = re.compile(r"^\d{1,3}(?=[^\W\d_][^\W\d_])")


def build_passages(blocks: Sequence[Block], pages: Sequence[Page]) -> tuple[DraftPassage, ...]:
    """Return the passages of a paged document in reading order; blocks without letters or digits give none."""
    vocabulary = build_vocabulary(line.text for block in blocks for line in block.lines)
    by_number = {page.number: page for page in pages}
    path, passages = HeadingPath(), []
    for block in blocks:
        path.turn_to(block)
        text = block_text(block, vocabulary)
        if not any(char.isalnum() for char in text):
            continue
        above = path.titles
        if block.kind is PassageKind.HEADING:
            path.enter(block, text)
            above = path.titles[:-1]
        passages.append(_draft(block, text, above, by_number))
    return with_speakers(with_notes_linked(passages))


def block_text(block: Block, vocabulary: frozenset[str]) -> str:
    """Return the cleaned text of a block; a bullet is dropped, rows of a table are parted by semicolons."""
    if block.kind is PassageKind.TABLE:
        return clean("; ".join(line.text for line in block.lines))
    text = clean(join_lines([line.text for line in block.lines], vocabulary))
    if block.kind is PassageKind.FOOTNOTE:
        return _GLUED_MARK.sub(r"\g<0> ", text)
    return drop_bullet(text) if block.kind is PassageKind.LIST_ITEM else text


def _draft(block: Block, text: str, above: tuple[str, ...], pages: Mapping[int, Page]) -> DraftPassage:
    """One passage, below the headings `above` it."""
    first, last = min(line.page for line in block.lines), max(line.page for line in block.lines)
    return DraftPassage(
        kind=block.kind,
        text=text,
        page=first,
        page_end=last,
        page_label=pages[first].label,
        label_from=pages[first].label_from,
        label_other=pages[first].label_other,
        heading_path=above,
        boxes=tuple(box for line in block.lines if (box := _box(line, pages[line.page]))),
        marks=marks_of(block, text),
    )


def _box(line: Line, page: Page) -> Box | None:
    """The line's box on its page, cut at the page's edges; None for a line outside of the page or without boxes."""
    x0, x1 = max(0.0, min(line.x0, line.x1)), min(page.width, max(line.x0, line.x1))
    y0, y1 = max(0.0, line.y0), min(page.height, line.y1)
    if x1 <= x0 or y1 <= y0:
        return None
    x0, y0, x1, y1 = (round(edge, 1) for edge in page.as_shown(x0, y0, x1, y1))
    return Box(line.page, x0, y0, x1, y1)
