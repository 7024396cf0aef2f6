"""An HTML draft as blocks: all of its text, with block quotations, `<q>`, footnotes, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

from search.drafts.quotations import Block, Pointer

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "body",
        "html",
        "address",
        "details",
        "summary",
        "hr",
        "br",
    ]
)
_UNSEEN = frozenset(("head", "script", "style", "template", "noscript"))
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "wbr", "area", "col", "embed", "source", "track", "base"]
)
_NOTE_ID = re.compile(
    r"(?:foot|end)?(?:note|fn|ftn|edn|ref)[-_:]?(?:text|def)?[-_:]?\w+|_?(?:ftn|edn)\d+", re.IGNORECASE
)
_BACK = re.compile(r"[\s\u21a9\u2191\u21b5\ufe0e^]*")
_SIGN = re.compile(r"\[?(\w{1,4}|[*†‡§]{1,3})\]?")


def html_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML text in reading order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_block()
    return tuple(_with_plain_signs(reader.blocks))


class _Reader(HTMLParser):
    """Gathers the blocks; what is hidden is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._text = ""
        self._notes: list[Pointer] = []
        self._links: list[Pointer] = []
        self._open: list[tuple[str, str | None]] = []
        self._note: str | None = None
        self._unseen = 0
        self._link: tuple[str, int, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        known = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.end_block()
        if tag in _VOID:
            return
        hidden = (
            tag in _UNSEEN or "hidden" in known or "display:none" in known.get("style", "").replace(" ", "")
        )
        self._open.append((tag, "hidden" if hidden else None))
        self._unseen += hidden
        if tag in ("li", "p", "div", "aside", "dd", "td") and _NOTE_ID.fullmatch(known.get("id", "")):
            self._note = known["id"]
        if tag == "q":
            self._text += "“"
        elif tag == "a":
            self._link = (known.get("href", ""), len(self._text), known)
        elif tag == "sup":
            self._link = self._link or ("", len(self._text), known)

    def handle_endtag(self, tag: str) -> None:
        """End an element, and all that was left open in it."""
        if tag not in (name for name, _ in self._open):
            return
        if tag == "q":
            self._text += "”"
        elif tag in ("a", "sup") and self._link is not None and (tag == "a" or not self._link[0]):
            self._end_link(*self._link, raised=tag == "sup" or any(name == "sup" for name, _ in self._open))
            self._link = None
        if tag in _BLOCKS:
            self.end_block()
        while self._open:
            name, hidden = self._open.pop()
            self._unseen -= hidden is not None
            if name == tag:
                break
        if tag in ("li", "aside", "dd", "td") or (
            tag in ("p", "div") and not self._inside("li", "aside", "div")
        ):
            self._note = None

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self._unseen:
            self._text += data

    def _inside(self, *tags: str) -> bool:
        """Whether one of the elements is open."""
        return any(name in tags for name, _ in self._open)

    def _end_link(self, href: str, start: int, known: dict[str, str], *, raised: bool) -> None:
        """What a link shows: the sign of a note goes, a link back goes, other words stay."""
        shown = self._text[start:]
        sign = _SIGN.fullmatch(shown.strip())
        if href.startswith("#") and self._note and _BACK.fullmatch(shown):
            self._text = self._text[:start]
        elif sign and (raised or "noteref" in known.get("role", "") or "noteref" in known.get("class", "")):
            self._text = self._text[:start]
            self._notes.append(Pointer(start, href[1:] if href.startswith("#") else sign[1]))
        elif href and not href.startswith("#"):
            self._links.append(Pointer(len(self._text), href))

    def end_block(self) -> None:
        """Keep what was gathered."""
        blank = len(self._text) - len(self._text.lstrip())
        text = self._text.strip()
        if text:
            notes, links = (
                [_moved(p, blank, len(text)) for p in group] for group in (self._notes, self._links)
            )
            quoted = self._inside("blockquote")
            heading = self._inside("h1", "h2", "h3", "h4", "h5", "h6")
            self.blocks.append(
                Block(text, None, quoted, tuple(notes), tuple(links), self._note, heading=heading)
            )
        self._text, self._notes, self._links = "", [], []
        if self._link is not None:
            self._link = (self._link[0], 0, self._link[2])


def _moved(pointer: Pointer, before: int, last: int) -> Pointer:
    """A pointer in a text whose blanks at the ends are gone."""
    return replace(pointer, place=min(max(pointer.place - before, 0), last))


def _with_plain_signs(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with signs that are no links pointed to the notes in the order of their list."""
    keys = list(dict.fromkeys(block.note for block in blocks if block.note))
    by_number = {str(number): key for number, key in enumerate(keys, 1)}
    return [
        replace(
            block,
            notes=tuple(
                pointer
                if pointer.target in keys
                else replace(pointer, target=by_number.get(pointer.target, pointer.target))
                for pointer in block.notes
            ),
        )
        for block in blocks
    ]
