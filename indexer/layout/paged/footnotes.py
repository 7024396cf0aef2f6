"""Footnotes and their marks: which passage carries the mark of which note, and the other way round.

A note stands at the foot of the page of its mark, or of the next page where it did not fit; endnotes stand far behind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.layout.blocks import Block, Line, NoteMark
from indexer.layout.words.note_marks import carried, plain_mark
from indexer.reading.reading import DraftMark, DraftPassage
from search.model import PassageKind

_OWN = re.compile(r"^(?P<mark>\d{1,3}|[*†‡§]{1,5}|[¹²³⁰⁴-⁹]{1,3})(?P<typed>/?)\.?(?=\s|[^\W\d_]|[(\[\"“‘'<])")
_ENDNOTE = re.compile(r"^[(\[]?(?P<mark>\d{1,3})[.)\]]?\s+[^\W\d_\s]|^(?P<glued>\d{1,3})(?=[^\W\d_]{2})")
_ENDNOTES = re.compile(
    r"\b(?:end\s?notes|notes|references|bibliography|works cited|sources)\b", re.IGNORECASE
)
_SIGNS = "*†‡§"
# Raised figures behind a number other than ten, the base of powers.
_RAISED = re.compile(r"(?<=[\d%])(?<!(?<!\d)10)[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹\w])")


def own_mark(text: str) -> str | None:
    """Return the mark that the text of a footnote begins with, None for one without.

    >>> own_mark("12 See the charts."), own_mark("3/ Ibid."), own_mark("Available in print.")
    ('12', '3', None)
    """
    match = _OWN.match(text)
    return plain_mark(match["mark"]) if match else None


def with_notes_last(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a page; footnotes that the file writes before all of its text stand at the end, where they are printed."""
    notes = list(takewhile(lambda block: block.kind is PassageKind.FOOTNOTE, blocks))
    return [*blocks[len(notes) :], *notes]


def with_raised_marks(blocks: Sequence[Block]) -> list[Block]:
    """Take raised figures out of the text of `blocks` where a note of their page has that number and no sign yet.

    Behind a short number ("article 30¹³") type alone does not tell the sign of a note from a power.
    """
    wanted: dict[int, set[str]] = defaultdict(set)
    for block in blocks:
        sign = own_mark(block.raw) if block.kind is PassageKind.FOOTNOTE else None
        if sign:
            wanted[block.first.page].add(sign)
    for block in blocks:
        for line in block.lines:
            wanted[line.page].difference_update(
                mark.text for mark in line.marks if block.kind is not PassageKind.FOOTNOTE
            )
    return [
        replace(block, lines=tuple(_without_raised(line, wanted[line.page]) for line in block.lines))
        if block.kind is not PassageKind.FOOTNOTE and any(_RAISED.search(line.text) for line in block.lines)
        else block
        for block in blocks
    ]


def _without_raised(line: Line, wanted: Iterable[str]) -> Line:
    """The line with the raised figures that are wanted as signs of notes taken out."""
    for match in reversed(list(_RAISED.finditer(line.text))):
        sign = plain_mark(match[0])
        if sign not in wanted:
            continue
        start, end = match.span()
        moved = [
            replace(mark, place=mark.place - (end - start) * (mark.place > start)) for mark in line.marks
        ]
        marks = sorted([*moved, NoteMark(start, sign)], key=lambda mark: mark.place)
        line = replace(line, text=line.text[:start] + line.text[end:], marks=tuple(marks), cells=())
    return line


def with_typed_marks(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without marks that are set like the text, `as decided 3/` and `Report*`: known by the notes of their page."""
    patterns = _patterns(blocks)
    if not patterns:
        return list(blocks)
    return [
        block
        if block.kind
        in (PassageKind.FOOTNOTE, PassageKind.TABLE)  # in a table the star of a figure is a part of it
        else replace(
            block, lines=tuple(_without_typed(line, patterns.get(line.page, ())) for line in block.lines)
        )
        for block in blocks
    ]


def _patterns(blocks: Iterable[Block]) -> Mapping[int, list[tuple[re.Pattern[str], str]]]:
    """By page what the marks of its notes look like in the text, where they are typed on the line."""
    found: dict[int, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
    for block in blocks:
        match = _OWN.match(block.raw) if block.kind is PassageKind.FOOTNOTE else None
        if match and match["typed"]:
            pattern = rf"(?<=[^\s/])\s{match['mark']}/(?=[\s.,;:)]|$)"
        elif match and match["mark"][0] in _SIGNS:
            pattern = rf"(?<=[^\s{_SIGNS}])\s?{re.escape(match['mark'])}(?![\w{_SIGNS}])"
        else:
            continue
        found[block.first.page].append((re.compile(pattern), match["mark"]))
    return found


def _without_typed(line: Line, patterns: Iterable[tuple[re.Pattern[str], str]]) -> Line:
    """The line with the marks of these patterns taken out."""
    for pattern, sign in patterns:
        while match := pattern.search(line.text):
            start, width = match.start(), len(match[0])
            moved = [replace(mark, place=mark.place - width * (mark.place > start)) for mark in line.marks]
            marks = sorted([*moved, NoteMark(start, sign)], key=lambda mark: mark.place)
            line = replace(line, text=line.text[:start] + line.text[match.end() :], marks=tuple(marks))
    return line


def marks_of(block: Block, text: str) -> tuple[DraftMark, ...]:
    """Return the marks that a block carries, with their places in its final text; of a footnote only those inside of it."""
    found: list[DraftMark] = []
    raw = ""
    for line in block.lines:
        raw = f"{raw} " if raw else raw
        for mark in line.marks:
            place = carried(raw + line.text, len(raw) + mark.place, text)
            found.append(DraftMark(mark.text, place, line.page))
        raw += line.text
    return tuple(found)


def with_notes_linked(drafts: Sequence[DraftPassage]) -> tuple[DraftPassage, ...]:
    """Return the passages with each mark knowing its note; a mark whose note is not found keeps none."""
    drafts = [
        replace(draft, mark=own_mark(draft.text))
        if draft.kind is PassageKind.FOOTNOTE and not draft.mark
        else draft
        for draft in drafts
    ]
    notes = _Notes(drafts)
    linked = [
        replace(
            draft, marks=tuple(replace(mark, note=notes.find(place, draft, mark)) for mark in draft.marks)
        )
        for place, draft in enumerate(drafts)
    ]
    return tuple(
        replace(draft, note=notes.key(place), mark=draft.mark or endnote_mark(draft))
        if place in notes.named
        else draft
        for place, draft in enumerate(linked)
    )


def endnote_mark(draft: DraftPassage) -> str | None:
    """Return the number of a note in a section of notes at the end of a document or chapter, None for anything else."""
    if draft.kind not in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM) or not draft.heading_path:
        return None
    match = _ENDNOTE.match(draft.text) if _ENDNOTES.search(draft.heading_path[-1]) else None
    return (match["mark"] or match["glued"]) if match else None


class _Notes:
    """The footnotes of a document by mark; `named` are the places of those that a mark led to."""

    def __init__(self, drafts: Sequence[DraftPassage]) -> None:
        self._drafts = drafts
        self.named: set[int] = set()
        self._by_mark: dict[str, list[int]] = defaultdict(list)
        self._endnotes: dict[str, list[int]] = defaultdict(list)
        for place, draft in enumerate(drafts):
            if draft.kind is PassageKind.FOOTNOTE and draft.mark:
                self._by_mark[draft.mark].append(place)
            elif number := endnote_mark(draft):
                self._endnotes[number].append(place)

    def key(self, place: int) -> str:
        """Return what a note is called by the marks that lead to it."""
        return f"n{place}"

    def find(self, place: int, draft: DraftPassage, mark: DraftMark) -> str | None:
        """Return the key of the note of a mark in the passage at this place."""
        chosen = next(self._likely(place, draft, mark), None)
        if chosen is None:
            return None
        self.named.add(chosen)
        return self.key(chosen)

    def _likely(self, place: int, draft: DraftPassage, mark: DraftMark) -> Iterator[int]:
        """Notes with the mark, the likeliest first: on the same page, on the next, the only one, the next endnote."""
        notes = [note for note in self._by_mark[mark.text] if note != place]
        here = [note for note in notes if self._drafts[note].page == mark.page]
        if draft.kind in (PassageKind.TABLE, PassageKind.CAPTION):
            yield from (
                note for note in here if note > place
            )  # the note below a table comes before that of the page
        yield from reversed(here)
        if mark.page is not None:
            yield from (
                note for note in notes if self._drafts[note].page == mark.page + 1 and note not in self.named
            )
        if (
            len(notes) == 1 and mark.text.isdigit()
        ):  # an endnote, or a note that an earlier mark led to already
            yield notes[0]
        yield from (note for note in self._endnotes[mark.text] if note > place)
