"""Printed lines to paragraph blocks: gaps, indentation, type, and how far a line is filled.

The first that tells wins; see `_parts`. Reading order is that of the lines; nothing is sorted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from indexer.layout.blocks import BROKEN_WORD, Block, Line, Page
from indexer.layout.paged.type_metrics import Shape, page_shape, right_edges
from indexer.layout.words.line_patterns import (
    SOURCE,
    ends_clause,
    ends_sentence,
    has_bullet,
    starts_item,
    starts_numbered,
)
from search.model import PassageKind

# A gap this much wider than the usual distance of lines parts paragraphs. On 59 labelled pages 1.25 to 1.6 give the
# same recall (.989) within .002 of precision; 1.12 loses .003 and .005.
GAP = 1.25
# Within one element of a tagged file only such a gap parts: some writers tag a whole page as one paragraph.
TAGGED_GAP = 2.2
# Type of two lines of one paragraph differs by less than this share.
SIZE_STEP = 0.09
# An indentation is at least this many type sizes; less is kerning, italics and optical margins.
INDENT = 0.7
# A line with room for a quarter of its column behind it, although the next word would have fitted, ends a
# paragraph even without a full stop (entries of lists, addresses, lines of headings). 0.25 and 0.4 give the same
# figures, 0.12 loses .006 of recall.
ROOM = 0.25
# Lines of a paragraph from which its own right end is known.
ENOUGH_LINES = 3
_GLUED_NUMBER = re.compile(r"\d{1,3}(?=[^\W\d_]{3})")
# Lines whose middles agree within this many points are centred.
CENTRED = 3.0
# Widths of letters beside each other, in thousandths of the type size, as text faces have them (Times, Helvetica).
_USUAL = 520
_WIDTHS = {
    **dict.fromkeys("iljI.,;:'’!|", 260),
    **dict.fromkeys("ftr-()[]/ ", 320),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 690),
    **dict.fromkeys("mwMW%@—…", 830),
}


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known when two neighbouring lines are looked at."""

    block: Sequence[Line]
    line: Line
    edge: float
    distance: float

    @property
    def last(self) -> Line:
        """The line before."""
        return self.block[-1]

    @property
    def measure(self) -> float:
        """The right end of the column; nearer where the last lines of the paragraph all end before (beside a picture)."""
        if len(self.block) < ENOUGH_LINES:
            return self.edge
        return min(self.edge, max(line.x1 for line in self.block[-ENOUGH_LINES:]))

    @property
    def has_room(self) -> bool:
        """The first word of the line would have fitted behind the line before."""
        width = self.line.width * _ems(self.line.text.split(" ", 1)[0]) / max(_ems(self.line.text), 1)
        return self.last.x1 + width + 0.5 * self.line.size < self.measure

    @property
    def is_short(self) -> bool:
        """The line before leaves a quarter of its column empty."""
        if not self.has_room or self.line.text[:1].islower():
            return False
        left = min(line.x0 for line in self.block)
        return self.measure - self.last.x1 > ROOM * (self.measure - left) and not self.last.text.endswith(",")

    @property
    def is_over(self) -> bool:
        """The line before may end a paragraph by its words and its length."""
        goes_on = self.line.text[:1].islower() and not ends_sentence(self.last.text)
        return self.is_short or (self.has_room and ends_clause(self.last.text) and not goes_on)


def _ems(text: str) -> int:
    """How wide a text is beside others in the same type."""
    return sum(map(_WIDTHS.get, text, repeat(_USUAL)))


def page_blocks(page: Page, document: Shape) -> list[Block]:
    """Return the paragraphs of a page, all of kind paragraph."""
    shape = page_shape(page, document)
    edges = right_edges(page.lines)
    blocks: list[list[Line]] = []
    for place, line in enumerate(page.lines):
        context = blocks and _Context(blocks[-1], line, edges[place - 1], shape.distance(line.size))
        if not context or _parts(context):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [Block(PassageKind.PARAGRAPH, tuple(lines)) for lines in blocks]


def _parts(context: _Context) -> bool:
    """A new paragraph begins with the line."""
    last, line = context.last, context.line
    if last.tag and line.tag:
        far = line.baseline - last.baseline > TAGGED_GAP * context.distance
        return last.tag != line.tag or far or _numbered_below_gap(context)
    if _elsewhere(context) or _other_size(last, line):
        return True
    if last.text.endswith(BROKEN_WORD):
        return False
    if last.bold != line.bold and (context.has_room or ends_clause(last.text)):
        return True
    if SOURCE.match(line.text) and ends_clause(last.text):
        return True
    if (line.marked and len(last.text) > 3) or _next_note(context):
        return True
    if context.block[0].marked:
        return False
    if has_bullet(line.text) and len(line.text) > 2:
        return True
    if _begins_item(context):
        return True
    return _indented(context) or context.is_over


def _numbered_below_gap(context: _Context) -> bool:
    """A numbered paragraph or item begins below a gap: some writers tag it together with the end of the one before."""
    last, line = context.last, context.line
    begins = starts_item(line.text) or starts_numbered(line.text)
    return begins and line.baseline - last.baseline > GAP * context.distance and ends_clause(last.text)


def _next_note(context: _Context) -> bool:
    """The next of two notes whose numbers are set like their text and touch it: `4https://...`, `5https://...`."""
    first, second = (_GLUED_NUMBER.match(line.text) for line in (context.block[0], context.line))
    return first is not None and second is not None and int(second[0]) == int(first[0]) + 1


def _elsewhere(context: _Context) -> bool:
    """The line stands above, beside or too far below the line before."""
    last, line = context.last, context.line
    down = line.baseline - last.baseline
    apart = line.x0 > last.x1 + 2 * line.size or last.x0 > line.x1 + 2 * line.size
    return down <= 0.3 * line.size or down > GAP * context.distance or apart or last.slanted != line.slanted


def _begins_item(context: _Context) -> bool:
    """An item of a list or a numbered paragraph begins; `(b)` inside of justified prose begins none."""
    last, line = context.last, context.line
    if not (starts_item(line.text) or starts_numbered(line.text)):
        return False
    moved = abs(line.x0 - last.x0) > INDENT * line.size
    return context.is_short or (ends_clause(last.text) and (context.has_room or moved))


def _other_size(last: Line, line: Line) -> bool:
    """The type changes in size."""
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    tiny = min(len(last.text), len(line.text)) <= 3  # a lone mark or digit says nothing of the type
    return larger - smaller > SIZE_STEP * larger and not tiny


def _indented(context: _Context) -> bool:
    """The line is moved against the one before as the first line of a paragraph is, or back from a list."""
    last, line, first = context.last, context.line, context.block[0]
    moved = line.x0 - last.x0
    if abs(moved) <= INDENT * line.size or abs((line.x0 + line.x1) - (last.x0 + last.x1)) <= 2 * CENTRED:
        return False
    if abs(line.x1 - last.x1) <= CENTRED and line.text[:1].islower() and not ends_clause(last.text):
        return False  # set flush right, as signatures are
    if len(context.block) == 1:
        hangs = starts_item(first.text) or starts_numbered(first.text)
        return moved > 0 and not hangs and (context.has_room or ends_clause(last.text))
    return context.has_room or ends_clause(last.text) or moved > 0
