"""A permanent link: the passage in context, or what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, make_response, redirect, request

from search.answering.answer import PassageInContext, PassageState, Question
from search.answering.ask import typed_forms
from search.answering.highlights import find_marks
from search.answering.navigation import HitPlace
from search.answering.similar import Similar
from search.citations.references import Citation, locator
from search.citations.selectors import Sentence, find_sentence, sentences_of, text_fragment
from search.errors import IndexDamaged, PassageNotFound, UnknownValue, UsageProblem
from search.model import Document, Edition, Passage
from search.permalinks import passage_path, repaired_id
from search.query.names import Names
from search.query.parser import parse_lenient
from search.query.terms import Match, analyse
from search.room import ReadingRoom
from webapp.addresses import address, read_question
from webapp.context import services
from webapp.page_images.cache import PDF
from webapp.pages.head_tags import citation_tags, coins, schema
from webapp.pages.page_view import Sheet, passage_sheets
from webapp.pages.presenters import (
    Change,
    FindingTag,
    Part,
    Reference,
    ThemeTag,
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
from webapp.pages.recurrences import SaidTimes, said_times
from webapp.rendering import Page, render

passages = Blueprint("passages", __name__)
WAYS_TO_SHOW = {"context": "0", "view": "lines"}
"""Parameters with the one value that each has beside its absence: without neighbours, only the lines of the passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePage(Page):
    """A passage with its page, its citation and its neighbours."""

    TEMPLATE: ClassVar[str] = "passage.html"
    passage: Passage
    document: Document
    edition: Edition | None
    names: Names
    where: str
    letters: str
    parts: Sequence[Part]
    notes: Sequence[Passage]
    carriers: Sequence[Passage]
    origin: str | None
    lost_sentence: bool
    sentences: Sequence[tuple[str, str]]
    citation_tags: Sequence[tuple[str, str]]
    coins: str
    schema: Mapping[str, object]
    source_page: str | None
    fragment: str
    published: str | None
    before: Sequence[Passage]
    after: Sequence[Passage]
    back: str | None
    question: Question
    carried: Callable[[Passage], str]
    walk: Callable[[str], str]
    here: Callable[..., str]
    place: HitPlace | None
    context: bool
    lines: bool
    page_href: str | None
    finding: FindingTag | None
    themes: Sequence[ThemeTag]
    said: SaidTimes
    references: Sequence[Reference]
    permalink: str
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(Page):
    """What a reworded or withdrawn passage said, and what there is now."""

    TEMPLATE: ClassVar[str] = "gone.html"
    sentence: str | None
    asked_sentence: bool
    state: PassageState
    document: Document | None
    successor: Passage | None
    where: str | None
    changes: Sequence[Change]


@passages.get("/p/<document_id>/<letters>")
def passage(document_id: str, letters: str) -> Response:
    """Answer 200 with the passage; 301 to where it moved; 410 with what is known when it was reworded or withdrawn."""
    return _answer(f"{document_id}/{letters}")


@passages.get("/p/<path:written>")
def written_passage(written: str) -> Response:
    """Redirect to what a link with signs behind it or in capitals, as texts and mail programs leave it, meant."""
    return _answer(written)


def _answer(written: str) -> Response:
    """The answer to an id; to one that names nothing as it is written, the way to what was meant. Raises PassageNotFound."""
    try:
        state = services().room.passage_state(written)
    except PassageNotFound:
        meant = repaired_id(written)
        if meant == written:
            raise
        services().room.passage_state(meant)
        return redirect_with_query(passage_path(meant))
    if state.state == "same":
        return make_response(_page(services().room.in_context(state.passage_id)))
    if state.state == "moved" and state.passage is not None:
        return redirect_with_query(passage_path(state.passage.passage_id))
    return make_response(_gone(state), 410)


def redirect_with_query(path: str) -> Response:
    """Return a 301 to a path with what the address asks beside it."""
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return make_response(redirect(path + query, 301))


def _page(context: PassageInContext) -> str:
    """A passage with its page, its citation and its neighbours."""
    room, found = services().room.opened, context.passage
    around = _text_around(context)
    question = _question()
    citation = Citation(context.document, context.edition, found, services().site_url)
    wanted = request.args.get("s", "")
    sentence = find_sentence(found.text, wanted) if wanted else None
    shown = _kept({name: request.args.get(name) for name in WAYS_TO_SHOW})
    return render(
        PassagePage(
            passage=found,
            document=context.document,
            edition=context.edition,
            names=room.names,
            where=locator(found),
            letters=letters_of(found),
            parts=with_note_signs(
                _sentence_parts(found, sentence) if sentence else _parts(found, question), found
            ),
            notes=context.notes,
            carriers=context.note_of,
            origin=label_origin(found),
            lost_sentence=bool(wanted) and sentence is None,
            sentences=_sentence_links(found, around),
            citation_tags=list(citation_tags(citation, services().original(context.document))),
            coins=coins(citation),
            schema=schema(citation),
            source_page=_source_page(context.document, found),
            fragment=text_fragment(found.text, *around),
            published=_published_place(context.document, text_fragment(found.text, *around)),
            before=context.before,
            after=context.after,
            back=address(question) if question.text or question.filters else None,
            question=question,
            carried=lambda other: address(question, passage_path(other.passage_id)),
            walk=lambda passage_id: address(question, passage_path(passage_id), page=None, **shown),
            here=lambda **changed: address(
                question, passage_path(found.passage_id), page=None, **_kept({**shown, **changed})
            ),
            place=_place(question, found),
            context=shown.get("context") != "0",
            lines=shown.get("view") == "lines",
            page_href=page_link(found),
            finding=finding_tag(found.finding),
            themes=theme_tags(found.themes, room.names),
            said=said_times(found, room.catalog),
            references=references(context.document, context.edition, found, services().site_url),
            permalink=services().site_url + passage_path(found.passage_id),
            sheets=passage_sheets(services().images, context.document, found),
        )
    )


def _kept(ways: Mapping[str, str | None]) -> dict[str, str]:
    """The ways to show a passage that are chosen and exist."""
    return {name: value for name, value in ways.items() if value and value == WAYS_TO_SHOW[name]}


def _place(question: Question, found: Passage) -> HitPlace | None:
    """Where the passage stands among the hits of the question that led here; None without a question or an engine."""
    if not question.text and not question.filters:
        return None
    try:
        return services().room.find_place(question, found.passage_id)
    except (UnknownValue, IndexDamaged):
        return None


def _sentence_parts(found: Passage, sentence: Sentence) -> list[Part]:
    """The passage's words with one sentence marked."""
    before, words, after = (
        found.text[: sentence.start],
        found.text[sentence.start : sentence.end],
        found.text[sentence.end :],
    )
    return [part for part in (Part(before), Part(words, "sentence"), Part(after)) if part.words]


def _sentence_links(found: Passage, around: tuple[str, str]) -> list[tuple[str, str]]:
    """Each sentence of a passage with its address; none for a passage that is one sentence."""
    listed = sentences_of(found.text)
    if len(listed) < 2:
        return []
    path, text, (before, after) = passage_path(found.passage_id), found.text, around
    links = []
    for s in listed:
        fragment = text_fragment(
            text[s.start : s.end], f"{before}\n{text[: s.start]}", f"{text[s.end :]}\n{after}"
        )
        links.append((text[s.start : s.end], f"{path}?s={s.name}{fragment}"))
    return links


def _text_around(context: PassageInContext) -> tuple[str, str]:
    """What is shown before and after a passage: of a text without pages all of it, for links lead into its own page, too."""
    found, before, after = context.passage, context.before, context.after
    if context.document.pages is None:
        catalog = services().room.opened.catalog
        before = tuple(catalog.passages_of(found.document_id, 1, found.ordinal - 1))
        after = tuple(catalog.passages_of(found.document_id, found.ordinal + 1))
    return "\n".join(p.text for p in before), "\n".join(p.text for p in after)


def _published_place(document: Document, fragment: str) -> str | None:
    """The words on the web page where they were published; None where no such page is known."""
    url = document.source_url or ""
    is_page = document.media_type == "text/html" and url.startswith(("http://", "https://"))
    return url.partition("#")[0] + fragment if is_page else None


def _source_page(document: Document, found: Passage) -> str | None:
    """The page in the PDF where it was published, as far as its address is known."""
    url = document.source_url or ""
    is_pdf = document.media_type == PDF and url.startswith(("http://", "https://"))
    return f"{url.partition('#')[0]}#page={found.page}" if is_pdf and found.page else None


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
        written = services().room.opened.names.resolve(written)
    except UnknownValue:
        return [Part(found.text)]
    terms = analyse(written, Match.ANY)
    return marked_parts(found.text, find_marks(found.text, terms, frozenset(typed_forms(written))))


def _gone(state: PassageState) -> str:
    """What a reworded or withdrawn passage said, and what there is now."""
    catalog = services().room.opened.catalog
    document = catalog.find_document(state.passage_id.rpartition("/")[0])
    successor = state.passage
    wanted = request.args.get("s", "")
    stands = bool(wanted and successor and find_sentence(successor.text, wanted))
    return render(
        GonePage(
            sentence=wanted if stands else None,
            asked_sentence=bool(wanted),
            state=state,
            document=document,
            successor=successor,
            where=locator(successor) if successor else None,
            changes=difference(state.words, successor.text) if successor else [],
        )
    )


def similar_places(room: ReadingRoom, passage: Passage) -> tuple[Similar, ...]:
    """Find other places that say nearly what `passage` says; none where no engine opens, for a passage page needs none."""
    try:
        return room.similar(passage.passage_id)
    except IndexDamaged:
        return ()
