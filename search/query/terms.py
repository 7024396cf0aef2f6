"""What engines receive: the analysed query. Its leaves hold folded forms and stems, never text.

The tree of `tree.py` says what a person wrote; this one says what it means for matching, once the match mode is
known. An engine needs no analysis of its own, so two engines given the same terms must find the same passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from search.analysis import words as text
from search.query import tree


class TermField(StrEnum):
    """Which words of a passage a term is compared with."""

    EXACT = "exact"  # folded forms of the passage's text
    STEM = "stem"  # stems of the passage's text
    HEADING = "heading"  # stems of its heading path
    TITLE = "title"  # stems of its document's title
    SPEAKER = "speaker"  # folded forms of its speaker


@dataclass(frozen=True, slots=True)
class Term:
    """One term in one field. `form` is the folded form that was typed for a stem: it never matches, it only scores."""

    field: TermField
    value: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class TermPhrase:
    """Forms of the text in this order, with at most `slop` other words between two neighbours."""

    values: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class TermPrefix:
    """All forms of the text that begin so."""

    value: str


@dataclass(frozen=True, slots=True)
class TermFuzzy:
    """All forms of the text with the same first letter, at most `edits` letters inserted, left out or replaced."""

    value: str
    edits: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Passages whose facet `name` has at least one of `values`. Never part of the score."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Passages of documents whose first possible day lies in `since..until` (days as numbers, 20190612)."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part; the scores are added."""

    parts: tuple[TermQuery, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part; the scores of those that match are added."""

    parts: tuple[TermQuery, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Everything that the part does not match; without score."""

    part: TermQuery


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages, without score."""


TermQuery: TypeAlias = (
    Term | TermPhrase | TermPrefix | TermFuzzy | Filter | DateRange | AllOf | AnyOf | NoneOf | Everything
)

_JOINED = (AllOf, AnyOf)
FIRST_DAY, LAST_DAY = 0, 9999_12_31


class Match(StrEnum):
    """How words written side by side are meant."""

    ALL = "all"
    ANY = "any"
    AUTO = "auto"  # all; when no passage has all, any


def analyse(query: tree.Query, match: Match, *, exact: bool = False) -> TermQuery:
    """The terms of a query. `Match.AUTO` is read as ALL: whoever searches decides when to fall back to ANY.

    With `exact`, a word is wanted in the very form that was typed, and spelt so. What is excluded stays excluded in all its forms, so
    that the exact reading of a question never finds a passage that the other does not find.
    """
    match query:
        case tree.Loose(parts):
            return _side_by_side(parts, match, exact)
        case tree.And(parts):
            return AllOf(tuple(analyse(part, match, exact=exact) for part in parts))
        case tree.Or(parts):
            return AnyOf(tuple(analyse(part, match, exact=exact) for part in parts))
        case tree.Not(tree.Not(part)):
            return analyse(part, match, exact=exact)
        case tree.Not(part):
            return NoneOf(analyse(part, match))
        case _:
            return _leaf(query, exact)


def _side_by_side(parts: tuple[tree.Query, ...], match: Match, exact: bool) -> TermQuery:
    """Words side by side: stop words are left out beside others; conditions and NOT are always wanted."""
    kept = [part for part in parts if not is_stop_word(part)] or list(parts)
    demands = [part for part in kept if is_demand(part)]
    wanted = [part for part in kept if part not in demands]
    if match is not Match.ANY or len(wanted) < 2:
        return AllOf(tuple(analyse(part, match, exact=exact) for part in kept))
    words = AnyOf(tuple(analyse(part, match, exact=exact) for part in wanted))
    if not demands:
        return words
    return AllOf((words, *(analyse(part, match, exact=exact) for part in demands)))


def is_demand(query: tree.Query) -> bool:
    """Whether this is wanted in every mode: an exclusion, a condition, or conditions alone joined by AND or OR."""
    match query:
        case tree.And(parts) | tree.Or(parts):
            return bool(parts) and all(is_demand(part) for part in parts)
    return isinstance(query, tree.Field | tree.Dates | tree.Not)


def is_stop_word(query: tree.Query) -> bool:
    """Whether this is a lone word without a subject of its own, such as "the". "WHO" and "US" in capitals are names."""
    if not isinstance(query, tree.Word) or (query.text.isupper() and len(query.text) > 1):
        return False
    return all(form in text.stop_words() for form in text.forms(query.text))


def _leaf(query: tree.Query, exact: bool) -> TermQuery:
    """The terms of a query without parts."""
    match query:
        case tree.Word(written):
            return _phrase(text.forms(written), 0) if exact else _word(text.forms(written))
        case tree.Phrase(written, slop):
            return _phrase(text.forms(written), slop)
        case tree.Prefix(written):
            return TermPrefix(text.forms(written)[0])
        case tree.Fuzzy(written, edits):
            return _phrase(text.forms(written), 0) if exact else TermFuzzy(text.forms(written)[0], edits)
        case tree.Field(name, value):
            return _condition(name, value)
        case tree.Dates(since, until):
            return date_range(since, until)
        case _:
            return Everything()


def _word(found: list[str]) -> TermQuery:
    """One form is a stem to be found; a word of several ("AJP-3.4") is a phrase."""
    if len(found) == 1:
        return Term(TermField.STEM, text.stem(found[0]), found[0])
    return _phrase(found, 0)


def _phrase(found: list[str], slop: int) -> TermQuery:
    """Exact forms in order."""
    if len(found) == 1:
        return Term(TermField.EXACT, found[0])
    return TermPhrase(tuple(found), slop)


def _condition(name: str, value: str) -> TermQuery:
    """A field of the query language: words in a title, a heading or a speaker's name, else a facet."""
    if name in ("title", "heading"):
        return AllOf(tuple(Term(TermField(name), text.stem(form)) for form in text.forms(value)))
    if name == "speaker":
        return AllOf(tuple(Term(TermField.SPEAKER, form) for form in text.forms(value)))
    return Filter(name, (value,))


def date_range(since: str | None, until: str | None) -> DateRange:
    """Days as numbers; a year or a month stands for its first day (since) or its last (until)."""
    return DateRange(
        day_number(since, last=False) if since else FIRST_DAY,
        day_number(until, last=True) if until else LAST_DAY,
    )


def day_number(date: str, *, last: bool) -> int:
    """20190612 for "2019-06-12"; missing parts are the first or the last there can be."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return int(year) * 10_000 + int(month or (12 if last else 1)) * 100 + int(day or (31 if last else 1))


def leaves(query: TermQuery) -> list[TermQuery]:
    """The leaves that make a passage match, in order; what stands below a NoneOf makes none and never scores."""
    if isinstance(query, _JOINED):
        return [leaf for part in query.parts for leaf in leaves(part)]
    return [] if isinstance(query, NoneOf) else [query]


def typed_words(found: Sequence[TermQuery]) -> list[str]:
    """Of the leaves of a question the stems of words to be found by their stems, in order, as often as they stand in it."""
    return [leaf.value for leaf in found if isinstance(leaf, Term) and leaf.field is TermField.STEM]


def side_by_side(found: Sequence[TermQuery]) -> list[tuple[str, str]]:
    """The typed forms of neighbours among the leaves of a question; each pair once."""
    forms = [leaf.form if isinstance(leaf, Term) else "" for leaf in found]
    pairs = [pair for pair in pairwise(forms) if pair[0] and pair[1] and pair[0] != pair[1]]
    return list(dict.fromkeys(pairs)) if pairs else pairs


def has_alternatives(query: TermQuery) -> bool:
    """Whether some leaves stand for each other: one typed word may be there and another not."""
    return isinstance(query, AnyOf) or (isinstance(query, AllOf) and any(map(has_alternatives, query.parts)))
