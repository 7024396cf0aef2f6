"""Request parameters to a question, and a question back to an address: the whole state of a page stands in its URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias, TypeVar
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from search.answering.answer import Question
from search.dates import DATE_FORMS, ISO_DATE
from search.engines.request import Sort
from search.errors import UsageProblem
from search.query.terms import Match, day_number

FILTERS = (
    "finding",
    "statement",
    "addressee",
    "theme",
    "touches",
    "edition",
    "year",
    "kind",
    "speaker",
    "mentions",
    "organisation",
    "document",
    "lang",
)
"""Parameters that narrow; each may be given several times, and its values are alternatives."""
NOT = "not-"
"""Stands before the name of a filter and excludes its values: `not-theme=trust-funds`."""
EXCLUSIONS = tuple(NOT + name for name in FILTERS)
WITHOUT = "without"
"""Switches an expansion off by its key; may be given several times."""
SINGLE = ("q", "exact", "since", "until", "match", "sort", "page", "beside", "versions")
PARAMETERS = (*FILTERS, *EXCLUSIONS, *SINGLE, WITHOUT)
DOCUMENTS_A_PAGE = 10
PASSAGES_A_DOCUMENT = 2  # shown of each document before "more in this document"
PASSAGES_A_PAGE = 20  # where one document alone is searched
LAST_PAGE = 10_000  # no list of results goes on further

_ANY = "\0"  # stands for a value in an address; no value is called so
_WHOLE_NUMBER = re.compile(r"([0-9]{1,9})(?:\.0{1,9})?")
_Choice = TypeVar("_Choice", bound=StrEnum)


Arguments: TypeAlias = MultiDict[str, str]


def read_question(args: Arguments) -> Question:
    """Return the question of a results page. Raises UsageProblem for a value that cannot be read."""
    filters = read_filters(args)
    alone = len(dict(filters).get("document", ())) == 1
    limit = PASSAGES_A_PAGE if alone else DOCUMENTS_A_PAGE
    since, until = read_dates(args)
    return Question(
        text=args.get("q", "").strip(),
        match=read_choice(args, "match", Match.AUTO),
        filters=filters,
        since=since,
        until=until,
        sort=read_choice(args, "sort", Sort.RELEVANCE),
        limit=limit,
        offset=(read_number(args, "page", 1, LAST_PAGE) - 1) * limit,
        per_document=0 if alone else PASSAGES_A_DOCUMENT,
        exact=read_flag(args, "exact"),
        excluded=read_filters(args, NOT),
        without=_values(args, WITHOUT),
        versions=read_flag(args, "versions"),
    )


def read_filters(args: Arguments, before: str = "") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the values of every filter that has any, each value once; with NOT before its name, the excluded ones."""
    given = ((name, _values(args, before + name)) for name in FILTERS)
    return tuple((name, values) for name, values in given if values)


def _values(args: Arguments, name: str) -> tuple[str, ...]:
    """The values of a parameter, each once."""
    return tuple(value for value in dict.fromkeys(value.strip() for value in args.getlist(name)) if value)


def read_flag(args: Arguments, name: str) -> bool:
    """Read 1 or nothing."""
    written = args.get(name, "").strip()
    if written not in ("", "0", "1"):
        raise UsageProblem(f"{name}={shortened(written)}: {name} is 1 or left out")
    return written == "1"


def read_choice(args: Arguments, name: str, default: _Choice) -> _Choice:
    """Return one of the values of an enumeration; the default when the parameter is absent or empty."""
    written = args.get(name, "").strip().lower()
    kind = type(default)
    if not written:
        return default
    try:
        return kind(written)
    except ValueError as error:
        known = ", ".join(choice.value for choice in kind)
        raise UsageProblem(f"{name}={shortened(written)}: {name} is one of {known}") from error


def read_number(args: Arguments, name: str, default: int, most: int) -> int:
    """Return a whole number from 1 to `most`; the default when the parameter is absent or empty.

    "5.0" is one, too: JSON Schema says so, and programs for statistics write whole numbers like that.
    """
    written = args.get(name, "").strip()
    if not written:
        return default
    found = _WHOLE_NUMBER.fullmatch(written)
    if not found or not 1 <= int(found[1]) <= most:
        raise UsageProblem(f"{name}={shortened(written)}: {name} is a whole number from 1 to {most}")
    return int(found[1])


def read_dates(args: Arguments) -> tuple[str | None, str | None]:
    """Read `since` and `until`: each a year, a month or a day, or None."""
    since, until = _date(args, "since"), _date(args, "until")
    if since and until and day_number(since, last=False) > day_number(until, last=True):
        raise UsageProblem(f"since={since} is later than until={until}: exchange the two")
    return since, until


def _date(args: Arguments, name: str) -> str | None:
    written = args.get(name, "").strip()
    if written and not ISO_DATE.fullmatch(written):
        raise UsageProblem(f"{name}={shortened(written)}: {name} is {DATE_FORMS}")
    return written or None


def refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageProblem for a parameter that nothing reads: a filter that is ignored would widen the answer."""
    allowed = sorted(known)
    for name in names:
        if name not in allowed:
            raise UsageProblem(f"no parameter {shortened(name)!r} (there are: {', '.join(allowed)})")


def shortened(written: str, longest: int = 40) -> str:
    """Return what was written, short enough for a message."""
    return written if len(written) <= longest else written[:longest] + "…"


# --- back to an address -----------------------------------------------------------------------------------


def address(question: Question, path: str = "/search", *, page: int | None = None, **more: str) -> str:
    """Return the address of a question's results (or of another path that carries the question along).

    `page` is 1-based; None keeps the question's own page. What has its default value is left out.
    """
    pairs = [*state_pairs(question), *more.items()]
    number = page_number(question) if page is None else page
    if number > 1:
        pairs.append(("page", str(number)))
    return f"{path}?{'&'.join(f'{name}={_quoted(value)}' for name, value in pairs)}" if pairs else path


@lru_cache(maxsize=256)  # a question may have 10,000 characters
def _quoted(value: str) -> str:
    """A value in an address. Cached: a page states its question some hundred times."""
    return quote(value, safe="")


def state_pairs(question: Question) -> list[tuple[str, str]]:
    """Return the parameters of a question without its page."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for name, values in question.filters for value in values]
    pairs += [(NOT + name, value) for name, values in question.excluded for value in values]
    pairs += [(WITHOUT, key) for key in question.without]
    if question.exact:
        pairs.append(("exact", "1"))
    if question.versions:
        pairs.append(("versions", "1"))
    pairs += [
        (name, value) for name, value in (("since", question.since), ("until", question.until)) if value
    ]
    if question.match is not Match.AUTO:
        pairs.append(("match", question.match.value))
    if question.sort is not Sort.RELEVANCE:
        pairs.append(("sort", question.sort.value))
    return pairs


def page_number(question: Question) -> int:
    """Return the 1-based page of results that a question asks for."""
    return question.offset // question.limit + 1


def with_values(question: Question, facet: str, values: Iterable[str]) -> Question:
    """Return the question, from its first page, with these values of a facet chosen and no others of it."""
    filters = {**dict(question.filters), facet: tuple(values)}
    return replace(question, filters=_ordered(filters), offset=0)


def without_value(question: Question, facet: str, value: str) -> Question:
    """Return the question, from its first page, without one value of a facet."""
    return with_values(question, facet, (v for v in question.chosen(facet) if v != value))


def with_excluded(question: Question, facet: str, values: Iterable[str]) -> Question:
    """Return the question, from its first page, with these values of a facet excluded and no others of it."""
    excluded = {**dict(question.excluded), facet: tuple(values)}
    return replace(question, excluded=_ordered(excluded), offset=0)


def excluding(question: Question, facet: str, value: str) -> Question:
    """Return the question, from its first page, with one more value excluded, which then is not chosen."""
    less = without_value(question, facet, value)
    return with_excluded(less, facet, (*question.barred(facet), value))


def excluding_addresses(question: Question, facet: str) -> Callable[[str], str]:
    """Return what gives the address of the results without a value of a facet; quick, because a page has a hundred of them."""
    chosen = question.chosen(facet)
    before, _, after = address(excluding(question, facet, _ANY)).partition(f"{NOT}{facet}={quote(_ANY)}")

    def excluding_address(value: str) -> str:
        if value in chosen:
            return address(excluding(question, facet, value))
        return f"{before}{NOT}{facet}={_quoted(value)}{after}"

    return excluding_address


def _ordered(filters: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Filters with any value, in the order of FILTERS."""
    return tuple((name, filters[name]) for name in FILTERS if filters.get(name))
