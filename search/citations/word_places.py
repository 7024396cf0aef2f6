"""The pages on which words stand: of a passage that goes over the end of a page, the page of the words and not of its beginning."""

from __future__ import annotations

from itertools import groupby

from search.citations.references import label_on, pages_of
from search.model import Passage

Pages = tuple[int, int]
LINE = 1.0  # lines around a page's end, where the share of a passage does not tell on which side of it words stand


def page_at(passage: Passage, place: int, slack: float = 0.0) -> int | None:
    """Return the page of the character at a place of a passage's text; None in texts without pages.

    Lines are as long as their boxes are wide, so the share of all boxes' widths is the share of the text. `slack` is in
    lines: how much further on (or, below zero, back) the character is taken to stand.
    """
    pages = pages_of(passage)
    if pages is None or pages[0] == pages[1] or not passage.boxes:
        return pages[0] if pages else None
    widths = [max(box.x1 - box.x0, 0.0) for box in passage.boxes]
    total = sum(widths) or 1.0
    wanted = place / max(len(passage.text), 1) * total + slack * max(widths)
    reached = 0.0
    page: int
    for page, group in groupby(zip(passage.boxes, widths, strict=True), key=lambda pair: pair[0].page):
        reached += sum(width for _, width in group)
        if wanted < reached:
            return page
    return pages[1]


def pages_between(first: Passage, start: int, last: Passage, end: int, slack: float = 0.0) -> Pages | None:
    """Return the pages of words that begin at a place of one passage and end at a place of the same or a later one."""
    begin, stop = page_at(first, start, -slack), page_at(last, max(end - 1, 0), slack)
    return None if begin is None or stop is None else (begin, max(begin, stop))


def label_of_words(first: Passage, pages: Pages | None) -> str | None:
    """Return the printed label of the page on which words begin."""
    if pages is None or pages[0] == first.page:
        return first.page_label
    return label_on(first, pages[0])
