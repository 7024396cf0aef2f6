"""From the plain text of a digest to its parts: front matter, headings, paragraphs, bullets, tables, sources.

The notation is a small part of Markdown: `## ` and `### ` headings, `- ` bullets, `1. ` numbered sources,
`| a | b |` table rows, paragraphs between empty lines. The front matter holds `key: value` lines between
two `---` lines; all of KEYS must be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

KEYS = ("title", "short", "author", "date", "language", "subject")
"""What the front matter must say; `short` is the running head, `date` the ISO 8601 day of writing."""


class PartKind(StrEnum):
    """What a part of a digest is; the typesetter has one style for each."""

    SECTION = "section"
    SUBSECTION = "subsection"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    SOURCE = "source"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Part:
    """One part in reading order; `rows` holds the cells of a table and is empty for all other kinds."""

    kind: PartKind
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest: its front matter by key, what stands on the cover, and the body from the first section on."""

    head: dict[str, str]
    cover: tuple[Part, ...]
    body: tuple[Part, ...]


class BadDigest(ValueError):
    """A digest's source is not as it has to be; names the file and the reason."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


STARTS = (
    ("### ", PartKind.SUBSECTION),
    ("## ", PartKind.SECTION),
    ("- ", PartKind.BULLET),
)
"""Line beginnings and what they begin; the longer mark first."""

NUMBERED = re.compile(r"(\d+)\. ")


def load_digest(path: Path) -> Digest:
    """Return the digest in a file. Raises BadDigest when the front matter is missing or lacks a key."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("---\n") or "\n---\n" not in text:
        raise BadDigest(path, "no front matter between two lines of ---")
    front, body = text[4:].split("\n---\n", 1)
    head = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
    missing = [key for key in KEYS if key not in head]
    if missing:
        raise BadDigest(path, f"the front matter lacks {', '.join(missing)}")
    parts = parse_parts(body)
    first = next((i for i, part in enumerate(parts) if part.kind is PartKind.SECTION), len(parts))
    return Digest(head, parts[:first], parts[first:])


def parse_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a text in the digests' notation; lines that belong together are joined by a blank."""
    parts: list[Part] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        parts.extend(_chunk_parts(chunk.splitlines()))
    return tuple(parts)


def _chunk_parts(lines: list[str]) -> list[Part]:
    """The parts of lines without an empty line between them."""
    if all(line.startswith("|") for line in lines):
        rows = tuple(_cells(line) for line in lines if not set(line) <= set("|- "))
        return [Part(PartKind.TABLE, "", rows)]
    parts: list[Part] = []
    for line in lines:
        kind, words = _line_kind(line)
        if kind is None and parts:
            parts[-1] = Part(parts[-1].kind, f"{parts[-1].text} {words}")
        else:
            parts.append(Part(kind or PartKind.PARAGRAPH, words))
    return parts


def _line_kind(line: str) -> tuple[PartKind | None, str]:
    """What a line begins, None for the next line of the same part, and its words without the mark."""
    for mark, kind in STARTS:
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    if NUMBERED.match(line):
        return PartKind.SOURCE, line.strip()
    return None, line.strip()


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a table row."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
