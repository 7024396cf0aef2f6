"""What is cited, and the one item that every style and every format of references is made of (CSL-JSON).

Names stay whole ("literal"): where given and family names part is a guess, and a wrong one is printed by every style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from search.model import Document, Edition, Passage
from search.permalinks import document_path, passage_path
from search.store.records import Record

_NUMBERS = re.compile(r"[0-9]+")
PAGE_WORDS = r"(?:page|p\.|seite|стр\.)"
"""What stands before a number that is printed as that of the page."""
_DRESSED_LABEL = re.compile(
    rf"^[\W_]*(?:{PAGE_WORDS}\s*)?(?P<number>(?:\d+|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?)[\W_]*$",
    re.IGNORECASE,
)
CSL_TYPES: Mapping[str, str] = {"speech": "speech", "press": "article"}
"""Kinds of documents that are no reports, as CSL 1.0.2 calls them."""
GENRES: Mapping[str, str] = {
    "report": "Report",
    "speech": "Speech",
    "press": "Press text",
    "background": "Background paper",
    "digest": "Digest",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a style makes a reference of. `passage` is None for a reference to a whole document."""

    document: Document
    edition: Edition | None
    passage: Passage | None
    site_url: str = ""

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
    """The cited document, or the passage of it, as an item of CSL-JSON; what is not known is left out.

    `id` is the id of the passage or document, `page` the page as printed, else the one in the PDF.
    """
    document, edition, passage = citation.document, citation.edition, citation.passage
    place = edition.place if edition and edition.place not in document.title else None
    item: Record = {
        "id": passage.passage_id if passage else document.document_id,
        "type": CSL_TYPES.get(document.kind, "report"),
        "title": document.title,
        "author": [{"literal": name} for name in document.speakers or document.authors],
        "issued": _issued(document.published),
        "publisher": document.publisher,
        "event-title": edition.title if edition and edition.title != document.title else None,
        "event-place": place,
        "genre": GENRES.get(document.kind),
        "page": printed_page(passage) if passage else None,
        "language": document.language,
        "status": document.published,
        "URL": citation.link,
    }
    return {name: value for name, value in item.items() if value}


def _issued(date: str | None) -> Record | None:
    """A day, month or year (ISO 8601) as CSL has it."""
    parts = [int(part) for part in _NUMBERS.findall(date or "")][:3]
    return {"date-parts": [parts]} if parts else None


def printed_page(passage: Passage) -> str | None:
    """The page as it is printed, else its number in the PDF; None in texts without pages."""
    if passage.page_label:
        return bare_label(passage.page_label)
    return str(passage.page) if passage.page else None


def bare_label(label: str) -> str:
    """A printed page label without the word and the dashes around its number, for where "p." stands before it.

    >>> bare_label("Page 39"), bare_label("- 6 -"), bare_label("2/15"), bare_label("A-1")
    ('39', '6', '2/15', 'A-1')
    """
    match = _DRESSED_LABEL.match(label)
    return match["number"] if match else label
