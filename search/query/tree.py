"""The query tree as a person wrote it, and how it is written back.

`format_query` is the inverse of `parser.parse_query`: `parse(format(q)) == q` for every tree the parser can give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One word, matched in all its forms (by stem). What looks like one word may be several ("AJP-3.4")."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, exactly in these forms; `slop` more words may stand between them."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """All words within one or two letters of this one."""

    text: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on what a passage or its document is, such as `theme:trust-funds`; never part of the score."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Documents dated from `since` to `until`, both included; each a year, a month or a day, or None."""

    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Loose:
    """Parts written side by side. Whether all are wanted or any is said by the request's match mode."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    part: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages: the empty question."""


Query: TypeAlias = Word | Phrase | Prefix | Fuzzy | Field | Dates | Loose | And | Or | Not | Everything

_PLAIN = re.compile(r'[^\s"“”„‟«»():*~-][^\s"“”„‟«»():*~]*')
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def joined(join: type[Loose] | type[And] | type[Or], parts: list[Query]) -> Query:
    """Return one part as it is, several as one tree; parts that are joined in the same way are joined once."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, join) else [part])
    return join(tuple(flat))


def as_spelt(query: Query) -> Query:
    """Return the query with every word that may be spelt nearly so as a word that is spelt just so."""
    match query:
        case Fuzzy(text):
            return Word(text)
        case Loose(parts) | And(parts) | Or(parts):
            return type(query)(tuple(as_spelt(part) for part in parts))
    return query


def format_query(query: Query) -> str:
    """Return the query as a person would type it."""
    match query:
        case Everything():
            return ""
        case Loose(parts):
            return " ".join(_inner(part) for part in parts)
        case And(parts):
            return " AND ".join(_inner(part) for part in parts)
        case Or(parts):
            return " OR ".join(_inner(part) for part in parts)
        case Not(part):
            return f"NOT {_inner(part)}"
        case _:
            return _leaf(query)


def _inner(query: Query) -> str:
    """A part of a larger query, in brackets where it needs them."""
    text = format_query(query)
    return f"({text})" if isinstance(query, Loose | And | Or) else text


def _leaf(query: Query) -> str:
    """A query without parts."""
    match query:
        case Phrase(text, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, edits):
            return f"{text}~" + (str(edits) if edits != 1 else "")
        case Field(name, value):
            return f"{name}:{quoted(value)}"
        case Dates(since, until):
            return f"date:{since or ''}..{until or ''}"
        case Word(text):
            return text
    raise TypeError(f"not a leaf of a query: {query!r}")


def quoted(value: str) -> str:
    """Return a field's value, in quotation marks where it would otherwise fall apart."""
    return value if _PLAIN.fullmatch(value) and value not in _OPERATORS else f'"{value}"'
