"""Automatic numbers of a Word file as Word prints them: `1.`, `(a)`, `2.1`. The file holds only which list a paragraph is in.

ECMA-376 part 1, 17.9: a paragraph or its style names a `w:num` and a level; the `w:abstractNum` behind it holds for each
level the first number, the form of numbers and the text around them. Bullets are levels whose form is `bullet`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.parser import parse_xml

from indexer.layout.paged.running_heads import roman_number
from indexer.readers.docx.styles import WORD, switched, value_of

_MOST = 10_000  # of a damaged file; no list is longer
_PLACE = re.compile(r"%([1-9])")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` is the level, from 1, after which it begins anew; 0 for never, None for any above."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """What a `w:num` stands for: the list whose count it shares, its levels, and the numbers from which it begins anew."""

    list_id: str
    levels: Mapping[int, Level]
    anew: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists of a file in their order."""

    lists: Mapping[str, ListOf] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of_style(self, num_id: str, style_id: str) -> int:
        """Return the level that a list keeps for paragraphs of a style; the outermost where it keeps none."""
        levels = self.lists[num_id].levels if num_id in self.lists else {}
        return next(
            (number for number, level in levels.items() if level.style and level.style == style_id), 0
        )

    def next_label(self, num_id: str, level: int) -> str:
        """Return the number of the next paragraph on a level of a list as Word prints it, "" for bullets and unknown lists."""
        entry = self.lists.get(num_id)
        if entry is None or level not in entry.levels:
            return ""
        counts = self._counts.setdefault(entry.list_id, {})
        if num_id not in self._begun:
            self._begun.add(num_id)
            counts.update({number: start - 1 for number, start in entry.anew.items()})
        counts[level] = counts.get(level, entry.levels[level].start - 1) + 1
        for deeper in [
            number for number in counts if number > level and _restarts(entry.levels.get(number), level)
        ]:
            del counts[deeper]
        return _label(entry.levels, level, counts)


def _restarts(deeper: Level | None, level: int) -> bool:
    """The count of a deeper level begins anew after a paragraph on this level."""
    return deeper is None or deeper.restart is None or level < deeper.restart


def _label(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    """The text of a level with its numbers filled in."""
    own = levels[level]
    if own.form in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        shown = levels.get(place, Level())
        return format_number(counts.get(place, shown.start), "decimal" if own.legal else shown.form)

    return _PLACE.sub(number, own.text).strip()


def format_number(number: int, form: str) -> str:
    """Return a number in one of Word's forms; forms of other scripts are given in figures.

    >>> format_number(28, "lowerLetter"), format_number(4, "upperRoman"), format_number(7, "decimalZero")
    ('bb', 'IV', '07')
    """
    make = _FORMS.get(form)
    return make(number) if make and 0 < number < _MOST else str(number)


def _letter(number: int) -> str:
    """a to z, then aa, bb as Word has it."""
    return _ALPHABET[(number - 1) % 26] * ((number - 1) // 26 + 1)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": roman_number,
    "upperRoman": lambda number: roman_number(number).upper(),
    "decimalZero": "{:02}".format,
}


def read_numbering(document: Any) -> Numbering:
    """Return the lists of a file; none where it has no such part."""
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if relation.reltype.endswith("/numbering") and not relation.is_external
        ),
        None,
    )
    if part is None:
        return Numbering()
    root = parse_xml(part.blob)
    abstract = {item.get(f"{WORD}abstractNumId", ""): item for item in root.iter(f"{WORD}abstractNum")}
    linked = {value_of(item.find(f"{WORD}styleLink")): name for name, item in abstract.items()}
    lists: dict[str, ListOf] = {}
    for item in root.iter(f"{WORD}num"):
        name = value_of(item.find(f"{WORD}abstractNumId"))
        link = value_of(abstract[name].find(f"{WORD}numStyleLink")) if name in abstract else ""
        name = linked.get(link, name) if link else name
        if name in abstract:
            lists[item.get(f"{WORD}numId", "")] = _list_of(name, abstract[name], item)
    return Numbering(lists)


def _list_of(name: str, abstract: Any, item: Any) -> ListOf:
    """A list with what its `w:num` changes."""
    levels = {_whole(level.get(f"{WORD}ilvl"), 0): _level(level) for level in abstract.findall(f"{WORD}lvl")}
    anew: dict[int, int] = {}
    for override in item.findall(f"{WORD}lvlOverride"):
        number = _whole(override.get(f"{WORD}ilvl"), 0)
        if (own := override.find(f"{WORD}lvl")) is not None:
            levels[number] = _level(own)
        if (start := override.find(f"{WORD}startOverride")) is not None:
            anew[number] = _whole(value_of(start), 1)
    return ListOf(name, levels, anew)


def _level(element: Any) -> Level:
    """One `w:lvl`."""
    restart = element.find(f"{WORD}lvlRestart")
    return Level(
        start=_whole(value_of(element.find(f"{WORD}start")), 1),
        form=value_of(element.find(f"{WORD}numFmt")) or "decimal",
        text=value_of(element.find(f"{WORD}lvlText")),
        legal=switched(element.find(f"{WORD}isLgl")),
        restart=None if restart is None else _whole(value_of(restart), 0),
        style=value_of(element.find(f"{WORD}pStyle")),
    )


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number of a file that may be damaged."""
    return int(text) if text and text.isdecimal() and len(text) <= 5 else otherwise
