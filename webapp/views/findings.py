"""All findings as a table of evidence, as a page and as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, request

from search.engines.request import Sort
from webapp.context import services
from webapp.evidence.selection import Selection, read_selection
from webapp.evidence.sheet import Sheet, make_sheet, table_file
from webapp.rendering import Page, render

findings = Blueprint("findings", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """All findings as a table of evidence."""

    TEMPLATE: ClassVar[str] = "findings.html"
    sheet: Sheet


def _selection() -> Selection:
    """What the address asks for."""
    return read_selection(request.args, "/findings/", None, services().holdings.documents, Sort.NEWEST)


@findings.get("/findings/")
def all_findings() -> str:
    """Show strong findings on any theme, newest first."""
    return render(FindingsPage(sheet=make_sheet(_selection())))


@findings.get("/findings/evidence.<any(csv,docx,ris):form>")
def findings_file(form: str) -> Response:
    """Return the same findings as a file."""
    return table_file(_selection(), form, "Findings")
