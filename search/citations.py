"""A passage or a document as a reference: who, what, where printed, link. A style is a function and a line.

The locator of a citation is the page as printed; the position in the PDF is said where the two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.model import Document, Edition, Passage
from search.permalinks import document_path, passage_path


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


def locator(passage: Passage) -> str:
    """Where a passage stands, for a reader: "p. 12 (PDF p. 18)", "PDF pp. 3-4", "p. 12, para. 14", or "para. 9".

    The number of the paragraph is the printed one. Texts without pages have a paragraph always: the printed number,
    else the position in the text.
    """
    if passage.page is None:
        return f"para. {passage.number or passage.ordinal}"
    last = passage.page_end or passage.page
    paragraph = f", para. {passage.number}" if passage.number else ""
    if passage.page_label is None:
        pages = f"PDF p. {passage.page}" if last == passage.page else f"PDF pp. {passage.page}-{last}"
        return pages + paragraph
    printed = f"p. {passage.page_label}{paragraph}"
    return printed if passage.page_label == str(passage.page) else f"{printed} (PDF p. {passage.page})"


def _plain(citation: Citation) -> str:
    """Speakers or authors: Title, publisher, place, date, locator. Link."""
    document, edition = citation.document, citation.edition
    people = ", ".join(document.speakers or document.authors)
    parts = [
        document.title,
        document.publisher,
        edition.place if edition and edition.place not in document.title else None,
        document.date,
        locator(citation.passage) if citation.passage else None,
    ]
    reference = ", ".join(part for part in parts if part)
    return f"{people}: {reference}. {citation.link}" if people else f"{reference}. {citation.link}"


def _quotation(citation: Citation) -> str:
    """The words in quotation marks, then the plain reference."""
    words = citation.passage.text if citation.passage else citation.document.title
    return f"“{words}” {_plain(citation)}"


def _markdown(citation: Citation) -> str:
    """A Markdown block quotation with the plain reference below it."""
    if citation.passage is None:
        return f"[{citation.document.title}]({citation.link})"
    return f"> {citation.passage.text}\n>\n> — {_plain(citation)}"


STYLES: Mapping[str, Callable[[Citation], str]] = {
    "plain": _plain,
    "quotation": _quotation,
    "markdown": _markdown,
}


def cite(citation: Citation, style: str = "plain") -> str:
    """The reference in a style of `STYLES`."""
    return STYLES[style](citation)
