"""The reader of Markdown, through markdown-it-py's tokens (CommonMark and tables)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.layout.flowing.sections import Sections
from indexer.layout.paged.tables import table_text
from indexer.layout.words.cleaning import clean, drop_bullet
from indexer.layout.words.speakers import with_speakers
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.text.front_matter import split_front_matter
from indexer.readers.text.plain import checked_text
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reading, Reason
from search.model import PassageKind

MEDIA_TYPE = "text/markdown"
_BLANK = frozenset(("softbreak", "hardbreak"))
_SHOWN = frozenset(("text", "code_inline", "text_special"))


def read_markdown(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """The reading of a Markdown file. Raises `ReadingFailed`."""
    found, body = split_front_matter(checked_text(path, limits))
    passages = markdown_passages(body)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits below the front matter")
    first = passages[0]
    if found.title is None and first.kind is PassageKind.HEADING:
        found = replace(found, title=first.text)
    return Reading(MEDIA_TYPE, found, passages)


def markdown_passages(body: str) -> tuple[DraftPassage, ...]:
    """The passages of Markdown text: one for each paragraph, item, heading and table."""
    walk = _Walk()
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        walk.take(token)
    return with_speakers(walk.sections.passages)


class _Walk:
    """Goes through the tokens once and knows what it stands in."""

    def __init__(self) -> None:
        self.sections = Sections()
        self._open: list[str] = []
        self._marker = ""
        self._rows: list[list[str]] | None = None

    def take(self, token: Token) -> None:
        """One token of the stream."""
        if token.nesting == 1:
            self._enter(token)
        elif token.nesting == -1:
            self._leave(token)
        elif token.type == "inline":
            self._add(clean(inline_text(token.children or ())))
        elif token.type in ("fence", "code_block"):
            self._add(clean(token.content))

    def _enter(self, token: Token) -> None:
        """An element begins."""
        self._open.append(token.tag)
        if token.type == "list_item_open":
            self._marker = f"{token.info}. " if token.info else "• "
        elif token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open" and self._rows is not None:
            self._rows.append([])

    def _leave(self, token: Token) -> None:
        """An element ends."""
        self._open.pop()
        if token.type == "table_close" and self._rows is not None:
            self.sections.add(PassageKind.TABLE, table_text(self._rows))
            self._rows = None

    def _add(self, text: str) -> None:
        """The text of the element that is open."""
        tag = self._open[-1] if self._open else ""
        if self._rows is not None:
            self._rows[-1].append(text)
        elif tag[:1] == "h" and tag[1:].isdigit():
            self.sections.enter(int(tag[1:]), text)
        elif self._marker:
            self.sections.add(PassageKind.LIST_ITEM, drop_bullet(self._marker + text))
            self._marker = ""
        else:
            self.sections.add(PassageKind.PARAGRAPH, text)


def inline_text(tokens: Sequence[Token]) -> str:
    """What inline tokens show: words without marks, links as their text, pictures not at all."""
    parts = []
    for token in tokens:
        if token.type in _BLANK:
            parts.append(" ")
        elif token.type in _SHOWN:
            parts.append(token.content)
    return "".join(parts)
