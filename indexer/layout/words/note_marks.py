"""Marks of footnotes in printed lines: which raised signs are some, and where in the text they stood.

A mark is no part of the sentence ("text.12 The"), so it is taken out; what it was and where it stood is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.layout.blocks import Line, NoteMark
from indexer.layout.words.cleaning import undo_ligatures
from indexer.layout.words.raised import lowered, raised

# A raised mark is smaller than this share of its line and stands this much (of the line's size) higher. Three quarters
# of the size higher there is another line.
RAISED_SIZE, RAISED_BY, RAISED_MOST = 0.82, 0.15, 0.75
# A note's own mark stands at most this many type sizes before its text.
BEFORE_TEXT = 2.5
# Rows of tables and labels of charts have more cells or fewer letters than what a mark that is printed apart belongs to.
MOST_CELLS, FEWEST_LETTERS = 2, 3
LONGEST_MARK = 3  # digits; no document of 51 has a thousand notes
_NOTE_SIGNS = "*†‡§"
_CANDIDATE = re.compile(rf"[-−–+]?\d+|[{_NOTE_SIGNS}]+|[¹²³⁰⁴-⁹]+")
_SUPERSCRIPT = re.compile(r"[¹²³⁰⁴-⁹]+")
_LONE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[¹²³⁰⁴-⁹]{1,3})(?:\s*,\s*(?:\d{1,3}|[*†‡§]{1,3}))*")
_CLOSING = re.compile(r"\s?\)")
_EACH = re.compile(r"\d{1,3}|[*†‡§]{1,3}|[¹²³⁰⁴-⁹]{1,3}|[a-z]")
_OWN = re.compile(r"^(?P<mark>\d{1,3}|[*†‡§]{1,3}|[¹²³⁰⁴-⁹]{1,3})\s*")
_UNIT = re.compile(r"(?:^|[\s\d/])[kcmdµ]?m$")  # km², m³ are no footnote marks
_NUMBER = re.compile(r"\d+$")
_LEAST_YEAR = 3  # digits before a raised figure: "in 2015⁵" is a mark, "10⁵" a power
_SIGNED = ("-", "−", "–", "+", "/", "(")  # 10⁻⁶, and what opens something


def plain_mark(sign: str) -> str:
    """Return a mark as it is compared: raised figures as usual ones."""
    return unicodedata.normalize("NFKC", sign)


@dataclass(frozen=True, slots=True)
class Figure:
    """A raised or lowered figure of a text: its span, and what is printed for it; None for the sign of a note."""

    start: int
    end: int
    text: str | None


def find_figures(text: str, height_of: Callable[[int], int]) -> Iterator[Figure]:
    """Find the raised and lowered figures of a line, the signs of notes with the blank before them.

    `height_of` tells of a place of the text whether its character is raised (1), lowered (-1) or neither (0).
    A figure that cannot be told from the sign of a note stays as a superscript: so it is never glued to a number.
    """
    end_before = 0
    for match in _CANDIDATE.finditer(text):
        start, end, height = _moved_part(match, height_of)
        before = text[:start].rstrip()
        if start == end or not before:
            continue
        if height < 0:
            if before[-1:].isalpha() or before[-1:] in ")]":
                yield Figure(start, end, lowered(text[start:end]))
        elif height > 0 and (bracketed := _bracketed(text, start, end)):
            yield Figure(*bracketed, None)
        elif end_before and before[-1] == "," and len(before) - 1 == end_before and height_of(end_before) > 0:
            yield Figure(end_before, end, None)  # the next of several: "12, 13"
            end_before = end
        elif is_note_sign(before, text[start:end], text[end : end + 1]):
            yield Figure(len(before), end, None)
            end_before = end
        elif not (
            text[start - 1].isspace() and text[end : end + 1].isalnum()
        ):  # apart before a word: nothing is glued
            yield Figure(start, end, raised(text[start:end]))


def _bracketed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the sign of a note between brackets of usual size, "(⁴)" as the European Union sets them, with the blank before it.

    None for other figures, and for a note's own sign, before which nothing stands.
    """
    head, close = text[:start].rstrip(), _CLOSING.match(text, end)
    opens = (
        head.endswith("(") and head[:-1].strip() and text[start:end].isdigit() and end - start <= LONGEST_MARK
    )
    return (len(head[:-1].rstrip()), close.end()) if opens and close else None


def _moved_part(match: re.Match[str], height_of: Callable[[int], int]) -> tuple[int, int, int]:
    """(start, end, height) of the moved end of a run of figures or signs: of "20155" the last figure may be a mark."""
    start, end = match.span()
    if _SUPERSCRIPT.match(match[0]):
        return start, end, 1
    height = height_of(end - 1)
    begin = end
    while height and begin > start and height_of(begin - 1) == height:
        begin -= 1
    return begin, end, height


def is_note_sign(before: str, sign: str, after: str = "") -> bool:
    """Return whether a raised `sign` between two texts is that of a note, and no power, index or part of a fraction."""
    if after[:1].isalnum() or after[:1] in ("_", "/", "⁄") or len(sign) > LONGEST_MARK:
        return False
    if sign[:1].isdigit():
        return not _is_exponent(before, sign)
    return sign[:1] in _NOTE_SIGNS


def _is_exponent(before: str, sign: str) -> bool:
    """What stands before a raised figure makes it a power, or does not say that it is none."""
    digits = _NUMBER.search(before)
    unit = _UNIT.search(before) and plain_mark(sign) in ("2", "3")
    return bool(unit) or before.endswith(_SIGNED) or bool(digits and len(digits[0]) < _LEAST_YEAR)


def place_after(text: str, printed: int) -> int:
    """Return the place right after so many characters of a text, blanks not counted."""
    for place, char in enumerate(text):
        if printed <= 0:
            return place
        printed -= not char.isspace()
    return len(text)


def carried(before: str, place: int, after: str) -> int:
    """Return where a place of a text is once the text was cleaned: behind the same letters, and the signs that followed them."""
    head = undo_ligatures(before[:place]).rstrip()
    letters = sum(map(str.isalnum, head))
    signs = head[len(head.rstrip(_signs_of(head))) :]
    end = next((at for at, count in enumerate(_counted(after)) if count == letters), len(after))
    for sign in signs:
        if end < len(after) and after[end] == sign:
            end += 1
    return end


def _signs_of(text: str) -> str:
    """The characters of a text that are no letters, digits or blanks."""
    return "".join({char for char in text if not char.isalnum() and not char.isspace()})


def _counted(text: str) -> Iterator[int]:
    """How many letters and digits stand before each place."""
    count = 0
    for char in text:
        yield count
        count += char.isalnum()


def marks_in(text: str, place: int) -> tuple[NoteMark, ...]:
    """Return all marks of a text that holds nothing else, at one place."""
    return tuple(NoteMark(place, plain_mark(sign)) for sign in _EACH.findall(text))


def is_lone_mark(line: Line) -> bool:
    """Return nothing but marks stands in the line."""
    return not line.slanted and bool(_LONE.fullmatch(line.text.strip()))


def without_own_mark(line: Line) -> tuple[str, tuple[NoteMark, ...]]:
    """Return the text of a marked line without the mark that it begins with, and the marks of the line with that one first."""
    match = _OWN.match(line.text)
    if not match:
        return line.text, line.marks
    moved = tuple(replace(mark, place=max(0, mark.place - match.end())) for mark in line.marks)
    return line.text[match.end() :], (NoteMark(0, plain_mark(match["mark"])), *moved)


def with_marks_placed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines; marks that the file draws apart from their lines are put back: into a sentence, or before a note."""
    kept = list(lines)
    for mark in [line for line in lines if is_lone_mark(line)]:
        host = _host(mark, kept)
        if host is None:
            continue
        place = next(place for place, line in enumerate(kept) if line is host)
        kept[place] = _joined(mark, host)
        kept = [line for line in kept if line is not mark]
    return tuple(kept)


def _host(mark: Line, lines: Sequence[Line]) -> Line | None:
    """The line that a mark drawn apart belongs to: a little lower, in larger type, under it or to its right."""
    hosts = [
        line
        for line in lines
        if mark.size < RAISED_SIZE * line.size
        and not line.slanted
        and RAISED_BY * line.size < line.baseline - mark.baseline < RAISED_MOST * line.size
        and line.x0 - BEFORE_TEXT * line.size <= mark.x0 <= line.x1 + 0.6 * line.size
        and len(line.cells) <= MOST_CELLS
        and sum(map(str.isalpha, line.text)) >= (1 if _is_before(mark, line) else FEWEST_LETTERS)
    ]
    return min(hosts, key=lambda line: line.baseline - mark.baseline, default=None)


def _is_before(mark: Line, host: Line) -> bool:
    """The mark stands before the text of the line, as a note's own does."""
    return mark.x1 <= host.x0 + 0.3 * host.size


def _joined(mark: Line, host: Line) -> Line:
    """The line with the mark: before its text when it stands there, else taken out of the sentence."""
    if _is_before(mark, host):
        sign = plain_mark(mark.text.strip())
        moved = tuple(replace(held, place=held.place + len(sign) + 1) for held in host.marks)
        return replace(
            host, text=f"{sign} {host.text}", x0=mark.x0, y0=min(mark.y0, host.y0), marked=True, marks=moved
        )
    share = (mark.x0 - host.x0) / max(host.width, 1.0)
    place = _word_end(host.text, share * len(host.text))
    return replace(
        host, marks=tuple(sorted((*host.marks, *marks_in(mark.text, place)), key=lambda held: held.place))
    )


def _word_end(text: str, near: float) -> int:
    """The end of a word next to a place of the text."""
    ends = [
        place + 1 for place, (char, after) in enumerate(pairwise(text + " ")) if after == " " and char != " "
    ]
    return min(ends, key=lambda end: abs(end - near), default=len(text))
