"""What a wanted date leaves out because its date is not known: said beside the answer, so that nobody takes silence for absence."""

from __future__ import annotations

from dataclasses import replace

from search.answering.answer import Answer, Undated
from search.answering.ask import Shelf, count, read_question
from search.query import tree
from search.query.terms import Match

ANY_DATE = "0001"  # a first year that no document is older than


def find_undated(answer: Answer, shelf: Shelf) -> Undated | None:
    """The passages without a date that would answer without the wanted date; None where no date is wanted, or there are none.

    A date may be wanted beside the question (`since`, `until`) or in it (`date:2019`), there only beside other conditions: below OR
    and NOT it leaves out nothing by itself.
    """
    question = answer.question
    written, _ = read_question(question, shelf)
    free = _without_dates(written)
    if free == written and not (question.since or question.until):
        return None
    text = question.text if free == written else tree.format_query(free)
    anew = replace(question, text=text, since=None, until=None, offset=0)
    for match in dict.fromkeys((Match.ALL if question.match is Match.AUTO else question.match, answer.match)):
        alike = replace(anew, match=match)
        missing = count(alike, shelf) - count(replace(alike, since=ANY_DATE), shelf)
        if missing > 0:
            return Undated(missing, anew)
    return None


def _without_dates(query: tree.Query) -> tree.Query:
    """The query without the dates that every answer must have."""
    if isinstance(query, tree.Dates):
        return tree.Everything()
    if isinstance(query, tree.Loose | tree.And):
        kept: list[tree.Query] = [part for part in query.parts if not isinstance(part, tree.Dates)]
        return tree.joined(type(query), kept) if kept else tree.Everything()
    return query
