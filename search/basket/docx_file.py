"""A basket, and a table of findings, as a Word file, through python-docx. Beside the reader of Word files this is the only file that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx
from docx.document import Document

from search.basket.basket import Evidence
from search.basket.formats import NO_NAME, label_rows, own_lines
from search.citations.references import cite
from search.findings.table import Row

HEADS = ("Finding", "Type", "Addressed to", "Source")


def write_docx(evidence: Sequence[Evidence], name: str = "") -> bytes:
    """Return a heading, the table by label, and for each passage its words as a quotation, the reference with the link, note and labels."""
    document = _titled(name or NO_NAME)
    if rows := label_rows(evidence):
        _add_table(document, [("Label", "Passages"), *rows])
    for item in evidence:
        document.add_paragraph(_legal(item.passage.text), style="Quote")
        for line in (item.reference, *own_lines(item)):
            document.add_paragraph(_legal(line))
    return _bytes(document)


def _titled(title: str) -> Document:
    """An empty file with a title, which is also its heading, and no author."""
    document = docx.Document()
    document.core_properties.title = _legal(title)
    document.core_properties.author = ""
    document.add_heading(_legal(title), 1)
    return document


def _add_table(document: Document, rows: Iterable[Sequence[str]]) -> None:
    """A table at the end of the file; the first row holds the heads."""
    heads, *others = rows
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for texts, cells in ((heads, table.rows[0].cells), *((row, table.add_row().cells) for row in others)):
        for cell, text in zip(cells, texts, strict=True):
            cell.text = _legal(text)


def _bytes(document: Document) -> bytes:
    """The content of the file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write_table_docx(title: str, rows: Iterable[Row]) -> bytes:
    """Return a heading and a table of findings: the words that state each, its type and addressee, the reference with the link."""
    document = _titled(title)
    cells = [
        (row.words, row.kind.capitalize(), row.finding.addressee or "", cite(row.citation)) for row in rows
    ]
    _add_table(document, [HEADS, *cells])
    return _bytes(document)


def _legal(text: str) -> str:
    """A text without the characters that XML 1.0 forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
