"""What other programs read: Atom feeds, the OpenSearch description, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from search.answers import Answer, Question
from search.citations import locator
from search.permalinks import document_path, passage_path
from webapp.desk import desk
from webapp.params import address
from webapp.presenters import edition_path, theme_path

feeds = Blueprint("feeds", __name__)
NEWEST = 50  # documents in the feed of new ones


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed; its link is its id, for links here are permanent."""

    title: str
    link: str
    updated: str
    words: str


@feeds.get("/feed.atom")
def newest_documents() -> Response:
    """The newest documents."""
    stock, site = desk().holdings, desk().site_url
    entries = [
        FeedEntry(
            d.title, site + document_path(d.document_id), moment(d.date, stock.meta.created_at), d.title
        )
        for d in stock.documents[:NEWEST]
    ]
    return _feed("Findings: newest documents", "/feed.atom", "/documents/", entries)


def results_feed(answer: Answer, question: Question) -> Response:
    """The first results of a question."""
    site, created = desk().site_url, desk().room.opened.meta.created_at
    entries = [
        FeedEntry(
            f"{hit.document.title}, {locator(hit.passage)}",
            site + passage_path(hit.passage.passage_id),
            moment(hit.document.date, created),
            hit.passage.text,
        )
        for hit in answer.hits
    ]
    itself = address(question, page=1, format="atom")
    return _feed(f"Findings: {question.text or 'all passages'}", itself, address(question, page=1), entries)


def _feed(title: str, itself: str, page: str, entries: Iterable[FeedEntry]) -> Response:
    """An Atom feed (RFC 4287)."""
    site = desk().site_url
    body = render_template(
        "feed.xml",
        title=legal(title),
        itself=site + itself,
        page=site + page,
        updated=moment(None, desk().room.opened.meta.created_at),
        entries=[FeedEntry(legal(e.title), e.link, e.updated, legal(e.words)) for e in entries],
    )
    return Response(body, mimetype="application/atom+xml")


def moment(date: str | None, otherwise: str) -> str:
    """A date as a point in time (RFC 3339); missing parts are the first there can be."""
    if not date:
        return otherwise
    year, month, day = (*date.split("-"), "01", "01")[:3]
    return f"{year}-{month}-{day}T00:00:00Z"


def legal(text: str) -> str:
    """A text without the characters that XML 1.0 forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets browsers search here from their address bar (OpenSearch 1.1)."""
    body = render_template("opensearch.xml", site=desk().site_url)
    return Response(body, mimetype="application/opensearchdescription+xml")


@feeds.get("/sitemap.xml")
def sitemap() -> Response:
    """All documents, themes and editions (sitemaps.org 0.9)."""
    stock, site = desk().holdings, desk().site_url
    paths = ["/", "/documents/", "/themes/", "/editions/", "/help", "/about"]
    paths += [document_path(document.document_id) for document in stock.documents]
    paths += [theme_path(theme.theme_id) for theme in stock.themes.all]
    paths += [edition_path(edition_id) for edition_id in stock.editions]
    body = render_template("sitemap.xml", addresses=[site + path for path in paths[:50_000]])
    return Response(body, mimetype="application/xml")
