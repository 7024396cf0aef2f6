"""Headings: which blocks are some, and how they nest.

A heading shows by its type, its numbering or the file's own outline; its place in the tree by the outline or the
tags where they know it, else by type size, numbering and weight in comparison with the headings above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.layout.blocks import HEADING_ROLES, Block, OutlineEntry
from indexer.layout.paged.paragraphs import GAP
from indexer.layout.paged.tables import own_cells
from indexer.layout.paged.type_metrics import Shape
from indexer.layout.words.cleaning import clean
from indexer.layout.words.line_patterns import (
    decimal_depth,
    ends_sentence,
    has_bullet,
    is_capitals,
    is_hanging,
    scheme_of,
    starts_item,
)
from search.model import PassageKind

# Headings are short; of 69 labelled by hand the longest has 36 words and 213 letters.
LONGEST, MOST_WORDS, MOST_LINES = 230, 40, 5
# Type this much larger than the body makes a heading by itself.
LARGER = 1.08
# A heading shown by italics or capitals alone has at most this many words.
SHORT_WORDS = 14
PROSE = (
    160  # characters of the paragraph that must follow a heading in the type of the body (about two lines)
)
_SCHEME_RANK = {
    "part": 0,
    "roman": 1,
    "decimal1": 2,
    "letter": 2,
    "decimal2": 3,
    "decimal3": 4,
    "": 6,
    "bracket": 5,
}
UNTAGGED = 7
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"^\s*(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.)]?\s+")
_LONE_ROMAN = re.compile(r"([IVX])\.\s")
_FIRST_CAPITAL = re.compile(r"^[\W_]*[^\W\d_a-zß-ÿ]")
_UNFINISHED = (",", ";", "-", "–", "/", "(")


@dataclass(frozen=True, slots=True)
class Style:
    """What tells the levels of headings apart. Smaller `rank` is higher up among headings of one size.

    The level of a tagged heading counts after size and numbering: word processors' users take any level that looks
    right.
    """

    size: float
    rank: int
    tagged: int
    bold: bool
    capitals: bool
    italic: bool
    depth: int = 0

    def is_above(self, other: Style) -> bool:
        """Return a heading of this style ends the section of one of the other style."""
        if self.depth and other.depth:
            return self.depth < other.depth
        if abs(self.size - other.size) > 0.6:
            return self.size > other.size
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, bool, bool, bool]:
        return self.rank, self.tagged, not self.bold, not self.capitals, self.italic


def style_of(block: Block) -> Style:
    """Return the style of a heading."""
    line = block.first
    return Style(
        round(max(line.size for line in block.lines) * 2) / 2,
        _SCHEME_RANK[scheme_of(block.raw)],
        HEADING_ROLES.get(line.tag.role, UNTAGGED) if line.tag else UNTAGGED,
        all(line.bold for line in block.lines),
        is_capitals(block.raw),
        line.italic,
        decimal_depth(block.raw),
    )


def with_headings(blocks: Sequence[Block], shape: Shape, outline: Sequence[OutlineEntry]) -> list[Block]:
    """Return the blocks with headings told from paragraphs; parts of one heading are joined, levels set where known."""
    known = _Outline(outline)
    marked = [_with_heading(block, shape, known) for block in blocks]
    for told in (_with_plain_heading, _with_list_heading):
        marked = [told(place, marked, shape) for place in range(len(marked))]
    return [_with_outline_level(block, known) for block in _joined(marked, shape)]


def _with_heading(block: Block, shape: Shape, outline: _Outline) -> Block:
    """The block, of kind heading if it is one."""
    if block.kind is PassageKind.HEADING:
        return block
    if block.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM) and (
        outline.level(block) or (block.kind is PassageKind.PARAGRAPH and _looks_like_one(block, shape))
    ):
        return replace(block, kind=PassageKind.HEADING)
    return block


def _with_plain_heading(place: int, blocks: Sequence[Block], shape: Shape) -> Block:
    """A lone line in the type of the body between two paragraphs, as typists underline it, is a heading, too."""
    block = blocks[place]
    if not 0 < place < len(blocks) - 1 or block.kind is not PassageKind.PARAGRAPH or len(block.lines) > 1:
        return block
    before, after, line, text = blocks[place - 1], blocks[place + 1], block.first, block.raw.strip()
    alone = before.kind is PassageKind.HEADING or ends_sentence(before.raw)
    follows = after.kind is PassageKind.PARAGRAPH and after.first.page == line.page and len(after.raw) > PROSE
    below = follows and 0 < after.first.baseline - line.baseline < 3 * shape.distance(line.size)
    short = len(text.split()) <= SHORT_WORDS and line.width < 0.75 * after.first.width
    worded = text[:1].isupper() and text[-1].isalnum() and sum(map(str.isalpha, text)) > 0.7 * len(text)
    same = abs(after.first.size - line.size) < 0.5 and len(own_cells(line)) < 2
    return (
        replace(block, kind=PassageKind.HEADING) if alone and below and short and worded and same else block
    )


def _with_list_heading(place: int, blocks: Sequence[Block], shape: Shape) -> Block:
    """Words that are no sentence and lead to none, above a list of whole sentences, are its heading, whatever their type."""
    block = blocks[place]
    if not 0 < place < len(blocks) - 1 or block.kind is not PassageKind.PARAGRAPH or block.first.tag:
        return block
    before, after, text = blocks[place - 1], blocks[place + 1], block.raw.strip()
    short = len(text) <= LONGEST and 1 < len(text.split()) <= MOST_WORDS and len(block.lines) <= MOST_LINES
    worded = (
        text[:1].isupper() and text[-1].isalnum() and not is_hanging(text) and len(own_cells(block.first)) < 2
    )
    item = has_bullet(after.raw) and after.kind is PassageKind.LIST_ITEM and _is_sentence(after.raw)
    alone = before.kind is PassageKind.HEADING or ends_sentence(before.raw)
    down = after.first.baseline - block.last.baseline
    apart = GAP * shape.distance(block.last.size) < down < 3 * shape.distance(block.last.size)
    return (
        replace(block, kind=PassageKind.HEADING) if short and worded and item and alone and apart else block
    )


def _is_sentence(item: str) -> bool:
    """An item of a list that begins with a capital and ends like a sentence."""
    return bool(_FIRST_CAPITAL.match(item)) and ends_sentence(item)


def _looks_like_one(block: Block, shape: Shape) -> bool:
    """Type, numbering and length say that it is a heading."""
    text, line = block.raw.strip(), block.first
    words = text.split()
    if not words or len(text) > LONGEST or len(words) > MOST_WORDS or len(block.lines) > MOST_LINES:
        return False
    letters = sum(char.isalpha() for char in text)
    if (
        letters < 3
        or letters * 2 < len(text)
        or text.endswith(_UNFINISHED)
        or line.slanted
        or len(own_cells(line)) > 1
    ):
        return False
    if ends_sentence(text) and not text.endswith("?"):
        return _is_lead(block)
    if min(other.size for other in block.lines) >= LARGER * shape.body_size:
        return not text[0].islower() or line.size >= 1.3 * shape.body_size
    if text[0].islower() or starts_item(text) or line.size < 0.85 * shape.body_size:
        return False
    if all(other.bold for other in block.lines):
        return True
    short = len(words) <= SHORT_WORDS and not text.endswith(":")
    return short and len(block.lines) <= 2 and (line.italic or is_capitals(text))


def _is_lead(block: Block) -> bool:
    """A whole sentence set heavy and slanted on a line or two of its own, as risks and findings are headed."""
    return len(block.lines) <= 2 and all(line.bold and line.italic for line in block.lines)


def _joined(blocks: Sequence[Block], shape: Shape) -> Iterator[Block]:
    """Neighbouring headings of one style without a gap between them as one."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _is_rest(held, block, shape):
            held = replace(held, lines=held.lines + block.lines)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _is_rest(held: Block, block: Block, shape: Shape) -> bool:
    """The second heading is the next line of the first."""
    if held.kind is not PassageKind.HEADING or block.kind is not PassageKind.HEADING:
        return False
    a, b = held.last, block.first
    if a.page != b.page or abs(a.size - b.size) > 0.3 or a.bold != b.bold or a.italic != b.italic:
        return False
    down = b.baseline - a.baseline
    near = 0 < down <= GAP * max(shape.distance(a.size), 1.15 * a.size)
    return near and not scheme_of(block.raw) and is_capitals(held.raw) == is_capitals(block.raw)


def bare(text: str) -> str:
    """Return a title without its number, case, blanks and signs, to compare titles."""
    return _SIGNS.sub("", _NUMBER.sub("", clean(text))).casefold()


class _Outline:
    """The file's outline, to look a heading up by its words and page."""

    def __init__(self, entries: Sequence[OutlineEntry]) -> None:
        self._levels: dict[tuple[str, int], int] = {}
        for entry in entries:
            self._levels.setdefault((bare(entry.title), entry.page), entry.level)

    def level(self, block: Block) -> int:
        """Return the depth of a block in the outline, 0 when it is not in it."""
        if not self._levels or len(block.raw) > LONGEST:
            return 0
        return self._levels.get((bare(block.raw), block.first.page), 0)


def _with_outline_level(block: Block, outline: _Outline) -> Block:
    """A heading with the level that the outline gives it."""
    if block.kind is not PassageKind.HEADING:
        return block
    return replace(block, level=outline.level(block))


def _are_equal(first: Style, second: Style) -> bool:
    """Both stand on one level: decimal numbers of one depth, or the same style."""
    if first.depth and second.depth:
        return first.depth == second.depth
    return first == second


class HeadingPath:
    """The headings above the current place, outermost first."""

    def __init__(self) -> None:
        self._open: list[tuple[Style, int, str]] = []
        self._page, self._begun = 0, False

    def turn_to(self, block: Block) -> None:
        """Turn to the page before each block: what stands on the cover and other pages without prose before the text is above nothing.

        Headings that the outline knows stay.
        """
        if not self._begun and block.first.page != self._page:
            self._page = block.first.page
            self._open = [held for held in self._open if held[1]]
        flowing = block.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
        self._begun = self._begun or (flowing and len(block.raw) > PROSE)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles, outermost first."""
        return tuple(title for *_, title in self._open)

    def _in_series(self, style: Style, title: str) -> Style:
        """The style of a heading; "I." below "H." is the next letter and no roman number."""
        lone = _LONE_ROMAN.match(title)
        if lone and any(held.startswith(f"{chr(ord(lone[1]) - 1)}. ") for held in self.titles):
            return replace(style, rank=_SCHEME_RANK["letter"])
        return style

    def enter(self, block: Block, title: str) -> None:
        """Enter below a heading: sections of its level and below end."""
        style = self._in_series(style_of(block), title)
        if block.level:
            while self._open and not 0 < self._open[-1][1] < block.level:
                self._open.pop()
        else:
            same = next((place for place, held in enumerate(self._open) if _are_equal(held[0], style)), None)
            if same is not None:
                del self._open[same:]
            while self._open and style.is_above(self._open[-1][0]):
                self._open.pop()
        self._open.append((style, block.level, title))
