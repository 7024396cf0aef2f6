"""Do passages say what is printed? Every passage of PDF files against PDFium's characters, their places and their sizes.

    python -m benchmarks.fidelity [FOLDER] [--show N]     (by default corpus/digests)

The printed words are put together here from characters alone, without the reader's rules: a word ends at a blank, at a gap and where the
baseline moves, so a raised figure is a word of its own, whose height is known. Three questions are asked of each passage, and one of each page:

    words    is each word of the passage printed on its pages, as it stands?
    order    do its words follow each other as printed, or from a line's end to a line's beginning? (not asked of tables)
    glued    does no figure hold a raised one ("454" for 45 and a raised 4)?
    lost     does each printed word stand in a passage, in lines of which any word does?

Every difference has a cause. Those of CONVENTIONS are how the reader writes what is printed; all others are faults. Exit status 1 where
there are faults, 2 where nothing could be read.
"""

from __future__ import annotations

import argparse
import ctypes
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2.raw as pdfium

from indexer.extraction.sandbox import read_files
from indexer.readers import load_readers
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reading
from search.model import PageVerdict, PassageKind

CONVENTIONS = (
    "raised or lowered figure, written as such",
    "word broken at a line end, put together",
    "word drawn in pieces, put together",
    "accent drawn apart, put on its letter",
    "sign of a note, taken out and linked",
    "mark or number of an item, left out",
    "page is marked as doubtful",
    "page was read by OCR",
)
RAISED, BROKEN, PIECES, ACCENT, NOTE, MARK, DOUBTFUL, OCR = CONVENTIONS
NOT_PRINTED, GLUED, ORDER, LOST = (
    "word is not printed",
    "raised figure glued to a number",
    "order differs",
    "printed word is lost",
)
MOST_PIECES = 12  # of a word drawn in pieces: letter-spaced headings
NEAR = 6  # printed words that may stand between two words of a passage: signs of notes, cells, a line of another column
SMALL, HIGH = (
    0.82,
    0.12,
)  # shares of a line's type size: a raised figure is smaller than the one, and this much off the line
_LEVEL = 0.1  # sine of the angle of letters that stand level
_TILTED = -1e6  # the baseline of all others
LOOSE = 1.15  # type sizes that pdfium's loose boxes are high, for usual text fonts; the size that a file states may be scaled
GAP = 0.18  # type sizes between two letters of different words
_BLANKS = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
_TOKEN = re.compile(r"[²³¹⁰-⁹₀-₉]+|[^\W_²³¹⁰-⁹₀-₉]+")
_MARKER = re.compile(r"[a-z]{1,2}|[ivxl]{1,6}|\d{1,3}|o")


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word, folded: its line on the page, whether it begins or ends that line, and whether it is raised or lowered."""

    text: str
    line: int
    begins: bool
    ends: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed words of some pages in the order of the file, and where each stands among them: the first and the last place,
    two for a word that may be broken."""

    words: tuple[Word, ...]
    places: dict[str, list[int]]
    spans: dict[str, list[tuple[int, int]]]
    runs: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Sheet:
        """Return the sheet of these words; `runs` are neighbours written together, `bare` words without accents."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[word.text].append(place)
        texts = [word.text for word in words]
        spans = {text: [(place, place) for place in found] for text, found in places.items()}
        for place, (one, two) in enumerate(pairwise(texts)):
            spans.setdefault(one + two, []).append((place, place + 1))
        runs = {
            "".join(texts[i : i + n]) for n in range(2, MOST_PIECES + 1) for i in range(len(texts) - n + 1)
        }
        return cls(tuple(words), dict(places), spans, frozenset(runs), frozenset(map(_bare, texts)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its cause, the page and what differs."""

    cause: str
    page: int
    what: str


def main() -> None:
    """Compare all files and print every cause with examples."""
    parser = argparse.ArgumentParser(description="Passages beside the characters that PDFium sees.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("corpus/digests"))
    parser.add_argument("--show", type=int, default=5, metavar="N", help="examples of each cause (5)")
    options = parser.parse_args()
    load_readers()
    files = sorted(options.folder.rglob("*.pdf"))
    causes: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for file, outcome in read_files(files, ReadingLimits(), 1):
        if isinstance(outcome, Reading):
            for difference in compare(file, outcome, counts):
                causes[difference.cause].append(f"{file.name} p. {difference.page}: {difference.what}")
    if not counts:
        sys.exit("no PDF that could be read there")
    _print(causes, counts, options.show)
    sys.exit(any(cause not in CONVENTIONS for cause in causes))


def _print(causes: dict[str, list[str]], counts: Counter[str], show: int) -> None:
    """The figures, then each cause with some examples, faults first."""
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()))
    for cause in sorted(causes, key=lambda cause: (cause in CONVENTIONS, -len(causes[cause]))):
        found = causes[cause]
        print(f"\n{'convention' if cause in CONVENTIONS else 'FAULT'}: {cause}: {len(found)}")
        for example in found[:show]:
            print(f"    {example}")


def compare(file: Path, reading: Reading, counts: Counter[str]) -> Iterator[Difference]:
    """Yield all differences of a file; adds to the counts of pages, passages, words and passages without any difference."""
    printed = dict(enumerate(printed_pages(file), 1))
    excused = {
        quality.page: OCR if quality.confidence is not None else DOUBTFUL
        for quality in reading.quality.pages
        if quality.verdict is not PageVerdict.GOOD or quality.confidence is not None
    }
    told: dict[int, set[str]] = defaultdict(set)
    sheets: dict[tuple[int, int], Sheet] = {}
    counts["pages"] += len(printed)
    for draft in reading.passages:
        if draft.page is None:
            continue
        span = (draft.page, draft.page_end or draft.page)
        if span not in sheets:
            sheets[span] = Sheet.of(
                [word for page in range(span[0], span[1] + 1) for word in printed.get(page, ())]
            )
        listed = tokens(draft.text)
        for page in range(span[0], span[1] + 1):
            told[page].update(listed, map(" ".join, pairwise(listed)))
        found = [excuse(difference, excused) for difference in _of_passage(draft, listed, sheets[span])]
        counts.update(passages=1, words=len(listed), exact=not found)
        yield from found
    for page, words in printed.items():
        yield from (excuse(difference, excused) for difference in _lost(page, words, told[page]))


def excuse(difference: Difference, excused: dict[int, str]) -> Difference:
    """Return the difference with the cause of its page, where the reader itself says that the page may be misread."""
    return Difference(excused.get(difference.page, difference.cause), difference.page, difference.what)


def _of_passage(draft: DraftPassage, listed: Sequence[str], sheet: Sheet) -> Iterator[Difference]:
    """What differs in one passage."""
    page = draft.page or 0
    for token in listed:
        if token not in sheet.places:
            cause = _cause(token, sheet)
            yield Difference(cause, page, f"{token!r} in {draft.text[:60]!r}")
    for one, two in pairwise(listed if draft.kind is not PassageKind.TABLE else ()):
        if one in sheet.spans and two in sheet.spans and not _follows(one, two, sheet):
            yield Difference(ORDER, page, f"{one} {two} in {draft.text[:60]!r}")


def _cause(token: str, sheet: Sheet) -> str:
    """Why a word of a passage is not printed as it stands."""
    plain = unicodedata.normalize("NFKC", token)
    if plain != token and (
        plain in sheet.places or any(word.moved and plain in word.text for word in sheet.words)
    ):
        return RAISED
    if token.isdigit() and _is_glued(token, sheet):
        return GLUED
    if token in sheet.runs:
        return BROKEN if any(word.ends and token.startswith(word.text) for word in sheet.words) else PIECES
    if _bare(token) in sheet.bare or _bare(token) in {
        _bare(run) for run in sheet.runs if len(run) == len(token)
    }:
        return ACCENT
    return NOT_PRINTED


def _is_glued(token: str, sheet: Sheet) -> bool:
    """The figures are a printed number and a raised one, which files often draw elsewhere."""
    moved = {word.text for word in sheet.words if word.moved and word.text.isdigit()}
    return any(token.endswith(text) and token.removesuffix(text) in sheet.places for text in moved)


def _follows(one: str, two: str, sheet: Sheet) -> bool:
    """The second word is printed shortly behind the first, or at the beginning of a line and the first at the end of one."""
    first, second = sheet.spans[one], sheet.spans[two]
    if any(0 < b - a <= NEAR for _, a in first for b, _ in second):
        return True
    return any(sheet.words[a].ends for _, a in first) and any(sheet.words[b].begins for b, _ in second)


def _lost(page: int, words: Sequence[Word], told: set[str]) -> Iterator[Difference]:
    """Printed words that stand in no passage of their page, in lines of which most words do, one after the other.

    `told` holds the words of its passages and their pairs. Other lines are running lines, page numbers, entries of a table of
    contents: what becomes of them the layout decides, not the reading.
    """
    glued = {"".join((one.text, two.text)) for one, two in pairwise(words)} & told
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    for line in lines.values():
        gone = [
            word for word in line if word.text not in told and not any(word.text in whole for whole in glued)
        ]
        pairs = [f"{one.text} {two.text}" for one, two in pairwise(line)]
        if 2 * len(gone) >= len(line) or 2 * sum(pair in told for pair in pairs) < len(pairs):
            continue
        for word in gone:
            marker = word.begins and bool(_MARKER.fullmatch(word.text))
            yield Difference(NOTE if word.moved else MARK if marker else LOST, page, repr(word.text))


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded; superscript and subscript figures are words of their own."""
    return _TOKEN.findall(unicodedata.normalize("NFC", _without_ligatures(text)).casefold())


def _without_ligatures(text: str) -> str:
    """The text with the letters that ligatures of fonts show."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char
        for char in text.replace("\u00ad", "")
    )


def _bare(word: str) -> str:
    """A word without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


# --- what is printed ---------------------------------------------------------------------------------------


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
            yield list(_words(list(_glyphs(layer))))
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


def _words(glyphs: Sequence[Glyph | None]) -> Iterator[Word]:
    """Words with their lines: characters side by side on one baseline; a figure off the line is a word of its own."""
    pieces = list(_pieces(glyphs))
    line, held = 0, None
    numbered: list[tuple[str, int, bool]] = []
    for piece in pieces:
        first = piece[0]
        size = max(first.size, held.size if held else 0.0)
        moved = (
            held is not None and first.size < SMALL * held.size and abs(first.y - held.y) > HIGH * held.size
        )
        if held is not None and not moved and abs(first.y - held.y) > 0.6 * size:
            line += 1
        if not moved or held is None:
            held = piece[-1]
        numbered += [(text, line, moved) for text in tokens("".join(glyph.char for glyph in piece))]
    for place, (text, at, moved) in enumerate(numbered):
        begins = place == 0 or numbered[place - 1][1] != at
        ends = place + 1 == len(numbered) or numbered[place + 1][1] != at or numbered[place + 1][2]
        yield Word(text, at, begins, ends, moved)


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


if __name__ == "__main__":
    main()
