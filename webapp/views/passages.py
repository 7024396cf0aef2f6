"""A permanent link: the passage in context, or what became of it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request

from search.answers import PassageInContext, PassageState, Question
from search.asking import typed_forms
from search.citations import locator
from search.errors import UnknownValue, UsageProblem
from search.model import Passage
from search.permalinks import passage_path
from search.query.parser import parse_lenient
from search.query.terms import Match, analyse
from search.snippets import find_marks
from webapp.desk import desk
from webapp.params import address, read_question
from webapp.presenters import (
    Part,
    difference,
    finding_tag,
    label_origin,
    letters_of,
    marked_parts,
    page_link,
    references,
    theme_tags,
    with_note_signs,
)
from webapp.said_before import said_times
from webapp.sheets import passage_sheets

passages = Blueprint("passages", __name__)


@passages.get("/p/<document_id>/<letters>")
def passage(document_id: str, letters: str) -> Response:
    """200 with the passage; 301 to where it moved; 410 with what is known when it was reworded or withdrawn."""
    state = desk().room.passage_state(f"{document_id}/{letters}")
    if state.state == "same":
        return make_response(_page(desk().room.in_context(state.passage_id)))
    if state.state == "moved" and state.passage is not None:
        query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        return make_response(redirect(passage_path(state.passage.passage_id) + query, 301))
    return make_response(_gone(state), 410)


def _page(context: PassageInContext) -> str:
    """A passage with its page, its citation and its neighbours."""
    room, found = desk().room.opened, context.passage
    question = _question()
    return render_template(
        "passage.html",
        passage=found,
        document=context.document,
        edition=context.edition,
        names=room.names,
        where=locator(found),
        letters=letters_of(found),
        parts=with_note_signs(_parts(found, question), found),
        notes=context.notes,
        carriers=context.note_of,
        origin=label_origin(found),
        before=context.before,
        after=context.after,
        back=address(question) if question.text or question.filters else None,
        question=question,
        carried=lambda other: address(question, passage_path(other.passage_id)),
        page_href=page_link(found),
        finding=finding_tag(found.finding),
        themes=theme_tags(found.themes, room.names),
        said=said_times(found, room.catalog),
        references=references(context.document, context.edition, found, desk().site_url),
        permalink=desk().site_url + passage_path(found.passage_id),
        sheets=passage_sheets(desk().images, context.document, found),
    )


def _question() -> Question:
    """The question that led here; none where it cannot be read, for a permanent link answers whatever hangs on it."""
    try:
        return read_question(request.args)
    except UsageProblem:
        return Question()


def _parts(found: Passage, question: Question) -> list[Part]:
    """The passage's words, with those of the question that led here marked."""
    if not question.text:
        return [Part(found.text)]
    written, _ = parse_lenient(question.text)
    try:
        written = desk().room.opened.names.resolve(written)
    except UnknownValue:
        return [Part(found.text)]
    terms = analyse(written, Match.ANY)
    return marked_parts(found.text, find_marks(found.text, terms, frozenset(typed_forms(written))))


def _gone(state: PassageState) -> str:
    """What a reworded or withdrawn passage said, and what there is now."""
    catalog = desk().room.opened.catalog
    document = catalog.find_document(state.passage_id.rpartition("/")[0])
    successor = state.passage
    return render_template(
        "gone.html",
        state=state,
        document=document,
        successor=successor,
        where=locator(successor) if successor else None,
        changes=difference(state.words, successor.text) if successor else [],
    )
