"""What other programs read: Atom feeds, the OpenSearch description, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

from flask import Blueprint, Response

from search.answering.answer import Question
from search.answering.navigation import Latest, find_latest
from search.citations.references import locator
from search.errors import ThemeNotFound
from search.model import Document
from search.permalinks import document_path, passage_path
from search.store.catalog import Catalog
from search.store.received import latest_first
from webapp.addresses import address
from webapp.context import services
from webapp.pages.presenters import edition_path, theme_path
from webapp.rendering import Page, render

feeds = Blueprint("feeds", __name__)
NEWEST = 50  # entries of a feed
WORDS_SHOWN = 5  # passages of one removal whose words are told; the page of each has them


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed; its link is its id, for links here are permanent. `updated` is when it came here, `published` when the
    document was published, "" where that is not known."""

    title: str
    link: str
    updated: str
    words: str
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Page):
    """An Atom feed (RFC 4287)."""

    TEMPLATE: ClassVar[str] = "feed.xml"
    title: str
    itself: str
    page: str
    others: Mapping[str, str]
    updated: str
    entries: Sequence[FeedEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSearch(Page):
    """What lets browsers search here from their address bar."""

    TEMPLATE: ClassVar[str] = "opensearch.xml"
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(Page):
    """The addresses of all documents, themes and editions."""

    TEMPLATE: ClassVar[str] = "sitemap.xml"
    addresses: Sequence[str]


@feeds.get("/feed.atom")
def newest_documents() -> Response:
    """Return the documents that came last."""
    holdings, site = services().holdings, services().site_url
    entries = [
        FeedEntry(d.title, site + document_path(d.document_id), _came(d), d.title, _published(d))
        for d in latest_first(holdings.documents, holdings.received)[:NEWEST]
    ]
    return _feed("Findings: newest documents", "/feed.atom", "/documents/", entries)


@feeds.get("/themes/<theme_id>.atom")
def theme_feed(theme_id: str) -> Response:
    """Return the passages of a theme that came last."""
    holdings = services().holdings
    if theme_id not in holdings.themes.by_id:
        raise ThemeNotFound(theme_id)
    latest = latest_passages(Question(filters=(("theme", (theme_id,)),)), 1)
    path = theme_path(theme_id)
    return _feed(f"Findings: {holdings.themes.label(theme_id)}", f"{path}.atom", path, _entries(latest))


def _came(document: Document) -> str:
    """The moment at which a document came; where that is not known, the day of its publication or that of the index."""
    holdings = services().holdings
    known = holdings.received.get(document.document_id)
    return known or moment(document.published, holdings.meta.created_at)


def _published(document: Document) -> str:
    """The day of its publication as a point in time; "" where it is not known."""
    return moment(document.published, "")


@feeds.get("/corrections.atom")
def corrections() -> Response:
    """Return what was reworded or removed, the latest first; what went from one document on one day is one entry."""
    opened = services().room.opened
    catalog, created = opened.catalog, opened.meta.created_at
    entries = [_correction(removal, catalog, created) for removal in _removals(catalog.corrections())]
    return _feed("Findings: corrections", "/corrections.atom", "/about", entries)


Former = tuple[str, Mapping[str, Any]]
"""The id of a passage that is no longer published as it was, and what the ledger says of it."""


def _removals(corrections: Iterable[Former]) -> list[list[Former]]:
    """The latest corrections: each rewording by itself, what went from a document on one day for one reason together."""
    together: dict[tuple[str, ...], list[Former]] = {}
    for passage_id, former in corrections:
        alone = passage_id if former["state"] == "reworded" else ""
        removal = (passage_id.rpartition("/")[0], former["since"], str(former.get("reason", "")), alone)
        if removal not in together and len(together) == NEWEST:
            break
        together.setdefault(removal, []).append((passage_id, former))
    return list(together.values())


def _correction(removal: list[Former], catalog: Catalog, created: str) -> FeedEntry:
    """One rewording or removal. Of a document that went as a whole the link is to what is said of it."""
    passage_id, former = removal[0]
    document_id = passage_id.rpartition("/")[0]
    document = catalog.find_document(document_id)
    now = catalog.find_passage(former["successor"]) if former["successor"] else None
    told = former.get("reason") or former["state"] != "withdrawn"
    state = former["state"] if told else "no longer published"
    title = f"{state.capitalize()}: {document.title if document else former.get('title') or document_id}"
    words = [f"Was: {one['text']}" for _, one in removal[:WORDS_SHOWN] if one["text"]]
    if len(removal) > 1:
        words.insert(0, f"{len(removal):,} passages")
    if former.get("reason"):
        words.insert(0, f"Withdrawn: {former['reason']}")
    if now:
        words.append(f"Now: {now.text}")
    whole = document is None and len(removal) > 1
    path = document_path(document_id) if whole else passage_path(passage_id)
    updated = moment(former["since"][:10], created)
    return FeedEntry(title, services().site_url + path, updated, "\n\n".join(words))


def latest_passages(question: Question, page: int, most: int = NEWEST) -> Latest:
    """Return a `page` (from 1) of `most` passages that answer a question by their words, those that came last first."""
    holdings, opened = services().holdings, services().room.opened
    listed = latest_first(holdings.every_version, holdings.received)
    places = {document.document_id: place for place, document in enumerate(listed)}
    return find_latest(question, places, (page - 1) * most, most, opened.context)


def results_feed(latest: Latest, question: Question, others: Mapping[str, str]) -> Response:
    """Return passages that answer a question; `others` are the feeds before and after this one (RFC 5005)."""
    itself = address(question, format="atom")
    title = f"Findings: {question.text or 'all passages'}"
    return _feed(title, itself, address(question, page=1), _entries(latest), others)


def _entries(latest: Latest) -> list[FeedEntry]:
    """An entry for each passage."""
    site, catalog = services().site_url, services().room.opened.catalog
    documents = {document.document_id: document for document in catalog.documents()}
    return [
        FeedEntry(
            f"{document.title}, {locator(passage)}",
            site + passage_path(passage.passage_id),
            _came(document),
            passage.text,
            _published(document),
        )
        for passage in latest.passages
        if (document := documents.get(passage.document_id))
    ]


def _feed(
    title: str,
    itself: str,
    page: str,
    entries: Iterable[FeedEntry],
    others: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """An Atom feed (RFC 4287)."""
    site = services().site_url
    body = render(
        Feed(
            title=legal(title),
            itself=site + itself,
            page=site + page,
            others={relation: site + to for relation, to in others.items()},
            updated=moment(None, services().room.opened.meta.created_at),
            entries=[replace(e, title=legal(e.title), words=legal(e.words)) for e in entries],
        )
    )
    return Response(body, mimetype="application/atom+xml")


def moment(date: str | None, otherwise: str) -> str:
    """Return a date as a point in time (RFC 3339); missing parts are the first there can be."""
    if not date:
        return otherwise
    year, month, day = (*date.split("-"), "01", "01")[:3]
    return f"{year}-{month}-{day}T00:00:00Z"


def legal(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    """Let browsers search here from their address bar (OpenSearch 1.1)."""
    body = render(OpenSearch(site=services().site_url))
    return Response(body, mimetype="application/opensearchdescription+xml")


@feeds.get("/sitemap.xml")
def sitemap() -> Response:
    """Return all documents, themes and editions (sitemaps.org 0.9)."""
    holdings, site = services().holdings, services().site_url
    paths = ["/", "/documents/", "/themes/", "/findings/", "/editions/", "/help", "/help/api", "/about"]
    paths += [document_path(document.document_id) for document in holdings.every_version]
    paths += [theme_path(theme.theme_id) for theme in holdings.themes.all]
    paths += [edition_path(edition_id) for edition_id in holdings.editions]
    body = render(Sitemap(addresses=[site + path for path in paths[:50_000]]))
    return Response(body, mimetype="application/xml")
