"""The values between a reader and the passages: printed lines, pages of them, and blocks.

All lengths are PDF points in the space of the page as it is shown (cropped and rotated): x to the right, y down,
(0, 0) in the top left corner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.model import LabelSource, PassageKind

# The mark that stands at the end of a line whose last word was broken there. pdfium writes it for a hyphen that it
# takes for a line-end one; a real hyphen is kept as it is and looked up in the document's vocabulary.
BROKEN_WORD = "\x02"


# Roles of headings in tagged files with their level; H and Title carry none of their own.
HEADING_ROLES: Mapping[str, int] = {"Title": 1, "H": 0, **{f"H{level}": level for level in range(1, 7)}}


@dataclass(frozen=True, slots=True)
class Tag:
    """The element of a tagged file that a line belongs to: its number in the file and its role.

    Roles are P, LI, Table, Note, Caption, TOC and those of `HEADING_ROLES`.
    """

    element: int
    role: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a footnote that was printed in a line and is no part of its words.

    `place` is the character of the line's text before which it stood; `text` the mark as printed ("12", "*").
    """

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or the part of it that stands in one column.

    `cells` are the parts of the text with a wide gap between them and where each begins and ends; a line of prose
    has one. `size` is the height of the type in points, `bold` says that all of it is heavy. `slanted` lines do
    not run from left to right across the page as it is shown. `marked` lines begin with a raised footnote mark.
    `marks` are those taken out of the text. `tag` is what a tagged file says that the line belongs to.
    """

    page: int
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    italic: bool = False
    font: str = ""
    cells: tuple[Cell, ...] = ()
    slanted: bool = False
    marked: bool = False
    tag: Tag | None = None
    marks: tuple[NoteMark, ...] = ()

    @property
    def baseline(self) -> float:
        """Where the letters stand, measured from the top of the page."""
        return self.y1 - DESCENT * self.size

    @property
    def width(self) -> float:
        """From the left end to the right end."""
        return self.x1 - self.x0


# Boxes of lines are made from the baseline and the type size: a quarter of the size below it and four fifths
# above hold the letters of usual text fonts (OpenType's sTypoDescender and ascender of Latin fonts).
DESCENT = 0.25
ASCENT = 0.8


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line between two wide gaps."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its lines in the order of the content stream.

    `label` is what is printed as its number, `label_from` how that was found; `label_other` is what is printed where
    the file states another number. `turned` are the quarter turns, clockwise, by which the lines were set upright: their
    places and `width` and `height` are those of the turned page.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    label: str | None = None
    label_from: LabelSource | None = None
    label_other: str | None = None
    turned: int = 0

    def as_shown(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Turn a box of this page back to the page as it is shown."""
        if self.turned == 1:
            return y0, self.width - x1, y1, self.width - x0
        if self.turned == 2:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.turned == 3:
            return self.height - y1, x0, self.height - y0, x1
        return x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together, with what it is on its page. `level` counts for headings, from 1."""

    kind: PassageKind
    lines: tuple[Line, ...]
    level: int = 0

    @property
    def first(self) -> Line:
        """The line it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line it ends with."""
        return self.lines[-1]

    @property
    def raw(self) -> str:
        """Its lines with blanks between them, uncleaned."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the file: its title, depth from 1 and 1-based page (0 when it names none)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file says about itself beside its pages' text. `labels` is by 1-based page."""

    outline: tuple[OutlineEntry, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
