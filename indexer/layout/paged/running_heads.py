"""Running heads, running feet and page numbers: found by their repetition, and the printed label that they hold.

Raw page text keeps 98-99 % of them; left in, they break paragraphs across pages and pollute searches.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from indexer.layout.blocks import Line, Page
from search.citations.item import PAGE_WORDS
from search.model import LabelSource

# Running lines stand in this share of the page height at its top or bottom: none of the 167 head and foot lines labelled
# by hand leaks, nor at 0.2; at 0.08 every twentieth does.
ZONE = 0.13
# The same line on this many pages runs; on documents of up to 4 pages two are enough.
REPEATS, REPEATS_SHORT, SHORT = 3, 2, 4
# Running lines keep their height on the page; Word and TeX move them by less than this many points.
STEADY = 6.0
# A line larger than the body by this factor is a heading at the page top, unless the very same words repeat.
LARGER = 1.12
# Pages whose numbers agree on one distance to the position in the file before numbers count as page numbers.
AGREEING = 2
# Words of a line that may hold little else than the number of the document.
FEW_WORDS = 4
_LONG_NUMBER = re.compile(r"\b[A-Z]{0,3}\d{2,4}[-–/.]?\d{3,8}\b")
_Numbers = Mapping[int, tuple[str, int]]  # (label, value) by page
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"^[ivxlc]{1,7}$", re.IGNORECASE)
_ALONE = re.compile(
    rf"^[\W_]*(?:{PAGE_WORDS}\s*)?(?P<number>\d{{1,4}}|[ivxlc]{{1,7}})"
    r"(?:\s*(?:/|of)\s*(?P<total>\d{1,4})|\s*\|\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
# A stroke before or behind makes it a date or the number of a document: "16/04/2025", "S/2023/568".
_FRACTION = re.compile(r"(?<!/)\b(?P<number>\d{1,4})\s?/\s?(?P<total>\d{1,4})\b(?!/)")
_NAMED = re.compile(r"\bpage\s+(?P<number>\d{1,4}|[ivxlc]{1,7})\b", re.IGNORECASE)
# Prose near the page edge: a line of more words names the page's number only where it repeats.
MOST_WORDS = 8
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_DATED = re.compile(
    rf"\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\.?\s+\d{{1,4}}(?:,?\s+\d{{4}})?", re.IGNORECASE
)
# What is left of a page number that was read wrongly from a scan.
_MISREAD = re.compile(r"^page\s+\w{1,4}$", re.IGNORECASE)
_JOB_NUMBER = re.compile(r"\d{5,}")
_WORDLIKE = re.compile(r"[^\W\d_]{3,}")
_BARE = re.compile(r"\b(?:\d{1,4}|[ivxlc]{1,7})\b", re.IGNORECASE)
_EDGE = re.compile(r"^(?P<number>\d{1,4}|[ivxlc]{1,7})(?=\s)|(?<=\s)(?P<last>\d{1,4}|[ivxlc]{1,7})$")


class _Number(NamedTuple):
    """A number that could be that of the page. `total` is the m of "n/m" and "n of m", else 0."""

    style: str
    label: str
    value: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line in a head or foot zone, with its digits masked."""

    page: int
    line: Line
    key: str
    is_top: bool
    words: str = ""


def masked(text: str) -> str:
    """Return the text with digits and lone roman numbers masked, so that running lines of all pages are equal.

    >>> masked("Report 2019 | 12"), masked("xiv")
    ('report # | #', '#')
    """
    words = _DIGITS.sub("#", text.casefold()).split()
    return " ".join("#" if _ROMAN.match(word) else word for word in words)


def without_running_lines(pages: Sequence[Page], body_size: float) -> tuple[Page, ...]:
    """Return the pages without running heads, feet and page numbers; `label` is set where a printed number was found."""
    seen = [entry for page in pages for entry in _in_zones(page)]
    numbers, certain = _page_numbers(seen, pages)
    unnumbered = [
        _unnumbered(entry, (numbers, certain)[entry.line.size > LARGER * body_size]) for entry in seen
    ]
    running = _running(unnumbered, body_size, len(pages), (numbers, certain))
    running |= _with_document_number(seen, running)
    places = _places(seen, numbers)
    gone: dict[int, set[int]] = defaultdict(set)
    for entry in seen:
        if id(entry.line) in running or _is_number_line(entry, numbers) or _is_leftover(entry):
            gone[entry.page].add(id(entry.line))
    return tuple(
        replace(
            _with_label(page, numbers, certain, places),
            lines=tuple(line for line in page.lines if id(line) not in gone[page.number]),
        )
        for page in pages
    )


def _places(seen: Sequence[_Seen], numbers: _Numbers) -> Mapping[int, LabelSource]:
    """Where on each page its number stands."""
    places: dict[int, LabelSource] = {}
    for entry in seen:
        if entry.page not in places and any(
            (number.label, number.value) == numbers.get(entry.page) for number in _candidates(entry)
        ):
            side = LabelSource.SIDE if entry.line.slanted else None
            places[entry.page] = side or (LabelSource.HEAD if entry.is_top else LabelSource.FOOT)
    return places


def _with_label(page: Page, numbers: _Numbers, certain: _Numbers, places: Mapping[int, LabelSource]) -> Page:
    """The page with its printed label. The file's own word counts; a number that surely is printed and differs is kept."""
    if page.label is None:
        label = _bare(numbers[page.number][0]) if page.number in numbers else None
        return replace(page, label=label, label_from=places.get(page.number) if label else None)
    words, value = certain.get(page.number, (None, 0))
    printed = _bare(words) if words else None
    stated = page.label.strip()
    known = int(stated) if stated.isdecimal() else roman_value(stated)
    differs = printed is not None and bool(known) and known != value
    return replace(page, label_from=LabelSource.FILE, label_other=printed if differs else None)


def _bare(label: str) -> str:
    """The number of a label as printed, without the words and the total around it: "5" of "Page 5 of 15" and "5/15"."""
    match = _BARE.search(label)
    return match[0] if match else label


def _in_zones(page: Page) -> Iterator[_Seen]:
    """The lines near the top and the bottom of a page, and those that run up or down its sides."""
    for line in page.lines:
        if line.slanted:
            if line.x1 < ZONE * page.width or line.x0 > (1 - ZONE) * page.width:
                yield _Seen(page.number, line, masked(line.text), False)
            continue
        top = line.y1 < ZONE * page.height
        if top or line.y0 > (1 - ZONE) * page.height:
            yield _Seen(page.number, line, masked(line.text), top)


def _running(
    seen: Sequence[_Seen], body_size: float, pages: int, numbers: tuple[_Numbers, _Numbers]
) -> set[int]:
    """Identities of the lines that repeat from page to page at the same height.

    Words that differ in their digits are captions ("Table 2") or headings ("Session 2"), unless the digits are the
    number of the page: of larger lines the number that half of the pages have.
    """
    need = REPEATS_SHORT if pages <= SHORT else REPEATS
    by_key: dict[tuple[str, bool], list[_Seen]] = defaultdict(list)
    for entry in seen:
        by_key[entry.key, entry.is_top].append(entry)
    running = set()
    for group in by_key.values():
        words = Counter(entry.words for entry in group)
        for entry in group:
            near = {e.page for e in group if abs(e.line.baseline - entry.line.baseline) <= STEADY}
            trusted = numbers[entry.line.size > LARGER * body_size]
            same = words[entry.words] >= need or entry.key == entry.words.casefold()
            if len(near) >= need and (same or _holds_number(entry, trusted)):
                running.add(id(entry.line))
    return running


def _unnumbered(entry: _Seen, numbers: _Numbers) -> _Seen:
    """The line by its words without the page's own number, which stands left on one page and right on the next."""
    text = entry.line.text.strip()
    label, value = numbers.get(entry.page, ("", 0))
    for match in _EDGE.finditer(text) if label else ():
        number = match["number"] or match["last"]
        if (int(number) if number.isdigit() else roman_value(number)) == value:
            text = (text[: match.start()] + text[match.end() :]).strip(" |–—-·•")
            break
    return replace(entry, key=masked(text), words=" ".join(text.split()))


def _with_document_number(seen: Sequence[_Seen], running: set[int]) -> set[int]:
    """Short lines in the zones that hold the number which the running lines hold: feet of the first and last page."""
    known = {
        number
        for entry in seen
        if id(entry.line) in running
        for number in _LONG_NUMBER.findall(entry.line.text)
    }
    return {
        id(entry.line)
        for entry in seen
        if len(entry.line.text.split()) <= FEW_WORDS
        and any(re.sub(r"\W", "", n) in re.sub(r"\W", "", entry.line.text) for n in known)
    }


def _holds_number(entry: _Seen, numbers: _Numbers) -> bool:
    """The number of the page stands in the line."""
    return entry.page in numbers and any(
        number.value == numbers[entry.page][1] for number in _candidates(entry)
    )


def _candidates(entry: _Seen) -> Iterator[_Number]:
    """Every number in a line that could be that of the page; a note begins with its own."""
    if entry.line.marked:
        return
    for text in [cell.text for cell in entry.line.cells] or [entry.line.text.strip()]:
        yield from _numbers_in(text)


def _is_prose(entry: _Seen, repeated: Counter[str]) -> bool:
    """A line of many words that stands on this page alone."""
    return len(entry.line.text.split()) > MOST_WORDS and repeated[entry.key] < REPEATS_SHORT


def _numbers_in(text: str) -> Iterator[_Number]:
    """The candidates in one cell of a line."""
    alone = _ALONE.match(text)
    if alone:
        # Half a pair of brackets is a list's "4)" or a rest of a table that a scan reads as "(0".
        if text.count("(") == text.count(")"):
            yield from _candidate(alone["number"], text, alone["total"])
        return
    for match in _FRACTION.finditer(text):
        yield from _candidate(match["number"], match[0], match["total"])
    for match in _NAMED.finditer(text):
        yield from _candidate(match["number"], match[0])
    dates = [match.span() for match in _DATED.finditer(text)]
    for match in _EDGE.finditer(text):
        number = match["number"] or match["last"]
        if not any(start <= match.start() < end for start, end in dates):
            yield from _candidate(number, number)


def _candidate(number: str, label: str, total: str | None = None) -> Iterator[_Number]:
    """One candidate, when the number can be read: pages count from 1, and none goes beyond the total beside it."""
    value = int(number) if number.isdigit() else roman_value(number)
    if value and (total is None or value <= int(total)):
        yield _Number("arabic" if number.isdigit() else "roman", label, value, int(total or 0))


def roman_value(number: str) -> int:
    """Return the value of a roman number, 0 for letters that make none.

    >>> roman_value("xiv"), roman_value("iiii")
    (14, 0)
    """
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}.get(letter, 0) for letter in number.lower()]
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if total and roman_number(total) == number.lower() else 0


def roman_number(value: int) -> str:
    """Return the roman number of a value below 400."""
    parts = (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    text = ""
    for amount, letters in parts:
        text += letters * (value // amount)
        value %= amount
    return text


def _page_numbers(seen: Sequence[_Seen], pages: Sequence[Page]) -> tuple[_Numbers, _Numbers]:
    """(label, value) by page, of the numbers that go up with the pages; then only those that half of the pages have.

    Most pages of a document share one distance between printed number and position; front matter has another.
    The distance that most pages agree on wins on each page, so that a year or a document number cannot.
    """
    need = AGREEING if len(pages) > 1 else 1
    votes = _votes(seen, need)
    waiting = [(*_rank(found), key) for key, found in votes.items()]
    heapify(waiting)
    numbers: dict[int, tuple[str, int]] = {}
    certain: dict[int, tuple[str, int]] = {}
    while waiting:
        held, *_, key = heappop(waiting)
        # A page has one number: where it is known, "Table 2" below "Page 39" cannot vouch for "Table 3" on the next.
        won = {page: found for page, found in votes[key].items() if page not in numbers}
        if need <= len(won) < -held:
            heappush(waiting, (*_rank(won), key))
        elif len(won) >= need:
            numbers |= won
            certain |= won if len(won) >= max(REPEATS, len(pages) / 2) else {}
    return _begun_anew(seen, certain) | numbers, certain


def _rank(found: _Numbers) -> tuple[int, int, int]:
    """Most pages first; of equals what begins first, then what says most: "Page 38" before the "1" of "Table 1"."""
    first = min(found)
    return -len(found), first, -len(found[first][0])


def _votes(seen: Sequence[_Seen], need: int) -> dict[tuple[str, int], dict[int, tuple[str, int]]]:
    """By style and distance to the position in the file: (label, value) by page, of some labels the longest.

    The m of "n/m" is the same on other pages whose n fits; "2023/568" and "4/2025" are documents and months.
    """
    repeated = Counter(key for _, key in {(entry.page, entry.key) for entry in seen})
    found = [
        (entry.page, number)
        for entry in seen
        if not _is_prose(entry, repeated)
        for number in _candidates(entry)
        if need > 1 or _stands_alone(entry, number)
    ]
    totals = Counter((total, offset) for _, total, offset in {(p, n.total, n.value - p) for p, n in found})
    votes: dict[tuple[str, int], dict[int, tuple[str, int]]] = defaultdict(dict)
    for page, number in sorted(found, key=lambda item: -len(item[1].label)):
        offset = number.value - page
        if not number.total or totals[number.total, offset] >= need:
            votes[number.style, offset].setdefault(page, (number.label, number.value))
    return votes


def _stands_alone(entry: _Seen, number: _Number) -> bool:
    """The number is all that its line or cell holds, or is called a page: on a page without neighbours nothing else tells it."""
    texts = [cell.text for cell in entry.line.cells] or [entry.line.text.strip()]
    return number.total > 0 or any(_ALONE.match(text) or _NAMED.search(text) for text in texts)


def _begun_anew(seen: Sequence[_Seen], certain: _Numbers) -> dict[int, tuple[str, int]]:
    """(label, value) of pages numbered 1 in the words that hold the number on other pages: annexes of one page.

    No other page agrees with their number, so that it is known by its words alone; a bare "1" says too little.
    """
    forms = Counter(key for _, key in {(e.page, e.key) for e in seen if _holds_number(e, certain)})
    return {
        entry.page: (number.label, number.value)
        for entry in seen
        if forms[entry.key] >= REPEATS and _WORDLIKE.search(entry.key)
        for number in _candidates(entry)
        if number.value == 1
    }


def _is_leftover(entry: _Seen) -> bool:
    """What typists and printers leave at the edge of a page: `Page 2k` of a scan, the number of the print job."""
    text = entry.line.text.strip()
    job = not entry.is_top and bool(_JOB_NUMBER.search(text)) and not _WORDLIKE.search(text)
    return bool(_MISREAD.match(text)) or job


def _is_number_line(entry: _Seen, numbers: _Numbers) -> bool:
    """Nothing but the page's number stands in the line."""
    match = _ALONE.match(entry.line.text.strip())
    if not match or entry.page not in numbers:
        return False
    number = match["number"]
    value = int(number) if number.isdigit() else roman_value(number)
    return value == numbers[entry.page][1]
