"""A page of the evidence table: its findings as short excerpts, and everything that narrows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Response

from search.answering.answer import Answer, Hit
from search.basket.docx_file import write_table_docx
from search.findings.stated import stated_words
from search.findings.table import Row, write_csv, write_table_ris
from webapp.context import services
from webapp.evidence.matrix import Group, Link, Matrix, choose_matrix, make_groups, make_orders, make_switches
from webapp.evidence.selection import Selection
from webapp.http.paging import link_pages
from webapp.pages.presenters import FindingTag, finding_tag
from webapp.pages.recurrences import years_before
from webapp.pages.results import Pager, ShownHit, make_pager, shown_hits

LONGEST_EXCERPT = 220  # characters before the rest is folded; five lines of a narrow screen, which keep a page within six of them
EXPORTED = 1000  # findings in one file; `page` gives the next
MOST_LEAD_IN = 140  # characters


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One finding as it is shown: the words that state it, and the whole passage where that is more."""

    hit: ShownHit
    tag: FindingTag
    words: str
    lead_in: str
    whole: str
    years: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a page of evidence shows."""

    selection: Selection
    total: int
    documents: int
    excerpts: list[Excerpt]
    matrix: Matrix
    groups: list[Group]
    switches: list[Link]
    orders: list[tuple[str, str, bool]]
    pager: Pager
    files: list[tuple[str, str]]
    chips: list[tuple[str, str]]


def make_sheet(selection: Selection) -> Sheet:
    """Return the page that a selection asks for. Raises UnknownValue for a filter that names nothing there is."""
    opened = services().room.opened
    names = opened.context.names
    answer = services().room.ask(selection.asked())
    years = years_before((hit.passage for hit in answer.hits), opened.catalog)
    shown = shown_hits(answer.hits, answer.question, names)
    return Sheet(
        selection=selection,
        total=answer.total,
        documents=answer.documents,
        excerpts=[_excerpt(hit, years.get(hit.passage.passage_id, "")) for hit in shown],
        matrix=choose_matrix(selection, names),
        groups=make_groups(selection, names),
        switches=make_switches(selection, answer.total),
        orders=make_orders(selection),
        pager=make_pager(answer, lambda page: selection.href(page=page)),
        files=[(name, selection.href(form=form)) for form, (name, _, _) in FORMS.items()],
        chips=_chips(selection),
    )


def _excerpt(hit: ShownHit, years: str) -> Excerpt:
    """A finding in short. The rest is folded where the words that state it are long, or not the whole passage."""
    tag = finding_tag(hit.passage.finding)
    assert tag is not None  # only findings are asked for
    words = _shortened(stated_words(hit.passage), LONGEST_EXCERPT)
    whole = hit.passage.text if words != hit.passage.text else ""
    lead_in = _shortened(tag.finding.lead_in or "", MOST_LEAD_IN)
    return Excerpt(hit, tag, words, lead_in, whole, years)


def _shortened(words: str, longest: int) -> str:
    """Words up to a length, cut between two of them."""
    if len(words) <= longest + longest // 5:
        return words
    return words[:longest].rpartition(" ")[0].rstrip(",;:–- ") + " …"


def _chips(selection: Selection) -> list[tuple[str, str]]:
    """Every end of a span of time, exclusion and word that narrows, with the address without it."""
    question = selection.question
    less = [
        (f"“{question.text}”", replace(question, text="")) if question.text else None,
        (f"From {question.since}", replace(question, since=None)) if question.since else None,
        (f"Until {question.until}", replace(question, until=None)) if question.until else None,
        ("Some left out", replace(question, excluded=())) if question.excluded else None,
    ]
    made = (pair for pair in less if pair)
    return [(label, replace(selection, question=replace(q, offset=0)).href()) for label, q in made]


def _csv(_title: str, rows: list[Row]) -> str:
    return write_csv(rows)


def _ris(_title: str, rows: list[Row]) -> str:
    return write_table_ris(rows)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, tuple[str, str, Callable[[str, list[Row]], str | bytes]]] = {
    "csv": ("CSV", "text/csv", _csv),
    "docx": ("Word", _DOCX, write_table_docx),
    "ris": ("RIS", "application/x-research-info-systems", _ris),
}
"""Each ending with its name, its media type, and what writes it."""


def table_file(selection: Selection, form: str, title: str) -> Response:
    """Return the whole table as a file, or a part of a very long one."""
    page = selection.question.offset // selection.question.limit + 1
    wanted = replace(selection.asked(), limit=EXPORTED, offset=(page - 1) * EXPORTED)
    answer = services().room.ask(wanted)
    _, kind, write = FORMS[form]
    response = Response(write(title, _rows(answer)), mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="evidence.{form}"'
    response.headers["X-Total-Count"] = str(answer.total)
    return link_pages(response, page, EXPORTED, answer.total)


def _rows(answer: Answer) -> list[Row]:
    """The findings of an answer as rows of a file."""
    return [row for row in map(_row, answer.hits) if row]


def _row(hit: Hit) -> Row | None:
    """One finding."""
    finding = hit.passage.finding
    return Row(hit.passage, finding, services().citation(hit.document, hit.passage)) if finding else None
