"""A basket, and a table of findings, as a Word file, through python-docx. Beside the reader of Word files this is the only file that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx

from search.basket.basket import Evidence
from search.citations.references import cite
from search.findings.table import Row

HEADS = ("Finding", "Type", "Addressed to", "Source")


def write_docx(evidence: Sequence[Evidence]) -> bytes:
    """A heading, and for each passage its words as a quotation, the reference with the link, and the note."""
    document = docx.Document()
    document.core_properties.title = "Evidence"
    document.core_properties.author = ""
    document.add_heading("Evidence", 1)
    for item in evidence:
        document.add_paragraph(_legal(item.passage.text), style="Quote")
        document.add_paragraph(_legal(item.reference))
        if item.item.note:
            document.add_paragraph(_legal(f"Note: {item.item.note}"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write_table_docx(title: str, rows: Iterable[Row]) -> bytes:
    """A heading and a table of findings: the words that state each, its type and addressee, the reference with the link."""
    document = docx.Document()
    document.core_properties.title = _legal(title)
    document.core_properties.author = ""
    document.add_heading(_legal(title), 1)
    table = document.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for row in rows:
        texts = (row.words, row.kind.capitalize(), row.finding.addressee or "", cite(row.citation))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = _legal(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _legal(text: str) -> str:
    """A text without the characters that XML 1.0 forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
