"""Pages of a site that the catalogue describes: its selectors find text, title, date and speaker before any general rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from indexer.layout.flowing.sections import Sections
from indexer.readers.shared.dates import find_date
from indexer.reading.hints import Site
from indexer.reading.reading import DraftPassage, FoundMetadata
from search.model import PassageKind

_NO_TEXT = ("script", "style", "noscript", "template", "iframe", "svg", "form", "nav")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (*_HEADINGS, "p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "figure", "figcaption",
     "div", "section", "article", "main", "header", "footer", "aside", "details", "summary", "address", "hr")
)  # fmt: skip
_KINDS = {
    "li": PassageKind.LIST_ITEM,
    "figcaption": PassageKind.CAPTION,
    "caption": PassageKind.CAPTION,
}


@dataclass(frozen=True, slots=True)
class SitePage:
    """What the selectors found: no passages where the body was not found; a note for each selector in vain."""

    passages: tuple[DraftPassage, ...]
    found: FoundMetadata
    notes: tuple[str, ...]


def read_site_page(soup: BeautifulSoup, site: Site) -> SitePage:
    """Reads a page by the selectors of its site. What `drop` names is taken out of the soup."""
    values = {key: _first(soup, getattr(site, key)) for key in ("title", "date", "speaker")}
    for selector in site.drop:
        for tag in soup.select(selector):
            tag.decompose()
    passages = tuple(_passages(soup, site.body)) if site.body else ()
    found = FoundMetadata(
        title=_shown(values["title"]) or None,
        date=_day(values["date"]),
        speakers=(speaker,) if (speaker := _shown(values["speaker"])) else (),
    )
    given = {"body": bool(passages), "title": found.title, "date": found.date, "speaker": found.speakers}
    notes = (
        f"{site.name}: the selector {getattr(site, key)!r} for {key} finds nothing on this page"
        for key, value in given.items()
        if getattr(site, key) and not value
    )
    return SitePage(passages, found, tuple(notes))


def with_found(found: FoundMetadata, by_site: FoundMetadata) -> FoundMetadata:
    """The metadata, what the selectors found going before the rest."""
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


def _passages(soup: BeautifulSoup, selector: str) -> list[DraftPassage]:
    """The passages of all elements that a selector finds, each part of the page once."""
    chosen = soup.select(selector)
    sections = Sections()
    for tag in chosen:
        if not any(parent is other for parent in tag.parents for other in chosen):
            for unwanted in tag.find_all(_NO_TEXT):
                unwanted.decompose()
            _take(tag, sections)
    return sections.passages


def _take(block: Tag, sections: Sections) -> None:
    """A block: as heading or table, else its words and the blocks in it, in their order."""
    if block.name in _HEADINGS:
        sections.enter(_HEADINGS[block.name], _words(block))
    elif block.name == "table" and len(block.find_all(("td", "th"))) > 1:
        sections.add(PassageKind.TABLE, "; ".join(row for row in _rows(block) if row.strip(" |")))
    else:
        kind = _KINDS.get(block.name, PassageKind.PARAGRAPH)
        inline: list[str] = []
        for part in block.children:
            if isinstance(part, Tag) and _holds_block(part):
                sections.add(kind, "".join(inline))
                inline = []
                _take(part, sections)
            elif isinstance(part, Tag):
                inline.append(" " if part.name == "br" else _words(part))
            elif type(part) is NavigableString:
                inline.append(str(part))
        sections.add(kind, "".join(inline))


def _holds_block(tag: Tag) -> bool:
    """The element is a block, or has one in it."""
    return tag.name in _BLOCKS or tag.find(tuple(_BLOCKS)) is not None


def _words(tag: Tag) -> str:
    """The words of an element; a line break is a blank."""
    strings = (
        str(part) if type(part) is NavigableString else " " for part in tag.descendants if _is_shown(part)
    )
    return "".join(strings)


def _is_shown(part: PageElement) -> bool:
    """Words (not comments) or a line break."""
    return type(part) is NavigableString or (isinstance(part, Tag) and part.name == "br")


def _rows(table: Tag) -> Iterator[str]:
    """The rows of a table as readable text."""
    for row in table.find_all("tr"):
        yield " | ".join(" ".join(_words(cell).split()) for cell in row.find_all(("td", "th")))
