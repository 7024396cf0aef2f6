"""The reader of HTML: head and blocks through bs4, and trafilatura's word on which of the blocks are the main text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from bs4.exceptions import ParserRejectedMarkup

from indexer.layout.flowing.styled_text import Written, written_passages
from indexer.readers.html.blocks import PageBlock, page_blocks
from indexer.readers.html.head import Head, found_in_head, read_linked_data
from indexer.readers.html.main_text import judged_text, main_blocks
from indexer.readers.html.notes import written_blocks
from indexer.readers.html.shown import drop_hidden
from indexer.readers.html.site_selectors import SitePage, read_site_page, with_found
from indexer.readers.shared.encoding import decode_page
from indexer.readers.shared.failure import ReadingFailed
from indexer.reading.hints import ReadingHints, find_site
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, FoundMetadata, Reading, Reason
from search.model import DocumentQuality

MEDIA_TYPE = "text/html"
NEAR = 15  # texts below the headline that may hold the date; menus follow in most pages
_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|head|body|title|meta|div|p|h[1-6]|table|a|span|br|ul|article)\b", re.I
)


def read_html(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,
) -> Reading:
    """Return the reading of an HTML file. Raises `ReadingFailed`."""
    decoded = decode_page(path.read_bytes())
    text = decoded.text
    if len(text) > limits.max_characters:
        raise ReadingFailed(Reason.TOO_LARGE, f"{len(text)} characters, the limit is {limits.max_characters}")
    try:
        soup = BeautifulSoup(text, "lxml")
    except (ParserRejectedMarkup, AssertionError, ValueError) as failure:
        raise ReadingFailed(Reason.DAMAGED, f"no HTML parser takes it ({failure})") from failure
    head = read_head(soup)
    stated = found_in_head(head)
    drop_hidden(soup)
    by_site = _by_site(soup, hints, (stated.source_url or "", head.first("og:url")))
    passages, told = _body(soup, by_site)
    if not passages:
        reason = Reason.NO_TEXT if _MARKUP.search(text) else Reason.NOT_THIS_FORMAT
        raise ReadingFailed(reason, "no text in the page's body")
    quality = DocumentQuality(reasons=decoded.doubts)
    reading = Reading(MEDIA_TYPE, _merged(stated, told), passages, quality=quality)
    if by_site is None:
        return reading
    return replace(reading, found=with_found(reading.found, by_site.found), notes=by_site.notes)


def _by_site(soup: BeautifulSoup, hints: ReadingHints, addresses: tuple[str, ...]) -> SitePage | None:
    """What the selectors of the page's site find; None for a page of no site that the catalogue describes."""
    site = find_site(hints.sites, addresses)
    return read_site_page(soup, site) if site else None


def _body(soup: BeautifulSoup, by_site: SitePage | None) -> tuple[tuple[DraftPassage, ...], FoundMetadata]:
    """(the passages, what trafilatura tells of the page): those that selectors found go before all others."""
    texts, told = judged_text(str(soup))
    blocks: Sequence[PageBlock] = by_site.blocks if by_site else ()
    if not blocks:
        body = soup.find("body") or soup
        blocks = main_blocks(page_blocks(body), texts) if isinstance(body, Tag) else ()
    return written_passages(written_blocks(blocks)), told


def markup_paragraphs(markup: str) -> list[Written]:
    """Return the paragraphs of a piece of HTML in another format's text, all that is shown of it."""
    soup = BeautifulSoup(markup, "lxml")
    drop_hidden(soup)
    return written_blocks(page_blocks(soup))


def read_head(soup: BeautifulSoup) -> Head:
    """Return what the head of a page and its headlines say, as plain values."""
    meta: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = _attribute(tag, "property") or _attribute(tag, "name") or _attribute(tag, "itemprop")
        content = _attribute(tag, "content")
        if name and content:
            meta.setdefault(name.casefold(), []).append(content)
    root = soup.find("html")
    canonical = soup.find("link", rel="canonical")
    times = [
        _attribute(tag, "datetime") for tag in soup.find_all("time", attrs={"itemprop": "datePublished"})
    ]
    return Head(
        title=_shown(soup.title),
        headlines=tuple(text for tag in soup.find_all("h1")[:10] if (text := _shown(tag))),
        meta={name: tuple(values) for name, values in meta.items()},
        linked=read_linked_data(
            [tag.string or "" for tag in soup.find_all("script", type="application/ld+json")]
        ),
        language=_attribute(root, "lang") or _attribute(root, "xml:lang") if isinstance(root, Tag) else "",
        canonical=_attribute(canonical, "href") if isinstance(canonical, Tag) else "",
        bylines=tuple(_bylines(soup)),
        times=tuple(time for time in times if time),
        near_headline=tuple(_near_headline(soup)),
    )


def _near_headline(soup: BeautifulSoup) -> Iterator[str]:
    """The first texts below the headline, where the day of a speech stands when the head does not give it."""
    headline = soup.find("h1")
    texts = headline.find_all_next(string=True, limit=4 * NEAR) if isinstance(headline, Tag) else []
    shown = (" ".join(text.split()) for text in texts if type(text) is NavigableString)
    yield from [text for text in shown if text][:NEAR]


def _bylines(soup: BeautifulSoup) -> Iterator[str]:
    """Texts that the page marks as the name of an author."""
    for selector in (
        '[itemprop="author"] [itemprop="name"]',
        '[rel="author"]',
        '[itemprop="author"]',
        ".byline",
        ".author",
    ):
        for tag in soup.select(selector)[:3]:
            text = _shown(tag)
            if 3 <= len(text) <= 100:
                yield text


def _attribute(tag: Tag, name: str) -> str:
    """An attribute as text; "" when there is none."""
    value = tag.get(name)
    return " ".join(value if isinstance(value, list) else [value or ""]).strip()


def _shown(tag: Tag | None) -> str:
    """The text of an element, "" for none."""
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _merged(stated: FoundMetadata, told: FoundMetadata) -> FoundMetadata:
    """What the head states; what trafilatura found where the head says nothing."""
    return replace(
        stated,
        title=stated.title or told.title,
        date=told.date or stated.date,
        authors=stated.authors or told.authors,
        language=stated.language or told.language,
        publisher=stated.publisher or told.publisher,
        source_url=stated.source_url or told.source_url,
    )
