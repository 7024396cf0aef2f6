"""Drafts that are to be checked: read by the readers of the corpus, in their sandbox, but never kept.

    python -m indexer.extraction.draft FILE     prints the draft as one JSON object

The second form is for servers: a fork copies locks that another thread may hold, so a process with threads starts this
program, which has one. It leaves with 0, or with 2 and the reason on stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path

from indexer.extraction.sandbox import read_files
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Unreadable
from search.errors import BadFile
from search.formats import DRAFT_SUFFIXES
from search.quotes.draft import Block, Draft, blocks_of

LIMITS = ReadingLimits(max_seconds=60.0, max_mb=50, max_pages=400, max_characters=2_000_000)


def read_draft(path: Path, name: str = "") -> Draft:
    """A file as a draft. Raises BadFile with the reason when it cannot be read."""
    shown = name or path.name
    if path.suffix.lower() not in DRAFT_SUFFIXES:
        raise BadFile(shown, f"drafts are read as {', '.join(DRAFT_SUFFIXES)}; save it as one of these")
    ((_, outcome),) = read_files([path], LIMITS, workers=1)
    if isinstance(outcome, Unreadable):
        raise BadFile(shown, f"{outcome.reason.value} ({outcome.detail})")
    apart = [_folded(words) for words in _set_apart(path)]
    blocks = tuple(_blocks(outcome, apart))
    unread = [f"page {page} has no text that could be read" for page in outcome.unread_pages]
    return Draft(shown, blocks, tuple(unread))


def _blocks(reading: Reading, apart: list[str]) -> Iterator[Block]:
    """The paragraphs of a reading; those that the file sets apart as quotations are quoted as a whole."""
    for passage in reading.passages:
        words = _folded(passage.text)
        quoted = bool(words) and any(words in block for block in apart)
        yield Block(passage.text, passage.page, quoted)


def _folded(text: str) -> str:
    """Letters and digits only: the readers drop marks of emphasis and join lines."""
    return "".join(filter(str.isalnum, text.casefold()))


def _set_apart(path: Path) -> list[str]:
    """The block quotations of Markdown, text and HTML; other formats do not say."""
    suffix = path.suffix.lower()
    if suffix not in (".md", ".txt", ".html", ".htm"):
        return []
    text = path.read_bytes().decode("utf-8", "replace")
    if suffix in (".md", ".txt"):
        return [block.text for block in blocks_of(text) if block.quoted]
    finder = _BlockQuotes()
    finder.feed(text)
    return finder.found


class _BlockQuotes(HTMLParser):
    """Gathers the text of `blockquote` elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a quotation."""
        del attrs
        if tag == "blockquote":
            if not self._depth:
                self.found.append("")
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Closes one."""
        if tag == "blockquote" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Text inside one."""
        if self._depth:
            self.found[-1] += data


def draft_record(draft: Draft) -> dict[str, object]:
    """A draft as JSON; `draft_of` is the inverse."""
    return asdict(draft)


def draft_of(record: Mapping[str, object]) -> Draft:
    """The draft of `draft_record`."""
    blocks = tuple(Block(**block) for block in record["blocks"])  # type: ignore[attr-defined]
    return Draft(str(record["name"]), blocks, tuple(record["notes"]))  # type: ignore[arg-type]


def main(arguments: list[str]) -> int:
    """Prints a draft; returns the exit status."""
    try:
        file = Path(arguments[0])
        json.dump(draft_record(read_draft(file)), sys.stdout)
    except BadFile as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
