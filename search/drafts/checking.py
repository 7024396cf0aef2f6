"""A draft checked: each of its quotations looked up, with verdict, source and a reference that is ready to be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from search.citations.references import Citation, cite
from search.drafts.known_documents import KnownDocuments
from search.drafts.quotations import Draft, LeftOut, Quotation, find_quotations
from search.drafts.references import (
    NOTHING_STATED,
    WRONG,
    CheckedReference,
    ReferenceChecker,
    ReferenceVerdict,
    right_place,
)
from search.drafts.stated import References, find_stated
from search.errors import UsageProblem
from search.model import Edition
from search.permalinks import word_letters
from search.quotes.beside import Beside
from search.quotes.candidates import QuoteContext
from search.quotes.editing import without_remarks
from search.quotes.lookup import SAME, QuoteAnswer, QuoteMatch, Verdict, find_quote
from search.quotes.records import match_record
from search.store.records import Record
from search.tables import csv_text

OUTCOMES = {
    Verdict.EXACT: "found",
    Verdict.FOLDED: "found",
    Verdict.NEAR: "altered",
    Verdict.NOT_FOUND: "missing",
}
"""What a verdict means for a draft."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A passage that was once published: its id, the title of its document (its id, where that has gone, too), the day it went."""

    passage_id: str
    title: str
    since: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One quotation with its look-up; `citation` is the reference to its place, empty where it is missing. `reference` is what
    the draft states as its source, and what that is worth; `earlier` a passage that had the words and has gone."""

    quotation: Quotation
    answer: QuoteAnswer
    citation: str
    reference: CheckedReference = NOTHING_STATED
    earlier: Earlier | None = None

    @property
    def outcome(self) -> str:
        """Found, altered or missing."""
        return OUTCOMES[self.answer.verdict]

    @property
    def source(self) -> QuoteMatch | None:
        """The place that the quotation is held against; None where it is missing."""
        if self.outcome == "missing":
            return None
        return self.reference.match or self.answer.matches[0]

    @property
    def right(self) -> str | None:
        """The right reference in short, where the stated one is wrong or not known."""
        match = self.source
        if match is None or self.reference.verdict in (ReferenceVerdict.RIGHT, ReferenceVerdict.NONE):
            return None
        return right_place(match, match.document)

    @property
    def is_right(self) -> bool:
        """Whether the words stand where they were published, and the reference is not wrong."""
        return self.answer.verdict in SAME and self.reference.verdict not in WRONG

    @property
    def beside(self) -> tuple[Beside, ...]:
        """Negations that the quotation leaves out beside itself."""
        return self.source.beside if self.source else ()

    @property
    def where(self) -> str:
        """Where it stands in the draft, for a reader."""
        page = f"p. {self.quotation.page}, " if self.quotation.page else ""
        return f"{page}para. {self.quotation.paragraph}"


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A checked draft: its quotations in reading order, and what was marked as a quotation and not looked up."""

    draft: Draft
    checked: tuple[Checked, ...]
    left_out: tuple[LeftOut, ...]
    generation: str

    @property
    def skipped(self) -> int:
        """How many were not looked up."""
        return len(self.left_out)

    @property
    def reference_counts(self) -> Mapping[str, int]:
        """Quotations by what their references are worth."""
        counted = Counter(checked.reference.verdict.value for checked in self.checked)
        return {verdict.value: counted[verdict.value] for verdict in ReferenceVerdict}

    @property
    def counts(self) -> Mapping[str, int]:
        """Quotations by outcome."""
        counted = Counter(checked.outcome for checked in self.checked)
        return {outcome: counted[outcome] for outcome in ("found", "altered", "missing")}

    @property
    def is_clean(self) -> bool:
        """Whether every quotation was published, and no reference is wrong."""
        return all(checked.is_right for checked in self.checked)


def check_draft(
    draft: Draft,
    context: QuoteContext,
    editions: Mapping[str, Edition],
    generation: str,
    *,
    site_url: str = "",
    most: int | None = None,
) -> DraftReport:
    """Look every quotation of a draft up. Raises UsageProblem for more than `most` quotations."""
    quotations = find_quotations(draft.blocks)
    if most is not None and len(quotations.found) > most:
        raise UsageProblem(
            f"{draft.name} has {len(quotations.found)} quotations, at most {most} are checked here: "
            "check it in parts, or with `findings check`"
        )
    references = References.of(draft.blocks, draft.keys)
    former = [(word_letters(record["text"]), record) for record in context.catalog.former_records()]
    checker = ReferenceChecker(context.catalog, KnownDocuments(context.catalog.documents()), references)
    checked = []
    for quotation in quotations.found:
        answer = _look_up(quotation, context)
        stated = find_stated(quotation, quotations.found, draft.blocks, references)
        found = _checked(quotation, answer, checker.check(stated, answer), editions, site_url)
        if answer.verdict is not Verdict.EXACT and found.outcome != "found":
            found = replace(found, earlier=_find_earlier(quotation.text, former, context))
        checked.append(found)
    return DraftReport(draft, tuple(checked), quotations.left_out, generation)


def _look_up(quotation: Quotation, context: QuoteContext) -> QuoteAnswer:
    """The look-up of one quotation; one that is too long to be looked up as a whole counts as missing."""
    try:
        return find_quote(quotation.text, context)
    except UsageProblem:
        return QuoteAnswer(quotation.text, Verdict.NOT_FOUND, ())


def _find_earlier(
    words: str, former: Sequence[tuple[str, Mapping[str, Any]]], context: QuoteContext
) -> Earlier | None:
    """The passage that had the words last and has gone."""
    letters = word_letters(without_remarks(words))
    holding = [record for text, record in former if letters in text]
    if not holding:
        return None
    record = max(holding, key=lambda record: str(record["since"]))
    document = context.catalog.find_document(str(record["passage_id"]).rpartition("/")[0])
    title = (
        document.title if document else str(record.get("title") or record["passage_id"].rpartition("/")[0])
    )
    return Earlier(str(record["passage_id"]), title, str(record["since"]))


def _checked(
    quotation: Quotation,
    answer: QuoteAnswer,
    reference: CheckedReference,
    editions: Mapping[str, Edition],
    site_url: str,
) -> Checked:
    """One quotation with the reference that is ready to be used."""
    if answer.verdict is Verdict.NOT_FOUND:
        return Checked(quotation, answer, "", reference)
    match = reference.match or answer.matches[0]
    return Checked(quotation, answer, cite_match(match, editions, site_url), reference)


def cite_match(match: QuoteMatch, editions: Mapping[str, Edition], site_url: str) -> str:
    """Return the plain reference to the words of a match."""
    edition = editions.get(match.document.edition or "")
    return cite(Citation(match.document, edition, match.passages[0], site_url, match.pages))


def report_record(report: DraftReport) -> Record:
    """Return a checked draft as JSON."""
    return {
        "file": report.draft.name,
        "generation": report.generation,
        "quotations": len(report.checked),
        **report.counts,
        "skipped": report.skipped,
        "left_out": [{"text": o.text, "paragraph": o.paragraph, "reason": o.reason} for o in report.left_out],
        "references": dict(report.reference_counts),
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
        "reference": {
            "stated": checked.reference.stated,
            "verdict": checked.reference.verdict.value,
            "right": checked.right,
        },
        "earlier": asdict(checked.earlier) if checked.earlier else None,
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
    "stated_reference",
    "reference",
    "right_reference",
    "left_out_beside",
)


def report_csv(report: DraftReport, site_url: str) -> str:
    """Return a checked draft as a table, one line a quotation."""
    return csv_text([COLUMNS, *(_cells(checked, site_url) for checked in report.checked)])


def _cells(checked: Checked, site_url: str) -> list[str]:
    """The cells of a quotation, in the order of COLUMNS."""
    match = checked.source
    cells = [checked.quotation.text, checked.where, checked.outcome, checked.answer.verdict.value]
    if match:
        changes = "; ".join(
            f"{d.kind.value}: {d.quoted or '—'} / {d.source or '—'}" for d in match.differences
        )
        link = site_url + match_record(match)["url"]
        cells += [match.document.title, match.where, match.source_text, changes, checked.citation, link]
    cells += [""] * (len(COLUMNS) - len(cells) - 4)
    cells += [checked.reference.stated, checked.reference.verdict.value, checked.right or ""]
    return [*cells, "; ".join(f"{beside.side}: {beside.words}" for beside in checked.beside)]
