"""A basket as Markdown and as a table; every form has the words, the reference with page and link, the note, the state."""

from __future__ import annotations

from collections.abc import Sequence

from search.basket.basket import Evidence
from search.citations.item import printed_page
from search.tables import BYTE_ORDER_MARK, csv_text

COLUMNS = (
    "passage_id",
    "quote",
    "title",
    "page",
    "pdf_page",
    "where",
    "reference",
    "note",
    "state",
    "since",
    "link",
)


def write_markdown(evidence: Sequence[Evidence]) -> str:
    """Numbered block quotations, each with its reference and note."""
    parts = ["# Evidence\n"]
    for number, item in enumerate(evidence, 1):
        words = "\n> ".join(_escaped(line) for line in item.passage.text.splitlines() or [""])
        note = f"\nNote: {_escaped(' '.join(item.item.note.split()))}\n" if item.item.note else ""
        parts.append(f"## {number}\n\n> {words}\n>\n> — {_escaped(item.reference, link=True)}\n{note}")
    return "\n".join(parts)


def _escaped(text: str, *, link: bool = False) -> str:
    """Words that Markdown must not read as marks; an address at the end stays as it is."""
    kept = ""
    if link:
        text, space, kept = text.rpartition(" http")
        kept = space + kept
        if not text:
            text, kept = kept, ""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text) + kept


def write_csv(evidence: Sequence[Evidence]) -> str:
    """One line a passage."""
    return BYTE_ORDER_MARK + csv_text([COLUMNS, *map(_cells, evidence)])


def _cells(item: Evidence) -> tuple[str, ...]:
    """The cells of a passage, in the order of COLUMNS."""
    passage = item.passage
    return (
        passage.passage_id,
        passage.text,
        item.citation.document.title,
        printed_page(passage) or "",
        str(passage.page or ""),
        item.where,
        item.reference,
        item.item.note,
        item.state,
        item.since or "",
        item.citation.link,
    )
