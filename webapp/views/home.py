"""The home page."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.desk import desk

home = Blueprint("home", __name__)
NEWEST = 6  # documents shown as new


@home.get("/")
def front() -> str:
    """The search box, what there is to search, and where to begin."""
    stock = desk().holdings
    themes = [(theme, stock.count("theme", theme.theme_id)) for theme in stock.themes.all]
    editions = [(edition, len(stock.of_edition(key))) for key, edition in stock.editions.items()]
    return render_template(
        "home.html",
        stock=stock,
        themes=sorted((pair for pair in themes if pair[1]), key=lambda pair: (-pair[1], pair[0].label)),
        editions=sorted(editions, key=lambda pair: pair[0].start or ""),
        newest=stock.documents[:NEWEST],
    )
