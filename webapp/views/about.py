"""How to search, how programs ask, and what is in here."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, render_template

from webapp.api.openapi import operations, shapes
from webapp.api.views import published_examples
from webapp.context import desk
from webapp.query_examples import EXAMPLES

about = Blueprint("about", __name__)


@about.get("/help")
def how_to_search() -> str:
    """The query language by examples; each is a link that works."""
    examples = [(group, [(e, f"/search?q={quote(e.query)}") for e in listed]) for group, listed in EXAMPLES]
    return render_template("help.html", examples=examples)


@about.get("/help/api")
def how_to_use_the_api() -> str:
    """Every operation of the API with its parameters and examples that work here, made from its OpenAPI document."""
    groups = operations(published_examples(), desk().site_url)
    return render_template("api.html", groups=groups, shapes=shapes())


@about.get("/about")
def what_is_here() -> str:
    """What is indexed, what could not be read and why, how ids and links work."""
    stock = desk().holdings
    return render_template(
        "about.html",
        stock=stock,
        engine=stock.meta.engine,
        partly=[document for document in stock.documents if document.unread_pages],
        uncatalogued=[document for document in stock.documents if not document.catalogued],
    )
