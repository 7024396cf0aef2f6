"""The countries and international organisations that a text names.

Names of countries are those of the Unicode locale data, through Babel, and those of `search/data/country_names.txt`; names of
organisations stand in `search/data/organisation_names.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from search.analysis.words import data_lines

LANGUAGES = ("en", "fr")
"""Languages whose names of countries are known; the first one is that of the pages."""
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
"""Codes of the locale data for unions, for what is outlying and for what is not known."""
_NOTHING = "-"  # the id of names that have the name of a country in them and are none
_CAPITAL = re.compile(r"(?<![\w'-])[^\W\d_a-zà-ÿ][\w.]*")
"""Where a name may begin: a capital after neither letter nor hyphen."""
_FIRST_WORD = re.compile(r"\w+")
_DETAIL = re.compile(r"\s*\([^)]*\)")
_SHORTEST_IN_CAPITALS = 4  # letters; a shorter name in capitals may be anything


def find_mentions(text: str) -> tuple[str, ...]:
    """Return the ids of what `text` names, each once, in the order of their first names.

    A country's id is its ISO 3166 code, an organisation's a slug. The longest name counts ("Papua New Guinea" is not Guinea).
    Names are read as they are written or in capitals only; adjectives ("Ukrainian") name nobody.
    """
    plain = text.replace("’", "'")
    found: dict[str, None] = {}
    end = 0
    for match in _CAPITAL.finditer(plain):
        if match.start() < end:
            continue
        for name, value in _names_by_first_word().get(_first_word(match[0]), ()):
            stop = match.start() + len(name)
            if _is_named(plain[match.start() : stop], name) and not plain[stop : stop + 1].isalnum():
                end = stop
                if value != _NOTHING:
                    found[value] = None
                break
    return tuple(found)


@cache
def mention_labels() -> Mapping[str, str]:
    """Return what each country and organisation is called on pages, by its id."""
    locale = Locale(LANGUAGES[0]).territories
    labels = {code: _DETAIL.sub("", locale[code]) for code in sorted(locale) if _is_country(code)}
    further: dict[str, str] = {}
    for value, name in _further_names():
        further.setdefault(value, name)
    further.pop(_NOTHING, None)
    return labels | further


def mention_names() -> Iterator[tuple[str, str]]:
    """Yield every name of a country or organisation with its id."""
    return ((name, value) for name, value in _names() if value != _NOTHING)


def _is_country(code: str) -> bool:
    """Whether a code of the locale data is that of a country or territory."""
    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES


def _names() -> Iterator[tuple[str, str]]:
    """Every name with its id; where two share one, the first stands."""
    yield from ((name, value) for value, name in _further_names())
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if _is_country(code):
                yield _DETAIL.sub("", name).replace("’", "'"), code


def _further_names() -> Iterator[tuple[str, str]]:
    """(id, name) of the files of names."""
    for file in ("country_names.txt", "organisation_names.txt"):
        for line in data_lines(file):
            value, _, names = line.partition(" ")
            yield from ((value, name.strip()) for name in names.split(";"))


@cache
def _names_by_first_word() -> Mapping[str, list[tuple[str, str]]]:
    """The names, longest first, by their first word in small letters."""
    table: dict[str, dict[str, str]] = {}
    for name, value in _names():
        table.setdefault(_first_word(name), {}).setdefault(name, value)
    return {first: sorted(names.items(), key=lambda pair: -len(pair[0])) for first, names in table.items()}


def _first_word(name: str) -> str:
    """The first word of a name in small letters."""
    found = _FIRST_WORD.match(name)
    return found[0].casefold() if found else name


def _is_named(printed: str, name: str) -> bool:
    """Whether what is printed is the name, as it is written or in capitals."""
    return printed == name or (len(name) >= _SHORTEST_IN_CAPITALS and printed == name.upper())
