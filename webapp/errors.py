"""Errors as pages that help, and as problem+json (RFC 9457) for programs. The one place that knows HTTP statuses."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import ClassVar

from flask import Flask, Response, make_response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from search.answering.answer import Question
from search.errors import (
    DocumentNotFound,
    EditionNotFound,
    FindingsError,
    PageNotFound,
    PassageNotFound,
    ThemeNotFound,
    UnknownValue,
)
from search.store.disks import disk_reason
from webapp.addresses import FILTERS, address, read_question, shortened, with_excluded, with_values
from webapp.context import services
from webapp.pages.facets import FACET_LABELS
from webapp.rendering import Page, render

MOST_OFFERED = 80  # values offered in place of one that does not exist
_TITLES: dict[type[FindingsError], str] = {
    PassageNotFound: "No such passage",
    DocumentNotFound: "No such document",
    EditionNotFound: "No such edition",
    ThemeNotFound: "No such theme",
    PageNotFound: "No such page",
}
_NEVER: dict[type[FindingsError], str] = {
    PassageNotFound: "No passage with this address was ever published here. Look for its words with the search above.",
    DocumentNotFound: "No document here has this name. The list of documents shows all there are.",
    EditionNotFound: "No edition here has this name.",
    ThemeNotFound: "No theme here has this name.",
    PageNotFound: "The document has no such page, or is a text without pages.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads on from an error."""

    label: str
    href: str


WAYS = (
    Way("Search", "/search"),
    Way("All documents", "/documents/"),
    Way("Themes", "/themes/"),
    Way("Editions", "/editions/"),
    Way("How to search", "/help"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error in plain words, with ways on."""

    TEMPLATE: ClassVar[str] = "error.html"
    title: str
    words: str
    ways: Sequence[Way]


def add_error_pages(app: Flask) -> None:
    """Register the handlers of an app."""

    @app.errorhandler(FindingsError)
    def _known(error: FindingsError) -> Response:
        if error.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            app.logger.error("%r: %s", request.path, error)  # a path may hold the end of a line
        title = _TITLES.get(type(error), HTTPStatus(error.http_status).phrase)
        if isinstance(error, UnknownValue):
            title = f"No {error.name} of this name"
        words = _NEVER.get(type(error), str(error))
        return answer_error(error.http_status, title, words, _ways_from(error))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        response = answer_error(status, error.name, _plain_words(error), WAYS)
        for name, value in error.get_headers():
            if name in ("Allow", "Location", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        if reason := disk_reason(error):
            app.logger.log(logging.ERROR, "%r: %s", request.path, reason, exc_info=error)
            words = (
                f"The machine does not let the reading room write or read what this needs ({reason}). "
                "Everything else goes on; try again later, and paste what you would hand in as a file."
            )
            return answer_error(HTTPStatus.SERVICE_UNAVAILABLE, "Not at this moment", words, WAYS)
        app.logger.log(logging.ERROR, "defect at %r", request.path, exc_info=error)
        words = "This is a fault of the reading room, not of your question. It has been written to the log."
        return answer_error(InternalServerError.code, "Something went wrong", words, WAYS)


def answer_error(status: int, title: str, words: str, ways: tuple[Way, ...] = WAYS) -> Response:
    """Return an error as a page, or as problem+json for programs."""
    if _asks_a_program():
        problem = {"type": "about:blank", "title": title, "status": status, "detail": words}
        body = json.dumps(problem, ensure_ascii=False)
        return Response(body, status, mimetype="application/problem+json")
    return make_response(render(ErrorPage(title=title, words=words, ways=ways)), status)


def _asks_a_program() -> bool:
    """Whether the API was asked, or the results of a search in another form than a page."""
    return request.path.startswith("/api/") or bool(request.path == "/search" and request.args.get("format"))


def _plain_words(error: HTTPException) -> str:
    """What an error of HTTP means here."""
    if error.code == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {shortened(request.path, 120)}."
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        ways = sorted({*(getattr(error, "valid_methods", None) or ())} - {"HEAD", "OPTIONS"})
        return f"This address answers {' and '.join(ways) or 'GET'} only."
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return "That is too large for this page. Split it, or use the command `findings batch`."
    return error.description or "The request could not be answered."


def _ways_from(error: FindingsError) -> tuple[Way, ...]:
    """What to do next: for a filter that names nothing, the same search without it or with another."""
    if not isinstance(error, UnknownValue) or _asks_a_program():
        return WAYS
    try:
        question = read_question(request.args)
    except FindingsError:  # a second mistake in the address, of which this one was found first
        return WAYS
    return (*_without(error, question), *_others(error, question), *WAYS)


def _without(error: UnknownValue, question: Question) -> list[Way]:
    """The same question without the value."""
    chosen, barred = question.chosen(error.name), question.barred(error.name)
    if error.value not in (*chosen, *barred):
        return []
    kept = [value for value in chosen if value != error.value]
    less = with_values(question, error.name, kept)
    less = with_excluded(less, error.name, [value for value in barred if value != error.value])
    return [Way(f"The same search without “{shortened(error.value)}”", address(less))]


def _others(error: UnknownValue, question: Question) -> list[Way]:
    """Values of the facet that do exist, the nearest first."""
    if error.name not in FILTERS:
        return []
    known = services().room.opened.names.known(error.name)
    near = get_close_matches(error.value, known, n=MOST_OFFERED, cutoff=0.5)
    listed = near or list(known)
    return [
        Way(
            f"{FACET_LABELS[error.name]}: {known[value]}", address(with_values(question, error.name, [value]))
        )
        for value in listed[: MOST_OFFERED if not near else 5]
    ]
