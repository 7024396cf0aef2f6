"""Repairs of the reading order. The order of the content stream is kept but for one case."""

from __future__ import annotations

from dataclasses import replace

from indexer.layout.blocks import Line, Page

# Layout programs often write the title of a page last although it stands above everything else. Titles are larger
# than the body by at least this factor.
TITLE_SIZE = 1.2


def with_titles_first(page: Page, body_size: float) -> Page:
    """The page with the large lines that end its stream moved to the front when they stand above all others.

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
