"""Repairs of the reading order. The order of the content stream is kept but for what is written last and stands first."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

from indexer.layout.blocks import Line, Page

# Layout programs often write the title of a page last although it stands above everything else. Titles are larger
# than the body by at least this factor.
TITLE_SIZE = 1.2


def with_head_first(page: Page) -> Page:
    """Return the page with its parts from top to bottom where the file writes a part that stands above all that it wrote before.

    Covers are written so, the date and the name of the body last; and pages whose notes come before their text.
    """
    lines = [line for line in page.lines if not line.slanted]
    tops = list(accumulate((line.y0 for line in lines), min))  # of all lines up to each
    feet = list(accumulate((line.baseline for line in reversed(lines)), max))[
        ::-1
    ]  # of each line and all behind it
    cuts = [place for place in range(1, len(lines)) if feet[place] < tops[place - 1]]
    if not cuts:
        return page
    parts = [lines[start:end] for start, end in pairwise([0, *cuts, len(lines)])]
    slanted = [line for line in page.lines if line.slanted]
    return replace(page, lines=(*(line for part in reversed(parts) for line in part), *slanted))


def with_titles_first(page: Page, body_size: float) -> Page:
    """Return the page with the large lines that end its stream moved to the front when they stand above all others.

    Lines after the title in the stream, such as labels beside the text, stay where they are.
    """
    upright = [line for line in page.lines if not line.slanted]
    body = [line for line in upright if line.size < TITLE_SIZE * body_size]
    top = min((line.baseline for line in body), default=0.0)
    first = next((place for place, line in enumerate(page.lines) if line in body), None)
    if first is None:
        return page
    titles = [line for line in page.lines[first:] if _is_title(line, body_size) and line.baseline < top]
    if not titles:
        return page
    moved = {id(line) for line in titles}
    ordered = sorted(titles, key=lambda line: (line.baseline, line.x0))
    rest = [line for line in page.lines if id(line) not in moved]
    start = next(place for place, line in enumerate(rest) if line is page.lines[first])
    return replace(page, lines=(*rest[:start], *ordered, *rest[start:]))


def _is_title(line: Line, body_size: float) -> bool:
    """Large and level."""
    return not line.slanted and line.size >= TITLE_SIZE * body_size
