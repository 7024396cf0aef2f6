"""The reader of Markdown, through markdown-it-py's tokens (CommonMark and tables) with the footnotes and raised figures of Pandoc."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from indexer.layout.flowing.inline_text import InlineText
from indexer.layout.flowing.styled_text import Written, written_passages
from indexer.layout.paged.tables import table_text
from indexer.readers.html.reader import markup_paragraphs
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.text.front_matter import split_front_matter
from indexer.readers.text.plain import checked_text
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftMark, DraftPassage, Reading, Reason
from search.model import DocumentQuality, PassageKind

MEDIA_TYPE = "text/markdown"
_BLANK = frozenset(("softbreak", "hardbreak"))
_SHOWN = frozenset(("text", "code_inline", "text_special"))
_SHIFT = re.compile(r"<(?P<end>/?)(?P<name>sup|sub)\b[^>]*>", re.IGNORECASE)
_LAST = 2**31  # a place behind the end of any text


def read_markdown(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Return the reading of a Markdown file. Raises `ReadingFailed`."""
    decoded = checked_text(path, limits)
    found, body = split_front_matter(decoded.text)
    passages = markdown_passages(body)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits below the front matter")
    first = passages[0]
    if found.title is None and first.kind is PassageKind.HEADING:
        found = replace(found, title=first.text)
    return Reading(MEDIA_TYPE, found, passages, quality=DocumentQuality(reasons=decoded.doubts))


def markdown_passages(body: str) -> tuple[DraftPassage, ...]:
    """Return the passages of Markdown text: one for each paragraph, item, heading, table and footnote."""
    parser = (
        MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(sub_plugin).use(superscript_plugin)
    )
    known: dict[str, Any] = {}
    tokens = parser.parse(body, known)
    unused = [label[1:] for label, place in known.get("footnotes", {}).get("refs", {}).items() if place < 0]
    if unused:  # notes to which nothing refers would be left out
        tokens = parser.parse("\n\n".join([body, *(f"[^{label}]" for label in unused)]), {})
    walk = _Walk()
    for token in tokens:
        walk.take(token)
    return written_passages(walk.items, guess_headings=False)


@dataclass(slots=True)
class _Walk:
    """Goes through the tokens once and knows what it stands in."""

    items: list[Written] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _marker: str = ""
    _note: tuple[str, str] | None = None  # the sign and the key of the footnote that is open
    _rows: list[list[str]] | None = None
    _row_marks: list[DraftMark] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Take one token of the stream."""
        if token.nesting == 1:
            self._enter(token)
        elif token.nesting == -1:
            self._leave(token)
        elif token.type == "inline":
            self._add(inline_text(token.children or ()))
        elif token.type in ("fence", "code_block"):
            self._add(_plain(token.content))
        elif token.type == "html_block":
            self.items.extend(markup_paragraphs(token.content))

    def _enter(self, token: Token) -> None:
        """Begin an element."""
        self._open.append(token.tag)
        if token.type == "list_item_open":
            self._marker = f"{token.info}. " if token.info else "• "
        elif token.type == "footnote_open":
            self._note = _sign_of(token), _key_of(token)
        elif token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open" and self._rows is not None:
            self._rows.append([])

    def _leave(self, token: Token) -> None:
        """An element ends."""
        self._open.pop()
        if token.type == "table_close" and self._rows is not None:
            self.items.append(
                Written(table_text(self._rows), PassageKind.TABLE, marks=tuple(self._row_marks))
            )
            self._rows, self._row_marks = None, []
        elif token.type == "footnote_close":
            self._note = None

    def _add(self, found: InlineText) -> None:
        """The text of the element that is open."""
        tag = self._open[-1] if self._open else ""
        text, marks = found.whole(), tuple(found.marks)
        if self._rows is not None:
            self._rows[-1].append(" ".join(text.split()))
            self._row_marks.extend(replace(mark, place=_LAST) for mark in marks)
        elif self._note is not None:
            sign, key = self._note
            self.items.append(Written(text, PassageKind.FOOTNOTE, marks=marks, mark=sign, note=key))
        elif tag[:1] == "h" and tag[1:].isdigit():
            self.items.append(Written(text, level=int(tag[1:]), marks=marks))
        elif self._marker:
            self.items.append(_item(self._marker, text, marks))
            self._marker = ""
        else:
            self.items.append(Written(text, marks=marks))


def _item(marker: str, text: str, marks: Sequence[DraftMark]) -> Written:
    """An item of a list; a number before it is printed, a bullet is no letter."""
    lead = "" if marker.startswith("•") else marker
    moved = tuple(replace(mark, place=mark.place + len(lead)) for mark in marks)
    return Written(lead + text, PassageKind.LIST_ITEM, marks=moved)


def _plain(text: str) -> InlineText:
    """Text without any marks."""
    found = InlineText()
    found.say(text)
    return found


def _sign_of(token: Token) -> str:
    """The sign of a footnote as it is written; notes inside the line, which have none, are numbered."""
    return str(token.meta.get("label") or token.meta["id"] + 1)


def _key_of(token: Token) -> str:
    """What names a footnote within its file."""
    return f"note {token.meta['id']}"


def inline_text(tokens: Sequence[Token]) -> InlineText:
    """Return what inline tokens show: words without marks, links as their text, pictures not at all."""
    found, shift = InlineText(), ""
    for token in tokens:
        shift = _shift_after(token, shift)
        if token.type in _BLANK:
            found.say(" ")
        elif token.type == "footnote_ref":
            found.sign(_sign_of(token), _key_of(token))
        elif token.type in _SHOWN and shift:
            (found.lift if shift == "sup" else found.lower)(token.content)
        elif token.type in _SHOWN:
            found.say(token.content)
        elif token.type == "html_inline" and token.content.lower().startswith("<br"):
            found.say(" ")
    return found


def _shift_after(token: Token, shift: str) -> str:
    """sup, sub or "" for what follows a token."""
    if token.type in ("sup_open", "sub_open", "sup_close", "sub_close"):
        return token.type[:3] if token.nesting == 1 else ""
    match = _SHIFT.fullmatch(token.content) if token.type == "html_inline" else None
    if match is None:
        return shift
    return "" if match["end"] else match["name"].lower()
