"""Pages of a scan as printed lines, through the program `tesseract`.

The program is called for each page, within a limit of time, and says for every word its box, its line and how sure it is
of it. From there on a scan goes the way of every page: the same steps find heads, paragraphs and headings.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import Any

from indexer.layout.blocks import ASCENT, DESCENT, Cell, Line
from indexer.readers.pdf.rendering import draw_page
from indexer.reading.limits import ReadingLimits

PROGRAM = "tesseract"
DPI = 200  # on 22 pages of a real scan 2.8 s a page and about 98 of 100 words right
# A line of one word of which the program is less sure is a mark of a pen or of the printer ("/..." read as "Jove").
# Within a line even the least sure words stay: of 30 below 25 % on those 22 pages 26 are words of the page with a letter
# or two misread, and a hole in a sentence is worse than those.
SURE_ALONE = 50
# Parts of the type size that the letters of text fonts reach: above the line with and without ascenders, and below it.
TALL, SMALL, BELOW = 0.70, 0.47, 0.21
# Lines whose size differs from the usual one of the page by less are of that size: boxes of words jitter.
SAME_SIZE = 0.18
# Two words further apart than this many type sizes stand in two cells; blanks of justified type reach 1.2.
CELL_GAP = 1.8
_DESCENDS = re.compile(r"[gjpqy,;()\[\]{}Qç]")
_RISES = re.compile(r"[^acegmnopqrsuvwxyz.,;:\-–—_~'\"“”‘’]")
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its box in points from the top left, the line it stands in, and how sure OCR is of it (per cent)."""

    line: tuple[str, ...]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    sure: float

    @property
    def size(self) -> float:
        """The type size in points that a word of this height has."""
        above = TALL if _RISES.search(self.text) else SMALL
        return (self.y1 - self.y0) / (above + (BELOW if _DESCENDS.search(self.text) else 0.0))


def read_by_ocr(page: Any, number: int, limits: ReadingLimits) -> tuple[tuple[Line, ...], int]:
    """Return the lines of a page (pdfium's open one) and OCR's mean confidence in per cent, 0 when it found nothing in time.

    Raises FileNotFoundError without the program; whoever wants OCR has looked for it before.
    """
    picture = draw_page(page, DPI)
    table = _run(picture.pgm(), limits)
    words = without_marks(list(parse_table(table, picture.scale)))
    letters = sum(len(word.text) for word in words)
    if not letters:
        return (), 0
    return make_lines(words, number), round(sum(word.sure * len(word.text) for word in words) / letters)


def _run(picture: bytes, limits: ReadingLimits) -> str:
    """What the program says of a picture; "" when it fails or its time is up."""
    os.putenv("OMP_THREAD_LIMIT", "1")  # one page a core: more threads for a page only wait for each other
    command = [PROGRAM, "stdin", "stdout", "-l", limits.ocr_languages, "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603  (the settings check the languages)
            command, input=picture, capture_output=True, timeout=limits.ocr_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def parse_table(table: str, scale: float) -> Iterator[_Word]:
    """Yield the words of tesseract's table (TSV: level, page, block, paragraph, line, word, box in pixels, confidence, text)."""
    for row in table.splitlines():
        fields = row.split("\t", 11)
        if len(fields) < 12 or fields[0] != _WORD_LEVEL or not fields[11].strip():
            continue
        left, top, width, height = (float(value) / scale for value in fields[6:10])
        yield _Word(
            tuple(fields[2:5]), fields[11].strip(), left, top, left + width, top + height, float(fields[10])
        )


def without_marks(words: Sequence[_Word]) -> list[_Word]:
    """Return the words without lines of a single one that nobody would believe."""
    lines = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    return [word for line in lines if len(line) > 1 or line[0].sure >= SURE_ALONE for word in line]


def make_lines(words: Sequence[_Word], page: int) -> tuple[Line, ...]:
    """Return the lines of a page in the program's order."""
    lines = [_line(list(group), page) for _, group in groupby(words, key=lambda word: word.line)]
    usual = median(line.size for line in lines)
    return tuple(_sized(line, usual) for line in lines)


def _line(words: list[_Word], page: int) -> Line:
    """One line, its size the median of its words'."""
    size = median(word.size for word in words)
    baseline = median(word.y1 - (BELOW * size if _DESCENDS.search(word.text) else 0.0) for word in words)
    cells = _cells(words, size)
    return Line(
        page=page,
        text=" ".join(word.text for word in words),
        x0=min(word.x0 for word in words),
        y0=baseline - ASCENT * size,
        x1=max(word.x1 for word in words),
        y1=baseline + DESCENT * size,
        size=size,
        cells=cells if len(cells) > 1 else (),
    )


def _cells(words: Sequence[_Word], size: float) -> tuple[Cell, ...]:
    """The parts of a line between wide gaps."""
    cells: list[Cell] = []
    for word in words:
        if cells and word.x0 - cells[-1].x1 <= CELL_GAP * size:
            cells[-1] = Cell(f"{cells[-1].text} {word.text}", cells[-1].x0, word.x1)
        else:
            cells.append(Cell(word.text, word.x0, word.x1))
    return tuple(cells)


def _sized(line: Line, usual: float) -> Line:
    """The line in the usual size of its page when it is nearly of it."""
    size = usual if abs(line.size - usual) <= SAME_SIZE * usual else line.size
    size = max(round(size, 1), 1.0)
    return replace(line, y0=line.baseline - ASCENT * size, y1=line.baseline + DESCENT * size, size=size)
