"""Findings as a table, one row a finding: the columns that every file of the table has, and the table as CSV and RIS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.citations.item import Citation
from search.citations.reference_managers import Reference, write_ris
from search.citations.references import cite, locator
from search.findings.stated import stated_words
from search.model import Finding, Passage
from search.tables import BYTE_ORDER_MARK, csv_text

REPORTED = "reported, in our words"
"""What is said of a finding in a digest, which nobody may quote as the source's words."""
COLUMNS = (
    "finding",
    "type",
    "strength",
    "addressee",
    "stated",
    "lead_in",
    "themes",
    "title",
    "date",
    "where",
    "reference",
    "passage",
    "passage_id",
    "link",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One finding with what it takes to cite it."""

    passage: Passage
    finding: Finding
    citation: Citation

    @property
    def kind(self) -> str:
        """Its type, and whether it is reported in our words: "recommendation (reported, in our words)"."""
        kind = self.finding.type.value
        return f"{kind} ({REPORTED})" if self.finding.reported else kind

    @property
    def words(self) -> str:
        """The line that opens its list, and the words that state it."""
        return " ".join(part for part in (self.finding.lead_in, stated_words(self.passage)) if part)


def write_csv(rows: Iterable[Row]) -> str:
    """Return one line a finding, with nothing in it that a spreadsheet would run."""
    lines = ((str(number), *_cells(row)) for number, row in enumerate(rows, 1))
    return BYTE_ORDER_MARK + csv_text([COLUMNS, *lines])


def _cells(row: Row) -> tuple[str, ...]:
    """The cells of a finding after its number, in the order of COLUMNS."""
    passage, finding, document = row.passage, row.finding, row.citation.document
    return (
        row.kind,
        "strong" if finding.is_strong else "weak",
        finding.addressee or "",
        stated_words(passage),
        finding.lead_in or "",
        ", ".join(mark.theme_id for mark in passage.themes),
        document.title,
        document.date or "",
        locator(passage),
        cite(row.citation),
        passage.text,
        passage.passage_id,
        row.citation.link,
    )


def write_table_ris(rows: Iterable[Row]) -> str:
    """Return RIS: a record a finding, with its type and addressee as the note."""
    return write_ris(Reference(row.citation, locator(row.passage), _note(row)) for row in rows)


def _note(row: Row) -> str:
    """Type and addressee in words."""
    addressee = row.finding.addressee
    return f"{row.kind.capitalize()} to {addressee}" if addressee else row.kind.capitalize()
