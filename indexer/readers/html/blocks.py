"""A web page as blocks in reading order: headings, paragraphs, items, captions, tables, with all words that the page shows.

Inline elements part no words, blocks do; two line breaks part paragraphs. Raised figures are read by
`indexer.layout.words.raised`. A table whose cells hold prose is a frame around it and is opened.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString

from indexer.layout.paged.tables import table_text
from indexer.layout.words.raised import Raised, lowered, raised, read_raised
from indexer.readers.html.links import is_back_link, is_note_link, target_of
from indexer.readers.html.shown import style_of
from search.model import PassageKind

_NO_TEXT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "object", "embed", "canvas", "audio", "video", "select",
     "textarea", "input", "option", "datalist", "map", "rt", "rp", "head", "title", "annotation", "annotation-xml", "progress",
     "meter")
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (*_HEADINGS, "p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "caption", "div",
     "section", "article", "main", "header", "footer", "aside", "nav", "details", "summary", "address", "hr", "form",
     "fieldset", "legend", "dialog", "center", "hgroup", "menu", "dir", "td", "th", "tr", "tbody", "thead", "tfoot", "body",
     "search", "listing", "xmp", "plaintext", "table")
)  # fmt: skip
_CAPTIONS = ("figcaption", "caption")
_OPENERS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")  # a button in them is their text
_RAISED_STYLE = re.compile(r"vertical-align:(super|text-top|sub|text-bottom)|(?:^|;)(?:top|bottom):-?\.?\d")
_BETWEEN_SIGNS = re.compile(r"\s*[,;–-]?\s*")
_DEEPEST = 150  # elements in elements; deeper ones are read flat; a guard against damage, not measured
_LONG_CELL = 300  # letters of a cell that is prose; chosen by eye, not measured
_CELL_BLOCKS = (
    "p",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "article",
    "section",
    "blockquote",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a note: as printed without brackets, its place in the text, and the id of the element it leads to."""

    text: str
    place: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block of a page. `holder` is the element it stands in, `own` the sign of a note that it begins with.

    `names` are the ids of elements that begin with it, `linked` its letters inside links, `number` that of an ordered list.
    """

    text: str
    kind: PassageKind
    holder: Tag
    level: int | None = None
    signs: tuple[Sign, ...] = ()
    own: str = ""
    names: tuple[str, ...] = ()
    linked: int = 0
    number: str | None = None


def page_blocks(root: Tag) -> list[PageBlock]:
    """Return all blocks below `root`, in reading order, menus and the like included."""
    walk = _Walk(root)
    walk.take(root, 0)
    walk.end()
    return walk.blocks


@dataclass(slots=True)
class _Walk:
    """Goes through a page once, gathering inline text until a block begins or ends."""

    holder: Tag
    blocks: list[PageBlock] = field(default_factory=list)
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int | None = None
    number: str | None = None
    text: str = ""
    breaks: int = 0
    signs: list[Sign] = field(default_factory=list)
    own: str = ""
    names: list[str] = field(default_factory=list)
    linked: int = 0
    numbers: dict[int, str] = field(default_factory=dict)

    def take(self, element: Tag, depth: int) -> None:
        """Take what stands in an element, in its order."""
        if depth > _DEEPEST:
            self.say(element.get_text(" "))
            return
        for part in list(element.children):
            if isinstance(part, Tag):
                self._element(part, depth + 1)
            elif type(part) is NavigableString:
                self.say(str(part))

    def say(self, words: str) -> None:
        """Add words to the block that is open."""
        if words.strip():
            self.breaks = 0
        self.text += words

    def end(self) -> None:
        """End the block that is open; one without letters and digits is none."""
        if any(char.isalnum() for char in self.text):
            self.blocks.append(
                PageBlock(
                    self.text, self.kind, self.holder, self.level, tuple(self.signs), self.own,
                    tuple(self.names), self.linked, self.number,
                )
            )  # fmt: skip
            self.names.clear()
            if self.kind is PassageKind.LIST_ITEM:
                self.kind, self.number = PassageKind.PARAGRAPH, None
        self.text, self.own, self.linked, self.breaks = "", "", 0, 0
        self.signs.clear()

    def _element(self, tag: Tag, depth: int) -> None:
        """One element: a block, or part of the sentence."""
        name = tag.name
        if name in _NO_TEXT or (name == "button" and tag.find_parent(_OPENERS) is None):
            return
        self._note_names(tag)
        if name == "table":
            self._table(tag, depth)
        elif name in _BLOCKS:
            self._block(tag, depth)
        elif name == "br":
            self._line_break()
        elif (mark := self._raised(tag)) is not None:
            self._put(tag, mark)
        else:
            self._inline(tag, depth)

    def _note_names(self, tag: Tag) -> None:
        """The ids by which links lead to an element."""
        self.names.extend(str(tag[key]) for key in ("id", "name") if tag.get(key))

    def _block(self, tag: Tag, depth: int) -> None:
        """A block of its own; what it is holds for the text in it."""
        self.end()
        before = self.holder, self.kind, self.level, self.number
        self.holder = tag
        if tag.name == "li":
            self.kind, self.number = PassageKind.LIST_ITEM, self.numbers.get(id(tag))
        elif tag.name == "ol":
            self.numbers.update(_numbers_of(tag))
        elif tag.name in _CAPTIONS:
            self.kind = PassageKind.CAPTION
        self.level = _level_of(tag) or self.level
        self.take(tag, depth)
        self.end()
        used = before[1] is PassageKind.LIST_ITEM and self.kind is PassageKind.PARAGRAPH and tag.name != "li"
        self.holder, self.kind, self.level, self.number = before
        if used:  # the first paragraph of an item was the item
            self.kind, self.number = PassageKind.PARAGRAPH, None

    def _line_break(self) -> None:
        """A line break is a blank; a second one begins a paragraph."""
        self.breaks += 1
        if self.breaks > 1 and self.text.strip():
            self.end()
            self.breaks = 1
        else:
            self.text += " "

    def _inline(self, tag: Tag, depth: int) -> None:
        """Part of the sentence; quotation marks around `q`, as the page shows them."""
        length = len(self.text)
        if tag.name == "q":
            self.say("“")
        if tag.name in ("msup", "msub"):
            self._power(tag)
        elif not is_back_link(tag):
            self.take(tag, depth)
        if tag.name == "q":
            self.say("”")
        if tag.name == "a" and tag.get("href"):
            self.linked += max(0, len(self.text) - length)

    def _power(self, tag: Tag) -> None:
        """A formula's base with its raised or lowered part."""
        parts = [part.get_text() for part in tag.find_all(True, recursive=False)]
        change = raised if tag.name == "msup" else lowered
        self.say("".join(parts[:1]) + "".join(change(part.strip()) for part in parts[1:]))

    def _raised(self, tag: Tag) -> Raised | None:
        """What a raised or lowered element, or the link of a note, becomes; None for any other."""
        shift = _shift_of(tag)
        linked = is_note_link(tag, raised=shift == "sup")
        if not shift and not linked:
            return None
        printed = tag.get_text()
        if shift == "sub":
            return Raised(lowered(printed))
        return read_raised(
            self.text.rstrip("\u200b"), printed, _text_after(tag), linked=linked or bool(target_of(tag))
        )

    def _put(self, tag: Tag, mark: Raised) -> None:
        """Raised letters into the words, or the sign of a note beside them."""
        self.names.extend(
            str(part[key]) for part in tag.find_all(True) for key in ("id", "name") if part.get(key)
        )
        if not mark.mark:
            self.say(mark.text)
        elif not self.text.strip() and not self.own:
            self.own = mark.mark
        else:
            self._put_sign(mark.mark, target_of(tag), _text_after(tag))

    def _put_sign(self, text: str, target: str, after: str) -> None:
        """The sign of a note, without a blank that only stood before it and without the comma between two signs."""
        last = self.signs[-1].place if self.signs else -1
        if 0 <= last < len(self.text) and _BETWEEN_SIGNS.fullmatch(self.text[last:]):
            self.text = self.text[:last]
        if after[:1] in tuple(".,;:)!?"):
            self.text = self.text.rstrip()
        self.signs.append(Sign(text, len(self.text), target))

    def _table(self, table: Tag, depth: int) -> None:
        """A table of facts as one text; of a frame around prose each cell by itself."""
        self.end()
        rows = list(_rows(table))
        if _is_frame(table, rows):
            self._block(table, depth)
            return
        for caption in table.find_all("caption", recursive=False):
            self._block(caption, depth)
        inner = _Walk(table)
        text = table_text([[inner.cell(cell, depth) for cell in cells] for cells in rows])
        signs = [Sign(sign.text, sys.maxsize, sign.target) for sign in inner.signs]
        self.holder, before, self.kind, kind = table, self.holder, PassageKind.TABLE, self.kind
        self.text, self.signs, self.linked = text, signs, inner.linked
        self.names.extend(inner.names)
        self.end()
        self.holder, self.kind = before, kind

    def cell(self, cell: Tag, depth: int) -> str:
        """Return the words of a cell in one line; its signs and links are kept with those of the cells before."""
        inner = _Walk(cell)
        inner.take(cell, depth)
        inner.end()
        for block in inner.blocks:
            self.signs.extend(block.signs)
            self.names.extend(block.names)
            self.linked += block.linked
        own = (f"{raised(block.own)} " if block.own else "" for block in inner.blocks)
        words = " ".join(sign + block.text for sign, block in zip(own, inner.blocks, strict=True))
        return " ".join((words or cell.get_text(" ")).split())


def _level_of(tag: Tag) -> int | None:
    """The level of a heading, by its name or its role."""
    if tag.get("role") == "heading":
        level = str(tag.get("aria-level") or "2")
        return int(level) if level in tuple("123456") else 2
    return _HEADINGS.get(tag.name)


def _numbers_of(listing: Tag) -> Iterator[tuple[int, str]]:
    """The number that each item of an ordered list shows, by the item's identity; none where it shows no figures."""
    style = style_of(listing)
    if (
        str(listing.get("type") or "1") == "1"
        and "list-style:none" not in style
        and "list-style-type:" not in style
    ):
        number = _whole(listing.get("start"), 1)
        for item in listing.find_all("li", recursive=False):
            number = _whole(item.get("value"), number)
            yield id(item), str(number)
            number += 1


def _whole(value: object, otherwise: int) -> int:
    """An attribute as a whole number."""
    text = str(value if value is not None else "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


def _shift_of(tag: Tag) -> str:
    """sup, sub, or "" for letters on the line."""
    if tag.name in ("sup", "sub"):
        return tag.name
    if tag.name not in ("span", "font", "a", "small", "i", "b", "em"):
        return ""
    style = _RAISED_STYLE.search(style_of(tag))
    if not style or not style[1]:
        return ""
    return "sup" if style[1] in ("super", "text-top") else "sub"


def _text_after(tag: Tag) -> str:
    """The beginning of the text that follows an element in its sentence."""
    here: Tag | None = tag
    while here is not None and here.name not in _BLOCKS:
        for part in here.next_siblings:
            text = (
                part.get_text()
                if isinstance(part, Tag)
                else str(part)
                if type(part) is NavigableString
                else ""
            )
            if text:
                return text[:20]
        here = here.parent
    return ""


def _rows(table: Tag) -> Iterator[list[Tag]]:
    """The cells of each row of a table, without those of tables in it."""
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            yield list(row.find_all(("td", "th"), recursive=False))


def _is_frame(table: Tag, rows: list[list[Tag]]) -> bool:
    """The table only sets prose in place: one column or row, or cells with blocks or long texts in them."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = [cell for row in rows for cell in row]
    if max(map(len, rows), default=0) <= 1 or (len(rows) == 1 and not table.find("th")):
        return True
    prose = [cell for cell in cells if _is_prose(cell)]
    stated = table.find(("th", "caption", "thead")) is not None
    return bool(prose) and (not stated or 2 * len(prose) > len(cells))


def _is_prose(cell: Tag) -> bool:
    """A cell with a heading, a table, several blocks or a long text in it."""
    blocks = cell.find_all(_CELL_BLOCKS, limit=3)
    return (
        len(blocks) > 1
        or any(block.name not in ("p", "ul", "ol") for block in blocks)
        or len(cell.get_text()) > _LONG_CELL
    )
