"""Suggestions while typing, as a plain page; the API has them as JSON for the search box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, request

from search.answering.answer import Question
from search.answering.autocomplete import LONGEST_TYPED, Suggestion
from search.permalinks import document_path
from webapp.addresses import address
from webapp.context import services
from webapp.rendering import Page, render

suggesting = Blueprint("suggesting", __name__)
MOST_ON_A_PAGE = 40
KIND_LABELS = {
    "theme": "Theme",
    "acronym": "Acronym",
    "document": "Document",
    "speaker": "Speaker",
    "phrase": "Phrase",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestPage(Page):
    """What there is that begins as typed."""

    TEMPLATE: ClassVar[str] = "suggest.html"
    typed: str
    listed: Sequence[tuple[str, Suggestion, str]]


@suggesting.get("/suggest")
def suggest() -> str:
    """Return what there is that begins so."""
    typed = request.args.get("q", "").strip()[:LONGEST_TYPED]
    found = services().room.opened.suggestions.find(typed, MOST_ON_A_PAGE)
    listed = [(KIND_LABELS[name.kind], name, suggestion_href(name)) for name in found]
    return render(SuggestPage(typed=typed, listed=listed))


def suggestion_href(name: Suggestion) -> str:
    """Return where a suggestion leads: a document opens, all others are searched for."""
    if name.document_id is not None:
        return document_path(name.document_id)
    return address(Question(name.query))
