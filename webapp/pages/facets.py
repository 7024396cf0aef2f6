"""What narrows an answer, for the page: groups of choices with counts, and the choices made, each removable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.answering.answer import Answer, FacetValue, Question
from search.errors import UnknownValue
from search.query.names import Names
from search.query.terms import Match
from webapp.addresses import FILTERS, address, excluding_addresses, with_excluded, without_value
from webapp.pages.dates import written_date

FACET_LABELS = {
    "finding": "Finding",
    "statement": "Finding, weak or strong",
    "addressee": "Addressed to",
    "theme": "Theme",
    "touches": "Theme, touched",
    "edition": "Edition",
    "year": "Year",
    "kind": "Kind",
    "speaker": "Speaker",
    "mentions": "Mentioned",
    "organisation": "Organisation",
    "document": "Document",
    "lang": "Language",
}
FIRST_SHOWN = 7  # values of a group before "more"
LONG_NAMES = 3  # first values of a group with long names
MOST_SHOWN = 60  # values of a group at all; the rest is reached by narrowing first


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, and the address of the results without it."""

    value: FacetValue
    exclude: str


@dataclass(frozen=True, slots=True)
class Choices:
    """One group of the filter form. `rest` is shown when asked for; `left` counts values not offered at all."""

    facet: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that was made, and the address of the results without it."""

    facet: str
    label: str
    remove: str


def choice_groups(answer: Answer) -> list[Choices]:
    """Return the groups of the filter form; a facet without any value has none."""
    groups = []
    for facet, label in FACET_LABELS.items():
        offered = (value for value in answer.facets.get(facet, ()) if not value.excluded)
        values = sorted(offered, key=lambda value: not value.chosen)
        if values:
            first = max(
                LONG_NAMES if facet == "document" else FIRST_SHOWN, sum(value.chosen for value in values)
            )
            exclude = excluding_addresses(answer.question, facet)
            shown = [Choice(value, exclude(value.value_id)) for value in values[:MOST_SHOWN]]
            left = len(values) - len(shown)
            groups.append(Choices(facet, label, tuple(shown[:first]), tuple(shown[first:]), left))
    return groups


def chips(question: Question, names: Names) -> list[Chip]:
    """Return every choice of a question, in the order of the form."""
    made = [
        Chip(
            facet,
            f"{FACET_LABELS[facet]}: {_label(names, facet, value)}",
            address(without_value(question, facet, value)),
        )
        for facet in FILTERS
        for value in question.chosen(facet)
    ]
    return [*made, *_exclusion_chips(question, names), *_date_chips(question), *_match_chips(question)]


def _exclusion_chips(question: Question, names: Names) -> Iterable[Chip]:
    """A chip for each excluded value."""
    for facet in FILTERS:
        for value in question.barred(facet):
            kept = (other for other in question.barred(facet) if other != value)
            label = f"Not {FACET_LABELS[facet].lower()}: {_label(names, facet, value)}"
            yield Chip(facet, label, address(with_excluded(question, facet, kept)))


def _label(names: Names, facet: str, written: str) -> str:
    """What people call a chosen value; as written when it names nothing."""
    try:
        return names.label(facet, names.value(facet, written))
    except UnknownValue:
        return written


def _date_chips(question: Question) -> Iterable[Chip]:
    """One chip for each end of the time."""
    if question.since:
        without = address(replace(question, since=None, offset=0))
        yield Chip("since", f"From {written_date(question.since)}", without)
    if question.until:
        without = address(replace(question, until=None, offset=0))
        yield Chip("until", f"Until {written_date(question.until)}", without)


MATCH_LABELS = {Match.ALL: "All words", Match.MOST: "Most of the words", Match.ANY: "Any of the words"}


def _match_chips(question: Question) -> Iterable[Chip]:
    """A chip for a match mode that was asked for, one for exact words, and one for older versions."""
    if question.versions:
        yield Chip("versions", "Older versions, too", address(replace(question, versions=False, offset=0)))
    if question.exact:
        yield Chip("exact", "Exact words only", address(replace(question, exact=False, offset=0)))
    if question.match is not Match.AUTO:
        yield Chip(
            "match", MATCH_LABELS[question.match], address(replace(question, match=Match.AUTO, offset=0))
        )
