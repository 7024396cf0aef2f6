"""Unpaged text to passages: paragraphs between blank lines, one a line, or hard-wrapped without any blank line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.layout.words.cleaning import build_vocabulary, clean, drop_bullet, join_lines
from indexer.layout.words.line_patterns import (
    ends_clause,
    ends_sentence,
    has_bullet,
    is_capitals,
    scheme_of,
    starts_item,
)
from indexer.layout.words.speakers import with_speakers
from indexer.reading.reading import DraftPassage
from search.model import PassageKind

# Lines up to this length may be wrapped whatever the others look like; longer ones where most lines show it.
LONGEST_WRAPPED = 110
# Of the lines that another follows, the share that is full in a text wrapped at more columns; the ends of paragraphs are
# not. In a text of one paragraph a line it is the share of equally long neighbours, below a fifth.
WRAPPED_SHARE, FEWEST_PAIRS = 0.6, 3
# No program wraps wider than this; and where more lines than this share end a sentence, each line is a paragraph.
WIDEST, ENDED_SHARE = 240, 0.5
# A line that is longer by this factor than a wrapped text is wide is a paragraph of its own.
OVERRUN = 1.15
# A line is full when the next word would not have fitted into this share of the longest usual line.
FULL = 0.92
# The longest usual line is the one that this share of the lines does not exceed (headings and overruns aside).
WIDTH_QUANTILE = 0.9
HEADING_WORDS = 12
_LINE_END = re.compile(r"\r+\n|[\n\r\f\v\x85\u2028\u2029]")
_INDENT = re.compile(r"^\s+\S")
# Indented lines begin paragraphs where at most this share of the lines is indented (else the text as a whole is).
INDENTED_SHARE = 0.4
_PAGE_NUMBER = re.compile(r"^\s*-?\s*\d{1,4}\s*-?\s*$")


def prose_passages(text: str) -> tuple[DraftPassage, ...]:
    """Return the passages of a text without pages; sections begin at headings that are certain."""
    passages: list[DraftPassage] = []
    path: tuple[str, ...] = ()
    vocabulary = build_vocabulary(text.split("\n"))
    groups = list(_groups(text))
    for place, lines in enumerate(groups):
        words = clean(join_lines(lines, vocabulary))
        if not any(char.isalnum() for char in words):
            continue
        if place + 1 < len(groups) and is_heading(lines, words):
            passages.append(DraftPassage(PassageKind.HEADING, words))
            path = (words,)
        elif starts_item(words):
            passages.append(DraftPassage(PassageKind.LIST_ITEM, drop_bullet(words), heading_path=path))
        else:
            passages.append(DraftPassage(PassageKind.PARAGRAPH, words, heading_path=path))
    return with_speakers(passages)


def is_heading(lines: Sequence[str], words: str) -> bool:
    """Return one short line in capitals or with the number of a section; anything else is not certain."""
    if (
        len(lines) != 1
        or len(words.split()) > HEADING_WORDS
        or ends_sentence(words)
        or words.endswith((",", ";"))
    ):
        return False
    return is_capitals(words) or scheme_of(words) in ("part", "roman")


def _groups(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph."""
    lines = _without_page_ends([line.rstrip() for line in _LINE_END.split(text)])
    width, indents = _wrapped_width(lines), _indents(lines)
    group: list[str] = []
    for line in [*lines, ""]:
        if group and (not line.strip() or _begins(group, line, width, indents)):
            yield group
            group = []
        if line.strip():
            group.append(line)


def _without_page_ends(lines: Sequence[str]) -> list[str]:
    """The lines without page numbers inside of a sentence, and without the blank lines around these."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and (not lines[end].strip() or _PAGE_NUMBER.match(lines[end])):
            end += 1
        skipped = lines[place:end]
        numbered = any(line.strip() for line in skipped) and kept and kept[-1].strip()
        goes_on = (
            end < len(lines)
            and lines[end].lstrip()[:1].islower()
            and not ends_sentence(kept[-1] if kept else "")
        )
        kept.extend([] if numbered and goes_on else skipped)
        kept.extend(lines[end : end + 1])
        place = end + 1
    return kept


def _indents(lines: Sequence[str]) -> bool:
    """Few enough lines are indented to tell where paragraphs begin."""
    printed = [line for line in lines if line.strip()]
    return sum(bool(_INDENT.match(line)) for line in printed) <= INDENTED_SHARE * len(printed)


def _wrapped_width(lines: Sequence[str]) -> int:
    """The columns at which the text is wrapped; 0 for a text of one paragraph a line."""
    width = _width(lines)
    if width <= LONGEST_WRAPPED:
        return width
    if width > WIDEST:
        return 0
    pairs = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = sum(len(line) <= OVERRUN * width and not _has_room(line, after, width) for line, after in pairs)
    ended = sum(ends_sentence(line) for line, _ in pairs)
    wrapped = (
        len(pairs) >= FEWEST_PAIRS
        and full >= WRAPPED_SHARE * len(pairs)
        and ended <= ENDED_SHARE * len(pairs)
    )
    return width if wrapped else 0


def _has_room(line: str, after: str, width: int) -> bool:
    """The first word of the next line would have fitted into a line."""
    return len(line) + 1 + len(after.strip().split(" ", 1)[0]) <= FULL * width


def _width(lines: Sequence[str]) -> int:
    """The longest usual length of a line, in characters."""
    lengths = sorted(len(line) for line in lines if line.strip())
    return lengths[int(WIDTH_QUANTILE * (len(lengths) - 1))] if lengths else 0


def _begins(group: Sequence[str], line: str, width: int, indents: bool) -> bool:
    """A paragraph begins with the line although no blank line stands before it."""
    last = group[-1]
    longest = max(LONGEST_WRAPPED, OVERRUN * width)
    if not width or max(len(last), len(line)) > longest or has_bullet(line.lstrip()):
        return True
    indented = indents and bool(_INDENT.match(line)) and ends_clause(last)
    item = starts_item(line.lstrip()) and ends_clause(last)
    return indented or item or (_has_room(last, line, width) and ends_sentence(last))
