"""What other programs read: Atom feeds, the OpenSearch description, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from flask import Blueprint, Response

from search.answering.answer import Answer, Question
from search.citations.references import locator
from search.engines.request import Sort
from search.errors import ThemeNotFound
from search.permalinks import document_path, passage_path
from webapp.addresses import address
from webapp.context import services
from webapp.pages.presenters import edition_path, theme_path
from webapp.rendering import Page, render

feeds = Blueprint("feeds", __name__)
NEWEST = 50  # entries of a feed


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed; its link is its id, for links here are permanent."""

    title: str
    link: str
    updated: str
    words: str


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
    """Return the newest documents."""
    holdings, site = services().holdings, services().site_url
    entries = [
        FeedEntry(
            d.title,
            site + document_path(d.document_id),
            moment(d.published, holdings.meta.created_at),
            d.title,
        )
        for d in holdings.documents[:NEWEST]
    ]
    return _feed("Findings: newest documents", "/feed.atom", "/documents/", entries)


@feeds.get("/themes/<theme_id>.atom")
def theme_feed(theme_id: str) -> Response:
    """Return the newest passages of a theme."""
    holdings = services().holdings
    if theme_id not in holdings.themes.by_id:
        raise ThemeNotFound(theme_id)
    question = Question(filters=(("theme", (theme_id,)),), sort=Sort.NEWEST, limit=NEWEST)
    entries = _hit_entries(services().room.ask(question))
    path = theme_path(theme_id)
    return _feed(f"Findings: {holdings.themes.label(theme_id)}", f"{path}.atom", path, entries)


@feeds.get("/corrections.atom")
def corrections() -> Response:
    """Return passages whose words were changed or withdrawn, the latest first."""
    catalog, site = services().room.opened.catalog, services().site_url
    created = services().room.opened.meta.created_at
    entries = []
    for passage_id, former in catalog.corrections(NEWEST):
        document = catalog.find_document(passage_id.rpartition("/")[0])
        now = catalog.find_passage(former["successor"]) if former["successor"] else None
        state = (
            former["state"]
            if former.get("reason") or former["state"] != "withdrawn"
            else "no longer published"
        )
        title = f"{state.capitalize()}: {document.title if document else passage_id}"
        was = f"Was: {former['text']}" if former["text"] else f"Withdrawn: {former.get('reason', '')}"
        words = was + (f"\n\nNow: {now.text}" if now else "")
        entries.append(
            FeedEntry(title, site + passage_path(passage_id), moment(former["since"][:10], created), words)
        )
    return _feed("Findings: corrections", "/corrections.atom", "/about", entries)


def results_feed(answer: Answer, question: Question, others: Mapping[str, str]) -> Response:
    """Return results of a question; `others` are the feeds before and after this one (RFC 5005)."""
    entries = _hit_entries(answer)
    itself = address(question, format="atom")
    title = f"Findings: {question.text or 'all passages'}"
    return _feed(title, itself, address(question, page=1), entries, others)


def _hit_entries(answer: Answer) -> list[FeedEntry]:
    """An entry for each hit."""
    site, created = services().site_url, services().room.opened.meta.created_at
    return [
        FeedEntry(
            f"{hit.document.title}, {locator(hit.passage)}",
            site + passage_path(hit.passage.passage_id),
            moment(hit.document.published, created),
            hit.passage.text,
        )
        for hit in answer.hits
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
            entries=[FeedEntry(legal(e.title), e.link, e.updated, legal(e.words)) for e in entries],
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
