"""Where do these words stand? One quotation (`/quote`), or all of a draft (`/check`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, jsonify, make_response, request

from search.drafts.checking import Checked, DraftReport, check_draft, cite_match, report_csv, report_record
from search.drafts.plain_text import blocks_of
from search.drafts.quotations import Draft
from search.errors import UsageProblem
from search.formats import DRAFT_SUFFIXES
from search.model import Passage
from search.permalinks import passage_path
from search.quotes.lookup import SAME, QuoteAnswer
from search.tables import BYTE_ORDER_MARK
from webapp.addresses import shortened
from webapp.context import AROUND_A_FILE, services
from webapp.pages.draft_report import quoted_difference, report_page, shown
from webapp.pages.presenters import Change
from webapp.rendering import Page, render

quoting = Blueprint("quoting", __name__)
SAVED = ("json", "csv", "html")  # what the result can be saved as
LONGEST_DRAFT = 400_000  # characters pasted
LARGEST_UPLOAD = 20_000_000  # bytes
MOST_QUOTATIONS = 400  # of one draft: two seconds of work
PLACES_SHOWN = 30
FILE_KINDS = ",".join(DRAFT_SUFFIXES)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePage(Page):
    """The form for a quotation, and where its words stand."""

    TEMPLATE: ClassVar[str] = "quote.html"
    text: str
    answer: QuoteAnswer | None
    places: Sequence[Mapping[str, object]]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """The form for a draft, and what was found of its quotations."""

    TEMPLATE: ClassVar[str] = "check.html"
    link: Callable[[Passage], str]
    kinds: str
    uploads: bool
    largest: int
    report: DraftReport | None
    shown: Sequence[tuple[Checked, Sequence[Change]]]
    text: str


@quoting.get("/quote")
def quote() -> Response:
    """Return the form, and where the words of `text` stand."""
    text = request.args.get("text", "").strip()
    answer = services().look_up_quote(text) if text else None
    return make_response(_quote_page(text, answer))


def _quote_page(text: str, answer: QuoteAnswer | None) -> str:
    """The page of one quotation."""
    opened, site = services().room.opened, services().site_url
    places = []
    for match in answer.matches[:PLACES_SHOWN] if answer else ():
        altered = match.verdict not in SAME
        places.append(
            {
                "match": match,
                "where": match.where,
                "href": passage_path(match.passages[0].passage_id),
                "changes": quoted_difference(match.source_text, text) if altered else [],
                "citation": cite_match(match, opened.editions, site),
            }
        )
    left = len(answer.matches) - len(places) if answer else 0
    return render(QuotePage(text=text, answer=answer, places=places, left=left))


@quoting.get("/check")
def check_form() -> str:
    """Return the form for a draft."""
    return _check_page()


@quoting.post("/check")
def check() -> Response:
    """Return every quotation of a pasted text or an uploaded file. Nothing of it is kept."""
    request.max_content_length = LARGEST_UPLOAD + AROUND_A_FILE
    request.max_form_memory_size = 4 * LONGEST_DRAFT
    form = request.form.get("format", "")
    if form not in ("", *SAVED):
        raise UsageProblem(f"format={shortened(form)}: format is one of {', '.join(SAVED)}")
    report = check_draft(
        _draft(),
        services().room.opened.quoted,
        services().room.opened.editions,
        services().room.opened.meta.generation,
        site_url=services().site_url,
        most=MOST_QUOTATIONS,
    )
    if form == "json":
        return jsonify(report_record(report))
    if form == "csv":
        return _saved(BYTE_ORDER_MARK + report_csv(report, services().site_url), "text/csv", "quotations.csv")
    if form == "html":
        return _saved(report_page(report, services().site_url), "text/html", "quotations.html")
    return make_response(_check_page(report, request.form.get("text", "")))


def _saved(body: str, kind: str, name: str) -> Response:
    """A file to be saved."""
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _draft() -> Draft:
    """The draft that was handed in. Raises UsageProblem with the remedy for none, or one that is too long."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        read = services().read_draft
        if read is None:
            raise UsageProblem("files are not read here: paste the text instead")
        return read(upload.read(), upload.filename[-120:])
    text = request.form.get("text", "")
    if not text.strip():
        raise UsageProblem("nothing to check: paste the text of a draft, or choose its file")
    if len(text) > LONGEST_DRAFT:
        raise UsageProblem(
            f"{len(text):,} characters; at most {LONGEST_DRAFT:,} can be pasted: upload the file"
        )
    return Draft("pasted text", blocks_of(text))


def _check_page(report: DraftReport | None = None, text: str = "") -> str:
    """The form with what was found."""
    page = CheckPage(
        link=lambda passage: passage_path(passage.passage_id),
        kinds=FILE_KINDS,
        uploads=services().read_draft is not None,
        largest=LARGEST_UPLOAD // 1_000_000,
        report=report,
        shown=shown(report) if report else (),
        text=text,
    )
    return render(page)
