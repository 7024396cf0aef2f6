"""What changed between two versions of a document, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, make_response

from search.errors import PageNotFound
from search.model import Document, Passage
from search.near_duplicates import Relation
from search.permalinks import changes_path
from search.versions.differences import ChangeKind, PassageChange, count_changes
from search.versions.others import find_changes
from webapp.context import services
from webapp.pages.presenters import CHANGES_SAID, Change, counted_changes, difference
from webapp.rendering import Page, render
from webapp.views.documents import GoneDocumentPage, find_state
from webapp.views.passages import redirect_with_query

versions = Blueprint("versions", __name__)
MOST_CHANGES = 500  # between two versions shown on one page


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A paragraph that changed: how, what it was, what it is now, and its words; none for one that only moved."""

    said: str
    older: Passage | None
    newer: Passage | None
    words: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What changed between two versions. `left` are changes that are not shown.

    `relation` is what the index takes the document that is named as the newer one for, beside the other; None where they do not resemble
    each other. `turned` is the address of the same with the two exchanged.
    """

    TEMPLATE: ClassVar[str] = "changes.html"
    newer: Document
    older: Document
    said: str
    unchanged: int
    changes: Sequence[ShownChange]
    left: int
    relation: Relation | None
    turned: str


@versions.get("/d/<document_id>/changes/<older_id>")
def changes(document_id: str, older_id: str) -> Response:
    """Answer 200 with what changed from another version to this one; 301 and 410 as the pages of the two do.

    Raises DocumentNotFound, and PageNotFound for a document and itself.
    """
    states = (find_state(document_id), find_state(older_id))
    found = [state.document for state in states if state.document is not None]
    if len(found) < len(states):
        gone = next(state for state in states if state.document is None)
        return make_response(render(GoneDocumentPage(state=gone)), 410)
    newer, older = found
    if newer.document_id == older.document_id:
        raise PageNotFound(f"{document_id}, changes from itself")
    if (newer.document_id, older.document_id) != (document_id, older_id):
        return redirect_with_query(changes_path(newer.document_id, older.document_id))
    return make_response(_page(newer, older))


def _page(newer: Document, older: Document) -> str:
    """The changes from one document to another, and what the two are to each other."""
    found = find_changes(older.document_id, newer.document_id, services().room.opened.catalog)
    listed = [change for change in found if change.kind is not ChangeKind.SAME]
    relations = (look.relation for look in newer.look_alikes if look.other_id == older.document_id)
    return render(
        ChangesPage(
            newer=newer,
            older=older,
            said=counted_changes(count_changes(found)),
            unchanged=len(found) - len(listed),
            changes=[_shown_change(change) for change in listed[:MOST_CHANGES]],
            left=max(0, len(listed) - MOST_CHANGES),
            relation=next(relations, None),
            turned=changes_path(older.document_id, newer.document_id),
        )
    )


def _shown_change(change: PassageChange) -> ShownChange:
    """A change with its words."""
    older, newer = change.older, change.newer
    words = difference(older.text if older else "", newer.text if newer else "")
    shown = words if change.kind is not ChangeKind.MOVED else ()
    return ShownChange(CHANGES_SAID[change.kind], older, newer, shown)
