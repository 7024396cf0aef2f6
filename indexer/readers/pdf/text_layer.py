"""Printed lines of a PDF page, through pdfium.

pdfium gives characters in the order of the content stream, which is better reading order than any cut by
geometry (two columns: .963 against .889 of the words in order); geometry only splits and describes the lines.
Everything here is in points of the page as shown, as `indexer.layout.blocks` says. pdfium is not safe for threads.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from indexer.layout.blocks import ASCENT, BROKEN_WORD, DESCENT, Cell, Line, NoteMark, Page, Tag
from indexer.layout.paged.type_metrics import HEAVY
from indexer.layout.words.note_marks import (
    RAISED_BY,
    RAISED_SIZE,
    find_marks,
    marks_in,
    place_after,
    with_marks_placed,
)
from indexer.readers.pdf.lines import CELL_GAP, HYPHEN_GAP, changed, joined_lines
from indexer.readers.pdf.tags import read_tags

# pdfium's own marks for a hyphen at a line end: U+0002 in a run of text, U+FFFE at its end.
_HYPHEN_MARKS = frozenset((0x02, 0xFFFE))
_LINE_ENDS = frozenset((0x0A, 0x0D))
_BLANKS = frozenset((0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
_HYPHENS = frozenset((0x2D, 0xAD, 0x2010))
# Tags count on pages where they cover at least this share of the letters; running heads and feet have none.
COVERED = 0.85
_SLANTED_TYPE = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_BOLD_WEIGHT = 600  # OpenType: 600 is semi-bold; 700 is what PDF writers put in for bold
# Fonts in which a letter shows a bullet or an arrow.
_DINGBATS = re.compile(r"dingbat|wingding|webding", re.IGNORECASE)
_LONE_LETTER = re.compile(r"^[A-Za-z] \S")
_DOUBLED = re.compile(r"(?:(\S)\1)+")
LEAST_DOUBLED = 8  # letters; shorter runs of pairs occur in words and numbers ("1100", "aa")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SAMPLES = 4  # characters of a line whose type is looked at; more changed no figure and cost time


@dataclass(frozen=True, slots=True)
class _Frame:
    """How page space becomes the space of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space on the page as shown."""
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


@dataclass(frozen=True, slots=True)
class _Char:
    """One character: code point, index in pdfium's list, left and right end, baseline."""

    code: int
    index: int
    x0: float
    x1: float
    y: float


class TextLayer:
    """The characters of one open page; `close` gives them back to pdfium."""

    def __init__(self, page: Any, tags: Mapping[int, Tag]) -> None:
        self._tags = tags
        self._handle = pdfium.FPDFText_LoadPage(page)
        self.frame = _frame(page)
        self.count = max(pdfium.FPDFText_CountChars(self._handle), 0) if self._handle else 0
        self._left, self._right, self._low, self._high = (ctypes.c_double() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()
        self._box = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def close(self) -> None:
        """Gives the characters back."""
        if self._handle:
            pdfium.FPDFText_ClosePage(self._handle)
            self._handle = None

    def codes(self) -> list[int]:
        """The code points of all characters, line ends that pdfium made up included."""
        get, handle = pdfium.FPDFText_GetUnicode, self._handle
        return [get(handle, index) for index in range(self.count)]

    def char(self, code: int, index: int) -> _Char | None:
        """Where a character stands; None when pdfium does not know or it is nowhere near a page."""
        if not pdfium.FPDFText_GetLooseCharBox(self._handle, index, self._box):
            return None
        pdfium.FPDFText_GetCharOrigin(self._handle, index, self._left, self._low)
        box = self._box
        (ax, ay), (bx, by) = self.frame.point(box.left, box.bottom), self.frame.point(box.right, box.top)
        _, y = self.frame.point(self._left.value, self._low.value)
        if not all(map(math.isfinite, (ax, bx, ay, by, y))):
            return None
        return _Char(code, index, min(ax, bx), max(ax, bx), y)

    def size(self, index: int) -> tuple[float, bool]:
        """Height of the type in points as shown, and whether it runs from left to right."""
        size = pdfium.FPDFText_GetFontSize(self._handle, index)
        if not pdfium.FPDFText_GetMatrix(self._handle, index, self._matrix):
            return size, True
        matrix = self._matrix
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * self.frame.rotation
        upright = abs((angle + 180) % 360 - 180) < 10
        return size * (math.hypot(matrix.c, matrix.d) or 1.0), upright

    def tag(self, letters: Sequence[_Char]) -> Tag | None:
        """The element that the line belongs to: that of its last letter, as marks in front have their own."""
        for char in (letters[-1], letters[0]) if self._tags else ():
            thing = pdfium.FPDFText_GetTextObject(self._handle, char.index)
            tag = self._tags.get(pdfium.FPDFPageObj_GetMarkedContentID(thing)) if thing else None
            if tag:
                return tag
        return None

    def font(self, index: int) -> tuple[str, bool, bool]:
        """Name of the type without its subset tag, whether it is heavy, whether it is italic."""
        length = pdfium.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        name = self._name.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace") if length else ""
        weight = pdfium.FPDFText_GetFontWeight(self._handle, index)
        bold = bool(HEAVY.search(name)) or weight >= _BOLD_WEIGHT
        return _SUBSET.sub("", name), bold, bool(_SLANTED_TYPE.search(name))


def _frame(page: Any) -> _Frame:
    """The shown part of the page and its rotation in quarter turns."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box) or box.right <= box.left or box.top <= box.bottom:
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, 612.0, 792.0  # US letter, pdfium's own default
    return _Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def read_page(page: Any, number: int) -> Page:
    """All lines of an open page in stream order; `number` is its 1-based position."""
    layer = TextLayer(page, read_tags(page, number))
    try:
        lines = _trusted(with_marks_placed(tuple(joined_lines(_lines(layer, number)))))
        width, height = layer.frame.size
        return Page(number, width, height, lines)
    finally:
        layer.close()


def _trusted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, without their tags where these do not cover the page."""
    letters = sum(len(line.text) for line in lines)
    tagged = sum(len(line.text) for line in lines if line.tag)
    if 0 < tagged < COVERED * letters:
        return tuple(changed(line, tag=None) for line in lines)
    return lines


def _lines(layer: TextLayer, number: int) -> Iterator[Line]:
    """The lines as pdfium parts them, split further where a word broken at a line end hides the line end."""
    for run, broken in _runs(layer.codes()):
        chars = list(_placed(layer, run))
        for part in _on_one_baseline(layer, chars):
            line = _line(layer, part, number)
            if line:
                yield _with_mark(line) if broken and part[-1] is chars[-1] else line


def _placed(layer: TextLayer, run: list[tuple[int, int]]) -> Iterator[_Char]:
    """The characters with their places; only both ends of a word are measured, the rest stand at its beginning.

    Asking pdfium for every character takes three quarters of the time of a page.
    """
    inner: _Char | None = None
    for place, (code, index) in enumerate(run):
        if code in _BLANKS:
            inner = None
            yield _Char(code, index, 0.0, 0.0, 0.0)
        elif inner is None or place + 1 == len(run) or run[place + 1][0] in _BLANKS:
            char = layer.char(code, index)
            if char:
                inner = char
                yield char
        else:
            yield _Char(code, index, inner.x0, inner.x1, inner.y)


def _with_mark(line: Line) -> Line:
    """The line ending with the mark of a broken word."""
    return changed(line, text=line.text.rstrip("-\u00ad\u2010") + BROKEN_WORD)


def _runs(codes: list[int]) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """(characters with their index, ends in a broken word) of each line of pdfium's."""
    run: list[tuple[int, int]] = []
    for index, code in enumerate(codes):
        if code in _HYPHEN_MARKS:
            yield run, True
            run = []
        elif code in _LINE_ENDS:
            if run:
                yield run, False
            run = []
        elif code and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF:
            run.append((code, index))
    if run:
        yield run, False


def _on_one_baseline(layer: TextLayer, chars: list[_Char]) -> Iterator[list[_Char]]:
    """Parts of a line between jumps to another baseline or back to the left."""
    letters = [char for char in chars if char.code not in _BLANKS]
    if not letters:
        return
    size, upright = layer.size(letters[len(letters) // 2].index)
    if not upright:
        yield chars
        return
    size = max(size, 1.0)
    start, last = 0, letters[0]
    for place, char in enumerate(chars):
        if char.code in _BLANKS:
            continue
        if abs(char.y - last.y) > 0.8 * size or char.x0 < last.x0 - 3 * size:
            yield chars[start:place]
            start = place
        last = char
    yield chars[start:]


def _line(layer: TextLayer, chars: list[_Char], number: int) -> Line | None:
    """One line with its type and cells; None when nothing is printed."""
    letters = [char for char in chars if char.code not in _BLANKS]
    if not letters:
        return None
    size, bold, italic, font, upright = _type(layer, letters)
    baseline = (
        Counter(round(char.y, 1) for char in letters).most_common(1)[0][0] if upright else letters[-1].y
    )
    text, cells, marks = _text(layer, chars, size, baseline)
    if not text:
        return None
    if _LONE_LETTER.match(text) and _DINGBATS.search(layer.font(letters[0].index)[0]):
        text, cells = "•" + text[1:], ()
    text = undoubled(text)
    x0, x1 = min(char.x0 for char in letters), max(char.x1 for char in letters)
    if not upright:
        ys = [char.y for char in letters]
        return Line(
            number, text, x0, min(ys) - size, x1, max(ys) + size, size, bold, italic, font, cells, True
        )
    return Line(
        number, text, x0, baseline - ASCENT * size, x1, baseline + DESCENT * size, size, bold, italic, font, cells,
        marked=_is_note(layer, letters, size, baseline),
        tag=layer.tag(letters),
        marks=marks,
    )  # fmt: skip


def _is_note(layer: TextLayer, letters: list[_Char], size: float, baseline: float) -> bool:
    """The line begins with a small raised mark, as footnotes do."""
    first = letters[0]
    if not (chr(first.code).isdigit() or chr(first.code) in "*†‡§"):
        return False
    return baseline - first.y > RAISED_BY * size and layer.size(first.index)[0] < RAISED_SIZE * size


def _type(layer: TextLayer, letters: list[_Char]) -> tuple[float, bool, bool, str, bool]:
    """(size, heavy, italic, font, upright) of the line, from a few of its letters and digits."""
    wordy = [char for char in letters if chr(char.code).isalnum()] or letters
    step = max(1, len(wordy) // _SAMPLES)
    looked = [(layer.size(char.index), layer.font(char.index)) for char in wordy[::step][: _SAMPLES + 1]]
    size = max(
        Counter(round(size, 2) for (size, _), _ in looked).items(), key=lambda item: (item[1], item[0])
    )[0]
    bold, italic = (all(font[place] for _, font in looked) for place in (1, 2))
    font = Counter(font[0] for _, font in looked).most_common(1)[0][0]
    upright = sum(upright for (_, upright), _ in looked) * 2 > len(looked)
    return max(size, 0.5), bold, italic, font, upright


def _text(
    layer: TextLayer, chars: list[_Char], size: float, baseline: float
) -> tuple[str, tuple[Cell, ...], tuple[NoteMark, ...]]:
    """The text without raised marks, its cells when it has several, and the marks with their places in the text."""
    text = "".join(chr(char.code) for char in chars)
    spans = list(find_marks(text, lambda place: _is_raised(layer, chars[place], size, baseline)))
    raised = {place for span in spans for place in range(*span)}
    kept = _with_hyphen_closed([char for place, char in enumerate(chars) if place not in raised], size)
    cells = _cells(kept, size)
    whole = " ".join(cell.text for cell in cells).strip()
    marks = [
        mark
        for start, end in spans
        for mark in marks_in(text[start:end], place_after(whole, _printed(chars[:start], raised)))
    ]
    return whole, tuple(cells) if len(cells) > 1 else (), tuple(marks)


def _printed(chars: list[_Char], raised: set[int]) -> int:
    """How many characters are kept and no blanks."""
    return sum(char.code not in _BLANKS and place not in raised for place, char in enumerate(chars))


def _cells(kept: list[_Char], size: float) -> list[Cell]:
    """The parts between wide gaps; [] when nothing is printed."""
    cells, start, last = [], 0, None
    for place, char in enumerate(kept):
        if char.code in _BLANKS:
            continue
        behind_blank = place > 0 and kept[place - 1].code in _BLANKS
        if last is not None and behind_blank and char.x0 - last.x1 > CELL_GAP * size:
            cells.append(_cell(kept[start:place]))
            start = place
        last = char
    if last is None:
        return []
    return [*cells, _cell(kept[start:])]


def _with_hyphen_closed(chars: list[_Char], size: float) -> list[_Char]:
    """Without the blank that pdfium puts before a hyphen at the end of a widely spaced line."""
    end = len(chars)
    while end and chars[end - 1].code in _BLANKS:
        end -= 1
    if end < 3 or chars[end - 1].code not in _HYPHENS or chars[end - 2].code not in _BLANKS:
        return chars
    before = chars[end - 3]
    near = chars[end - 1].x0 - before.x1 < HYPHEN_GAP * size
    return [*chars[: end - 2], chars[end - 1]] if near and chr(before.code).isalpha() else chars


def _cell(chars: list[_Char]) -> Cell:
    """The cell that these characters make."""
    letters = [char for char in chars if char.code not in _BLANKS]
    text = "".join(chr(char.code) for char in chars)
    return Cell(" ".join(text.split(" ")).strip(), letters[0].x0, letters[-1].x1)


def _is_raised(layer: TextLayer, char: _Char, size: float, baseline: float) -> bool:
    """The character is small and stands higher than its line."""
    measured = layer.char(char.code, char.index) or char
    return baseline - measured.y > RAISED_BY * size and layer.size(char.index)[0] < RAISED_SIZE * size


def undoubled(text: str) -> str:
    """Type that is printed twice, a little apart, to look heavy or to cast a shadow, as it is meant.

    >>> undoubled("AANNNNUUAALL RREEPPOORRTT"), undoubled("1100 22")
    ('ANNUAL REPORT', '1100 22')
    """
    words = text.split()
    doubled = sum(map(len, words)) >= LEAST_DOUBLED and all(map(_DOUBLED.fullmatch, words))
    return " ".join(word[::2] for word in words) if doubled and any(map(str.isalpha, text)) else text
