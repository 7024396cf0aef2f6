"""Who wrote or spoke: bylines below the title, labelled names, signatures of letters, and the name of the file of a speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from indexer.facts.bodies import is_body
from indexer.facts.date_grammar import find_dates, find_years
from indexer.facts.front import first_page, lines_on
from indexer.facts.title import TitleGroup
from indexer.reading.reading import Front, FrontLine

_NAME_PART = r"(?:(?:[A-ZÀ-ÖØ-Þ]\.[ -]?)+|(?:Mc|Mac|O[’']|D[’']|L[’'])?[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]+\.?)"
_PARTICLE = (
    r"(?:de|da|do|dos|del|della|der|den|di|du|la|le|van|von|zu|zur|ten|ter|al|el|bin|bint|ibn|ben|y|e|of)"
)
_NAME = rf"{_NAME_PART}(?: (?:{_PARTICLE} ){{0,2}}{_NAME_PART}){{1,4}}"
_ONE_NAME = re.compile(rf"^{_NAME}$")
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and|&|et|und|y)\s+|[;,|•·]|\s(?:and|&|et|und|y|with)\s)\s*")
# A degree behind a whole name: M.A., F.G.S., PhD.
_LETTERS_BEHIND = re.compile(r"^(?:[A-Z][a-z]{0,2}\.?){2,}$")
_SIGNS = re.compile(
    r"(?<=[a-zà-ž])[\d*⁎∗†‡§¶#]+(?:,[\d*⁎∗†‡§]+)*|[*⁎∗†‡§¶¹²³⁰-⁹]+(?=\s|,|$)|(?<=\S\s)\d{1,2}(?=\s|,|$)"
)  # figures before a name are those of a house, long ones those of a town
_LABEL = re.compile(
    r"^\W*(?:by|authors?|authored by|written by|prepared by|report by|lead authors?|principal authors?|editors?|edited by|par|auteurs?|von|autor(?:en|es|in)?|por|"
    r"prepared for submission by|compiled by|researched by|inspectors?|remarks by|speech by|statement by|address by)(?:\s*:?\s+(?P<names>.+)|\s*:?\s*)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\((?:signed|signé|firmado|gezeichnet|gez\.)\)\s*(?P<names>.+)$", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?i:remarks|speech|address|statement|message|keynote|lecture|intervention|toast|words) (?:delivered |given |made )?(?:by|of|from)\s+(?P<name>(?:(?:the|The|His|Her|H\.E\.|Mr\.?|Mrs\.?|Ms\.?|"
    rf"Dr\.?|Prof\.?|Sir|Dame|Lord|Lady|President|Prime|Minister|Secretary|General|Secretary-General|Ambassador) )*{_NAME_PART}(?: (?:of (?:the )?)?{_NAME_PART}){{0,5}})"
)
_OPENS = re.compile(
    r"^\W*(?:an? |the )?(?:\w+ )?(?:speech|address|remarks|statement|lecture|keynote) (?:delivered |given )?by\b",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    rf"^(?P<name>{_NAME})\s?[:–—-]\s(?i:address|speech|remarks|statement|keynote|lecture)\b"
)
_WITH_OFFICE = re.compile(
    rf"\b(?i:speech|address|remarks|statement|message|lecture) by [^.;]{{3,120}}?(?:Rt\.? Hon\.?|Hon\.?|H\.E\.|Sir|Dame|Dr\.?|Mr\.?|Mrs\.?|Ms\.?) "
    rf"(?P<name>{_NAME_PART} {_NAME_PART})"
)
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|H\.E|Hon|Rt\.? Hon|Ambassador|General|Amb)\.?\s+)+"
)
_NO_NAME = frozenset(
    ["the", "report", "supplement", "official", "records", "session", "guide", "user", "manual", "handbook", "article", "conference", "executive", "summary", "united", "nations", "new", "york", "department", "university", "institute", "research", "national", "international", "council", "committee", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "volume", "version", "draft", "final", "page", "table", "contents", "general", "assembly", "security", "council", "press", "release", "policy", "brief", "paper", "working", "group", "north", "south", "east", "west", "office", "program", "programme", "center", "centre"]
)  # fmt: skip
_LINES_BELOW = 7  # type sizes below the title within which a byline begins
_LINES_OF_NAMES, _LONGEST_BYLINE, _SAME_EDGE = 5, 200, 12.0
_NAME_INSIDE = re.compile(_NAME)
MOST_AUTHORS = 25


def find_authors(front: Front, title: TitleGroup | None, lower_words: frozenset[str]) -> tuple[str, ...]:
    """Return the persons named at the `front` as authors; `lower_words` are the words of the text that it writes small.

    Lines of names below the `title` count when none of their words is also a common word of the text.
    """
    labelled = list(_labelled(front, lower_words))
    if labelled or not front.height:
        return _each_once(labelled)
    below = list(_below_title(front, title))
    return _each_once(name for text in _joined(below) for name in _byline(text, lower_words))


def find_signatures(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the persons that sign among `texts`: "(Signed) Ana Okoro"."""
    return _each_once(
        name for text in texts if (match := _SIGNED.search(text)) and (name := _leading_name(match["names"]))
    )


def find_orator(title: str, is_title: bool = True) -> str | None:
    """Return who speaks by the `title` of a speech, or by another line of its head that opens with "Speech by".

    >>> find_orator("Remarks by The Warden of Blythe at the harbour"), find_orator("Remarks at the harbour")
    ('The Warden of Blythe', None)
    """
    if not is_title and not _OPENS.match(title):
        return None
    match = _WITH_OFFICE.search(title) or _SPOKEN.search(title) or _NAMED_FIRST.match(title)
    if match and find_dates(f"{match['name']} 2000"):
        return None  # "Message of December"
    return _TITLES.sub("", match["name"]) if match else None


_YEAR_NAME = re.compile(
    r"^(?:19|20|18|17)\d\d[-_](?P<name>[A-Z][a-z]{2,}(?:[-_ ]?[A-Z][a-z]+)*)(?:[-_]\d+)?$"
)
_NAME_YEAR = re.compile(
    r"^(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]+|of(?=[A-Z]))+)[-_](?:19|20|18|17)\d\d(?:[-_]|$)"
)


def find_orator_in_name(path: str) -> str | None:
    """Return who speaks by the name of the file of a speech: a year and a name, or several words written together and a year.

    >>> find_orator_in_name("talks/1931-Marlow-2.txt"), find_orator_in_name("TheWardenofBlythe_2016_Visit.txt")
    ('Marlow', 'The Warden of Blythe')
    """
    stem = PurePosixPath(path).stem
    match = _YEAR_NAME.match(stem) or _NAME_YEAR.match(stem)
    if not match:
        return None
    words = re.findall(r"[A-Z][a-z]*?(?=of[A-Z]|[A-Z]|[-_ ]|$)|of(?=[A-Z])", match["name"])
    kept = " ".join(words)
    return None if any(word.casefold() in _NO_NAME for word in words if word != "The") else kept


def _labelled(front: Front, lower_words: frozenset[str]) -> Iterator[str]:
    """The names behind "By" or another label in its line and on the lines below it, when nothing else stands there."""
    start = first_page(front)
    for place, line in enumerate(front.lines):
        match = _LABEL.match(line.text)
        if (
            not match
            or not (line.page <= start + 2 or line.page == front.last)
            or len(line.text) > _LONGEST_BYLINE
        ):
            continue
        behind = [*front.lines[place + 1 : place + 1 + _LINES_OF_NAMES]] if front.height else []
        same = [
            other.text for other in behind if other.page == line.page and abs(other.x0 - line.x0) < _SAME_EDGE
        ]
        if match["names"]:
            parts = [
                match["names"],
                *(same[:2] if match["names"].rstrip().endswith((",", " and", "&")) else ()),
            ]
            yield from next(
                (names for text in _prefixes(parts) if (names := list(_byline(text, lower_words)))), []
            )
        else:
            for text in behind:
                names = list(_byline(text.text, lower_words))
                if not names:
                    break
                yield from names


def _prefixes(parts: list[str]) -> Iterator[str]:
    """The parts joined, all of them first, then ever fewer."""
    for count in range(len(parts), 0, -1):
        yield " ".join(parts[:count]).rstrip(", ")


def _joined(lines: list[FrontLine]) -> Iterator[str]:
    """Runs of lines that read on as one list of names, the longest first; other lines are left out."""
    place = 0
    while place < len(lines):
        run = list(_reading_on(lines[place : place + _LINES_OF_NAMES]))
        text = next((text for text in _prefixes(run) if list(_names(text))), None)
        count = next((n for n in range(len(run), 0, -1) if " ".join(run[:n]).rstrip(", ") == text), 1)
        if text:
            yield text
        elif place:
            return
        place += count


def _reading_on(lines: list[FrontLine]) -> Iterator[str]:
    """The first line and those that it reads on to: behind a comma or "and", or in the middle of a name."""
    for line in lines:
        yield line.text
        last = _BETWEEN.split(line.text.strip())[-1]
        if not line.text.rstrip().endswith((",", " and", "&", ";")) and " " in last:
            return


def _below_title(front: Front, title: TitleGroup | None) -> Iterator[FrontLine]:
    """The lines right below the title in smaller type, the nearest first."""
    if title is None:
        return
    foot = title.bottom + _LINES_BELOW * max(front.body_size, 8.0)
    for line in lines_on(front, title.page):
        if line.y0 >= title.bottom - 0.3 * title.size and line.size < title.size:
            if line.y0 > foot:
                return
            foot = (
                max(foot, line.y1 + _LINES_BELOW * front.body_size)
                if _NAME_INSIDE.search(line.text)
                else foot
            )
            yield line


def _byline(text: str, lower_words: frozenset[str]) -> Iterator[str]:
    """The names in a line that holds names alone."""
    for name in _names(text):
        parts = (word for word in name.split() if not word.islower())  # "van der" is part of a name
        words = [word.casefold().strip(".") for word in parts if len(word.strip(".")) > 2]
        opening = name.split()[0].casefold()  # "ON H. Con. Res"
        if not any(word in lower_words or word in _NO_NAME for word in (opening, *words)):
            yield name


def _names(text: str) -> Iterator[str]:
    """The names of a line, none when any part of it is something else."""
    if find_dates(text) or find_years(text):
        return
    parts = [part for part in _BETWEEN.split(_SIGNS.sub("", text).strip(" .*,")) if len(part.strip()) > 1]
    parts = [
        part
        for place, part in enumerate(parts)
        if not (place and _LETTERS_BEHIND.match(part.strip()) and _is_whole(parts[0]))
    ]
    bare = (re.sub(r"\s*\([^)]*\)|\s[a-z]$", "", part.strip()) for part in parts)
    names = [re.sub(r"^(?:and|by|with) ", "", _TITLES.sub("", part)).strip(" .*") for part in bare]
    if (
        names
        and len(names) <= MOST_AUTHORS
        and all(_ONE_NAME.match(name) and not is_body(name) for name in names)
    ):
        yield from names


def _is_whole(name: str) -> bool:
    """Whether a name has more than a surname, so that letters behind its comma are no given names."""
    return len(name.split()) > 1


def _leading_name(text: str) -> str | None:
    """The name with which a text begins."""
    match = re.match(_NAME, _TITLES.sub("", text.strip()))
    return match[0] if match else None


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order."""
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_AUTHORS]
