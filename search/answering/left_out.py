"""What an answer leaves out, because a fact that was asked for is not known or a newer version stands for an older one: said beside
the answer, so that nobody takes silence for absence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search.answering.answer import DATE, Answer, Older, Question, Unknown
from search.answering.prepared import ParsedQuestion, SearchContext, asked_by, count_all, read_as
from search.query import tree
from search.query.names import UNDATED
from search.query.terms import Match

ANY_DATE = "0001"  # a first year that no document is older than
FACTS: Mapping[str, tuple[str, ...]] = {
    DATE: ("year",),
    "lang": ("lang",),
    "speaker": ("speaker",),
    "organisation": ("organisation",),
}
"""What need not be known of a passage and can be asked for, with the filters and fields that ask for it; dates have some more."""
FACETS_OF_FACTS = tuple(fact for fact in FACTS if fact != DATE)
"""The facts that are facets; `SearchContext.known` has their values."""


def find_unknown(answer: Answer, context: SearchContext) -> tuple[Unknown, ...]:
    """Return for each of FACTS that is wanted the passages of which it is not known and that would answer without that condition.

    Those with all words count, and where there are none those that the reading shown has.

    A fact may be wanted beside the question (`since`, a filter) or in it (`date:2019`, `lang:en`), there only beside other
    conditions: below OR and NOT it leaves out nothing by itself, unless all parts of the OR ask for the same fact.
    """
    found = (_find_unknown(fact, answer, context) for fact in FACTS)
    return tuple(unknown for unknown in found if unknown is not None)


def _find_unknown(fact: str, answer: Answer, context: SearchContext) -> Unknown | None:
    """The passages of which one fact is not known; None where it is not wanted, or there are none."""
    question = answer.question
    free, asked = _without(answer.written, fact), _unasked(question, fact)
    if free == answer.written and asked == question:
        return None
    anew = read_as(replace(asked, offset=0), free, context)
    if free != answer.written:
        anew = asked_by(free, anew.question, context)
    first = Match.ALL if question.match is Match.AUTO else question.match
    readings = ((anew.written, first), (_without(answer.reading, fact), answer.match))
    for written, match in dict.fromkeys(readings):
        alike = replace(anew, written=written, question=replace(anew.question, match=match))
        whole, *known = count_all([alike, *_where_known(fact, alike, context)], context)
        if whole > sum(known):
            return Unknown(fact, whole - sum(known), anew.question)
    return None


def _unasked(question: Question, fact: str) -> Question:
    """The question without what asks for a fact beside its text; asking for documents without a date does not ask for one."""
    kept = tuple(
        (name, values) for name, values in question.filters if name not in FACTS[fact] or UNDATED in values
    )
    if fact == DATE:
        return replace(question, filters=kept, since=None, until=None)
    return replace(question, filters=kept)


def _where_known(fact: str, parsed: ParsedQuestion, context: SearchContext) -> list[ParsedQuestion]:
    """The question, for passages alone of which a fact is known; none where it is known of no passage at all."""
    question = parsed.question
    if fact == DATE:
        return [replace(parsed, question=replace(question, since=ANY_DATE))]
    values = tuple(context.known.get(fact, ()))
    within = replace(question, filters=(*question.filters, (fact, values)))
    return [replace(parsed, question=within)] if values else []


def find_older(answer: Answer, context: SearchContext) -> Older | None:
    """Return the passages of older versions that would answer like those of the answer; None where there are none."""
    question = answer.question
    hidden = read_as(question, answer.written, context).hidden
    if not hidden:
        return None
    asked = replace(question, match=answer.match, versions=True, offset=0)
    within = replace(asked, filters=(*question.filters, ("document", hidden)))
    count = count_all([read_as(within, answer.reading, context)], context)[0]
    return Older(count, replace(asked, match=question.match)) if count else None


def _without(query: tree.Query, fact: str) -> tree.Query:
    """The query without the conditions on a fact that every answer must meet."""
    if _asks_for(query, fact):
        return tree.Everything()
    if isinstance(query, tree.Loose | tree.And):
        kept = [part for part in query.parts if not _asks_for(part, fact)]
        return tree.joined(type(query), kept) if kept else tree.Everything()
    return query


def _asks_for(query: tree.Query, fact: str) -> bool:
    """Whether a query is met by nothing of which a fact is not known."""
    match query:
        case tree.Dates():
            return fact == DATE
        case tree.Field(name, value):
            return name in FACTS[fact] and value != UNDATED
        case tree.Or(parts):
            return bool(parts) and all(_asks_for(part, fact) for part in parts)
    return False
