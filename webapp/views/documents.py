"""The list of documents, one document, one page of it, and the picture of that page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from search.permalinks import changes_path, document_path, passage_path, repaired_id
from search.query.names import Names
from search.store.catalog import Catalog
from search.versions.others import VERSIONS, OtherVersion, find_other_versions
from webapp.addresses import address, read_filters, read_flag, read_number, with_values
from webapp.context import services
from webapp.holdings import OWN_PUBLISHER, Holdings
from webapp.http.caching import FOR_GOOD
from webapp.pages.head_tags import citation_tags, coins, schema
from webapp.pages.hit_ticks import Tick, ticks
from webapp.pages.page_view import Sheet, SmallPage, make_sheet, small_pages
from webapp.pages.presenters import (
    Entry,
    FindingTag,
    Reference,
    ThemeTag,
    contents,
    counted_changes,
    finding_tag,
    references,
    theme_tags,
)
from webapp.rendering import Page, render
from webapp.views.passages import redirect_with_query

documents = Blueprint("documents", __name__)
PASSAGES_A_PART = 300  # of a long document shown on one page of it
MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage(Page):
    """All documents, edition by edition. `whole` counts them of every kind and edition; links keep all that is chosen but what they change."""

    TEMPLATE: ClassVar[str] = "documents.html"
    holdings: Holdings
    groups: Sequence[tuple[Edition | None, Sequence[Document]]]
    total: int
    whole: int
    kinds: Sequence[KindChoice]
    all_kinds: str | None
    older: int
    versions: bool
    versions_href: str


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of document, how many of it would be listed, and the address of these; None for one that is listed now."""

    label: str
    count: int
    href: str | None


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
    """Another version of a document, what changed in words, and the page that shows it."""

    other: OtherVersion
    said: str
    href: str


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
    filters = tuple((name, chosen[name]) for name in ("edition", "kind") if name in chosen)
    question = Question(filters=filters, versions=read_flag(request.args, "versions"))
    every = holdings.every_version if question.versions else holdings.documents
    listed = [document for document in every if _is_chosen(document, question)]
    return render(
        DocumentsPage(
            holdings=holdings,
            groups=_by_edition(listed, holdings),
            total=len(listed),
            whole=len(every),
            kinds=_kinds(every, question, holdings.names),
            all_kinds=_listing(with_values(question, "kind", ())) if "kind" in chosen else None,
            older=sum(_is_chosen(document, question) for document in holdings.older),
            versions=question.versions,
            versions_href=_listing(replace(question, versions=not question.versions)),
        )
    )


def _by_edition(
    listed: Iterable[Document], holdings: Holdings
) -> list[tuple[Edition | None, list[Document]]]:
    """Documents with their edition, the latest first, those of none last."""
    ranks = sorted(holdings.editions.values(), key=lambda edition: edition.start or "", reverse=True)
    place = {edition.edition_id: number for number, edition in enumerate(ranks)}
    ordered = sorted(listed, key=lambda document: place.get(document.edition or "", len(place)))
    return [
        (holdings.editions.get(edition or ""), list(together))
        for edition, together in groupby(ordered, key=lambda document: document.edition)
    ]


def _is_chosen(document: Document, question: Question) -> bool:
    """Whether a document has one of the wanted kinds and editions."""
    kinds, editions = question.chosen("kind"), question.chosen("edition")
    return (not kinds or document.kind in kinds) and (not editions or document.edition in editions)


def _kinds(every: Iterable[Document], question: Question, names: Names) -> list[KindChoice]:
    """The kinds that documents of the wanted editions have, the most frequent first."""
    whole = with_values(question, "kind", ())
    counts = Counter(document.kind for document in every if _is_chosen(document, whole))
    chosen = question.chosen("kind")
    return [
        KindChoice(
            names.label("kind", kind),
            count,
            None if kind in chosen else _listing(with_values(question, "kind", (kind,))),
        )
        for kind, count in counts.most_common()
    ]


def _listing(question: Question) -> str:
    """The address of the list that a question narrows."""
    return address(question, "/documents/")


@documents.get("/d/<document_id>")
def document(document_id: str) -> Response:
    """Answer 200 with the document; 301 to the one that holds its words now; 410 when it is no longer published."""
    state = find_state(document_id)
    if state.state == "withdrawn":
        return make_response(render(GoneDocumentPage(state=state)), 410)
    if state.document is None or state.document.document_id != document_id:
        meant = state.document.document_id if state.document else state.document_id
        return redirect_with_query(document_path(meant))
    return make_response(_page(state.document))


@documents.get("/d/<path:written>")
def written_document(written: str) -> Response:
    """Redirect to the document that a link with signs behind it, as texts leave it, meant."""
    return redirect_with_query(document_path(find_state(repaired_id(written)).document_id))


def find_state(written: str) -> DocumentState:
    """Return what became of a document, with its id as it is written or as it was meant. Raises DocumentNotFound."""
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
            versions=_version_notes(found, room.catalog),
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
        other = catalog.find_document(look.other_id) if look.relation not in VERSIONS else None
        if other is not None:
            before, _, after = look.sentence("This document", "\0").partition("\0")
            yield before, other, after


def _version_notes(document: Document, catalog: Catalog) -> list[VersionNote]:
    """The other versions of a document with what changed."""
    notes = []
    for other in find_other_versions(document, catalog):
        older, newer = (document, other.document) if other.is_newer else (other.document, document)
        href = changes_path(newer.document_id, older.document_id)
        notes.append(VersionNote(other, counted_changes(other.changes), href))
    return notes


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
