"""All editions, and one edition with its documents, themes and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint

from search.answering.answer import Answer, Question
from search.model import Document, Edition
from webapp.addresses import address, with_values
from webapp.context import services
from webapp.holdings import Holdings
from webapp.pages.presenters import FINDING_TYPES
from webapp.pages.results import ShownHit, shown_hits
from webapp.pages.theme_grid import Cell, Row, theme_grid
from webapp.rendering import Page, render
from webapp.views.themes import findings_of

editions = Blueprint("editions", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsPage(Page):
    """All editions with their documents."""

    TEMPLATE: ClassVar[str] = "editions.html"
    editions: Sequence[tuple[Edition, Sequence[Document]]]
    holdings: Holdings


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage(Page):
    """Facts, documents, themes and findings of an edition."""

    TEMPLATE: ClassVar[str] = "edition.html"
    edition: Edition
    label: str
    documents: Sequence[Document]
    holdings: Holdings
    rows: Sequence[Row]
    findings: Answer
    hits: Sequence[ShownHit]
    search_href: str
    findings_href: str


@editions.get("/editions/")
def all_editions() -> str:
    """Return every edition, the latest first."""
    holdings = services().holdings
    listed = sorted(holdings.editions.values(), key=lambda edition: edition.start or "", reverse=True)
    return render(
        EditionsPage(editions=[(e, holdings.of_edition(e.edition_id)) for e in listed], holdings=holdings)
    )


def row_cell(row: Row, edition_id: str) -> Cell:
    """Return the cell of an edition in a row."""
    return next(cell for cell in row.cells if cell.edition.edition_id == edition_id)


@editions.get("/editions/<edition_id>")
def edition(edition_id: str) -> str:
    """Show facts, documents, themes and findings of an edition."""
    holdings = services().holdings
    found = services().room.opened.catalog.get_edition(edition_id)
    question = Question(filters=(("edition", (edition_id,)),))
    findings = findings_of(question)
    return render(
        EditionPage(
            edition=found,
            label=holdings.names.label("edition", edition_id),
            documents=holdings.of_edition(edition_id),
            holdings=holdings,
            rows=[row for row in theme_grid(holdings) if row_cell(row, edition_id).count],
            findings=findings,
            hits=shown_hits(findings.hits, findings.question, holdings.names),
            search_href=address(question),
            findings_href=address(with_values(question, "finding", FINDING_TYPES)),
        )
    )
