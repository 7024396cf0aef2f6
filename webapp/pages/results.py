"""The results page: hits grouped by document, the pager, the mistake in a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from search.answering.answer import Answer, Hit, Question
from search.answering.meaning import MEANING as SWITCH
from search.answering.navigation import Spot
from search.citations.references import locator
from search.errors import QuerySyntaxError
from search.meaning.context import MeaningState
from search.model import Document, Passage
from search.permalinks import passage_path
from search.query.expansion import ALL, SYMBOL, THEME, Expansion
from search.query.names import Names
from webapp.addresses import LAST_PAGE, address, page_number, with_values
from webapp.context import services
from webapp.pages.head_tags import coins
from webapp.pages.hit_ticks import Tick, ticks
from webapp.pages.presenters import (
    FindingTag,
    Part,
    ThemeTag,
    finding_tag,
    letters_of,
    page_link,
    snippet_parts,
    theme_tags,
)

AROUND = 36  # characters shown on each side of a mistake


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One hit as it is shown. `href` carries the question along, so that its words are marked there too."""

    passage: Passage
    document: Document
    letters: str
    href: str
    page_href: str | None
    beside_href: str
    beside: bool
    where: str
    parts: list[Part]
    before: bool
    after: bool
    finding: FindingTag | None
    themes: list[ThemeTag]
    why: list[Reason]
    permalink: str
    coins: str
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a hit: its mark's class, what it is called, and the words it rests on."""

    reason: str
    label: str
    words: str


TOLD_BY_THEMES = ("theme", "heading")
"""Reasons that the list of a passage's themes gives, too, with the words that caused each of them."""


def reasons(hit: Hit) -> list[Reason]:
    """Return why a passage is a hit, in words, without what its themes say beside other reasons."""
    told = TOLD_BY_THEMES if hit.passage.themes else ()
    untold = [w for w in hit.why if w.reason not in told]
    return [Reason(w.reason, w.label, _listed(w.words)) for w in untold or hit.why]


def _listed(words: Sequence[str], most: int = 4) -> str:
    """Some words in a row, each once whatever its capitals."""
    once = list({word.casefold(): word for word in reversed(words)}.values())[::-1]
    return ", ".join(once[:most]) + (" …" if len(once) > most else "")


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one document. `more` counts those that are not shown here; `ticks` stand for all of them."""

    document: Document
    hits: list[ShownHit]
    total: int
    more: int
    more_href: str
    ticks: list[Tick]


def group_hits(
    answer: Answer, names: Names, beside: str | None, spots: Mapping[str, Sequence[Spot]]
) -> list[Group]:
    """Return the hits of a page of results, together by document where they follow each other.

    `spots` says where all answers of each document stand.
    """
    question = answer.question
    alone = question.per_document == 0
    groups = []
    for document, together in groupby(answer.hits, key=lambda hit: hit.document):
        hits = list(together)
        total = max(hit.in_document for hit in hits)
        more = 0 if alone else max(0, total - sum(not hit.by_meaning for hit in hits))
        href = address(with_values(question, "document", [document.document_id]))
        shown = [_shown(hit, question, names, beside) for hit in hits]
        ids = [hit.passage.passage_id for hit in hits]
        marks = ticks(document, spots.get(document.document_id, ()), ids, question)
        groups.append(Group(document, shown, total, more, href, marks))
    return groups


def shown_hits(hits: Iterable[Hit], question: Question, names: Names) -> list[ShownHit]:
    """Return hits one after the other, whatever their documents."""
    return [_shown(hit, question, names, None) for hit in hits]


def _shown(hit: Hit, question: Question, names: Names, beside: str | None) -> ShownHit:
    """A hit with its links and marks."""
    passage, carried = hit.passage, address(question, "")
    citation = services().citation(hit.document, passage)
    return ShownHit(
        passage=passage,
        document=hit.document,
        letters=letters_of(passage),
        href=passage_path(passage.passage_id) + carried,
        page_href=page_link(passage),
        beside_href=address(question, beside=passage.passage_id) + "#" + letters_of(passage),
        beside=passage.passage_id == beside,
        where=locator(passage),
        parts=snippet_parts(hit.snippet),
        before=hit.snippet.before,
        after=hit.snippet.after,
        finding=finding_tag(passage.finding),
        themes=theme_tags(passage.themes, names),
        why=reasons(hit),
        permalink=citation.link,
        coins=coins(citation),
        by_meaning=hit.by_meaning,
    )


def choose_beside(answer: Answer, wanted: str) -> Hit | None:
    """Return the hit that stands beside the list: the wanted one, else the first."""
    by_id = {hit.passage.passage_id: hit for hit in answer.hits}
    return by_id.get(wanted) or next(iter(answer.hits), None)


@dataclass(frozen=True, slots=True)
class Class:
    """One class of an answer's passages; `href` leads to it alone where there is a way."""

    label: str
    count: int
    href: str | None


def classes(answer: Answer) -> list[Class]:
    """Return the classes of an answer with any passage, where there is more than one thing to say."""
    counts, question = answer.counts, answer.question
    if counts is None or not answer.total or question.exact:
        return []
    exact = address(replace(question, exact=True, offset=0)) if 0 < counts.exact < answer.total else None
    listed = [
        Class("as typed", counts.exact, exact),
        Class("by word form", counts.form, None),
        Class("by spelling", counts.spelling, None),
        Class("by acronym", counts.acronym, None),
        Class("by synonym", counts.synonym, None),
        Class("by theme label", counts.theme, None),
    ]
    return [item for item in listed if item.count or item.label == "as typed"]


class Switch(NamedTuple):
    """An expansion, and the address of the results with it the other way."""

    label: str
    typed: str
    kind: str
    href: str


def switches_off(answer: Answer) -> list[Switch]:
    """Return what was also searched, each with the link that switches it off."""
    question = answer.question
    return [
        _switch(e, replace(question, without=(*question.without, e.key), offset=0)) for e in answer.expansions
    ]


def switches_on(answer: Answer) -> list[Switch]:
    """Return what was switched off, each with the link that brings it back."""
    question = answer.question
    off = [e.key for e in answer.switched_off]
    keys = dict.fromkeys((*(k for k in question.without if k != ALL), *off))
    return [
        _switch(e, replace(question, without=tuple(k for k in keys if k != e.key), offset=0))
        for e in answer.switched_off
    ]


def _switch(expansion: Expansion, question: Question) -> Switch:
    kind = {THEME: "the theme ", SYMBOL: "the document "}.get(expansion.kind, "")
    return Switch(f"{kind}{expansion.label}", expansion.typed, expansion.kind, address(question))


class MeaningNote(NamedTuple):
    """What is to be said of hits by meaning, and the link that takes them away or brings them back."""

    said: str
    action: str
    href: str


def meaning_note(answer: Answer) -> MeaningNote | None:
    """Return what is to be said of hits by meaning; None where there is nothing to say."""
    question = answer.question
    if answer.meaning is MeaningState.ON and answer.by_meaning:
        off = replace(question, without=(*question.without, SWITCH), offset=0)
        more = answer.more_by_meaning
        return MeaningNote(f"{'And ' if answer.total else ''}{more}.", "Without", address(off))
    if answer.meaning is MeaningState.SWITCHED_OFF:
        on = replace(question, without=tuple(k for k in question.without if k not in (SWITCH, ALL)), offset=0)
        return MeaningNote("Not looked for by meaning.", "Look by meaning, too", address(on))
    if answer.meaning is MeaningState.LANGUAGE:
        return MeaningNote("Looked for by its words only: finding by meaning knows English.", "", "")
    return None


class Step(NamedTuple):
    """One page of results in the pager; `href` is None for the one shown."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages around the one shown. `beyond` is set when the one asked for lies behind the last."""

    page: int
    pages: int
    previous: str | None
    next: str | None
    steps: list[Step]
    beyond: bool
    last: str


def make_pager(answer: Answer, page_address: Callable[[int], str] | None = None) -> Pager:
    """Return the pager of an answer; `page_address` gives the address of a page, where it is not one of the search."""
    question = answer.question
    to = page_address or (lambda page: address(question, page=page))
    units = answer.by_meaning + (answer.documents if question.per_document else answer.total)
    page, pages = page_number(question), max(1, -(-units // question.limit))
    pages = min(pages, LAST_PAGE)
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    steps: list[Step] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            steps.append(Step("…", None))
        steps.append(Step(str(number), None if number == page else to(number)))
    return Pager(
        page=page,
        pages=pages,
        previous=to(page - 1) if 1 < page <= pages else None,
        next=to(page + 1) if page < pages else None,
        steps=steps,
        beyond=page > pages,
        last=to(pages),
    )


@dataclass(frozen=True, slots=True)
class ShownMistake:
    """A mistake with the part of the question around it; `caret` is the line below it that points."""

    problem: str
    excerpt: str
    caret: str
    proposal: str | None
    proposal_href: str | None


def show_mistake(mistake: QuerySyntaxError | None, question: Question) -> ShownMistake | None:
    """Return what a reader needs to mend a question."""
    if mistake is None:
        return None
    text = "".join(char if char.isprintable() else " " for char in mistake.query_text)
    start, end = max(0, mistake.position - AROUND), mistake.position + AROUND
    excerpt = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    caret = " " * (mistake.position - start + bool(start)) + "^"
    proposal = mistake.proposal
    href = address(replace(question, text=proposal, offset=0)) if proposal else None
    return ShownMistake(mistake.problem, excerpt, caret, proposal, href)
