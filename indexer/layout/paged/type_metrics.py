"""How the lines of a document usually look: type size of the body, distance of lines, right edge of a column."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.layout.blocks import Line, Page

# Lines set solid to double-spaced stand 0.9 to 2.3 type sizes apart; anything else is a gap or another column.
TIGHTEST, WIDEST = 0.9, 2.3
# Pairs of lines of one size on a page before the page's own line distance counts more than the document's.
ENOUGH_PAIRS = 6
# Lines before and after one that tell where its column ends; a page has 40 to 60 lines a column.
AROUND = 20
# The column ends where this share of its lines end at or before: full-width captions stay out, short lines too.
EDGE_QUANTILE = 0.85
# Lines of more cells than this are rows of tables: their type says nothing of the body.
ROW_CELLS = 2
# Of 50 reports one states heavy type for more than this share of its letters; in none is it meant.
MOSTLY_BOLD = 0.6
# Names of heavy type.
HEAVY = re.compile(r"bold|black|heavy|semibold|demi(?!r)|extrab", re.IGNORECASE)
_USUAL_DISTANCE = 1.3  # type sizes, where a size occurs too rarely to tell: single spacing with a little air


@dataclass(frozen=True, slots=True)
class Shape:
    """What is usual in a document. `distances` are baseline distances in points by type size (rounded)."""

    body_size: float
    distances: Mapping[float, float]

    def distance(self, size: float) -> float:
        """Return the usual distance of two lines of one paragraph in type of this size."""
        return self.distances.get(_rounded(size), _USUAL_DISTANCE * size)


def _rounded(size: float) -> float:
    """Type sizes in steps of half a point: writers scale type by a few hundredths."""
    return round(size * 2) / 2


def find_body_size(pages: Iterable[Page]) -> float:
    """Return the type size in which most letters are set, rows of tables aside; 10 when there are none."""
    prose: Counter[float] = Counter()
    rows: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if not line.slanted:
                (rows if len(line.cells) > ROW_CELLS else prose)[_rounded(line.size)] += len(line.text)
    letters = prose or rows
    return letters.most_common(1)[0][0] if letters else 10.0


def with_weight_told(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with all type that is not heavy by its name made plain, where most of the text would be heavy.

    Some writers state the weight of their plain fonts wrongly; heavy type then tells nothing of headings.
    """
    lines = [line for page in pages for line in page.lines]
    bold = sum(len(line.text) for line in lines if line.bold)
    if bold <= MOSTLY_BOLD * sum(len(line.text) for line in lines):
        return tuple(pages)
    return tuple(replace(page, lines=tuple(map(_by_name, page.lines))) for page in pages)


def _by_name(line: Line) -> Line:
    """The line, heavy only if the name of its type says so."""
    return replace(line, bold=False) if line.bold and line.font and not HEAVY.search(line.font) else line


def find_shape(pages: Sequence[Page]) -> Shape:
    """Return the usual sizes and distances of a document."""
    return Shape(find_body_size(pages), _distances(line for page in pages for line in [*page.lines, None]))


def page_shape(page: Page, document: Shape) -> Shape:
    """Return the shape for one page: its own line distances where it has enough lines to tell, else the document's."""
    own = _distances(page.lines, ENOUGH_PAIRS)
    return Shape(document.body_size, {**document.distances, **own})


def _distances(lines: Iterable[Line | None], least: int = 1) -> dict[float, float]:
    """The commonest baseline distance for each type size that occurs in at least `least` pairs."""
    counts: dict[float, Counter[float]] = defaultdict(Counter)
    for first, second in pairwise(lines):
        if first is None or second is None or _rounded(first.size) != _rounded(second.size):
            continue
        down = second.baseline - first.baseline
        if TIGHTEST * first.size <= down <= WIDEST * first.size:
            counts[_rounded(first.size)][round(down * 2) / 2] += 1
    return {size: _commonest(tally) for size, tally in counts.items() if tally.total() >= least}


def _commonest(tally: Counter[float]) -> float:
    """The most frequent distance; the smaller of equals, as gaps between paragraphs are larger."""
    return min(tally.items(), key=lambda item: (-item[1], item[0]))[0]


def right_edges(lines: Sequence[Line]) -> list[float]:
    """Return for each line the right end of its column, in points.

    Taken from the lines around it in the stream that overlap it and begin within a quarter of its column.
    """
    edges = []
    for place, line in enumerate(lines):
        near = lines[max(0, place - AROUND) : place + AROUND + 1]
        ends = sorted(
            other.x1
            for other in near
            if other.x0 < line.x1 and other.x1 > line.x0 and abs(other.x0 - line.x0) < 8 * line.size
        )
        edge = ends[min(len(ends) - 1, int(EDGE_QUANTILE * len(ends)))] if ends else line.x1
        edges.append(max(edge, line.x1))
    return edges
