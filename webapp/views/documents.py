"""The list of documents, one document, one page of it, and the picture of that page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from flask import Blueprint, Response, make_response, redirect, request, send_file

from search.answering.answer import DocumentState, Question
from search.answering.navigation import Spot
from search.citations.item import bare_label
from search.citations.references import Citation
from search.errors import DocumentNotFound, PageNotFound, ParagraphNotFound
from search.model import Document, Edition, PageQuality, Passage
from search.near_duplicates import Relation
from search.permalinks import changes_path, document_path, passage_path, repaired_id
from search.query.names import Names
from search.store.catalog import Catalog
from search.versions.differences import ChangeKind, PassageChange, compare_versions, count_changes
from webapp.addresses import read_filters, read_flag, read_number
from webapp.context import services
from webapp.holdings import OWN_PUBLISHER, Holdings
from webapp.http.caching import FOR_GOOD
from webapp.pages.head_tags import citation_tags, coins, schema
from webapp.pages.hit_ticks import Tick, ticks
from webapp.pages.page_view import Sheet, SmallPage, make_sheet, small_pages
from webapp.pages.presenters import (
    Change,
    Entry,
    FindingTag,
    Reference,
    ThemeTag,
    contents,
    counted,
    difference,
    finding_tag,
    references,
    theme_tags,
)
from webapp.rendering import Page, render
from webapp.views.passages import redirect_with_query

documents = Blueprint("documents", __name__)
PASSAGES_A_PART = 300  # of a long document shown on one page of it
MOST_PARTS = 10_000
MOST_CHANGES = 500  # between two versions shown on one page
SAID = {
    ChangeKind.REWORDED: "reworded",
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "taken out",
    ChangeKind.MOVED: "moved",
}
_VERSIONS = (Relation.NEWER, Relation.OLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(Page):
    """All documents, edition by edition."""

    TEMPLATE: ClassVar[str] = "documents.html"
    holdings: Holdings
    groups: Sequence[tuple[Edition | None, Sequence[Document]]]
    chosen: Sequence[str]
    total: int
    older: int
    versions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneDocumentPage(Page):
    """What became of a document that is no longer published."""

    TEMPLATE: ClassVar[str] = "gone_document.html"
    state: DocumentState


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """Facts, contents, findings and passages of a document."""

    TEMPLATE: ClassVar[str] = "document.html"
    document: Document
    citation_tags: Sequence[tuple[str, str]]
    coins: str
    schema: Mapping[str, object]
    own_publisher: str
    edition: Edition | None
    names: Names
    entries: Sequence[Entry]
    findings: Sequence[tuple[Passage, FindingTag | None]]
    shown: Sequence[tuple[Passage, FindingTag | None]]
    themes: Sequence[tuple[str, int, Sequence[Tick]]]
    small_pages: Sequence[SmallPage]
    look_alikes: Sequence[tuple[str, Document, str]]
    versions: Sequence[VersionNote]
    part: int
    parts: int
    part_of: Callable[[Passage], int]
    references: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class VersionNote:
    """Another version of a document: whether it is the newer one, why that is thought, what changed, and the page that shows it."""

    is_newer: bool
    document: Document
    because: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A paragraph that changed: how, what it was, what it is now, and its words; none for one that only moved."""

    said: str
    older: Passage | None
    newer: Passage | None
    words: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What changed between two versions. `left` are changes that are not shown, `related` whether the index takes them for versions."""

    TEMPLATE: ClassVar[str] = "changes.html"
    newer: Document
    older: Document
    said: str
    unchanged: int
    changes: Sequence[ShownChange]
    left: int
    related: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPagePage(Page):
    """One page of a document with its passages."""

    TEMPLATE: ClassVar[str] = "page.html"
    document: Document
    page: int
    label: str | None
    shown: Sequence[tuple[Passage, FindingTag | None, Sequence[ThemeTag]]]
    marked: str | None
    sheet: Sheet | None
    unread: bool
    quality: PageQuality | None


@documents.get("/documents/")
def all_documents() -> str:
    """Return every document by edition, the latest first; `kind` and `edition` narrow. With `versions=1` older versions, too."""
    holdings = services().holdings
    chosen = {name: holdings.names.values(name, values) for name, values in read_filters(request.args)}
    versions = read_flag(request.args, "versions")
    older = [d for d in holdings.older if _is_chosen(d, chosen)]
    listed = [d for d in holdings.documents if _is_chosen(d, chosen)] + (older if versions else [])
    ranks = sorted(holdings.editions.values(), key=lambda edition: edition.start or "", reverse=True)
    place = {edition.edition_id: number for number, edition in enumerate(ranks)}
    listed.sort(key=lambda document: place.get(document.edition or "", len(place)))
    groups = [
        (holdings.editions.get(edition or ""), list(together))
        for edition, together in groupby(listed, key=lambda document: document.edition)
    ]
    return render(
        DocumentsPage(
            holdings=holdings,
            groups=groups,
            chosen=chosen.get("kind", ()),
            total=len(listed),
            older=len(older),
            versions=versions,
        )
    )


def _is_chosen(document: Document, chosen: dict[str, tuple[str, ...]]) -> bool:
    """Whether a document has one of the wanted kinds and editions."""
    kinds, editions = chosen.get("kind"), chosen.get("edition")
    return (not kinds or document.kind in kinds) and (not editions or document.edition in editions)


@documents.get("/d/<document_id>")
def document(document_id: str) -> Response:
    """Answer 200 with the document; 301 to the one that holds its words now; 410 when it is no longer published."""
    state = _find_state(document_id)
    if state.state == "withdrawn":
        return make_response(render(GoneDocumentPage(state=state)), 410)
    if state.document is None or state.document.document_id != document_id:
        meant = state.document.document_id if state.document else state.document_id
        return redirect_with_query(document_path(meant))
    return make_response(_page(state.document))


@documents.get("/d/<path:written>")
def written_document(written: str) -> Response:
    """Redirect to the document that a link with signs behind it, as texts leave it, meant."""
    return redirect_with_query(document_path(_find_state(repaired_id(written)).document_id))


def _find_state(written: str) -> DocumentState:
    """What became of a document, with its id as it is written or as it was meant. Raises DocumentNotFound."""
    try:
        return services().room.document_state(written)
    except DocumentNotFound:
        if repaired_id(written) == written:
            raise
        return services().room.document_state(repaired_id(written))


def _page(found: Document) -> str:
    """Facts, contents, findings and all passages of a document, in parts where it is long."""
    room, document_id = services().room.opened, found.document_id
    passages = room.catalog.passages_of(document_id)
    parts = max(1, -(-len(passages) // PASSAGES_A_PART))
    part = read_number(request.args, "part", 1, MOST_PARTS)
    if part > parts:
        raise PageNotFound(f"{document_id}, part {part}")
    names = room.names
    citation = Citation(found, room.editions.get(found.edition or ""), None, services().site_url)
    return render(
        DocumentPage(
            document=found,
            citation_tags=list(citation_tags(citation, services().original(found))),
            coins=coins(citation),
            schema=schema(citation),
            own_publisher=OWN_PUBLISHER,
            edition=room.editions.get(found.edition or ""),
            names=names,
            entries=contents(passages),
            findings=[(p, finding_tag(p.finding)) for p in passages if p.finding],
            shown=[
                (p, finding_tag(p.finding))
                for p in passages[PASSAGES_A_PART * (part - 1) :][:PASSAGES_A_PART]
            ],
            themes=_themes_along(found, passages),
            small_pages=small_pages(services().images, found, passages),
            look_alikes=list(_look_alikes(found, room.catalog)),
            versions=list(_versions(found, room.catalog)),
            part=part,
            parts=parts,
            part_of=lambda passage: (passage.ordinal - 1) // PASSAGES_A_PART + 1,
            references=references(found, room.editions.get(found.edition or ""), None, services().site_url),
        )
    )


def _look_alikes(document: Document, catalog: Catalog) -> Iterator[tuple[str, Document, str]]:
    """For each document that this one resembles and that is no version of it: the words before its title, the document, the words
    behind."""
    for look in document.look_alikes:
        other = catalog.find_document(look.other_id) if look.relation not in _VERSIONS else None
        if other is not None:
            before, _, after = look.sentence("This document", "\0").partition("\0")
            yield before, other, after


def _versions(document: Document, catalog: Catalog) -> Iterator[VersionNote]:
    """The other versions of a document with what changed, the newest first."""
    looks = [look for look in document.look_alikes if look.relation in _VERSIONS]
    others = [(other, look) for look in looks if (other := catalog.find_document(look.other_id))]
    for other, look in sorted(others, key=lambda pair: pair[0].published or "", reverse=True):
        is_newer = look.relation is Relation.OLDER  # this document is the older one
        older, newer = (document, other) if is_newer else (other, document)
        counts = count_changes(_changes(older, newer, catalog))
        yield VersionNote(
            is_newer,
            other,
            look.because,
            _counted(counts),
            changes_path(newer.document_id, older.document_id),
        )


def _changes(older: Document, newer: Document, catalog: Catalog) -> list[PassageChange]:
    """What changed from one version to the other."""
    return compare_versions(catalog.passages_of(older.document_id), catalog.passages_of(newer.document_id))


def _counted(counts: Mapping[ChangeKind, int]) -> str:
    """What changed, in words."""
    listed = (f"{counted(number, 'paragraph')} {SAID[kind]}" for kind, number in counts.items())
    return ", ".join(listed) or "no word changed"


@documents.get("/d/<document_id>/changes/<older_id>")
def changes(document_id: str, older_id: str) -> str:
    """Return what changed from another version to this one, paragraph by paragraph. Raises DocumentNotFound."""
    catalog = services().room.opened.catalog
    newer, older = catalog.get_document(document_id), catalog.get_document(older_id)
    found = _changes(older, newer, catalog)
    listed = [change for change in found if change.kind is not ChangeKind.SAME]
    return render(
        ChangesPage(
            newer=newer,
            older=older,
            said=_counted(count_changes(found)),
            unchanged=len(found) - len(listed),
            changes=[_shown_change(change) for change in listed[:MOST_CHANGES]],
            left=max(0, len(listed) - MOST_CHANGES),
            related=any(look.other_id == older_id for look in newer.look_alikes),
        )
    )


def _shown_change(change: PassageChange) -> ShownChange:
    """A change with its words."""
    older, newer = change.older, change.newer
    words = difference(older.text if older else "", newer.text if newer else "")
    return ShownChange(SAID[change.kind], older, newer, words if change.kind is not ChangeKind.MOVED else ())


def _themes_along(document: Document, passages: Iterable[Passage]) -> list[tuple[str, int, list[Tick]]]:
    """Themes of a document with the number of its passages and where they stand in it, the most frequent first."""
    spots: dict[str, list[Spot]] = {}
    for passage in passages:
        for mark in passage.themes:
            spot = Spot(passage.passage_id, passage.ordinal, passage.page)
            spots.setdefault(mark.theme_id, []).append(spot)
    ordered = sorted(spots.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [(theme_id, len(found), ticks(document, found, (), Question())) for theme_id, found in ordered]


@documents.get("/d/<document_id>/para/<number>")
def paragraph(document_id: str, number: str) -> Response:
    """Return the paragraph with a printed number, else the one in that place: on to its permanent link. Raises ParagraphNotFound."""
    room = services().room.opened
    room.catalog.get_document(document_id)
    found = room.places.find_paragraph(document_id, number)
    if found is None:
        raise ParagraphNotFound(f"{document_id}, paragraph {number}")
    return make_response(
        redirect(passage_path(found.passage_id))
    )  # for now: words may come to have another number


@documents.get("/d/<document_id>/page/<int:page>")
def page_of(document_id: str, page: int) -> str:
    """Return a page with its passages beside it; the words of `passage` are marked."""
    room = services().room.opened
    found = room.catalog.get_document(document_id)
    if not 1 <= page <= (found.pages or 0):
        raise PageNotFound(f"{document_id}, page {page}")
    passages = room.catalog.passages_on(document_id, page)
    wanted = f"{document_id}/{request.args.get('passage', '')}"
    marked = [passage for passage in passages if passage.passage_id == wanted]
    return render(
        DocumentPagePage(
            document=found,
            page=page,
            label=next((bare_label(p.page_label) for p in passages if p.page == page and p.page_label), None),
            shown=[(p, finding_tag(p.finding), theme_tags(p.themes, room.names)) for p in passages],
            marked=wanted if marked else None,
            sheet=make_sheet(services().images, found, page, marked),
            unread=page in found.unread_pages,
            quality=next((seen for seen in found.quality.pages if seen.page == page), None),
        )
    )


@documents.get("/d/<document_id>/page/<int:page>.png")
def page_image(document_id: str, page: int) -> Response:
    """Return the picture of a page."""
    found = services().room.opened.catalog.get_document(document_id)
    return _picture(found, services().images.png(found, page))


@documents.get("/d/<document_id>/page/<int:page>/small.png")
def small_image(document_id: str, page: int) -> Response:
    """Return a small picture of a page."""
    found = services().room.opened.catalog.get_document(document_id)
    return _picture(found, services().images.small_png(found, page))


def _picture(found: Document, picture: Path) -> Response:
    """A picture of a document; it may be kept for good where the address names the file's content."""
    response = send_file(
        picture, mimetype="image/png", conditional=True, etag=f"{found.sha256[:16]}-{picture.stem}"
    )
    if request.args.get("v") == found.sha256[:16]:
        response.headers["Cache-Control"] = FOR_GOOD
    return response
