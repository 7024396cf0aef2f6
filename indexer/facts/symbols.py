"""Document symbols: the marks by which bodies name their documents (A/80/36, AJP-3.4, COM(2020) 605, ISBN), as printed.

A grammar says what is a symbol; where it stands says whether it is the document's own: alone in its line or its column at the
front, or at the head of the pages. A symbol in a sentence, a footnote or brackets names another document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.facts.date_grammar import find_dates
from indexer.facts.front import first_page, folded
from indexer.reading.reading import Front, FrontLine

_PART = r"(?:\s?\((?:Part|Parts|Vol|Supp|Volume|Premi|Deuxi|Troisi|Partie|Parte|Teil|SUPP)[^()]{0,24}\))?"
_GRAMMARS = (
    # Slashed symbols of the United Nations, OECD, WTO and others: one letter or more, parts parted by strokes.
    r"(?<![\w/.:@-])[A-Z][A-Z0-9.-]{0,9}(?:\(\w+\))?(?:/[A-Z0-9][\w.-]*(?:\([\w.]+\)[\w.-]*)*)*/[A-Z0-9][\w.-]*(?:\([\w.]+\)[\w.-]*)*(?:(?<=\d)\s\((?:19|20)\d\d\))?" + _PART,
    # A body with the year in brackets and a number: COM(2020) 605 final, C-M(2009)0048, ENV/JM/MONO(2012)4.
    r"(?<![\w/])[A-Z][A-Z-]{0,9}(?:/[A-Z]+)*\s?\((?:19|20)\d\d\)\s?\d+(?:/\d+)*(?:/?(?:[\s-]?(?:final(?:/\d)?|FINAL|REV\d*|ADD\d*|ANN\d*)))*",
    r"\bA[A-Z]{1,3}P-\d+(?:\.\d+)*(?:\.\d+)*(?:\([A-Z]\))?",  # allied publications
    r"\bDrucksache \d+/\d+(?:\(neu\))?",  # papers of German parliaments
    r"\bH[CL] \d{1,4}(?:-[IVX]+)?\b(?! [a-z])",  # papers of the two Houses
    r"\b(?:STANAG|STANREC)\s?\d{3,4}\b",
    r"\bMC\s?0?\d{2,4}(?:/\d+)+",
    r"\barXiv:\s?\d{4}\.\d{4,5}(?:v\d+)?",
    r"\b(?:GAO|NISTIR|NIST|NCES|NASA|NUREG|RR|TR|CRS|IMF|WPS|EUR|PE|CIO|PC|NCJ|DOE|EPA|FHWA|SP|OIG|INFCIRC)[ -/][A-Z]{0,4}[- ]?\d[\d.-]*(?:[A-Z0-9./-]*\d|[A-Z]{1,4}|\sEN\b)?\b",
)  # fmt: skip
SYMBOL = re.compile("|".join(f"(?:{grammar})" for grammar in _GRAMMARS))
_ISBN = re.compile(
    r"\b(?:e-?)?ISBN(?:-1[03])?(?:\s?\([^)]*\))?:?\s*(?P<number>(?:97[89][-– ]?)?\d(?:[-– ]?\d){8}[-– ]?[\dXx])(?!\d)",
    re.I,
)
_DOI = re.compile(
    r"(?:\bdoi\s?(?:\.org/|:)|https?://(?:dx\.)?doi\.org/)\s?(?P<number>10\.\d{4,9}/[^\s\"<>,;]*[\w)])", re.I
)
_NUMBERED = re.compile(
    r"(?P<series>(?:[A-Z][\w&-]+ ){0,4}(?:Policy Brief|Policy Paper|Working Paper|Occasional Paper|Discussion Paper|Research Paper|"
    r"Technical Report|Research Report|Issue Brief|Briefing Paper|Research Brief|Evaluation Report|Country Report|Staff Report)s?,?)"
    r" (?P<number>(?:No\.?|Nr\.?|n°|#)\s?[\w./-]*\d[\w/-]*|\d{2,6}(?!\d|-))"
)  # fmt: skip
_LABELLED = re.compile(
    r"^(?:court file|case|file|document|doc|report|publication|reference|our ref|ref)?\.?\s?(?:no|nr|n°|number|ref|symbol)?\s?\.?\s?:\s?"
    r"(?P<number>[A-Z0-9]+(?:[-/.][A-Z0-9]+)+)$",
    re.IGNORECASE,
)
_OWN_WORDS = frozenset(
    [
        "united",
        "nations",
        "distr",
        "general",
        "limited",
        "restricted",
        "english",
        "french",
        "spanish",
        "russian",
        "arabic",
        "chinese",
        "original",
        "only",
        "page",
        "advance",
        "unedited",
        "version",
        "final",
        "document",
        "doc",
        "symbol",
        "nations",
        "unies",
        "générale",
        "limitée",
        "naciones",
        "unidas",
        "nato",
        "otan",
        "unclassified",
        "edition",
        "brussels",
        "bruxelles",
        "osce",
        "a",
        "e",
        "s",
        "to",
        "and",
        "et",
        "y",
    ]
)
MOST_WORDS = 3  # beside a symbol in its line, when they are not `_OWN_WORDS`: "Working paper", a town
_JOINT = re.compile(r"-(?=[A-Z]{1,5}/)")  # A/80/74-E/2025/53 names two documents
_ALONE_DOI = re.compile(
    r"^\W*(?:doi\b\W*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+\W*$", re.IGNORECASE
)
_BRACKETED = re.compile(r"\[[^\[\]]{0,20}\]")
_UPPER_PART = 0.45  # of the first page: below it stand footnotes with symbols of other documents


def find_identifiers(front: Front) -> tuple[str, ...]:
    """Return the document's own symbols at the `front`, as printed, the first page's before book and object numbers."""
    start = first_page(front)
    lines = [line for line in front.lines if line.page == start]
    own = [symbol for line in lines if not _is_low(line, front) for symbol in _own_symbols(line, front)]
    own = own or [symbol for line in lines if _is_low(line, front) for symbol in _own_symbols(line, front)]
    own = own or _repeated(front)
    books = (number for line in front.lines for number in _book_numbers(line))
    found = list(dict.fromkeys((*own, *_series(front), *books, *_object_number(front))))
    longest = [
        one for one in found if not any(one != other and other.startswith(f"{one} ") for other in found)
    ]
    return tuple(longest)


def split_symbols(text: str) -> list[str]:
    """Return the symbols in a text, joint ones apart and without what stands behind them.

    >>> split_symbols("A/80/74-E/2025/53, see also COM(2020) 605 final")
    ['A/80/74', 'E/2025/53', 'COM(2020) 605 final']
    """
    return [
        part
        for match in SYMBOL.finditer(text)
        for joint in _JOINT.split(match[0])
        if (part := _plausible(joint))
    ]


def _plausible(symbol: str) -> str | None:
    """The symbol without trailing punctuation; None for what only looks like one ("A/C", "I/O", "24/7")."""
    symbol = symbol.rstrip(".,;:-/* ")
    while symbol.endswith(")") and symbol.count("(") < symbol.count(")"):
        symbol = symbol[:-1].rstrip(".,;: ")
    if not any(map(str.isdigit, symbol)) or len(symbol) < 5:
        return None
    return None if re.fullmatch(r"[A-Z]{1,3}/[a-z]+\d*|[A-Z]+/\d{1,2}", symbol) else symbol


def _own_symbols(line: FrontLine, front: Front) -> Iterator[str]:
    """The symbols of a line of the first page, when hardly anything else stands in it."""
    low = _is_low(line, front)
    text = line.text.strip()
    symbols = split_symbols(text)
    if symbols and not text.startswith(("*", "(", "[")) and _stands_alone(text, low):
        yield from symbols
    elif (match := _LABELLED.match(text)) and sum(map(str.isdigit, match["number"])) >= 4 and not low:
        yield match["number"]


def _is_low(line: FrontLine, front: Front) -> bool:
    """Whether a line stands where footnotes begin to stand; lists of other documents do, too."""
    return bool(front.height) and line.y0 > _UPPER_PART * front.height


def _stands_alone(text: str, low: bool) -> bool:
    """Whether only the words of a masthead stand beside the symbols; low on a page nothing else may."""
    words = re.findall(r"[^\W\d_]+", _without_dates(_BRACKETED.sub(" ", SYMBOL.sub(" ", text))))
    strange = [word for word in words if word.casefold() not in _OWN_WORDS]
    return not strange if low else len(strange) <= MOST_WORDS and not any(word.islower() for word in strange)


def _without_dates(text: str) -> str:
    """The text without the days and months that it states."""
    for found in reversed(find_dates(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def _repeated(front: Front) -> list[str]:
    """Symbols alone in a line of several pages."""
    pages: Counter[str] = Counter()
    for page in {line.page for line in front.lines}:
        alone = (line for line in front.lines if line.page == page and _stands_alone(line.text, low=True))
        pages.update({symbol for line in alone for symbol in split_symbols(line.text)})
    return [symbol for symbol, count in pages.items() if count > 1]


def _book_numbers(line: FrontLine) -> Iterator[str]:
    """Book numbers that are named as such in a line."""
    for match in _ISBN.finditer(line.text):
        if is_isbn(match["number"]):
            yield f"ISBN {match['number'].replace('–', '-')}"


def _object_number(front: Front) -> list[str]:
    """The object identifier (DOI) of the document: the only one at the front, or the only one alone in its line."""
    found = {m["number"].rstrip(".)"): line for line in front.lines for m in _DOI.finditer(line.text)}
    alone = [number for number, line in found.items() if _ALONE_DOI.match(line.text)]
    chosen = list(found) if len(found) == 1 else alone
    return chosen if len(chosen) == 1 else []


def is_isbn(number: str) -> bool:
    """Tell whether the check digit of a book number is right (ISO 2108)."""
    digits = [10 if char in "Xx" else int(char) for char in number if char.isdigit() or char in "Xx"]
    if len(digits) == 10:
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    return (
        len(digits) == 13
        and sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    )


def _series(front: Front) -> list[str]:
    """The number of a paper in its series, in the longest form that is printed: "UNU-IAS Policy Brief No. 49"."""
    forms = [
        _tidy(f"{m['series']} {m['number']}") for line in front.lines for m in _NUMBERED.finditer(line.text)
    ]
    return _longest(list(dict.fromkeys(forms)))[:1]


def _tidy(text: str) -> str:
    """Single blanks, no comma before the number."""
    return " ".join(text.replace(",", " ").split())


def _longest(forms: Sequence[str]) -> list[str]:
    """The forms by length, the longest first."""
    return sorted(forms, key=lambda form: -len(folded(form)))
