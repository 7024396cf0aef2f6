"""Pages of a site that the catalogue describes: its selectors find text, title, date and speaker before any general rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag

from indexer.readers.html.blocks import PageBlock, page_blocks
from indexer.readers.shared.dates import find_date
from indexer.reading.hints import Site
from indexer.reading.reading import FoundMetadata

_NO_TEXT = ("form", "nav")


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the selectors found: no blocks where the body was not found; a note for each selector in vain."""

    blocks: tuple[PageBlock, ...]
    found: FoundMetadata
    notes: tuple[str, ...]


def read_site_page(soup: BeautifulSoup, site: Site) -> SitePage:
    """Read a page by the selectors of its site. What `drop` names is taken out of the soup."""
    values = {key: _first(soup, getattr(site, key)) for key in ("title", "date", "speaker")}
    for selector in site.drop:
        for tag in soup.select(selector):
            tag.decompose()
    blocks = tuple(_blocks(soup, site.body)) if site.body else ()
    found = FoundMetadata(
        title=_shown(values["title"]) or None,
        date=_day(values["date"]),
        speakers=(speaker,) if (speaker := _shown(values["speaker"])) else (),
    )
    given = {"body": bool(blocks), "title": found.title, "date": found.date, "speaker": found.speakers}
    notes = (
        f"{site.name}: the selector {getattr(site, key)!r} for {key} finds nothing on this page"
        for key, value in given.items()
        if getattr(site, key) and not value
    )
    return SitePage(blocks, found, tuple(notes))


def with_found(found: FoundMetadata, by_site: FoundMetadata) -> FoundMetadata:
    """Return the metadata, what the selectors found going before the rest."""
    return replace(
        found,
        title=by_site.title or found.title,
        date=by_site.date or found.date,
        speakers=by_site.speakers or found.speakers,
    )


def _first(soup: BeautifulSoup, selector: str) -> Tag | None:
    """The first element that a selector finds."""
    return soup.select_one(selector) if selector else None


def _shown(tag: Tag | None) -> str:
    """The words of an element; of a `meta` its content."""
    if tag is None:
        return ""
    return " ".join(str(tag.get("content") or tag.get_text(" ")).split())


def _day(tag: Tag | None) -> str | None:
    """The day that an element states: by its `datetime`, else in words."""
    if tag is None:
        return None
    return find_date(str(tag.get("datetime") or "")) or find_date(_shown(tag))


def _blocks(soup: BeautifulSoup, selector: str) -> Iterator[PageBlock]:
    """The blocks of all elements that a selector finds, each part of the page once; forms and menus in them are no text."""
    chosen = soup.select(selector)
    for tag in chosen:
        if not any(parent is other for parent in tag.parents for other in chosen):
            for unwanted in tag.find_all(_NO_TEXT):
                unwanted.decompose()
            yield from page_blocks(tag)
