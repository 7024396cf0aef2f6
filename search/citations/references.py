"""A passage or a document as a reference: who, what, where printed, link. A style is a function and a line.

The locator of a citation is the page as printed; the position in the PDF is said where the two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from search.citations.item import Citation, bare_label, csl_item
from search.citations.styles import render_cited, render_entry
from search.model import LabelSource, Passage

__all__ = ["STYLES", "Citation", "cite", "locator", "locator_of"]


def locator(passage: Passage) -> str:
    """Where a passage stands, for a reader: "p. 12 (PDF p. 18)", "PDF pp. 3-4", "p. 12, para. 14", "slide 4", or "para. 9".

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
    label = bare_label(passage.page_label)
    if passage.label_from is LabelSource.SLIDE:
        return f"slide {label}"
    printed = f"p. {label}{paragraph}"
    return printed if label == str(passage.page) else f"{printed} (PDF p. {passage.page})"


def locator_of(citation: Citation) -> str | None:
    """The place within the document; None for a reference to the whole, and for words that stand nowhere any more."""
    return locator(citation.passage) if citation.passage and citation.passage.ordinal else None


def _plain(citation: Citation) -> str:
    """Speakers or authors: Title, publisher, place, date, locator. Link."""
    return render_cited(csl_item(citation), "plain", locator_of(citation))


def _chicago(citation: Citation) -> str:
    """A note after the Chicago Manual of Style."""
    return render_cited(csl_item(citation), "chicago", locator_of(citation))


def _apa(citation: Citation) -> str:
    """An entry in a list of references; the place within the document belongs into the text (`apa-text`)."""
    return render_entry(csl_item(citation), "apa")


def _apa_text(citation: Citation) -> str:
    """The words in brackets that go into the text, with the place, and the link, as the entry is not beside it."""
    return f"{render_cited(csl_item(citation), 'apa', locator_of(citation))} {citation.link}"


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
    """The reference in a style of `STYLES`."""
    return STYLES[style](citation)
