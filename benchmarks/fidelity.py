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
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.printed_words import Word, printed_pages, tokens
from indexer.extraction.sandbox import read_files
from indexer.readers import load_readers
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reading
from search.model import PageVerdict, PassageKind

CONVENTIONS = (
    "raised or lowered figure, written as such",
    "word broken at a line end by a hyphen, put together",
    "address broken at a line end, put together",
    "word drawn in pieces, put together",
    "accent drawn apart, put on its letter",
    "sign of a note, taken out and linked",
    "mark or number of an item, left out",
    "line that recurs on pages, left out",
    "page is marked as doubtful",
    "page was read by OCR",
)
RAISED, BROKEN, ADDRESS, PIECES, ACCENT, NOTE, MARK, RUNNING, DOUBTFUL, OCR = CONVENTIONS
NOT_PRINTED, JOINED, GLUED, ORDER, LOST = (
    "word is not printed",
    "words printed apart stand together",
    "raised figure glued to a number",
    "order differs",
    "printed word is lost",
)
MOST_PIECES = 12  # of a word drawn in pieces: letter-spaced headings
BLANK = 0.12  # type sizes that the narrowest blank between words is wide; pieces of a word are drawn closer
RECURS = 3  # pages on which a running line stands at least
NEAR = 6  # printed words that may stand between two words of a passage: signs of notes, cells, a line of another column
_ADDRESS = re.compile(r"://|www\.|@|\.(?:org|int|com|net|html?|pdf)\b|doi", re.IGNORECASE)
_MARKER = re.compile(r"[a-z]{1,2}|[ivxl]{1,6}|\d{1,3}|o")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed words of some pages in the order of the file, and where each stands among them: the first and the last place,
    two for a word that may be broken."""

    words: tuple[Word, ...]
    places: dict[str, list[int]]
    spans: dict[str, list[tuple[int, int]]]
    runs: dict[str, list[tuple[int, int]]]
    bare: dict[str, list[tuple[int, int]]]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Sheet:
        """Return the sheet of these words; `runs` are neighbours written together, `bare` words and runs without their accents."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[word.text].append(place)
        texts = [word.text for word in words]
        spans = {text: [(place, place) for place in found] for text, found in places.items()}
        for place, (one, two) in enumerate(pairwise(texts)):
            spans.setdefault(one + two, []).append((place, place + 1))
        runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        bare: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for count in range(1, MOST_PIECES + 1):
            for first in range(len(texts) - count + 1):
                whole = "".join(texts[first : first + count])
                if count > 1:
                    runs[whole].append((first, first + count))
                if words[first].accents:
                    bare[_bare(whole)].append((first, first + count))
        return cls(tuple(words), dict(places), spans, dict(runs), dict(bare))


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
        found = [excuse(difference, excused) for difference in differences_of(draft, sheets[span])]
        counts.update(passages=1, words=len(listed), exact=not found)
        yield from found
    running = _running(printed.values())
    for page, words in printed.items():
        yield from (excuse(difference, excused) for difference in _lost(page, words, told[page], running))


def excuse(difference: Difference, excused: dict[int, str]) -> Difference:
    """Return the difference with the cause of its page, where the reader itself says that the page may be misread."""
    return Difference(excused.get(difference.page, difference.cause), difference.page, difference.what)


def differences_of(draft: DraftPassage, sheet: Sheet) -> Iterator[Difference]:
    """Yield what differs in one passage, from what is printed on its pages."""
    page, listed = draft.page or 0, tokens(draft.text)
    for token in listed:
        if token not in sheet.places:
            cause = _cause(token, draft.text, sheet)
            yield Difference(cause, page, f"{token!r} in {draft.text[:60]!r}")
    for one, two in pairwise(listed if draft.kind is not PassageKind.TABLE else ()):
        if one in sheet.spans and two in sheet.spans and not _follows(one, two, sheet):
            yield Difference(ORDER, page, f"{one} {two} in {draft.text[:60]!r}")


def _cause(token: str, text: str, sheet: Sheet) -> str:
    """Why a word of a passage with this text is not printed as it stands."""
    plain = unicodedata.normalize("NFKC", token)
    if plain != token and (
        plain in sheet.places or any(word.moved and plain in word.text for word in sheet.words)
    ):
        return RAISED
    if token.isdigit() and _is_glued(token, sheet):
        return GLUED
    runs = [sheet.words[first:end] for first, end in sheet.runs.get(token, ())]
    if not runs:
        drawn = [sheet.words[first:end] for first, end in sheet.bare.get(_bare(token), ())]
        return ACCENT if drawn and _bare(token) != unicodedata.normalize("NFC", token) else NOT_PRINTED
    address = any(token in word.casefold() for word in text.split() if _ADDRESS.search(word))
    ways = {_way_of_joining(run, address) for run in runs}
    return next((way for way in (BROKEN, PIECES, ADDRESS) if way in ways), JOINED)


def _way_of_joining(run: Sequence[Word], address: bool) -> str:
    """How a run of printed words may be one word, JOINED where it may not be."""
    steps = list(pairwise(run))
    if any(one.hyphen for one, two in steps if one.line == two.line):
        return JOINED
    if all(one.hyphen or (two.gap <= BLANK and one.line == two.line) for one, two in steps):
        return BROKEN if any(one.line != two.line for one, two in steps) else PIECES
    single = sum(len(word.text) == 1 for word in run)
    if 2 * single > len(run) > 2 or (len(run) == 2 and run[0].begins and len(run[0].text) == 1):
        return PIECES  # spaced letters, or a large one at the beginning
    return ADDRESS if address else JOINED


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


def _lost(page: int, words: Sequence[Word], told: set[str], running: set[str]) -> Iterator[Difference]:
    """Printed words that stand in no passage of their page, in lines of which most words do, one after the other.

    `told` holds the words of its passages and their pairs, `running` the lines that recur. Other lines are page numbers or entries
    of a table of contents: what becomes of them the layout decides, not the reading.
    """
    glued = {"".join((one.text, two.text)) for one, two in pairwise(words)} & told
    for line in _lines(words):
        gone = [
            word for word in line if word.text not in told and not any(word.text in whole for whole in glued)
        ]
        pairs = [f"{one.text} {two.text}" for one, two in pairwise(line)]
        if 2 * len(gone) >= len(line) or 2 * sum(pair in told for pair in pairs) < len(pairs):
            continue
        for word in gone:
            marker = word.begins and bool(_MARKER.fullmatch(word.text))
            cause = NOTE if word.moved else MARK if marker else RUNNING if _shape(line) in running else LOST
            yield Difference(cause, page, repr(word.text))


def _lines(words: Iterable[Word]) -> Iterable[list[Word]]:
    """The words of a page by line."""
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    return lines.values()


def _shape(line: Iterable[Word]) -> str:
    """A line without the page number at one of its ends."""
    texts = [word.text for word in line]
    if texts and _MARKER.fullmatch(texts[-1]):
        texts.pop()
    elif texts and _MARKER.fullmatch(texts[0]):
        texts.pop(0)
    return " ".join(texts)


def _running(pages: Iterable[Sequence[Word]]) -> set[str]:
    """The lines that stand on RECURS pages or more."""
    counted = Counter(shape for words in pages for shape in {_shape(line) for line in _lines(words)})
    return {shape for shape, count in counted.items() if count >= RECURS}


def _bare(word: str) -> str:
    """A word without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


if __name__ == "__main__":
    main()
