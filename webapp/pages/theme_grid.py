"""How themes spread over the editions: the grid of themes and editions, and one row of it. Every count is a search's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.answering.answer import Question
from search.model import Edition, Theme
from webapp.addresses import address
from webapp.holdings import Holdings

SHADES = 5  # steps of the shading; more cannot be told apart
SPARK_HEIGHT, SPARK_STEP = 14, 7  # units of the small picture beside a theme


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme in an edition: how many, shaded from 0 (none) to SHADES against the largest of its column, and the list."""

    edition: Edition
    label: str
    count: int
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A theme with its cells, in the order of the editions, and all of its passages."""

    theme: Theme
    count: int
    cells: tuple[Cell, ...]

    @property
    def spark(self) -> list[tuple[int, float]]:
        """The cells as small bars: where each stands and how high it is, against the highest, in units."""
        highest = max((cell.count for cell in self.cells), default=0) or 1
        heights = (SPARK_HEIGHT * cell.count / highest for cell in self.cells)
        return [(SPARK_STEP * place, round(height, 1)) for place, height in enumerate(heights)]


def in_time(holdings: Holdings) -> list[Edition]:
    """Return the editions, oldest first."""
    return sorted(holdings.editions.values(), key=lambda edition: edition.start or "")


def theme_grid(holdings: Holdings) -> list[Row]:
    """Return all themes against all editions. A column is shaded by its own largest count: editions differ in size."""
    editions = in_time(holdings)
    rows = []
    for theme in sorted(holdings.themes.all, key=lambda theme: theme.label):
        cells = tuple(_cell(theme, edition, holdings) for edition in editions)
        rows.append(Row(theme, holdings.count("theme", theme.theme_id), cells))
    return rows


def _cell(theme: Theme, edition: Edition, holdings: Holdings) -> Cell:
    """One cell."""
    counts = holdings.themes_of_editions[edition.edition_id]
    count, highest = counts.get(theme.theme_id, 0), max(counts.values(), default=0)
    question = Question(filters=(("theme", (theme.theme_id,)), ("edition", (edition.edition_id,))))
    shade = -(-SHADES * count // highest) if highest else 0
    label = holdings.names.label("edition", edition.edition_id)
    return Cell(edition, label, count, shade, address(question))


def chosen_two(holdings: Holdings, wanted: Sequence[str]) -> list[Edition]:
    """Return the two editions to be compared: those asked for that there are, then the latest."""
    newest = [edition.edition_id for edition in reversed(in_time(holdings))]
    ids = list(dict.fromkeys([*(key for key in wanted if key in holdings.editions), *newest]))[:2]
    return sorted((holdings.editions[key] for key in ids), key=lambda edition: edition.start or "")
