"""Many questions at once: lines or a table go in, a table comes out, as a page or to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, make_response, request

from search.answering.answer import Answer, Hit, Question
from search.answering.batch import SAVED_COLUMNS, Asked, saved_rows, uses_operators
from search.errors import UsageProblem
from search.permalinks import passage_path
from search.query.expansion import ALL
from search.query.terms import Match
from search.tables import BYTE_ORDER_MARK, csv_text
from webapp.addresses import address, read_choice, read_number, refuse_unknown, shortened
from webapp.context import services
from webapp.many_questions.handed_in import LARGEST_TABLE, MOST_QUESTIONS, handed_in, read_handed_in
from webapp.rendering import Page, render

batch = Blueprint("batch", __name__)
MOST_HITS = 20  # of each question
PARAMETERS = ("questions", "match", "limit", "format")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, its page of results, and its best hits with their addresses.

    `href` is None where there are no words to be searched; `with_operators` leads to the search that reads the question's
    operators as such, and is None where it has none.
    """

    asked: Asked
    answer: Answer
    href: str | None
    with_operators: str | None
    best: tuple[tuple[Hit, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage(Page):
    """The form for many questions, and their answers."""

    TEMPLATE: ClassVar[str] = "batch.html"
    text: str
    match: Match
    limit: int
    answered: Sequence[Answered]
    problem: str | None
    most: int
    most_hits: int
    largest: int
    modes: Sequence[tuple[Match, str]]


@batch.get("/batch")
def form() -> str:
    """Return the form for questions."""
    return _page("", Match.AUTO, 3, [], None)


@batch.post("/batch")
def answers() -> Response:
    """Return the answers, as a page or as a table to save."""
    text, match, limit = "", Match.AUTO, 3
    try:
        text, name = handed_in()
        refuse_unknown(request.form, PARAMETERS)
        match = read_choice(request.form, "match", Match.AUTO)
        limit = read_number(request.form, "limit", 3, MOST_HITS)
        written = request.form.get("format", "")
        if written not in ("", "csv"):
            raise UsageProblem(f"format={shortened(written)}: answers can be saved as csv")
        answered = _answer(read_handed_in(text, name), match, limit)
    except UsageProblem as problem:
        return make_response(_page(text, match, limit, [], str(problem)), 400)
    return _saved(answered) if written else make_response(_page(text, match, limit, answered, None))


def _answer(asked: Sequence[Asked], match: Match, limit: int) -> list[Answered]:
    """Asks every question; its words are plain words."""
    room = services().room
    answered = []
    for one in asked:
        answer = room.ask(Question(one.text, plain=True, match=match, limit=limit))
        words = Question(answer.understood, match=match, without=(ALL,))
        typed = Question(one.text, match=match)
        best = tuple((hit, passage_path(hit.passage.passage_id)) for hit in answer.hits)
        href = address(words) if answer.understood else None
        with_operators = address(typed) if uses_operators(one.text) else None
        answered.append(Answered(one, answer, href, with_operators, best))
    return answered


def _saved(answered: Sequence[Answered]) -> Response:
    """One row a hit, and one for a question that has none."""
    rows = (row for one in answered for row in saved_rows(one.asked, one.answer))
    body = BYTE_ORDER_MARK + csv_text([SAVED_COLUMNS, *rows])
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="answers.csv"'
    return response


def _page(text: str, match: Match, limit: int, answered: Sequence[Answered], problem: str | None) -> str:
    return render(
        BatchPage(
            text=text.replace("\0", ""),
            match=match,
            limit=limit,
            answered=answered,
            problem=problem,
            most=MOST_QUESTIONS,
            most_hits=MOST_HITS,
            largest=LARGEST_TABLE // 1_000,
            modes=[
                (Match.AUTO, "all, else any"),
                (Match.ALL, "all"),
                (Match.MOST, "most"),
                (Match.ANY, "any"),
            ],
        )
    )
