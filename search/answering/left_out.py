"""What an answer leaves out, because a date is not known or a newer version stands for an older one: said beside the answer, so
that nobody takes silence for absence."""

from __future__ import annotations

from dataclasses import replace

from search.answering.answer import Answer, Older, Undated
from search.answering.prepared import SearchContext, asked_by, count_all, read_as
from search.query import tree
from search.query.terms import Match

ANY_DATE = "0001"  # a first year that no document is older than


def find_undated(answer: Answer, context: SearchContext) -> Undated | None:
    """Return the passages without a date that would answer without the wanted date; None where no date is wanted, or there are none.

    Those with all words count, and where there are none those that the reading shown has.

    A date may be wanted beside the question (`since`, `until`) or in it (`date:2019`), there only beside other conditions: below OR
    and NOT it leaves out nothing by itself.
    """
    question = answer.question
    free = _without_dates(answer.written)
    if free == answer.written and not (question.since or question.until):
        return None
    anew = read_as(replace(question, since=None, until=None, offset=0), free, context)
    if free != answer.written:
        anew = asked_by(free, anew.question, context)
    first = Match.ALL if question.match is Match.AUTO else question.match
    for written, match in dict.fromkeys(
        ((anew.written, first), (_without_dates(answer.reading), answer.match))
    ):
        alike = replace(anew, written=written, question=replace(anew.question, match=match))
        only_dated = replace(alike, question=replace(alike.question, since=ANY_DATE))
        whole, dated = count_all([alike, only_dated], context)
        if whole > dated:
            return Undated(whole - dated, anew.question)
    return None


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


def _without_dates(query: tree.Query) -> tree.Query:
    """The query without the dates that every answer must have."""
    if isinstance(query, tree.Dates):
        return tree.Everything()
    if isinstance(query, tree.Loose | tree.And):
        kept: list[tree.Query] = [part for part in query.parts if not isinstance(part, tree.Dates)]
        return tree.joined(type(query), kept) if kept else tree.Everything()
    return query
