"""The text layer of a PDF page, through pdfium: characters, where they stand and in what type.

pdfium gives characters in the order of the content stream, which is better reading order than any cut by
geometry (two columns: .963 against .889 of the words in order); geometry only splits and describes the lines.
Everything here is in points of the page as shown, as `indexer.layout.blocks` says. pdfium is not safe for threads.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from indexer.layout.blocks import Tag
from indexer.layout.paged.type_metrics import HEAVY
from indexer.layout.words.accents import ACCENTS, accented
from indexer.readers.pdf.glyph_names import TextFacts
from indexer.readers.pdf.visibility import Shown

# pdfium's own marks for a hyphen at a line end: U+0002 in a run of text, U+FFFE at its end.
_HYPHEN_MARKS = frozenset((0x02, 0xFFFE))
_LINE_ENDS = frozenset((0x0A, 0x0D))
BLANKS = frozenset((0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
# What stands in the list of characters for a line end, and for one that breaks a word.
LINE_END, BROKEN_END = -1, -2
LOST = 0xFFFD  # a glyph without a character
_NARROWEST = 0.05  # type sizes: what has no width is not printed
_PLAIN = frozenset(range(0x20, 0x7F))
_SLANTED_TYPE = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_BOLD_WEIGHT = 600  # OpenType: 600 is semi-bold; 700 is what PDF writers put in for bold
_SUBSET = re.compile(r"^[A-Z]{6}\+")
# Letters of which the direction is looked at, and the share of them that turns the page.
_LOOKED_AT, _TURNING = 60, 0.6
_SAME_BASELINE = 3.0  # points; accents of capitals are drawn a little higher than those of small letters
_FARTHEST_ACCENT = 200  # characters before an accent among which its letter is; a line has a hundred
_FEWEST_TO_TURN = 100  # letters; a page with fewer is a cover or a picture with a credit up its side


@dataclass(frozen=True, slots=True)
class _Frame:
    """How page space becomes the space of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of page space on the page as shown."""
        if self.rotation == 1:
            return y - self.bottom, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.bottom
        if self.rotation == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (1, 3) else (width, height)


class Char(NamedTuple):
    """One character: code point, index in pdfium's list, left and right end, baseline. A page has thousands: tuples are made fastest."""

    code: int
    at: int
    x0: float
    x1: float
    y: float


class TextLayer:
    """The characters of one open page; `close` gives them back to pdfium."""

    def __init__(self, page: Any, tags: Mapping[int, Tag], facts: TextFacts) -> None:
        self._tags = tags
        self._repairs = facts.repairs
        self._repaired = frozenset(code for font in facts.repairs.values() for code in font)
        self._shown = Shown(page, facts.layers_off)
        self._handle = pdfium.FPDFText_LoadPage(page)
        self.frame = _frame(page)
        self.count = max(pdfium.FPDFText_CountChars(self._handle), 0) if self._handle else 0
        self._left, self._right, self._low, self._high = (ctypes.c_double() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()
        self._box = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def close(self) -> None:
        """Give the characters back."""
        if self._handle:
            pdfium.FPDFText_ClosePage(self._handle)
            self._handle = None

    def characters(self) -> Iterator[tuple[int, int]]:
        """Yield (code point, index in pdfium's list) of all that is printed, with `LINE_END`, `BROKEN_END` and `LOST` between them."""
        get, handle, repaired = pdfium.FPDFText_GetUnicode, self._handle, self._repaired
        high, plain = 0, _PLAIN - repaired
        for index in range(self.count):
            code = get(handle, index)
            if code in plain:
                yield code, index
            elif code in repaired:
                yield from ((ord(letter), index) for letter in self._letters(code, index))
            elif 0xD800 <= code < 0xDC00:
                high = code
            elif 0xDC00 <= code < 0xE000:
                yield (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else LOST), index
                high = 0
            else:
                yield from self._odd(code, index)

    def _letters(self, code: int, index: int) -> str:
        """The letters of a character that its font may name otherwise."""
        return self._repairs.get(self._font_name(index), {}).get(code) or chr(code)

    def _odd(self, code: int, index: int) -> Iterator[tuple[int, int]]:
        """A character beside the plain ones: a mark of pdfium's, a glyph without a character, or one of other letters."""
        if code in _HYPHEN_MARKS:
            yield (BROKEN_END if pdfium.FPDFText_IsHyphen(self._handle, index) == 1 else LOST), index
        elif code in _LINE_ENDS and pdfium.FPDFText_IsGenerated(self._handle, index) == 1:
            yield LINE_END, index
        elif code in BLANKS or (0xA0 <= code <= 0x10FFFF and code != LOST):
            yield code, index
        elif self.has_width(index):
            yield LOST, index

    def has_width(self, index: int) -> bool:
        """Return whether a character takes room on its line."""
        char = self.char(0, index)
        return char is not None and char.x1 - char.x0 > _NARROWEST * self.size(index)[0]

    def composed(self, run: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the characters of a run, accents that stand over a letter made one with it: mostly the next one, else one that pdfium
        put far before, since it was drawn later."""
        if not any(code in ACCENTS for code, _ in run):
            return run
        kept: list[tuple[int, int]] = []
        for code, index in run:
            letter = accented(kept[-1][0], code) if kept and kept[-1][0] in ACCENTS else None
            if letter and _stands_over(self.char(*kept[-1]), self.char(code, index)):
                kept[-1] = (letter, index)
            else:
                kept.append((code, index))
        for accent in [pair for pair in kept if pair[0] in ACCENTS]:
            self._put_back(accent, kept)
        return kept

    def _put_back(self, accent: tuple[int, int], kept: list[tuple[int, int]]) -> None:
        """Makes an accent one with the letter under it, where there is one; what pdfium wrote for the way to it goes, too."""
        mark, place = self.char(*accent), kept.index(accent)
        for at in range(place - 1, max(-1, place - _FARTHEST_ACCENT), -1):
            code, index = kept[at]
            letter = accented(accent[0], code)
            host = self.char(code, index) if letter else None
            if (
                letter
                and mark
                and host
                and abs(host.y - mark.y) < _SAME_BASELINE
                and _stands_over(mark, host)
            ):
                kept[at] = (letter, index)
                behind = kept[place + 1] if place + 1 < len(kept) else (0, 0)
                del kept[place : place + 1 + (behind[0] in BLANKS and self._is_generated(behind[1]))]
                return

    def _is_generated(self, index: int) -> bool:
        """The character is pdfium's own."""
        return bool(pdfium.FPDFText_IsGenerated(self._handle, index) == 1)

    def shown(self, chars: list[Char]) -> list[Char]:
        """Return of the placed `chars` of a line those that are on the page and not hidden."""
        doubts = list(self._doubts(chars))
        if not any(doubts):
            box = self._box_of(chars)
            return chars if box is None or self._is_inside(box) else []
        kept: list[Char] = []
        for hidden, group in groupby(zip(doubts, chars, strict=True), key=lambda pair: pair[0]):
            part = [char for _, char in group]
            box = self._box_of(part)
            if box is None or (self._is_inside(box) and not (hidden and not self._shown.is_shown(box))):
                kept.extend(part)
        return kept

    def _doubts(self, chars: list[Char]) -> Iterator[int]:
        """For each character the text object that its word begins in if that may be hidden, else 0."""
        doubt, in_word = 0, False
        for char in chars:
            if char.code in BLANKS:
                in_word = False
            elif not in_word:
                in_word = True
                thing = pdfium.FPDFText_GetTextObject(self._handle, char.at)
                doubt = ctypes.addressof(thing.contents) if self._shown.may_be_hidden(thing) else 0
            yield doubt

    def _box_of(self, chars: list[Char]) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom end of some characters; None for blanks."""
        letters = [char for char in chars if char.code not in BLANKS]
        if not letters:
            return None
        size = self.size(letters[0].at)[0]
        _, _, lefts, rights, heights = zip(*letters, strict=True)
        left, right = min(lefts), max(rights)
        return left, min(heights) - 0.8 * size, right, max(heights) + 0.2 * size

    def _is_inside(self, box: tuple[float, float, float, float]) -> bool:
        """The middle of a box stands on the page as it is shown."""
        width, height = self.frame.size
        left, top, right, bottom = box
        return -1 <= (left + right) / 2 <= width + 1 and -1 <= (top + bottom) / 2 <= height + 1

    def turn(self) -> int:
        """Return the quarter turns, clockwise, that set most letters of the page upright."""
        if self.count < _FEWEST_TO_TURN:
            return 0
        step = max(1, self.count // _LOOKED_AT)
        turns = [turn for index in range(0, self.count, step) if (turn := self._turn_of(index)) is not None]
        best = max(set(turns), key=turns.count, default=0)
        return best if turns.count(best) > _TURNING * len(turns) else 0

    def _turn_of(self, index: int) -> int | None:
        """The quarter turns that set one letter upright; None for a blank and for letters at other angles."""
        if pdfium.FPDFText_GetUnicode(self._handle, index) <= 0x20 or not pdfium.FPDFText_GetMatrix(
            self._handle, index, self._matrix
        ):
            return None
        turns = math.degrees(math.atan2(self._matrix.b, self._matrix.a)) / 90 - self.frame.rotation
        return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else None

    def char(self, code: int, index: int) -> Char | None:
        """Return where a character stands; None when pdfium does not know or it is nowhere near a page."""
        if not pdfium.FPDFText_GetLooseCharBox(self._handle, index, self._box):
            return None
        pdfium.FPDFText_GetCharOrigin(self._handle, index, self._left, self._low)
        box, frame = self._box, self.frame
        if frame.rotation == 0:  # nearly all pages: `point` is not called, which takes a third of the time
            ax, bx, y = box.left - frame.left, box.right - frame.left, frame.top - self._low.value
        else:
            (ax, _), (bx, _) = frame.point(box.left, box.bottom), frame.point(box.right, box.top)
            _, y = frame.point(self._left.value, self._low.value)
        if not math.isfinite(ax + bx + y):
            return None
        return Char(code, index, ax, bx, y) if ax <= bx else Char(code, index, bx, ax, y)

    def advance(self, first: int, second: int) -> float:
        """Return how far the origin of the second character stands from that of the first, in points: boxes of slanted letters reach farther."""
        origins = []
        for index in (first, second):
            pdfium.FPDFText_GetCharOrigin(self._handle, index, self._left, self._low)
            origins.append((self._left.value, self._low.value))
        return math.dist(*origins)

    def size(self, index: int) -> tuple[float, bool]:
        """Return height of the type in points as shown, and whether it runs from left to right."""
        size = pdfium.FPDFText_GetFontSize(self._handle, index)
        if not pdfium.FPDFText_GetMatrix(self._handle, index, self._matrix):
            return size, True
        matrix = self._matrix
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * self.frame.rotation
        upright = abs((angle + 180) % 360 - 180) < 10
        return size * (math.hypot(matrix.c, matrix.d) or 1.0), upright

    def tag(self, letters: Sequence[Char]) -> Tag | None:
        """Return the element that the line belongs to: that of its last letter, as marks in front have their own."""
        for char in (letters[-1], letters[0]) if self._tags else ():
            thing = pdfium.FPDFText_GetTextObject(self._handle, char.at)
            tag = self._tags.get(pdfium.FPDFPageObj_GetMarkedContentID(thing)) if thing else None
            if tag:
                return tag
        return None

    def font(self, index: int) -> tuple[str, bool, bool]:
        """Return name of the type without its subset tag, whether it is heavy, whether it is italic."""
        name = self._font_name(index)
        weight = pdfium.FPDFText_GetFontWeight(self._handle, index)
        bare, heavy, slanted = _type_named(name)
        return bare, heavy or weight >= _BOLD_WEIGHT, slanted

    def _font_name(self, index: int) -> str:
        """Name of the type with its subset tag."""
        length = pdfium.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        return self._name.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace") if length else ""


@lru_cache(maxsize=1024)
def _type_named(name: str) -> tuple[str, bool, bool]:
    """A type's name without its subset tag, and whether it says heavy and slanted. Cached: a file has some dozen types."""
    return _SUBSET.sub("", name), bool(HEAVY.search(name)), bool(_SLANTED_TYPE.search(name))


def _stands_over(accent: Char | None, letter: Char | None) -> bool:
    """The middle of the accent is within the letter; an apostrophe or a quote stands beside it."""
    return accent is not None and letter is not None and letter.x0 <= (accent.x0 + accent.x1) / 2 <= letter.x1


def _frame(page: Any) -> _Frame:
    """The shown part of the page and its rotation in quarter turns."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box) or box.right <= box.left or box.top <= box.bottom:
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, 612.0, 792.0  # US letter, pdfium's own default
    return _Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)
