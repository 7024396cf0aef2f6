"""What a reference states, read from its words: pages, paragraphs, document symbols, addresses, years, "ibid."."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.citations.item import roman_value

_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7}\b|[IVXLC]{1,7}\b|[A-Z]{1,2}-?\d{1,3}\b)"
_RANGE = rf"{_NUMBER}(?:\s*(?:[\u2010-\u2015-]{{1,2}}|to|bis|à)\s*{_NUMBER})?(?:\s?ff?\.)?"
_LIST = rf"{_RANGE}(?:\s*(?:,|and|und|et|y|e|&)\s*{_RANGE})*"
_PAGES = re.compile(
    rf"(?P<pdf>\bPDF\s+)?(?<![\w.])(?:pp?\.|pages?|pgs?\.|S\.|Seiten?|págs?\.|páginas?|pagin[ae]|pag\.|стр\.|с\.|"
    rf"(?<=[,(]\s)p(?=\s?\d))[\s~]*(?P<numbers>{_LIST})",
    re.IGNORECASE,
)
_PARAGRAPHS = re.compile(
    rf"(?<![\w.])(?:paras?\b\.?|paragraph(?:e?s)?|pars?\.|párrs?\.|párrafos?|parágrafos?|Absatz|Absätzen?|Abs\.|Rn\.|Rz\.|Ziff\."
    rf"|Ziffern?|Randnr\.|alinéas?|punt[oi]|пункт\w*|пп?\.|абз\w*\.?|§+|¶+)[\s~]*(?P<numbers>{_LIST})",
    re.IGNORECASE,
)
_BARE_PAGE = re.compile(
    rf"(?:\)|[^\W\d_]|[”\"’*]|\d{{4}}|[a-z]\d)[,:]\s*(?:at\s+)?(?P<numbers>{_RANGE}(?:,\s*\d{{1,4}})*)"
    r"(?=\s*(?:$|[.);,]*\s*(?:$|https?:|\(PDF)))"
)
_ONE = re.compile(
    rf"(?P<first>{_NUMBER})(?:\s*(?:[\u2010-\u2015-]{{1,2}}|to|bis|à)\s*(?P<last>{_NUMBER}))?(?P<on>\s?ff?\.)?"
)
SYMBOL = re.compile(
    r"(?<![\w/.])(?:[A-Z][A-Za-z]{0,7}(?:\.\d+)?(?:/[A-Za-z0-9.()\-]*[A-Za-z0-9)]){1,7}|[A-Z]{2,7}-\d+(?:\.\d+)*(?:\([A-Z]\))?)"
    r"(?![\w/])"
)
_ADDRESS = re.compile(r"(?:https?://|(?<![\w/])/(?=[pd]/))[^\s<>\"“”«»]+")
_YEAR = re.compile(r"(?<![\w/.-])(?:1[89]|20)\d\d(?=[a-z]?(?![\w/-]))")
_IBID = re.compile(
    r"\b(?:ib[íi]d(?:em|\.)?|loc\.\s?cit|ebd\.|ebenda|ebenso|там же|íd(?:em|\.))", re.IGNORECASE
)
_ABOVE = re.compile(
    r"\b(?:supra,?\s+(?:foot)?notes?|(?:see\s+)?(?:foot)?note|n\.|Anm\.|Fn\.|Fußnote)\s*(\d{1,3})(?:\s+(?:above|supra|oben))?",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"\b(?:vol|no|nos|chap|ch|sect?|art|annex|rev|add|corr|table|figure|fig)\.?\s+\d+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """Pages or paragraphs as they are stated, both ends included. `kind` is "page", "pdf" or "para"."""

    kind: str
    first: str
    last: str

    def holds(self, label: str) -> bool:
        """Return whether a label is one of them; "4/12" is "4"."""
        if label.casefold() == f"{self.first}-{self.last}".casefold():
            return True  # "4-2" is one page where chapters count their own
        values = [ordered(self.first), ordered(label), ordered(self.last)]
        if None in values:
            return label.casefold() in (self.first.casefold(), self.last.casefold())
        low, at, high = (value for value in values if value is not None)
        return low[0] == at[0] and low <= at <= high


LONGEST_NUMBER = 9  # digits of a page or paragraph; a longer row of digits is something else


def ordered(label: str) -> tuple[str, int] | None:
    """Return a label as what can be compared: its series and its number; None for one without a number."""
    bare = label.partition("/")[0].strip().casefold()
    if bare.isdecimal() and len(bare) <= LONGEST_NUMBER:
        return "", int(bare)
    roman = roman_value(bare)
    if roman is not None:
        return "i", roman
    match = re.fullmatch(r"([a-z]{1,2})-?(\d{1,4})", bare)
    return (match[1], int(match[2])) if match else None


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference: its words and what was read from them. `above` is the number of a note that it points back to.

    `prose`: it was read from a sentence of the text, most of whose words are about other things.
    """

    text: str
    places: tuple[StatedPlace, ...] = ()
    symbols: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    same: bool = False
    above: str | None = None
    prose: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it states anything that can be checked by itself."""
        return bool(self.places or self.symbols or self.addresses or self.same or self.above)


def read_cited(text: str, links: Iterable[str] = ()) -> list[Cited]:
    """Return the references of a text; they are parted by semicolons. Links that stand in it belong to the first."""
    addresses = list(links)
    parts = [
        part for part in re.split(r";\s+|\n", _ADDRESS.sub(_kept(addresses), text)) if part.strip(" .,;()")
    ]
    return (
        [_read(part, addresses if not number else ()) for number, part in enumerate(parts or [""])]
        if (parts or addresses)
        else []
    )


def _kept(addresses: list[str]) -> Callable[[re.Match[str]], str]:
    """Moves the addresses of a text into a list."""

    def keep(match: re.Match[str]) -> str:
        addresses.append(match.group().rstrip(".,;:!?)]}'’*_"))
        return " "

    return keep


def _read(text: str, addresses: Iterable[str]) -> Cited:
    """One reference."""
    above = _ABOVE.search(text)
    bare = _ABOVE.sub(" ", text)
    symbols = tuple(match.group() for match in SYMBOL.finditer(bare) if any(map(str.isdigit, match.group())))
    rest = SYMBOL.sub(" ", bare)
    places = [*_places(_PAGES, rest, "page"), *_places(_PARAGRAPHS, rest, "para")]
    if not places:
        found = _BARE_PAGE.search(_CHAPTER.sub(" ", bare).rstrip())
        places = (
            [p for p in _listed(found["numbers"], "page") if not _YEAR.fullmatch(p.first)] if found else []
        )
    return Cited(
        text.strip(),
        tuple(places),
        symbols,
        tuple(addresses),
        tuple(_YEAR.findall(rest)),
        bool(_IBID.search(text)),
        above[1] if above else None,
    )


def _places(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[StatedPlace]:
    """The places of a kind."""
    for match in pattern.finditer(text):
        is_pdf = kind == "page" and match["pdf"]
        yield from _listed(match["numbers"], "pdf" if is_pdf else kind)


def _listed(numbers: str, kind: str) -> Iterator[StatedPlace]:
    """The ranges of a list of numbers; "211–13" ends with 213, "7 f." with 8, and "7 ff." a few further."""
    for match in _ONE.finditer(numbers):
        first, last = match["first"], match["last"] or match["first"]
        if first.isdigit() and last.isdigit() and len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        if match["on"] and first.isdigit() and not match["last"]:
            last = str(int(first) + (4 if "ff" in match["on"] else 1))
        yield StatedPlace(kind, first, last)


def without_parts(text: str) -> str:
    """Return a reference without places, symbols, addresses and years: authors and titles are left."""
    for pattern in (_ADDRESS, _PAGES, _PARAGRAPHS, SYMBOL, _YEAR, _IBID, _ABOVE):
        text = pattern.sub(" | ", text)
    return text
