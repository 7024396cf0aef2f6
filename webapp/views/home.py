"""The home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint

from search.model import Document, Edition
from webapp.context import services
from webapp.holdings import Holdings
from webapp.pages.theme_grid import Row, theme_grid
from webapp.rendering import Page, render

home = Blueprint("home", __name__)
NEWEST = 6  # documents shown as new


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The search box, what there is to search, and where to begin."""

    TEMPLATE: ClassVar[str] = "home.html"
    holdings: Holdings
    rows: Sequence[Row]
    editions: Sequence[tuple[Edition, int]]
    newest: Sequence[Document]


@home.get("/")
def front() -> str:
    """Return the search box, what there is to search, and where to begin."""
    holdings = services().holdings
    rows = [row for row in theme_grid(holdings) if row.count]
    editions = [(edition, len(holdings.of_edition(key))) for key, edition in holdings.editions.items()]
    return render(
        HomePage(
            holdings=holdings,
            rows=sorted(rows, key=lambda row: (-row.count, row.theme.label)),
            editions=sorted(editions, key=lambda pair: pair[0].start or ""),
            newest=holdings.documents[:NEWEST],
        )
    )
