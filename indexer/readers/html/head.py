"""What the head of a web page says: title without the name of the site, authors, day, language, address.

Plain values in, plain values out; which parser read the page is not known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.layout.words.cleaning import clean
from indexer.readers.shared.dates import find_date, is_date_line
from indexer.reading.reading import FoundMetadata

# Between a title and the name of its site, with blanks on both sides (a hyphen inside words parts nothing).
_PARTED = re.compile(r"\s+[|\-–—»·:•/\\]\s+|\s*[|»]\s*|:\s+(?=[A-Z][\w.]*$)")
_ARTICLE = re.compile(r"article|posting|report|speech|webpage|creativework|pressrelease", re.IGNORECASE)
_DAY = re.compile(r"^\s*(\d{4}-\d\d-\d\d)")
_BY = re.compile(r"^\s*(?:(?:written|posted|published)\s+)?by[:\s]+", re.IGNORECASE)
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publication_date",
    "date",
)
_AUTHORS = (
    "author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
)
MOST_NODES = (
    2000  # of linked data that are looked at; a page describes itself in a few, lists of products in hundreds
)


@dataclass(frozen=True, slots=True)
class Head:
    """The values found in a page. `meta` is by property or name, folded; `linked` are the nodes of its JSON-LD."""

    title: str = ""
    headlines: tuple[str, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linked: tuple[Mapping[str, Any], ...] = ()
    language: str = ""
    canonical: str = ""
    bylines: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    near_headline: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """Return the first value of the first of these meta names that has one."""
        return next((clean(value) for name in names for value in self.meta.get(name, ()) if clean(value)), "")


def read_linked_data(scripts: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """Return all nodes of the page's JSON-LD; scripts that are no JSON are left out."""
    nodes: list[Mapping[str, Any]] = []
    for script in scripts:
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(nodes) < MOST_NODES:
            node = waiting.pop(0)
            if isinstance(node, dict):
                nodes.append(node)
                waiting.extend(node.get("@graph") or [] if isinstance(node.get("@graph"), list) else [])
            elif isinstance(node, list):
                waiting.extend(node)
    return tuple(nodes)


def found_in_head(head: Head) -> FoundMetadata:
    """Return the metadata that a page states."""
    article = next((node for node in head.linked if _ARTICLE.search(str(node.get("@type", "")))), {})
    site = head.first("og:site_name", "application-name", "twitter:app:name:iphone")
    address = head.canonical or head.first("og:url")
    language = head.language or head.first("content-language", "og:locale", "dc.language")
    return FoundMetadata(
        title=find_title(head, article, site) or None,
        date=_find_day(head, article),
        authors=tuple(dict.fromkeys(_find_authors(head, article))),
        language=language.replace("_", "-") or None,
        publisher=site or None,
        source_url=address if _ADDRESS.match(address) else None,
    )


def find_title(head: Head, article: Mapping[str, Any], site: str) -> str:
    """Return JSON-LD headline, else the headline that the title element holds, else og:title, else the title itself."""
    stated = article.get("headline") or article.get("name") or ""
    og = head.first("og:title", "twitter:title", "dc.title", "citation_title", "title")
    for headline in map(clean, head.headlines):
        if len(headline) > 8 and any(_folded(headline) in _folded(text) for text in (head.title, og) if text):
            return headline
    candidates = [clean(text) for text in (stated, og, head.title) if isinstance(text, str) and clean(text)]
    if candidates:
        return without_site(candidates[0], site)
    return clean(head.headlines[0]) if head.headlines else ""


def _folded(text: str) -> str:
    """Letters and digits only, without case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def without_site(title: str, site: str) -> str:
    """Return the title without the name of the site before or behind a bar or dash.

    >>> without_site("A harbour for all - The Daily Gull", "Daily Gull")
    'A harbour for all'
    """
    name = _folded(site)
    marks = list(_PARTED.finditer(title))
    if not marks:
        return title
    head, tail = title[: marks[-1].start()], title[marks[-1].end() :]
    start, rest = title[: marks[0].start()], title[marks[0].end() :]
    if name and _alike(name, _folded(tail)):
        return without_site(head, site)
    if name and _alike(name, _folded(start)):
        return rest
    # Without a stated name of the site, a short last part behind a bar or dash is one.
    bar = title[marks[-1].start() : marks[-1].end()].strip()
    short = len(tail.split()) <= 4 and len(head.split()) >= 4
    return head if not name and short and bar in "|-–—»" else title


def _alike(name: str, part: str) -> bool:
    """One folded name holds the other."""
    return bool(part) and (name in part or part in name)


def _find_day(head: Head, article: Mapping[str, Any]) -> str | None:
    """The day of publication that is stated, as ISO 8601."""
    stated = [str(article.get("datePublished") or ""), *(head.first(name) for name in _DATES), *head.times]
    for text in stated:
        match = _DAY.match(text)
        day = match[1] if match else find_date(text)
        if day:
            return day
    return next((find_date(text) for text in head.near_headline if is_date_line(text)), None)


def _find_authors(head: Head, article: Mapping[str, Any]) -> Iterator[str]:
    """Names by JSON-LD, else by meta, else by the bylines of the page."""
    names = list(_names(article.get("author")))
    names = names or [value for name in _AUTHORS for value in head.meta.get(name, ())]
    names = names or [value for value in head.meta.get("article:author", ()) if not _ADDRESS.match(value)]
    for stated in names or head.bylines[:1]:
        name = _BY.sub("", clean(stated))
        if name and not _ADDRESS.match(name) and len(name) <= 120:
            yield name


def _names(value: object) -> Iterator[str]:
    """Names of one or several people or bodies in JSON-LD."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)
