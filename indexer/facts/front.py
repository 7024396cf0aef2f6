"""The front of a document: the lines of its first pages, or the first paragraphs of a text without pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.layout.blocks import BROKEN_WORD, Line, Page
from indexer.layout.paged.type_metrics import find_body_size
from indexer.layout.words.cleaning import clean
from indexer.reading.reading import DraftPassage, Front, FrontLine
from search.model import PassageKind

FRONT_PAGES = 5
"""Pages that hold what a cataloguer looks at: cover, its back, title page, imprint."""
FRONT_PARAGRAPHS, LONGEST_PARAGRAPH = 14, 400
HEADING_SIZE = 1.5  # size given to headings of texts without pages, whose body is 1.0
_BLANKS = re.compile(r"\s+")
_SPACED_YEAR = re.compile(r"(?<!\S)(?:1 [6-9]|2 0) \d \d(?!\S)")
MOST_LINES = 150  # of a page; pages with more are tables
COVER_LINES = 25  # a page with more is one of text


def read_front(pages: Sequence[Page]) -> Front:
    """Return the lines of the first `pages` and of the last one, cleaned, with their places in points."""
    if not pages:
        return Front()
    last = pages[-1].number if len(pages) > FRONT_PAGES else 0
    chosen = [*pages[:FRONT_PAGES], *(pages[-1:] if last else ())]
    lines = (part for page in chosen for line in page.lines[:MOST_LINES] for part in _parts(line))
    kept = tuple(part for part in lines if part.text)
    return Front(kept, find_body_size(pages), pages[0].width, pages[0].height, last)


def _parts(line: Line) -> Iterator[FrontLine]:
    """A printed line, cut at its wide gaps."""
    cells = [(cell.text, cell.x0, cell.x1) for cell in line.cells] if len(line.cells) > 1 else []
    for words, x0, x1 in cells or [(line.text, line.x0, line.x1)]:
        text = clean(words.replace(BROKEN_WORD, "-"))
        foot = round(line.y1, 1)
        at = round(x0, 1), round(line.y0, 1), round(x1, 1)
        yield FrontLine(line.page, text, round(line.size, 1), line.bold, *at, foot, line.slanted)


def front_of(front: Front | None, passages: Sequence[DraftPassage]) -> Front:
    """Return the `front` that the reader saw, rows in their order from the top, else one made of the first `passages`."""
    if front is not None and front.lines:
        return replace(
            front, lines=tuple(sorted(front.lines, key=lambda line: (line.page, line.y0, line.x0)))
        )
    return Front(tuple(_paragraph_lines(passages[:FRONT_PARAGRAPHS])), 1.0)


def _paragraph_lines(passages: Iterable[DraftPassage]) -> Iterator[FrontLine]:
    """The first passages as lines below each other."""
    for place, draft in enumerate(passages):
        size = HEADING_SIZE if draft.kind is PassageKind.HEADING else 1.0
        text = _BLANKS.sub(" ", draft.text[:LONGEST_PARAGRAPH])
        yield FrontLine(draft.page or 1, text, size, False, 0.0, 2.0 * place, 1.0, 2.0 * place + 1.0)


def first_page(front: Front) -> int:
    """Return the number of the first page with a line of letters, 1 where there is none."""
    return next((line.page for line in front.lines if any(map(str.isalpha, line.text))), 1)


def lines_on(front: Front, page: int) -> list[FrontLine]:
    """Return the lines of one page from the top."""
    return [line for line in front.lines if line.page == page]


def running_lines(front: Front) -> set[str]:
    """Return the texts that stand at the head or foot of several front pages, digits aside."""
    seen: dict[str, set[int]] = {}
    for line in front.lines:
        edge = line.y0 < 0.12 * front.height or line.y1 > 0.88 * front.height
        if front.height and edge:
            seen.setdefault(folded(line.text, digits=False), set()).add(line.page)
    return {text for text, pages in seen.items() if text and len(pages) > 1}


def folded(text: str, digits: bool = True) -> str:
    """Return letters (and digits) only, without case and accents.

    >>> folded("Page 5 of Campus Attacks"), folded("Page 5", digits=False)
    ('page5ofcampusattacks', 'page')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalpha() or (digits and char.isdigit()))


def unspaced(text: str) -> str:
    """Return letter-spaced text, and years whose figures are spaced, without their blanks, other text as it is.

    >>> unspaced("m a r c h 2 0 1 0"), unspaced("march 2 0 1 0"), unspaced("a march of 2010")
    ('march2010', 'march 2010', 'a march of 2010')
    """
    text = _SPACED_YEAR.sub(lambda match: match[0].replace(" ", ""), text)
    parts = text.split()
    single = sum(len(part) == 1 for part in parts)
    return "".join(parts) if len(parts) >= 6 and single >= 0.8 * len(parts) else text
