"""A draft checked: each of its quotations looked up, with verdict, source and a reference that is ready to be used."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from search.citations.references import Citation, cite, locator
from search.errors import UsageProblem
from search.model import Edition
from search.quotes.candidates import QuoteShelf
from search.quotes.draft import Draft, Quotation, find_quotations
from search.quotes.lookup import SAME, QuoteAnswer, QuoteMatch, Verdict, find_quote
from search.quotes.records import match_record
from search.store.records import Record
from search.tables import safe_cell

OUTCOMES = {
    Verdict.EXACT: "found",
    Verdict.FOLDED: "found",
    Verdict.NEAR: "altered",
    Verdict.NOT_FOUND: "missing",
}
"""What a verdict means for a draft."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One quotation with its look-up; `citation` is the reference to its first place, empty where it is missing."""

    quotation: Quotation
    answer: QuoteAnswer
    citation: str

    @property
    def outcome(self) -> str:
        """Found, altered or missing."""
        return OUTCOMES[self.answer.verdict]

    @property
    def source(self) -> QuoteMatch | None:
        """The place that the quotation is held against; None where it is missing."""
        return self.answer.matches[0] if self.outcome != "missing" else None

    @property
    def where(self) -> str:
        """Where it stands in the draft, for a reader."""
        page = f"p. {self.quotation.page}, " if self.quotation.page else ""
        return f"{page}para. {self.quotation.paragraph}"


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A checked draft: its quotations in reading order, and how many were too short to be looked up."""

    draft: Draft
    checked: tuple[Checked, ...]
    skipped: int
    generation: str

    @property
    def counts(self) -> Mapping[str, int]:
        """Quotations by outcome."""
        counted = Counter(checked.outcome for checked in self.checked)
        return {outcome: counted[outcome] for outcome in ("found", "altered", "missing")}

    @property
    def is_clean(self) -> bool:
        """Whether every quotation stands where it was published."""
        return all(checked.answer.verdict in SAME for checked in self.checked)


def check_draft(
    draft: Draft,
    shelf: QuoteShelf,
    editions: Mapping[str, Edition],
    generation: str,
    *,
    site_url: str = "",
    most: int | None = None,
) -> DraftReport:
    """Looks every quotation of a draft up. Raises UsageProblem for more than `most` quotations."""
    quotations = find_quotations(draft.blocks)
    if most is not None and len(quotations.found) > most:
        raise UsageProblem(
            f"{draft.name} has {len(quotations.found)} quotations, at most {most} are checked here: "
            "check it in parts, or with `findings check`"
        )
    checked = tuple(_check(quotation, shelf, editions, site_url) for quotation in quotations.found)
    return DraftReport(draft, checked, quotations.skipped, generation)


def _check(
    quotation: Quotation, shelf: QuoteShelf, editions: Mapping[str, Edition], site_url: str
) -> Checked:
    """One quotation; one that is too long to be looked up as a whole counts as missing."""
    try:
        answer = find_quote(quotation.text, shelf)
    except UsageProblem:
        answer = QuoteAnswer(quotation.text, Verdict.NOT_FOUND, ())
    if answer.verdict is Verdict.NOT_FOUND:
        return Checked(quotation, answer, "")
    return Checked(quotation, answer, cite_match(answer.matches[0], editions, site_url))


def cite_match(match: QuoteMatch, editions: Mapping[str, Edition], site_url: str) -> str:
    """The plain reference to where a match begins."""
    edition = editions.get(match.document.edition or "")
    return cite(Citation(match.document, edition, match.passages[0], site_url))


def report_record(report: DraftReport) -> Record:
    """A checked draft as JSON."""
    return {
        "file": report.draft.name,
        "generation": report.generation,
        "quotations": len(report.checked),
        **report.counts,
        "skipped": report.skipped,
        "notes": list(report.draft.notes),
        "checked": [_checked_record(checked) for checked in report.checked],
    }


def _checked_record(checked: Checked) -> Record:
    """One quotation as JSON."""
    return {
        "text": checked.quotation.text,
        "paragraph": checked.quotation.paragraph,
        "page": checked.quotation.page,
        "marks": checked.quotation.marks,
        "outcome": checked.outcome,
        "verdict": checked.answer.verdict.value,
        "citation": checked.citation,
        "matches": [match_record(match) for match in checked.answer.matches],
    }


COLUMNS = (
    "quotation",
    "in_draft",
    "outcome",
    "verdict",
    "source",
    "page",
    "source_text",
    "differences",
    "citation",
    "link",
)


def report_csv(report: DraftReport, site_url: str) -> str:
    """A checked draft as a table, one line a quotation."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for checked in report.checked:
        match = checked.source
        cells = [checked.quotation.text, checked.where, checked.outcome, checked.answer.verdict.value]
        if match:
            changes = "; ".join(
                f"{d.kind.value}: {d.quoted or '—'} / {d.source or '—'}" for d in match.differences
            )
            place, link = locator(match.passages[0]), site_url + match_record(match)["url"]
            cells += [match.document.title, place, match.source_text, changes, checked.citation, link]
        writer.writerow([safe_cell(cell) for cell in (*cells, *[""] * (len(COLUMNS) - len(cells)))])
    return out.getvalue()
