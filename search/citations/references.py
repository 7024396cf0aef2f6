"""A passage or a document as a reference: who, what, where printed, link. A style is a function and a line.

The locator of a citation is the page as printed; the position in the PDF is said where the two differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from search.citations.item import Citation, bare_label, counted_on, csl_item
from search.citations.styles import render_cited, render_entry
from search.model import LabelSource, Passage
from search.store.records import Record

_PAGE_WORD = re.compile(r"^pp?\. ")
__all__ = ["STYLES", "Citation", "cite", "locator", "locator_of"]


def locator(passage: Passage) -> str:
    """Return where a passage stands, for a reader: "p. 12 (PDF p. 18)", "PDF pp. 3–4", "p. 12, para. 14", "slide 4", or "para. 9".

    The number of the paragraph is the printed one. In texts without pages and without printed numbers paragraphs are counted,
    headings left out; what is no paragraph there is named by its heading.
    """
    return locator_on(passage, pages_of(passage))


def pages_of(passage: Passage) -> tuple[int, int] | None:
    """Return the first and the last page of a passage in the PDF; None in texts without pages."""
    return None if passage.page is None else (passage.page, passage.page_end or passage.page)


def locator_on(passage: Passage, pages: tuple[int, int] | None) -> str:
    """Return where words of a passage stand that are on these of its pages."""
    if pages is None or passage.page is None:
        return _place_in_text(passage)
    paragraph = f", para. {passage.number}" if passage.number else ""
    labels = [label_on(passage, page) for page in dict.fromkeys(pages)]
    listed = "–".join(label for label in labels if label)
    in_file = "–".join(str(page) for page in dict.fromkeys(pages))
    several = "pp." if len(labels) > 1 else "p."
    if None in labels:
        return f"PDF {several} {in_file}{paragraph}"
    if passage.label_from is LabelSource.SLIDE:
        return f"slide{'s' if len(labels) > 1 else ''} {listed}"
    printed = f"{several} {listed}{paragraph}"
    return printed if listed == in_file else f"{printed} (PDF {several} {in_file})"


def label_on(passage: Passage, page: int) -> str | None:
    """Return the printed label of one of a passage's pages: that of its first page, counted on where it is a number."""
    if passage.page_label is None or passage.page is None:
        return None
    label, ahead = bare_label(passage.page_label), page - passage.page
    return label if not ahead else counted_on(label, ahead)


def _place_in_text(passage: Passage) -> str:
    """The place in a text without pages."""
    number = passage.number or passage.position
    if number:
        return f"para. {number}"
    return f"under “{passage.heading_path[-1]}”" if passage.heading_path else "at the beginning"


def locator_of(citation: Citation) -> str | None:
    """Return the place within the document; None for a reference to the whole, and for words that stand nowhere any more."""
    passage = citation.passage
    if passage is None or not passage.ordinal:
        return None
    return locator_on(passage, citation.pages or pages_of(passage))


def _plain(citation: Citation) -> str:
    """Speakers or authors: Title, publisher, place, date, locator. Link, and where it was published."""
    return _with_source(render_cited(csl_item(citation), "plain", locator_of(citation)), citation)


def _chicago(citation: Citation) -> str:
    """A note after the Chicago Manual of Style (17th edition, 14.148: the page is a bare number)."""
    place = locator_of(citation)
    bare = _PAGE_WORD.sub("", place) if place else None
    return _with_source(render_cited(csl_item(citation), "chicago", bare), citation)


def _apa(citation: Citation) -> str:
    """An entry in a list of references; the place within the document belongs into the text (`apa-text`)."""
    return _with_source(render_entry(_apa_item(citation), "apa"), citation)


def _apa_item(citation: Citation) -> Record:
    """The item as APA's manual (7th edition, 9.7 and 9.24) has it: a group that is publisher and author stands once."""
    item = csl_item(citation)
    publisher = [{"literal": item.get("publisher")}]
    if "publisher" in item and item.get("author", publisher) == publisher:
        item["author"] = [{"literal": item.pop("publisher")}]
    return item


def _with_source(reference: str, citation: Citation) -> str:
    """A reference with the official address behind ours."""
    if citation.published_at is None:
        return reference
    stop = "." if reference.endswith(".") else ""
    return f"{reference.removesuffix('.')} (published at {citation.published_at}){stop}"


def _apa_text(citation: Citation) -> str:
    """The words in brackets that go into the text, with the place, and the link, as the entry is not beside it."""
    return f"{render_cited(_apa_item(citation), 'apa', locator_of(citation))} {citation.link}"


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
    "chicago": _chicago,
    "apa": _apa,
    "apa-text": _apa_text,
    "quotation": _quotation,
    "markdown": _markdown,
}


def cite(citation: Citation, style: str = "plain") -> str:
    """Return the reference in a style of `STYLES`."""
    return STYLES[style](citation)
