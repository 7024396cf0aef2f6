"""Dates as people print them, in the languages of `LANGUAGES`: days, months and years, each at the precision it has.

The names of months are those of the Unicode locale data, through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs", "ru", "uk", "tr", "ro")
_EXTRA_MONTHS = {"sept": 9, "setiembre": 9, "jänner": 1, "febr": 2}
_DAY_FIRST = frozenset(LANGUAGES) - {"en"}
EARLIEST, LATEST = 1600, 2099  # years; a number beyond is something else
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_RANGE = r"(?P<range>\d{1,2}(?:\s?[-–—/]\s?|\s+(?:to|and|au|et|al|y|bis|und|e|a)\s+))?"
_NUMERIC = (
    rf"(?<![\d./-]){_YEAR}(?P<mark>[-/.‐‑–])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])",
    rf"(?<!\d){_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日)?",
    rf"(?<![\d./-]){_DAY}(?P<mark>\.)\s?(?P<month>0?[1-9]|1[0-2])\.\s?{_YEAR}(?!\d)",
)
_OPEN_DAY = re.compile(
    r"\d(?:st|nd|rd|th|er|\.)?\s*(?:of|de|d[’'])?\s*$"
)  # a day that is not read: the month alone is not what is printed
_SLASHED = re.compile(
    rf"(?<![\d./-])(?P<one>\d{{1,2}})(?P<mark>[/-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}(?![\d/-])"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO 8601 at its precision, where it stands (half-open), whether it is the end of a span of days."""

    iso: str
    start: int
    end: int
    is_range: bool = False


def find_dates(text: str, language: str | None = None) -> list[FoundDate]:
    """Return all days and months that `text` states, in its order; `language` tells how 05/06/2019 is read.

    >>> [found.iso for found in find_dates("Bruxelles, le 1er février 2020; revised May 2021")]
    ['2020-02-01', '2021-05']
    """
    if not any(char.isdigit() for char in text):
        return []
    taken: list[FoundDate] = []
    for found in (*_by_forms(text), *_slashed(text, language)):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return _with_ranges(sorted(taken, key=lambda found: found.start), text)


def find_years(text: str) -> list[FoundDate]:
    """Return the years that stand alone in `text`, those inside of other numbers, spans and codes left out."""
    found = re.finditer(rf"(?<![\w/.,:(–—-]){_YEAR}(?![\w/–—-]|[.,:]\d)", text)
    return [FoundDate(match["year"], match.start(), match.end()) for match in found]


def _by_forms(text: str) -> Iterator[FoundDate]:
    """Dates whose form says which number is what."""
    for form in _forms():
        for match in form.finditer(text):
            groups = match.groupdict()
            month = groups["month"]
            number = int(month) if month.isdigit() else _months()[_key(month)]
            iso = _iso(int(groups["year"]), number, int(groups["day"]) if groups.get("day") else None)
            if iso and (len(iso) > 7 or not _OPEN_DAY.search(text[: match.start()])):
                yield FoundDate(iso, match.start(), match.end(), bool(groups.get("range")))


def _slashed(text: str, language: str | None) -> Iterator[FoundDate]:
    """`05/06/2019`: the day is told by a number above 12, by two equal ones, or by the language; else the year remains."""
    for match in _SLASHED.finditer(text):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        if one > 12 or one == two or (language or "")[:2] in _DAY_FIRST:
            iso = _iso(year, two, one)
        elif two > 12:
            iso = _iso(year, one, two)
        else:
            iso = str(year)
        if iso:
            yield FoundDate(iso, match.start(), match.end())


def _iso(year: int, month: int, day: int | None) -> str | None:
    """The date as ISO 8601, None where the calendar has no such day."""
    if not EARLIEST <= year <= LATEST or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _with_ranges(found: list[FoundDate], text: str) -> list[FoundDate]:
    """The dates, those with only a dash or "to" between them as ends of a span."""
    marked = {
        place
        for place in range(1, len(found))
        if re.fullmatch(
            r"\s*(?:[-–—]|to|until|till|au|bis|al?|y)\s*", text[found[place - 1].end : found[place].start]
        )
    }
    ends = marked | {place - 1 for place in marked}
    return [
        FoundDate(one.iso, one.start, one.end, one.is_range or place in ends)
        for place, one in enumerate(found)
    ]


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names and abbreviations of months, folded, to their numbers. A name of two months (Czech "led", Polish "lis") is
    kept for the language that comes first in `LANGUAGES`."""
    names: dict[str, int] = dict(_EXTRA_MONTHS)
    for language in LANGUAGES:
        months = Locale(language).months
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in months[context][width].items():
                    if len(_key(name)) > 2:
                        names.setdefault(_key(name), number)
    return names


def _key(name: str) -> str:
    """A name of a month as it is looked up."""
    return name.casefold().rstrip(".")


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms in which all parts are told, the longest first."""
    month = rf"(?P<month>{_alternatives(_months())})\.?"
    of = r"(?:\s*(?:de|del|of|d[’']|den)\s+|[\s,.-]*)"
    named = (
        rf"(?<![\w.,/]){_RANGE}{_DAY}(?:\s?(?:st|nd|rd|th|er|º|ª|°|o)\b|\.)?{of}{month}{of}{_YEAR}(?!\d)",
        rf"(?<!\w){month}\s+{_RANGE}{_DAY}(?:st|nd|rd|th)?\s*,?\s+{_YEAR}(?!\d)",
        rf"(?<![\w-]){month}{of}{_YEAR}(?![\d–—-])",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in (*_NUMERIC, *named))


def _alternatives(names: Iterable[str]) -> str:
    """Names as alternatives of an expression, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
