"""What is cited, and the one item that every style and every format of references is made of (CSL-JSON).

Persons have family and given names, groups stay whole ("literal"); see `search.citations.names`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from search.citations.names import parse_name
from search.model import KIND_LABELS, Document, Edition, Passage
from search.permalinks import document_path, passage_path
from search.store.records import Record

_NUMBERS = re.compile(r"[0-9]+")
PAGE_WORDS = r"(?:page|p\.|seite|стр\.)"
"""What stands before a number that is printed as that of the page."""
_LONGEST_ABBREVIATION = 5  # characters of a last word whose full stop belongs to it: "Corp."
_DRESSED_LABEL = re.compile(
    rf"^[\W_]*(?:{PAGE_WORDS}\s*)?(?P<number>(?:\d+|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?)[\W_]*$",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_STEPS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CSL_TYPES: Mapping[str, str] = {"speech": "speech", "press": "article"}
"""Kinds of documents that are no reports, as CSL 1.0.2 calls them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a style makes a reference of. `passage` is None for a reference to a whole document.

    `pages` are the pages in the PDF of the words that are cited; None for all of the passage.
    """

    document: Document
    edition: Edition | None
    passage: Passage | None
    site_url: str = ""
    pages: tuple[int, int] | None = None

    @property
    def published_at(self) -> str | None:
        """Where the document was published; None where that is not known, or is no address."""
        url = self.document.source_url or ""
        return url if url.startswith(("http://", "https://")) and url != self.link else None

    @property
    def link(self) -> str:
        """The permanent link, absolute when the site's address is known."""
        path = (
            passage_path(self.passage.passage_id)
            if self.passage
            else document_path(self.document.document_id)
        )
        return self.site_url + path


def csl_item(citation: Citation) -> Record:
    """Return the cited document, or the passage of it, as an item of CSL-JSON; what is not known is left out.

    `id` is the id of the passage or document, `page` the page as printed, else the one in the PDF.
    """
    document, edition, passage = citation.document, citation.edition, citation.passage
    place = edition.place if edition and edition.place not in document.title else None
    item: Record = {
        "id": passage.passage_id if passage else document.document_id,
        "type": CSL_TYPES.get(document.kind, "report"),
        "title": _title(document.title),
        "author": [parse_name(name) for name in document.speakers or document.authors],
        "issued": _issued(document.published),
        "publisher": document.publisher,
        "event-title": edition.title if edition and edition.title != document.title else None,
        "event-place": place,
        "genre": KIND_LABELS.get(document.kind),
        "number": _symbol(document),
        "page": printed_page(passage) if passage else None,
        "language": document.language,
        "status": document.published,
        "URL": citation.link,
    }
    return {name: value for name, value in item.items() if value}


def _symbol(document: Document) -> str | None:
    """The symbol by which its body names the document; None without one, for numbers of books and objects, and where the title
    says it."""
    found = (name for name in document.identifiers if not name.startswith(("ISBN", "10.")))
    return next((name for name in found if name not in document.title), None)


def _title(title: str) -> str:
    """A title without the full stop that ends it, which would stand before the style's own; that of "Inc." stays."""
    last = title.rsplit(None, 1)[-1] if title.strip() else ""
    is_short = len(last) <= _LONGEST_ABBREVIATION and last[:1].isupper()
    ends = title.endswith(".") and not title.endswith("..") and "." not in last[:-1] and not is_short
    return title[:-1].rstrip() if ends else title


def _issued(date: str | None) -> Record | None:
    """A day, month or year (ISO 8601) as CSL has it."""
    parts = [int(part) for part in _NUMBERS.findall(date or "")][:3]
    return {"date-parts": [parts]} if parts else None


def printed_page(passage: Passage) -> str | None:
    """Return the page as it is printed, else its number in the PDF; None in texts without pages."""
    if passage.page_label:
        return bare_label(passage.page_label)
    return str(passage.page) if passage.page else None


def bare_label(label: str) -> str:
    """Return a printed page label without the word and the dashes around its number, for where "p." stands before it.

    >>> bare_label("Page 39"), bare_label("- 6 -"), bare_label("2/15"), bare_label("A-1")
    ('39', '6', '2/15', 'A-1')
    """
    match = _DRESSED_LABEL.match(label)
    return match["number"] if match else label


def counted_on(label: str, ahead: int) -> str | None:
    """Return the label of a page so many pages further; None where the label is no number.

    >>> counted_on("5", 1), counted_on("xiv", 1), counted_on("A-1", 1)
    ('6', 'xv', None)
    """
    number, slash, total = label.partition("/")
    if number.isdigit():
        return f"{int(number) + ahead}{slash}{total}"
    arabic = roman_value(label)
    return None if arabic is None else roman_label(arabic + ahead, label)


def roman_value(label: str) -> int | None:
    """Return the value of a Roman number; None for what is none."""
    values = [_ROMAN.get(letter, 0) for letter in label.lower()]
    if not values or 0 in values:
        return None
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if _roman(total) == label.lower() else None


def roman_label(value: int, like: str) -> str:
    """Return a value as a Roman number, in capitals where the other label is."""
    return _roman(value).upper() if like.isupper() else _roman(value)


def _roman(value: int) -> str:
    """A value as a Roman number in small letters."""
    written = ""
    for amount, letters in _ROMAN_STEPS:
        written += letters * (value // amount)
        value %= amount
    return written
