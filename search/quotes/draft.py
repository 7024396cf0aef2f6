"""Quotations in a draft: what stands between quotation marks or is set apart as a block. Pure: text in, spans out.

English, German and French marks are read, straight double ones, and single curly ones where nothing double is around
them. Straight single marks are not: they are apostrophes as often. A mark that is opened and never closed quotes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis.words import forms

FEWEST_WORDS = 4  # fewer are names, terms and scare quotes; they are counted and said, not looked up
LONGEST = 6_000  # characters of a quotation; an opening mark with no closing one before that is a slip
_PAIRS = (
    ("curly", "“", "”"),
    ("German", "„", "“”"),
    ("French", "«", "»"),
    ("German", "»", "«"),
    ("curly single", "‘", "’"),
    ("German single", "‚", "‘’"),
    ("French single", "‹", "›"),
)
_STRAIGHT = re.compile(
    r"(?:(?<=[\s(\[\u2014\u2013-])|^)\"(?=\S)([^\"]{1,6000}?)(?<=\S)\"(?![^\W_])", re.MULTILINE
)
_QUOTED_LINE = re.compile(r"[ \t]{0,3}>[ \t]?(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a draft; `page` is its page in a PDF (from 1). `quoted`: the whole of it is set as a quotation."""

    text: str
    page: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds, for checking. `notes` say what could not be read of it."""

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words; `paragraph` counts the blocks of the draft from 1, `marks` names how they are marked."""

    text: str
    paragraph: int
    page: int | None
    marks: str


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a draft in reading order, and how many were too short to be looked up."""

    found: tuple[Quotation, ...]
    skipped: int


def blocks_of(text: str) -> tuple[Block, ...]:
    """Plain or Markdown text as blocks: paragraphs between blank lines; lines that begin with ">" are quoted."""
    blocks = []
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = part.strip("\n").split("\n")
        for quoted, run in _runs(lines):
            words = "\n".join(run).strip()
            if words:
                blocks.append(Block(words, quoted=quoted))
    return tuple(blocks)


def _runs(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Neighbouring lines that are quoted, and those that are not."""
    run: list[str] = []
    quoted = False
    for line in lines:
        match = _QUOTED_LINE.fullmatch(line)
        if run and (match is not None) != quoted:
            yield quoted, run
            run = []
        quoted = match is not None
        run.append(match[1] if match else line)
    yield quoted, run


def find_quotations(blocks: Iterable[Block]) -> Quotations:
    """All quotations of a draft."""
    found: list[Quotation] = []
    skipped = 0
    for number, block in enumerate(blocks, 1):
        spans = [(block.text, "block")] if block.quoted else list(_spans(block.text))
        for words, marks in spans:
            count = len(forms(words))
            if count >= FEWEST_WORDS:
                found.append(Quotation(_without_marks(words), number, block.page, marks))
            else:
                skipped += count > 0
    return Quotations(tuple(found), skipped)


def _without_marks(words: str) -> str:
    """A block without marks around the whole of it, and any quotation without white space around it."""
    words = words.strip()
    for _, opening, closing in (*_PAIRS, ("straight", '"', '"')):
        if words.startswith(opening) and words.endswith(tuple(closing)) and words.count(opening) == 1:
            return words[1:-1].strip()
    return words


def _spans(text: str) -> Iterator[tuple[str, str]]:
    """Quoted words of a paragraph with the name of their marks, in order, the outermost only."""
    spans = [*_paired(text), *((m.start(), m.end(), "straight") for m in _STRAIGHT.finditer(text))]
    reached = 0
    for start, end, marks in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield text[start + 1 : end - 1], marks
            reached = end


def _paired(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans between an opening mark and the closing one that belongs to it, marks included."""
    for marks, opening, closing in _PAIRS:
        at = text.find(opening)
        while at >= 0:
            end = _closed(text, at, opening, closing)
            if end is not None:
                yield at, end, marks
            at = text.find(opening, end or at + 1)


def _closed(text: str, at: int, opening: str, closing: str) -> int | None:
    """Behind the mark that closes what is opened at a place; marks of the same kind inside it are skipped."""
    if at and (text[at - 1].isalnum() or (opening == "“" and _is_open_german(text, at))):
        return None
    depth = 0
    for i in range(at + 1, min(len(text), at + LONGEST)):
        char = text[i]
        if char == opening and opening not in closing:
            depth += 1
        elif char in closing and not _is_apostrophe(text, i):
            if not depth:
                return i + 1
            depth -= 1
    return None


def _is_open_german(text: str, at: int) -> bool:
    """Whether a “ closes what a „ opened before it."""
    return text.rfind("„", 0, at) > max(text.rfind("“", 0, at), text.rfind("”", 0, at))


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a ’ stands between letters, or behind an s with a word following: possessives close nothing."""
    if text[at] != "’" or at + 1 >= len(text):
        return False
    if text[at + 1].isalnum():
        return True
    possessive = text[at - 1] == "s" and text[at + 1] == " " and text[at + 2 : at + 3].islower()
    return possessive and "’" in text[at + 1 : at + 400]
