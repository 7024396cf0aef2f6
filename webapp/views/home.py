"""The home page."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.context import desk
from webapp.pages.theme_grid import theme_grid

home = Blueprint("home", __name__)
NEWEST = 6  # documents shown as new


@home.get("/")
def front() -> str:
    """The search box, what there is to search, and where to begin."""
    stock = desk().holdings
    rows = [row for row in theme_grid(stock) if row.count]
    editions = [(edition, len(stock.of_edition(key))) for key, edition in stock.editions.items()]
    return render_template(
        "home.html",
        stock=stock,
        rows=sorted(rows, key=lambda row: (-row.count, row.theme.label)),
        editions=sorted(editions, key=lambda pair: pair[0].start or ""),
        newest=stock.documents[:NEWEST],
    )
