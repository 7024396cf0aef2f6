"""Quotations in a draft: what stands between quotation marks or is set apart as a block. Pure: text in, spans out.

English, German, French, Swedish and Japanese marks are read, straight double ones, and single curly ones where nothing
double is around them. Straight single marks are not: they are apostrophes as often. A mark that is opened and not closed
quotes only where the next paragraphs open it anew or close it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis.words import forms

FEWEST_WORDS = 4  # fewer are names, terms and scare quotes; they are counted and said, not looked up
LONGEST = 6_000  # characters of a quotation; an opening mark with no closing one before that is a slip
_PAIRS = (
    ("curly", "“", "”"),
    ("German", "„", "“”"),
    ("French", "«", "»"),
    ("German", "»", "«"),
    ("curly single", "‘", "’"),
    ("German single", "‚", "‘’"),
    ("French single", "‹", "›"),
    ("Swedish", "”", "”"),
    ("Japanese", "「", "」"),
    ("Japanese double", "『", "』"),
)
_ATTRIBUTION = re.compile(
    r"(?:\n|(?<=[.!?…”\"’])\s+|^\s*)[\u2012-\u2015]{1,2}\s*(?=\S)[^\n]{3,300}$"
    r"|(?<=\S)\s*[(\[](?=[^()\[\]]*(?:\d|https?:|@))[^()\[\]]{3,300}(?:\([^()]*\)[^()\[\]]*)*[)\]][.\s]*$"
)
OVER_PARAGRAPHS = ", over paragraphs"
MOST_PARAGRAPHS = 6  # of one quotation that is opened anew in each of them
_STRAIGHT = re.compile(
    r"(?:(?<=[\s(\[\u2014\u2013-])|^)\"(?=\S)([^\"]{1,6000}?)(?<=\S)\"(?![^\W_])", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a place of a text leads to: a footnote by its key, or an address. `place` is the character behind its sign."""

    place: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a draft; `page` is its page in a PDF (from 1). `quoted`: the whole of it is set as a quotation.

    `notes` and `links` are what stands in it and is no word; `note` is the key of the footnote that the block itself is.
    """

    text: str
    page: int | None = None
    quoted: bool = False
    notes: tuple[Pointer, ...] = ()
    links: tuple[Pointer, ...] = ()
    note: str | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds, for checking. `notes` say what could not be read of it; `keys` are entries of lists of references
    beside it, by the keys that the draft names them by."""

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words; `paragraph` counts the blocks of the draft from 1, `marks` names how they are marked.

    `start` and `end` are the half-open span in the text of the block, marks included.
    """

    text: str
    paragraph: int
    page: int | None
    marks: str
    start: int = 0
    end: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether the next paragraph continues it."""
        return self.marks.endswith(OVER_PARAGRAPHS)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is marked as a quotation and not looked up, with the reason."""

    text: str
    paragraph: int
    reason: str


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a draft in reading order, and what was not looked up."""

    found: tuple[Quotation, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def skipped(self) -> int:
        """How many were not looked up."""
        return len(self.left_out)


def find_quotations(blocks: Sequence[Block]) -> Quotations:
    """Return all quotations of a draft."""
    found: list[Quotation] = []
    left_out: list[LeftOut] = []
    opened = ""
    for number, block in enumerate(blocks, 1):
        spans = (
            [_Span(0, attribution_place(block.text), "block")]
            if block.quoted
            else list(_spans(block.text, opened))
        )
        following = blocks[number : number + MOST_PARAGRAPHS]
        opened = "" if block.quoted else _left_open(block.text, spans, following)
        if opened:
            at = _open_place(block.text, spans, opened)
            spans.append(_Span(at, len(block.text), f"{_name(opened)}{OVER_PARAGRAPHS}"))
        for span in spans:
            words = _without_marks(block.text[span.start : span.end])
            count = len(forms(words))
            if count >= FEWEST_WORDS:
                found.append(Quotation(words, number, block.page, span.marks, span.start, span.end))
            elif count:
                left_out.append(LeftOut(words, number, f"fewer than {FEWEST_WORDS} words"))
    return Quotations(tuple(found), tuple(left_out))


@dataclass(frozen=True, slots=True)
class _Span:
    """A half-open span of a text between marks, and the name of the marks; both marks are inside."""

    start: int
    end: int
    marks: str


def _left_open(text: str, spans: Sequence[_Span], following: Sequence[Block]) -> str:
    """The mark of a quotation that goes on in the paragraphs that follow; empty where none does.

    It goes on where the next paragraph opens it anew, or where one of them closes it before anything is opened.
    """
    for opening, closing in (("“", "”"), ("„", "“”"), ("«", "»"), ("»", "«"), ('"', '"'), ("‘", "’")):
        if _open_place(text, spans, opening) < 0 or not following:
            continue
        if following[0].text.lstrip().startswith(opening):
            return opening
        for block in following if opening not in ('"', "‘") else ():
            ends = [at for sign in closing if (at := block.text.find(sign)) >= 0]
            starts = block.text.find(opening)
            if ends and (starts < 0 or min(ends) < starts):
                return opening
            if starts >= 0 or block.heading:
                break
    return ""


def _open_place(text: str, spans: Sequence[_Span], opening: str) -> int:
    """Where a quotation is opened that the text does not close; -1 for nowhere."""
    reached = max((span.end for span in spans), default=0)
    at = text.find(opening, reached)
    if at < 0 or (at and text[at - 1].isalnum()) or at + 1 >= len(text):
        return -1
    return -1 if text[at + 1].isspace() and opening != "«" else at  # French marks have a blank inside


def _name(opening: str) -> str:
    """What marks that begin so are called."""
    return next((name for name, first, _ in _PAIRS if first == opening), "straight")


def attribution_place(text: str) -> int:
    """Return where the reference at the end of a block quotation begins; the end of the text where it has none."""
    match = _ATTRIBUTION.search(text)
    return match.start() if match else len(text)


def _without_marks(words: str) -> str:
    """Quoted words without the marks around the whole of them, and without white space around them."""
    words = words.strip()
    for _, opening, closing in (*_PAIRS, ("straight", '"', '"')):
        if words.startswith(opening) and words.count(opening) - (opening in closing) <= 1:
            if len(words) > 1 and words.endswith(tuple(closing)):
                return words[1:-1].strip()
            return words[1:].strip() if not any(sign in words[1:] for sign in closing) else words
    unopened = words[-1:] in "”»“" and not any(sign in words[:-1] for sign in "“„«»")
    return words[:-1].strip() if unopened else words


def _spans(text: str, opened: str = "") -> Iterator[_Span]:
    """Quoted words of a paragraph, in order, the outermost only. `opened` is a mark that the paragraph before left open."""
    spans = [_Span(*span) for span in _paired(text)]
    spans += [_Span(m.start(), m.end(), "straight") for m in _STRAIGHT.finditer(text)]
    if opened and not text.lstrip().startswith(opened):
        spans += _closing_span(text, opened)
    reached = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reached:
            yield span
            reached = span.end


def _closing_span(text: str, opened: str) -> list[_Span]:
    """The beginning of a paragraph up to the mark that closes what an earlier one opened; all of it where none does."""
    closing = next((last for _, first, last in _PAIRS if first == opened), opened)
    ends = [at + 1 for sign in closing if (at := text.find(sign)) >= 0]
    return [_Span(0, min(ends, default=len(text)), f"{_name(opened)}{OVER_PARAGRAPHS}")]


def _paired(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans between an opening mark and the closing one that belongs to it, marks included."""
    for marks, opening, closing in _PAIRS:
        at = text.find(opening)
        while at >= 0:
            end = _closed(text, at, opening, closing)
            if end is not None:
                yield at, end, marks
            at = text.find(opening, end or at + 1)


def _closed(text: str, at: int, opening: str, closing: str) -> int | None:
    """Behind the mark that closes what is opened at a place; marks of the same kind inside it are skipped."""
    if at and (
        (text[at - 1].isalnum() and opening not in "「『") or (opening == "“" and _is_open_german(text, at))
    ):
        return None
    depth = 0
    for i in range(at + 1, min(len(text), at + LONGEST)):
        char = text[i]
        if char == opening and opening not in closing:
            depth += 1
        elif char in closing and not _is_apostrophe(text, i):
            if not depth:
                return i + 1
            depth -= 1
    return None


def _is_open_german(text: str, at: int) -> bool:
    """Whether a “ closes what a „ opened before it."""
    return text.rfind("„", 0, at) > max(text.rfind("“", 0, at), text.rfind("”", 0, at))


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a ’ stands between letters, or behind an s with a word following: possessives close nothing."""
    if text[at] != "’" or at + 1 >= len(text):
        return False
    if text[at + 1].isalnum():
        return True
    possessive = text[at - 1] == "s" and text[at + 1] == " " and text[at + 2 : at + 3].islower()
    return possessive and "’" in text[at + 1 : at + 400]
