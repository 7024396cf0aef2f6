"""One spelling for words that are written in two ways in Britain and in America."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from search.analysis.words import data_lines

_LIKE_COLOUR = (
    "s|ed|eds|ing|ings|er|ers|able|ably|al|ally|ant|ants|ful|fully|hood|hoods|ies|ism|ist|ists|ite|ites|itism|iz[a-z]+|less"
    "|liness|ly|some|y"
)
_LIKE_CENTRE = (
    "cent|theat|lit|met|fib|calib|lust|meag|mit|nit|och|sab|scept|sepulch|somb|spect|accout|goit|saltpet"
    "|maneuv|reconnoit"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (
            r"(?<=[a-z]{3})is(?=(?:ation|ations|ational|e|ed|es|er|ers|ing|ings|ingly|able|ably|ement|ements|ance|ances)$)",
            "iz",
        ),  # organise
        (r"(?<=[a-z]{2})ys(?=(?:e|ed|es|er|ers|ing)$)", "yz"),  # analyse
        (rf"(?<=[a-z]{{3}})our(?=(?:{_LIKE_COLOUR})?$)", "or"),
        (r"(?<=def|off|ret|lic)enc(?=e|ing)", "ens"),  # defence, pretence
        (r"(?<=[a-z]{3}[aeo])ll(?=(?:ed|ing|ings|er|ers|or|ors|ous|ously|able|ist|ists)$)", "l"),  # travelled
        (
            r"(?<=dia|due|fue|rue)ll(?=(?:ed|ing|ings|er|ers|est|ingly)$)|(?<=nci)ll(?=(?:ed|ing|or|ors)$)",
            "l",
        ),
        (rf"({_LIKE_CENTRE})r(?:e|(?=ing))(?=(?:s|d|ing)?$)", r"\1er"),
        (rf"({_LIKE_CENTRE})erd$", r"\1ered"),
        (r"([a-z]{2}al|mon|pro|epi|hom)(o?)(l?)ogue(?=s?$)", r"\1\2\3og"),  # catalogue, dialogue
        (r"(al)ogu(?=ing$)|(al)ogu(?=ed$)", r"\1\2og"),
        (r"(?<=gram)me(?=s?$)", ""),  # programme
        (r"aemi(?=a|c)", "emi"),  # anaemia, septicaemia
    )
)
"""Endings that differ by rule. A rule may turn a word into none ("promise" into "promize"): it does so wherever the word
stands, and nobody sees it. It must not turn it into another word, so it asks for some letters before the ending."""


@lru_cache(maxsize=65_536)
def american(form: str) -> str:
    """Return a folded word as it is spelt in America; one that is not spelt in two ways is itself, or no word but always the same."""
    if len(form) < 3 or not form.isascii() or not form.isalpha():
        return form
    whole, beginnings = _pairs()
    if form in whole:
        return whole[form]
    if begins := beginnings.match(form):
        form = _beginnings()[begins.group()] + form[begins.end() :]
    for pattern, spelling in _RULES:
        form = pattern.sub(spelling, form)
    return form


@cache
def _beginnings() -> dict[str, str]:
    """British beginnings with the American ones."""
    return {
        british: other for british, other in map(str.split, data_lines("spellings.txt")) if british[-1] != "="
    }


@cache
def _pairs() -> tuple[dict[str, str], re.Pattern[str]]:
    """Whole words with their American spelling, and what finds the beginnings."""
    rows = [line.split() for line in data_lines("spellings.txt")]
    whole = {british[:-1]: other for british, other in rows if british.endswith("=")}
    return whole, re.compile("|".join(sorted(map(re.escape, _beginnings()), key=len, reverse=True)))
