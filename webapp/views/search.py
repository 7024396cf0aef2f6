"""The results page, and its other forms: Atom, CSV, JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from flask import Blueprint, Response, jsonify, make_response, request

from search.answering.answer import Answer, Hit, PassageInContext, Question, Tier
from search.answering.records import answer_record
from search.engines.request import Sort
from search.query.names import Names
from webapp.addresses import address, page_number, read_choice, read_question, shortened, state_pairs
from webapp.api.feeds import latest_passages, results_feed
from webapp.context import services
from webapp.http.paging import link_pages, page_addresses
from webapp.pages.csv_files import results_csv
from webapp.pages.facets import Chip, Choices, chips, choice_groups
from webapp.pages.page_view import Sheet, make_sheet
from webapp.pages.presenters import counted
from webapp.pages.results import (
    Class,
    Group,
    MeaningNote,
    Pager,
    ShownHit,
    ShownMistake,
    Switch,
    choose_beside,
    classes,
    group_hits,
    make_pager,
    meaning_note,
    show_mistake,
    switches_off,
    switches_on,
)
from webapp.pages.timeline import TimeStrip, time_strip
from webapp.rendering import Page, render

searching = Blueprint("searching", __name__)
EXPORTED = 1000  # passages in one CSV or JSON file; `page` gives the next
IN_A_FEED = 50  # passages in one Atom feed


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The results of a search."""

    TEMPLATE: ClassVar[str] = "search.html"
    answer: Answer
    names: Names
    sort_names: Mapping[Sort, str]
    question: Question
    title: str
    groups: Sequence[Group]
    choices: Sequence[Choices]
    chips: Sequence[Chip]
    carried: Sequence[tuple[str, str]]
    pager: Pager
    mistake: ShownMistake | None
    classes: Sequence[Class]
    by_meaning: MeaningNote | None
    switches_off: Sequence[Switch]
    switches_on: Sequence[Switch]
    sorts: Sequence[tuple[Sort, str]]
    strip: TimeStrip | None
    beside: ShownHit | None
    around: PassageInContext | None
    sheet: Sheet | None
    address: Callable[..., str]
    tier_address: Callable[[Tier], str]
    other_form: Callable[[str], str]


class Form(StrEnum):
    """What a search can be answered with."""

    PAGE = "page"
    ATOM = "atom"
    CSV = "csv"
    JSON = "json"


SORT_NAMES = {
    Sort.RELEVANCE: "best first",
    Sort.NEWEST: "newest",
    Sort.OLDEST: "oldest",
    Sort.READING: "reading order",
    Sort.STRONGEST: "strongest",
}


@searching.get("/search")
def search() -> Response:
    """Answer a question, in the form that `format` names."""
    question = read_question(request.args)
    form = read_choice(request.args, "format", Form.PAGE)
    if form is Form.ATOM:
        return _followed(question)
    if form is not Form.PAGE:
        return _exported(question, form)
    answer = services().room.ask(question)
    return make_response(_page(question, answer))


def _followed(question: Question) -> Response:
    """All results as a feed: the passages of the documents that came last first, whatever the sort."""
    page = page_number(question)
    latest = latest_passages(question, page, IN_A_FEED)
    response = results_feed(latest, question, page_addresses(page, IN_A_FEED, latest.total))
    response.headers["X-Total-Count"] = str(latest.total)
    return link_pages(response, page, IN_A_FEED, latest.total)


def _exported(question: Question, form: Form) -> Response:
    """All results, or a page of very many, passage by passage."""
    page = page_number(question)
    whole = replace(question, per_document=0, limit=EXPORTED, offset=(page - 1) * EXPORTED)
    answer = services().room.ask(whole)
    if form is Form.JSON:
        response = jsonify(answer_record(answer))
    else:
        response = results_csv(answer, services().site_url)
    response.headers["X-Total-Count"] = str(answer.total)
    return link_pages(response, page, EXPORTED, answer.total)


def _page(question: Question, answer: Answer) -> str:
    """The results as a page."""
    room = services().room
    names = room.opened.names
    hit = choose_beside(answer, request.args.get("beside", ""))
    beside = hit.passage.passage_id if hit else None
    sheet = _sheet(hit) if hit else None
    groups = group_hits(answer, names, beside, room.spots_of_hits(answer))
    return render(
        SearchPage(
            answer=answer,
            names=names,
            sort_names=SORT_NAMES,
            question=question,
            title=_title(question, answer),
            groups=groups,
            choices=choice_groups(answer),
            chips=chips(question, names),
            carried=state_pairs(question),
            pager=make_pager(answer),
            mistake=show_mistake(answer.mistake, question),
            classes=classes(answer),
            by_meaning=meaning_note(answer),
            switches_off=switches_off(answer),
            switches_on=switches_on(answer),
            sorts=[(sort, address(replace(question, sort=sort, offset=0))) for sort in Sort],
            strip=time_strip(answer, room.opened.context.documents, room.opened.editions.values(), names),
            beside=next((shown for group in groups for shown in group.hits if shown.beside), None),
            around=room.in_context(beside) if beside and sheet is None else None,
            sheet=sheet,
            address=address,
            tier_address=lambda tier: address(replace(question, text=tier.text, match=tier.match, offset=0)),
            other_form=lambda form: address(question, page=1, format=form),
        )
    )


def _title(question: Question, answer: Answer) -> str:
    """What was asked and how much was found: what a reader with many windows or no eyes for them needs."""
    asked = shortened(question.text, 60)
    if not answer.total:
        return f"Nothing for {asked}" if asked else "Nothing"
    found = counted(answer.total, "passage")
    return f"{asked}: {found}" if asked else f"All {found}"


def _sheet(hit: Hit) -> Sheet | None:
    """The page of the passage that stands beside the list; None where there is none to be shown."""
    if hit.passage.page is None or not hit.passage.boxes:
        return None
    sheet = make_sheet(services().images, hit.document, hit.passage.page, [hit.passage])
    return None if sheet.problem else sheet
