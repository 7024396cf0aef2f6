"""What the styles of a Word file say of a paragraph: heading and level, caption, item of a list, line of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.layout.flowing.styled_text import TITLE_LEVEL
from search.model import PassageKind

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (?P<level>[1-9])")
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|contents \d", re.IGNORECASE)
_OFF = frozenset(("0", "false", "off", "none"))
_BODY_LEVEL = 9  # of an outline, counted from 0: text that is no heading (17.3.1.20)


@dataclass(frozen=True, slots=True)
class Listing:
    """The list (`w:numId`) and its level, from 0, that a paragraph or style names; None where it says nothing."""

    num_id: str | None = None
    level: int | None = None

    def over(self, other: Listing) -> Listing:
        """Return this one, with what it leaves open from the other."""
        return Listing(
            other.num_id if self.num_id is None else self.num_id,
            other.level if self.level is None else self.level,
        )

    @property
    def listed(self) -> bool | None:
        """Whether it makes an item of a list; list 0 takes one out of its list."""
        return None if self.num_id is None else self.num_id != "0"


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is. `level` is that of a heading; the end of one that is deleted runs into the next."""

    kind: PassageKind = PassageKind.PARAGRAPH
    level: int | None = None
    in_contents: bool = False
    end_deleted: bool = False
    listing: Listing = Listing()
    style_id: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it takes from those it is based on."""

    name: str = ""
    level: int | None = None
    listed: bool = False
    listing: Listing = Listing()


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles by id, and the id of the one that holds where none is named."""

    by_id: Mapping[str, Style] = field(default_factory=dict)

    def look(self, paragraph: Any) -> Look:
        """Return what a paragraph is: by itself, else by its style."""
        properties = paragraph.find(f"{WORD}pPr")
        if properties is None:
            return Look()
        style_id = value_of(properties.find(f"{WORD}pStyle"))
        style = self.by_id.get(style_id, Style())
        level, listing = _level(properties), _listing(properties)
        level = style.level if level is None else level
        if level is not None and level >= _BODY_LEVEL + 1:
            level = None
        return Look(
            kind=_kind(style, style.listed if listing.listed is None else listing.listed),
            level=level,
            in_contents=bool(_CONTENTS.match(style.name)),
            end_deleted=properties.find(f"{WORD}rPr/{WORD}del") is not None,
            listing=listing.over(style.listing),
            style_id=style_id,
        )


def read_styles(element: Any) -> Styles:
    """Return the styles of the `w:styles` element."""
    raw = {style.get(f"{WORD}styleId", ""): style for style in element.iter(f"{WORD}style")}
    return Styles({name: _style(name, raw) for name in raw})


def _style(name: str, raw: Mapping[str, Any]) -> Style:
    """One style; what it leaves open is looked for in those it is based on, which may run in a circle."""
    level: int | None = None
    listed: bool | None = None
    listing = Listing()
    found, seen = "", set[str]()
    while name in raw and name not in seen:
        seen.add(name)
        style = raw[name]
        own = value_of(style.find(f"{WORD}name"))
        found = found or own
        properties = style.find(f"{WORD}pPr")
        if level is None:
            level = _named_level(own)
        if properties is not None:
            level = _level(properties) if level is None else level
            listing = listing.over(_listing(properties))
            listed = listing.listed if listed is None else listed
        if own.lower().startswith("list bullet") or own.lower().startswith("list number"):
            listed = True if listed is None else listed
        name = value_of(style.find(f"{WORD}basedOn"))
    return Style(found, level, bool(listed), listing)


def _named_level(name: str) -> int | None:
    """The level that the name of a built-in style tells; names are the same in all languages of Word."""
    match = _HEADING.fullmatch(name.lower())
    if match:
        return int(match["level"])
    return TITLE_LEVEL if name.lower() == "title" else None


def _level(properties: Any) -> int | None:
    """The outline level, counted from 1; 10 for text that is no heading, None where nothing is said."""
    text = value_of(properties.find(f"{WORD}outlineLvl"))
    return min(int(text), _BODY_LEVEL) + 1 if text.isdigit() else None


def _listing(properties: Any) -> Listing:
    """The list and level that the properties of a paragraph name."""
    number, level = (properties.find(f"{WORD}numPr/{WORD}{name}") for name in ("numId", "ilvl"))
    depth = value_of(level)
    return Listing(None if number is None else value_of(number), int(depth) if depth.isdecimal() else None)


def _kind(style: Style, listed: bool) -> PassageKind:
    """The kind of a paragraph that is no heading."""
    if style.name.lower() == "caption":
        return PassageKind.CAPTION
    return PassageKind.LIST_ITEM if listed else PassageKind.PARAGRAPH


def value_of(element: Any) -> str:
    """Return the `w:val` of an element, "" for none."""
    return "" if element is None else str(element.get(f"{WORD}val", ""))


def switched(element: Any) -> bool:
    """Return a switch is on when it stands there and is not set off."""
    return element is not None and value_of(element).lower() not in _OFF


def switch(value: str | None) -> bool:
    """Return an attribute that is a switch: off where it is not there."""
    return value is not None and value.lower() not in _OFF


def local(element: Any) -> str:
    """Return the name of an element without its namespace, "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
