"""A basket as Markdown and as a table; every form has the words, the reference with page and link, note, labels, the state."""

from __future__ import annotations

from collections.abc import Sequence

from search.basket.basket import LABELS, NOTE, Evidence, by_label
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
    "labels",
    "state",
    "since",
    "link",
)
NO_NAME = "Evidence"
"""The heading of the files of a basket without a name."""


def label_rows(evidence: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Return the table of evidence by label: each label, and its passages by number, title and place."""
    return [(label, "; ".join(_in_short(*place) for place in places)) for label, places in by_label(evidence)]


def _in_short(number: int, item: Evidence) -> str:
    """A passage in the table by label."""
    title = item.citation.document.title
    return f"{number}. {title}, {item.where}" if item.where else f"{number}. {title}"


def write_markdown(evidence: Sequence[Evidence], name: str = "") -> str:
    """Return the table by label, then numbered block quotations, each with its reference, note and labels."""
    parts = [f"# {_escaped(name or NO_NAME)}\n"]
    if rows := label_rows(evidence):
        lines = [f"| {_escaped(label)} | {_escaped(places)} |" for label, places in rows]
        parts.append("\n".join(("| Label | Passages |", "|---|---|", *lines, "")))
    for number, item in enumerate(evidence, 1):
        words = "\n> ".join(_escaped(line) for line in item.passage.text.splitlines() or [""])
        own = "".join(f"\n{_escaped(line)}\n" for line in own_lines(item))
        parts.append(f"## {number}\n\n> {words}\n>\n> — {_escaped(item.reference, link=True)}\n{own}")
    return "\n".join(parts)


def own_lines(item: Evidence) -> list[str]:
    """Return what the reader adds to a passage, a line each: the note, the labels."""
    said = ((NOTE, " ".join(item.item.note.split())), (LABELS, ", ".join(item.item.labels)))
    return [f"{what} {words}" for what, words in said if words]


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
    """Return one line a passage; a spreadsheet sorts and filters them by their labels."""
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
        ", ".join(item.item.labels),
        item.state,
        item.since or "",
        item.citation.link,
    )
