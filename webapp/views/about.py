"""How to search, how programs ask, and what is in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import ClassVar
from urllib.parse import quote

from flask import Blueprint

from search.model import Document
from webapp.api.openapi import Operation, Shape, operations, shapes
from webapp.api.views import published_examples
from webapp.context import services
from webapp.holdings import Holdings
from webapp.query_examples import EXAMPLES, Example
from webapp.rendering import Page, render

about = Blueprint("about", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """The query language by examples."""

    TEMPLATE: ClassVar[str] = "help.html"
    examples: Sequence[tuple[str, Sequence[tuple[Example, str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage(Page):
    """Every operation of the API."""

    TEMPLATE: ClassVar[str] = "api.html"
    groups: Sequence[tuple[str, Sequence[Operation]]]
    shapes: Sequence[Shape]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What is indexed, and what could not be read."""

    TEMPLATE: ClassVar[str] = "about.html"
    holdings: Holdings
    engine: str
    release: str
    partly: Sequence[Document]
    uncatalogued: Sequence[Document]


@about.get("/help")
def how_to_search() -> str:
    """Return the query language by examples; each is a link that works."""
    examples = [(group, [(e, f"/search?q={quote(e.query)}") for e in listed]) for group, listed in EXAMPLES]
    return render(HelpPage(examples=examples))


@about.get("/help/api")
def how_to_use_the_api() -> str:
    """Return every operation of the API with its parameters and examples that work here, made from its OpenAPI document."""
    groups = operations(published_examples(), services().site_url)
    return render(ApiPage(groups=groups, shapes=shapes()))


@about.get("/about")
def what_is_here() -> str:
    """Return what is indexed, what could not be read and why, how ids and links work."""
    holdings = services().holdings
    return render(
        AboutPage(
            holdings=holdings,
            engine=holdings.meta.engine,
            release=version("findings"),
            partly=[document for document in holdings.documents if document.unread_pages],
            uncatalogued=[document for document in holdings.documents if not document.catalogued],
        )
    )
