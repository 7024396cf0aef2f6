"""Watermarks: large words across the page, the same on each, such as DRAFT. They say nothing of what stands below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import Line, Page

# Watermarks are set larger than the text by at least this factor, and have few words. In how many real reports they fire
# has not been counted; the values are those of the stamps that word processors and PDF programs offer (36 to 150 points, one or two words).
LARGER = 1.5
MOST_WORDS = 6
# Times that the same words must stand across or on top of the text: on two pages, or tiled on one.
REPEATS = 2
TILES = 3


def without_watermarks(pages: Sequence[Page], body_size: float) -> tuple[Page, ...]:
    """Return the `pages` without large words that repeat at one place, at any angle, or that are tiled over a page.

    Level words count only where they repeat on half of the pages: headings stand where chapters begin.
    """
    seen = [(page, line) for page in pages for line in page.lines if _may_be_one(line, body_size)]
    on_pages = Counter(key for _, key in {(page.number, _key(line)) for page, line in seen})
    tiles = Counter((page.number, _key(line)) for page, line in seen)
    gone = {
        id(line)
        for page, line in seen
        if on_pages[_key(line)] >= _needed(line, len(pages))
        or (_is_diagonal(line) and tiles[page.number, _key(line)] >= TILES)
    }
    if not gone:
        return tuple(pages)
    return tuple(
        replace(page, lines=tuple(line for line in page.lines if id(line) not in gone)) for page in pages
    )


def _may_be_one(line: Line, body_size: float) -> bool:
    """Short, and large; words across the text are of any size."""
    large = _is_diagonal(line) or line.size >= LARGER * body_size
    return large and len(line.text.split()) <= MOST_WORDS and any(map(str.isalpha, line.text))


def _is_diagonal(line: Line) -> bool:
    """The words run across the page neither level nor upright: the box of such a line is wide and high."""
    return line.slanted and line.width > 2 * line.size and line.y1 - line.y0 > 3 * line.size


def _needed(line: Line, pages: int) -> int:
    """The pages on which the words must stand."""
    return REPEATS if _is_diagonal(line) else max(REPEATS + 1, (pages + 1) // 2)


def _key(line: Line) -> tuple[str, bool, int, int]:
    """The words, and for level ones their place on the page within some points."""
    place = (0, 0) if _is_diagonal(line) else (round(line.x0 / 12), round(line.baseline / 12))
    return (line.text.casefold().strip(), _is_diagonal(line), *place)
