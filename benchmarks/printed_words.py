"""What is printed on the pages of a PDF, as words: put together from PDFium's characters, their places and their sizes alone."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2.raw as pdfium

# Shares of a line's type size: a raised figure is smaller than the first, and more than the second off the line.
SMALL, HIGH = 0.82, 0.12
LINE = 0.75  # type sizes from the baseline that a raised figure stands at most
BESIDE = 0.5  # type sizes between it and the character that it belongs to at most
_BAND = 8.0  # points: heights of the page in which a raised figure's neighbours are looked for, two to either side
GAP = 0.18  # type sizes between two letters of different words
_LEVEL = 0.1  # sine of the angle of letters that stand level
_TILTED = -1e6  # the baseline of all others
LOOSE = 1.15  # type sizes that pdfium's loose boxes are high, for usual text fonts; the size that a file states may be scaled
_BLANKS = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
_LINE_HYPHENS = frozenset((0x02, 0xFFFE))  # what PDFium gives for a hyphen at the end of a line
_HYPHENS = "-\u00ad\u2010"
_ACCENTS = frozenset(
    "´`¨^˜~¸ˇ˘˙˚˛˝¯"
)  # those that fonts draw apart from their letters; combining ones beside
_TOKEN = re.compile(r"[²³¹⁰-⁹₀-₉]+|[^\W_²³¹⁰-⁹₀-₉]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word, folded.

    `line` counts the lines of its page; `begins` and `ends` tell whether it is the first or the last of it. `moved` says that it is
    raised or lowered, `hyphen` that one stands behind it (inside of a line: any sign), `gap` how many type sizes the word before it on its line ends away, and
    `accents` that its line holds an accent apart from its letter.
    """

    text: str
    line: int
    begins: bool
    ends: bool
    moved: bool
    hyphen: bool
    gap: float
    accents: bool


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded; superscript and subscript figures are words of their own."""
    return _TOKEN.findall(unicodedata.normalize("NFC", _without_ligatures(text)).casefold())


def _without_ligatures(text: str) -> str:
    """The text with the letters that ligatures of fonts show."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char
        for char in text.replace("\u00ad", "")
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: left and right end and baseline in points, type size."""

    char: str
    x0: float
    x1: float
    y: float
    size: float


def printed_pages(file: Path) -> Iterator[list[Word]]:
    """Yield the printed words of each page; nothing for a file that PDFium cannot open."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(str(file).encode(), None)
    if not document:
        return
    try:
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            layer = pdfium.FPDFText_LoadPage(page)
            yield list(put_together(_glyphs(layer)))
            pdfium.FPDFText_ClosePage(layer)
            pdfium.FPDF_ClosePage(page)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _glyphs(layer: object) -> Iterator[Glyph | None]:
    """The characters in the order of the file, None for each blank and line end; those at an angle as if on one line."""
    box, x, y, high = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), 0
    for index in range(max(0, pdfium.FPDFText_CountChars(layer))):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if code in _LINE_HYPHENS:
            code = ord("-")
        if code in _BLANKS or code < 0x20 or code >= 0xFFFE:
            yield None
            continue
        size = pdfium.FPDFText_GetFontSize(layer, index)
        if abs(math.sin(pdfium.FPDFText_GetCharAngle(layer, index))) > _LEVEL:
            yield Glyph(chr(code), index * size, (index + 1) * size, _TILTED, size)
            continue
        pdfium.FPDFText_GetLooseCharBox(layer, index, box)
        pdfium.FPDFText_GetCharOrigin(layer, index, x, y)
        yield Glyph(chr(code), box.left, box.right, y.value, abs(box.top - box.bottom) / LOOSE)


def put_together(glyphs: Iterable[Glyph | None]) -> Iterator[Word]:
    """Yield the words of characters in the order of the file, None for a blank: a figure off the line is a word of its own."""
    pieces = list(_pieces(glyphs))
    line, held, last = 0, None, None
    found: list[Word] = []
    accented: set[int] = set()
    for piece, moved in zip(pieces, _moved(pieces), strict=True):
        first, size = piece[0], max(piece[0].size, held.size if held else 0.0, 1.0)
        if held is not None and not moved and abs(first.y - held.y) > 0.6 * size:
            line += 1
        held = held if moved and held else piece[-1]
        gap = (first.x0 - last.x1) / size if last is not None else 0.0
        last = piece[-1]
        text = "".join(glyph.char for glyph in piece)
        if any(char in _ACCENTS or unicodedata.combining(char) for char in text):
            accented.add(line)
        if text in _HYPHENS and found and found[-1].line == line:
            found[-1] = replace(found[-1], hyphen=True)
        told = tokens(text)
        for place, token in enumerate(told):
            hyphen = place + 1 < len(told) or text[-1] in _HYPHENS
            found.append(Word(token, line, False, False, moved, hyphen, 0.0 if place else gap, False))
    for place, word in enumerate(found):
        begins = place == 0 or found[place - 1].line != word.line
        ends = place + 1 == len(found) or found[place + 1].line != word.line or found[place + 1].moved
        yield replace(word, begins=begins, ends=ends, accents=word.line in accented)


def _moved(pieces: Sequence[list[Glyph]]) -> Iterator[bool]:
    """Yield of each piece whether it is raised or lowered: beside a larger character, off its baseline; files often draw it elsewhere."""
    beside: dict[int, list[tuple[Glyph, bool]]] = defaultdict(list)
    for piece in pieces:
        beside[int(piece[-1].y // _BAND)].append((piece[-1], True))
        beside[int(piece[0].y // _BAND)].append((piece[0], False))
    for piece in pieces:
        band = int(piece[0].y // _BAND)
        near = (entry for at in range(band - 2, band + 3) for entry in beside.get(at, ()))
        yield any(_is_off(piece, glyph, before=before) for glyph, before in near)


def _is_off(piece: Sequence[Glyph], glyph: Glyph, *, before: bool) -> bool:
    """The piece is smaller than the character before or behind it, and off its baseline, yet on its line."""
    first, gap = piece[0], piece[0].x0 - glyph.x1 if before else glyph.x0 - piece[-1].x1
    off = abs(first.y - glyph.y) / glyph.size if glyph.size else 0.0
    return first.size < SMALL * glyph.size and HIGH < off < LINE and abs(gap) < BESIDE * glyph.size


def _pieces(glyphs: Iterable[Glyph | None]) -> Iterator[list[Glyph]]:
    """Characters without a blank, a gap or a step of the baseline between them."""
    piece: list[Glyph] = []
    for glyph in glyphs:
        if piece and (glyph is None or _apart(piece[-1], glyph)):
            yield piece
            piece = []
        if glyph is not None:
            piece.append(glyph)
    if piece:
        yield piece


def _apart(last: Glyph, glyph: Glyph) -> bool:
    """The second character does not go on in the word of the first."""
    size = max(last.size, glyph.size, 1.0)
    return glyph.x0 - last.x1 > GAP * size or glyph.x0 < last.x0 - size or abs(glyph.y - last.y) > HIGH * size
