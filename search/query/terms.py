"""What engines receive: the analysed query. Its leaves hold folded forms and stems, never text.

The tree of `tree.py` says what a person wrote; this one says what it means for matching, once the match mode is
known. An engine needs no analysis of its own, so two engines given the same terms must find the same passages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, TypeAlias

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
    """All forms of the text with the same first letter, at most `edits` letters inserted, left out, replaced or swapped."""

    value: str
    edits: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word in all the ways in which it may be written. Any of them will do, and together they score as one word.

    `word` is as typed, `spellings` are other spellings of it, `forms` other forms that its stem does not have.
    """

    word: Term | TermPhrase
    spellings: tuple[Term | TermPhrase, ...] = ()
    forms: tuple[Term | TermPhrase, ...] = ()

    @property
    def ways(self) -> tuple[Term | TermPhrase, ...]:
        """All of them, the typed one first."""
        return (self.word, *self.spellings, *self.forms)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems by which it is found in headings and titles."""
        ways = (way for way in (self.word, *self.spellings) if isinstance(way, Term))
        return tuple(dict.fromkeys(way.value for way in ways if way.field is TermField.STEM))


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
class MostOf:
    """Parts that weigh `least` or more together, of `weights` one for each part; the scores of those that match are added."""

    parts: tuple[TermQuery, ...]
    weights: tuple[float, ...]
    least: float


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Everything that the part does not match; without score."""

    part: TermQuery


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages, without score."""


TermQuery: TypeAlias = (
    Term
    | TermPhrase
    | TermPrefix
    | TermFuzzy
    | OneOf
    | Filter
    | DateRange
    | AllOf
    | AnyOf
    | MostOf
    | NoneOf
    | Everything
)

_JOINED = (AllOf, AnyOf, MostOf)
ROUNDING = 1e-9  # by which sums of the same weights may differ
FIRST_DAY, LAST_DAY = 0, 9999_12_31


class Match(StrEnum):
    """How words written side by side are meant."""

    ALL = "all"
    ANY = "any"
    MOST = "most"  # those that tell most of the question
    AUTO = "auto"  # all; when no passage has all, as few less as give a page of answers


class Words(Protocol):
    """How a typed word is read: which terms it stands for."""

    def word(self, written: str) -> TermQuery:
        """Return the terms of one word as it was typed, which may be several words to us ("AJP-3.4")."""

    def together(self, first: str, second: str) -> TermQuery | None:
        """Return the terms of two neighbours written as one word; None where no text writes them so."""

    def near(self, written: str, edits: int) -> TermQuery:
        """Return the terms of a word that may be spelt nearly so."""

    @property
    def widest(self) -> Words:
        """How excluded words are read, so that the narrower reading of a question never finds more than the wider one."""


class StemmedWords:
    """Reads words by their stems, and nothing else."""

    def word(self, written: str) -> TermQuery:
        """See `Words`: one form is a stem to be found; a word of several is a phrase."""
        found = text.forms(written)
        if len(found) == 1:
            return Term(TermField.STEM, text.stem(found[0]), found[0])
        return phrase(found)

    def together(self, first: str, second: str) -> TermQuery | None:  # noqa: ARG002 (the protocol's)
        """See `Words`."""
        return None

    def near(self, written: str, edits: int) -> TermQuery:
        """See `Words`."""
        return TermFuzzy(text.forms(written)[0], edits)

    @property
    def widest(self) -> Words:
        """See `Words`."""
        return self


@dataclass(frozen=True, slots=True)
class ExactWords:
    """Reads words in the very form that was typed, and spelt so; `widest` is how others are excluded."""

    widest: Words

    def word(self, written: str) -> TermQuery:
        """See `Words`."""
        return phrase(text.forms(written))

    def together(self, first: str, second: str) -> TermQuery | None:  # noqa: ARG002 (the protocol's)
        """See `Words`."""
        return None

    def near(self, written: str, edits: int) -> TermQuery:  # noqa: ARG002 (the protocol's)
        """See `Words`."""
        return phrase(text.forms(written))


STEMMED = StemmedWords()


def analyse(query: tree.Query, match: Match, words: Words = STEMMED) -> TermQuery:
    """Return the terms of a query whose words are read so. `Match.AUTO` is read as ALL: whoever searches decides when to fall back to ANY.

    What is excluded stays excluded in the widest reading of its words, so that the exact reading of a question never finds
    a passage that the other does not find.
    """
    match query:
        case tree.Loose(parts):
            return _side_by_side(parts, match, words)
        case tree.And(parts):
            return AllOf(tuple(analyse(part, match, words) for part in parts))
        case tree.Or(parts):
            return AnyOf(tuple(analyse(part, match, words) for part in parts))
        case tree.Not(tree.Not(part)):
            return analyse(part, match, words)
        case tree.Not(part):
            return NoneOf(analyse(part, match, words.widest))
        case _:
            return _leaf(query, words)


def _side_by_side(parts: tuple[tree.Query, ...], match: Match, words: Words) -> TermQuery:
    """Words side by side: stop words are left out beside others; conditions and NOT are always wanted."""
    kept = [part for part in parts if not is_stop_word(part)] or list(parts)
    demands = [analyse(part, match, words) for part in kept if is_demand(part)]
    wanted = [part for part in kept if not is_demand(part)]
    if match not in (Match.ANY, Match.MOST) or len(wanted) < 2:
        return AllOf((*_compounds(wanted, match, words, AllOf), *demands))
    either = AnyOf(tuple(_compounds(wanted, match, words, AnyOf)))
    return AllOf((either, *demands)) if demands else either


def _compounds(
    parts: Sequence[tree.Query], match: Match, words: Words, join: type[AllOf] | type[AnyOf]
) -> Iterator[TermQuery]:
    """The terms of parts side by side; two words that texts also write as one are found as one, too."""
    place = 0
    while place < len(parts):
        pair = parts[place : place + 2]
        joined = _together(pair, words)
        if joined is not None:
            yield AnyOf((join(tuple(analyse(part, match, words) for part in pair)), joined))
        else:
            yield analyse(parts[place], match, words)
        place += 1 if joined is None else 2


def _together(pair: Sequence[tree.Query], words: Words) -> TermQuery | None:
    """Two plain words as one."""
    match pair:
        case [tree.Word(first), tree.Word(second)]:
            return words.together(first, second)
    return None


def is_demand(query: tree.Query) -> bool:
    """Return whether this is wanted in every mode: an exclusion, a condition, or conditions alone joined by AND or OR."""
    match query:
        case tree.And(parts) | tree.Or(parts):
            return bool(parts) and all(is_demand(part) for part in parts)
    return isinstance(query, tree.Field | tree.Dates | tree.Not)


def is_stop_word(query: tree.Query) -> bool:
    """Return whether this is a lone word without a subject of its own, such as "the". "WHO" and "US" in capitals are names."""
    return isinstance(query, tree.Word) and _says_nothing(query.text)


@lru_cache(maxsize=4_096)
def _says_nothing(word: str) -> bool:
    """Whether a word has no subject of its own. Kept: reading one question asks this hundreds of times."""
    if word.isupper() and len(word) > 1:
        return False
    return all(form in text.stop_words() for form in text.forms(word))


def _leaf(query: tree.Query, words: Words) -> TermQuery:
    """The terms of a query without parts."""
    match query:
        case tree.Word(written):
            return words.word(written)
        case tree.Phrase(written, slop):
            return phrase(text.forms(written), slop)
        case tree.Prefix(written):
            return TermPrefix(text.forms(written)[0])
        case tree.Fuzzy(written, edits):
            return words.near(written, edits)
        case tree.Field(name, value):
            return _condition(name, value)
        case tree.Dates(since, until):
            return date_range(since, until)
        case _:
            return Everything()


def phrase(found: Sequence[str], slop: int = 0) -> Term | TermPhrase:
    """Return exact forms in order; one alone is a term."""
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
    """Return days as numbers; a year or a month stands for its first day (since) or its last (until)."""
    return DateRange(
        day_number(since, last=False) if since else FIRST_DAY,
        day_number(until, last=True) if until else LAST_DAY,
    )


def day_number(date: str, *, last: bool) -> int:
    """Return 20190612 for "2019-06-12"; missing parts are the first or the last there can be."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return int(year) * 10_000 + int(month or (12 if last else 1)) * 100 + int(day or (31 if last else 1))


def leaves(query: TermQuery) -> list[TermQuery]:
    """Return the leaves that make a passage match, in order; what stands below a NoneOf makes none and never scores."""
    if isinstance(query, _JOINED):
        return [leaf for part in query.parts for leaf in leaves(part)]
    return [] if isinstance(query, NoneOf) else [query]


def as_typed(leaf: TermQuery) -> TermQuery:
    """Return a leaf, or of a word in several ways the typed one."""
    return leaf.word if isinstance(leaf, OneOf) else leaf


def typed_words(found: Sequence[TermQuery]) -> list[str]:
    """Return of the leaves of a question the stems of words to be found by their stems, in order, as often as they stand in it."""
    typed = map(as_typed, found)
    return [leaf.value for leaf in typed if isinstance(leaf, Term) and leaf.field is TermField.STEM]


def side_by_side(found: Sequence[TermQuery]) -> list[tuple[str, str]]:
    """Return the typed forms of neighbours among the leaves of a question; each pair once."""
    forms = [leaf.form if isinstance(leaf, Term) else "" for leaf in map(as_typed, found)]
    pairs = [pair for pair in pairwise(forms) if pair[0] and pair[1] and pair[0] != pair[1]]
    return list(dict.fromkeys(pairs)) if pairs else pairs


def has_alternatives(query: TermQuery) -> bool:
    """Return whether some leaves stand for each other: one typed word may be there and another not."""
    return isinstance(query, AnyOf | MostOf) or (
        isinstance(query, AllOf) and any(map(has_alternatives, query.parts))
    )
