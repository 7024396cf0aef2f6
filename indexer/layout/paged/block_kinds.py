"""What a block is on its page: footnote, caption, item of a list, or paragraph. Headings are found later, together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import HEADING_ROLES, Block, Page
from indexer.layout.paged.type_metrics import Shape
from indexer.layout.words.line_patterns import SOURCE, ends_sentence, is_rule, match_figure, starts_item
from search.model import PassageKind

# Small print is set at most this large beside the body. Notes that are tagged as such are set at 0.79 to 0.90 (684
# lines of 27 reports); no labelled paragraph changes for any value from 0.86 to 0.97.
SMALL_PRINT = 0.93
# Footnotes begin in the lower part of the page: below this share of its height, or below a rule.
LOWER = 0.45
CAPTION_WORDS = 60
_TAGGED = {
    "Note": PassageKind.FOOTNOTE,
    "Caption": PassageKind.CAPTION,
    **dict.fromkeys(HEADING_ROLES, PassageKind.HEADING),
}
_STARRED = re.compile(r"^[*†‡§]{1,5}\s?\S")
_SIGN_NOTE = re.compile(r"^(?:[–—-]\s|\([A-Z]\)\s)")
# Notes of typewritten documents are set as large as the text: `3/  See ...`.
_TYPED_NOTE = re.compile(r"^(?:\d{1,3}|\*{1,3})/\s+\S")
_NOTE_MARK = re.compile(r"^(?:\d{1,3}(?!\d)|[*†‡§]{1,3}|[a-z])\s?\S")


def without_rules(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without lines that hold no letter or digit."""
    kept = []
    for block in blocks:
        lines = tuple(line for line in block.lines if not is_rule(line.text))
        if lines:
            kept.append(replace(block, lines=lines))
    return kept


def with_kinds(blocks: Sequence[Block], page: Page, shape: Shape) -> list[Block]:
    """Return the blocks of a page with footnotes, captions and items of lists told apart from paragraphs."""
    rule = _rule_height(blocks, page)
    body = [block for block in blocks if _is_body(block, shape) and not is_rule(block.raw)]
    found: list[Block] = []
    for block in without_rules(blocks):
        before = found[-1] if found else None
        kind = block.kind
        if kind is PassageKind.PARAGRAPH:
            low_half = block.first.y0 > LOWER * page.height
            kind = _kind(block, before, _may_hold_notes(block, page, rule, body), low_half, shape)
        found.append(replace(block, kind=kind))
    return found


def _rule_height(blocks: Sequence[Block], page: Page) -> float:
    """Where a rule made of underscores parts the footnotes from the text; the page height when none does."""
    heights = [
        line.baseline
        for block in blocks
        for line in block.lines
        if is_rule(line.text) and len(line.text) >= 8 and line.y0 > LOWER * page.height
    ]
    return max(heights, default=page.height)


def _is_body(block: Block, shape: Shape) -> bool:
    """A block of prose in the size of the body; one that begins with a raised mark may be a note in large type."""
    prose = block.kind is PassageKind.PARAGRAPH and not block.first.marked
    return prose and block.first.size > SMALL_PRINT * shape.body_size


def _may_hold_notes(block: Block, page: Page, rule: float, body: Sequence[Block]) -> bool:
    """The block stands where footnotes stand: below the rule, or low on the page and below the body of its column."""
    low = block.first.y0 > LOWER * page.height
    if block.first.baseline > rule or not low:
        return block.first.baseline > rule
    above = [
        other.last.y1 for other in body if other.first.x0 < block.first.x1 and other.first.x1 > block.first.x0
    ]
    return block.first.baseline > max(above, default=0.0) - block.first.size


def _kind(block: Block, before: Block | None, low: bool, low_half: bool, shape: Shape) -> PassageKind:
    """The kind of one block, with the one before it on the page."""
    tagged = _TAGGED.get(block.first.tag.role) if block.first.tag else None
    if tagged and tagged is not PassageKind.HEADING:
        return tagged
    small = block.first.size <= SMALL_PRINT * shape.body_size
    if low_half and _TYPED_NOTE.match(block.raw):
        return PassageKind.FOOTNOTE
    if small and _is_starred(block, before):
        return PassageKind.FOOTNOTE
    if small and SOURCE.match(block.raw):
        return PassageKind.CAPTION
    after_note = before is not None and before.kind is PassageKind.FOOTNOTE and low
    if (block.first.marked and (small or low)) or (
        small and ((low and _NOTE_MARK.match(block.raw)) or after_note)
    ):
        return PassageKind.FOOTNOTE
    if _is_caption(block, small) or (before is not None and _names_figure(before) and _is_title(block)):
        return PassageKind.CAPTION
    if tagged:
        return tagged
    return PassageKind.LIST_ITEM if starts_item(block.raw) else PassageKind.PARAGRAPH


def _is_starred(block: Block, before: Block | None) -> bool:
    """Small print with a star or dash below a table, a caption or another note: what its signs mean."""
    below = before is not None and before.kind in (
        PassageKind.TABLE,
        PassageKind.CAPTION,
        PassageKind.FOOTNOTE,
    )
    return bool(_STARRED.match(block.raw)) or (below and bool(_SIGN_NOTE.match(block.raw)))


def _is_caption(block: Block, small: bool) -> bool:
    """The block names a figure or table, or says where one is from."""
    text = block.raw
    if len(text.split()) > CAPTION_WORDS and not small:
        return False
    return bool(match_figure(text)) or (small and bool(SOURCE.match(text)))


def _names_figure(block: Block) -> bool:
    """The block is a caption that holds nothing but a number, so that its title follows."""
    match = match_figure(block.raw) if block.kind is PassageKind.CAPTION else None
    return match is not None and match.end() >= len(block.raw.rstrip())


def _is_title(block: Block) -> bool:
    """Short and no sentence."""
    return len(block.raw) <= 160 and not ends_sentence(block.raw)
