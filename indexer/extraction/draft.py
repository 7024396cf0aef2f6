"""Drafts that are to be checked: read by the readers of the corpus, in their sandbox, but never kept.

    python -m indexer.extraction.draft FILE     prints the draft as one JSON object

The second form is for servers: a fork copies locks that another thread may hold, so a process with threads starts this
program, which has one. It leaves with 0, or with 2 and the reason on stderr.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.extraction.draft_html import html_blocks
from indexer.extraction.draft_office import OfficeMarks, read_office_marks
from indexer.extraction.sandbox import read_files
from indexer.readers.shared.encoding import decode
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Unreadable
from search.drafts.plain_text import blocks_of
from search.drafts.quotations import Block, Draft, Pointer
from search.drafts.stated_keys import bibtex_entries
from search.errors import BadFile
from search.formats import DRAFT_SUFFIXES
from search.model import PassageKind

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)")
LARGEST_LIST = 5_000_000  # bytes of a BibTeX file
LIMITS = ReadingLimits(max_seconds=60.0, max_mb=50, max_pages=400, max_characters=2_000_000)


def read_draft(path: Path, name: str = "") -> Draft:
    """Return a file as a draft, read whole. Raises BadFile with the reason when it cannot be read."""
    shown = name or path.name
    suffix = path.suffix.lower()
    if suffix not in DRAFT_SUFFIXES:
        raise BadFile(shown, f"drafts are read as {', '.join(DRAFT_SUFFIXES)}; save it as one of these")
    ((_, outcome),) = read_files([path], LIMITS, workers=1)
    if isinstance(outcome, Unreadable):
        raise BadFile(shown, f"{outcome.reason.value} ({outcome.detail})")
    if suffix in (".md", ".txt"):
        blocks = blocks_of(decode(path.read_bytes()).text)
    elif suffix in (".html", ".htm"):
        blocks = html_blocks(_page_text(path.read_bytes()))
    else:
        blocks = tuple(_blocks(outcome, read_office_marks(path)))
    unread = [f"page {page} has no text that could be read" for page in outcome.unread_pages]
    return Draft(shown, blocks, tuple(unread), _keys_beside(path))


def _blocks(reading: Reading, marks: OfficeMarks) -> Iterator[Block]:
    """The paragraphs of a reading; those in a style for quotations are quoted as a whole."""
    apart = {_folded(words) for words in marks.quoted} - {""}
    for passage in reading.passages:
        links = (
            Pointer(at + len(words), address)
            for words, address in marks.links
            if words.strip() and (at := passage.text.find(words.strip())) >= 0
        )
        notes = (Pointer(mark.place, mark.note) for mark in passage.marks if mark.note)
        yield Block(
            passage.text,
            passage.page,
            _folded(passage.text) in apart,
            tuple(notes),
            tuple(links),
            passage.note,
            passage.kind is PassageKind.HEADING,
        )


def _folded(text: str) -> str:
    """Letters and digits only: the readers join lines."""
    return "".join(filter(str.isalnum, text.casefold()))


def _page_text(data: bytes) -> str:
    """The text of a page: UTF-8 where it is, else as the page declares."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:2048])
    try:
        return data.decode(declared[1].decode("ascii"), "replace") if declared else decode(data).text
    except LookupError:
        return decode(data).text


def _keys_beside(path: Path) -> dict[str, str]:
    """The entries of the BibTeX files in the draft's folder, by their keys; what is too large is no list of references."""
    files = sorted(f for f in path.parent.glob("*.bib") if f.stat().st_size < LARGEST_LIST)
    return {key: entry for file in files for key, entry in bibtex_entries(decode(file.read_bytes()).text)}


def draft_record(draft: Draft) -> dict[str, object]:
    """Return a draft as JSON; `draft_of` is the inverse."""
    return asdict(draft)


def draft_of(record: Mapping[str, Any]) -> Draft:
    """Return the draft of `draft_record`."""
    blocks = tuple(map(_block_of, record["blocks"]))
    return Draft(str(record["name"]), blocks, tuple(record["notes"]), dict(record["keys"]))


def _block_of(record: Mapping[str, Any]) -> Block:
    """A block from JSON."""
    pointers = {name: tuple(Pointer(**pointer) for pointer in record[name]) for name in ("notes", "links")}
    return Block(**{**record, **pointers})


def main(arguments: list[str]) -> int:
    """Print a draft; return the exit status."""
    try:
        file = Path(arguments[0])
        json.dump(draft_record(read_draft(file)), sys.stdout)
    except BadFile as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
