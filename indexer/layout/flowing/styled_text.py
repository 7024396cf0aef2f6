"""Paragraphs of a word processor to passages: headings by their styles, and by their look where no style says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.layout.flowing.plain_text import HEADING_WORDS, is_heading
from indexer.layout.flowing.sections import Sections
from indexer.layout.words.cleaning import clean, drop_bullet
from indexer.layout.words.line_patterns import ends_clause, starts_item
from indexer.layout.words.note_marks import carried
from indexer.layout.words.speakers import find_turn, with_speakers
from indexer.reading.reading import DraftMark, DraftPassage
from search.model import PassageKind

TITLE_LEVEL = 0
"""The level of a document's title: all headings stand below it."""

_UNSTYLED_LEVEL = 1  # headings that no style names do not nest, as in plain text


@dataclass(frozen=True, slots=True)
class Written:
    """One paragraph, table or note as it stands in the file. `level` is that of a heading; `strong`: all of it is bold.

    `marks` are the signs of notes in the text, `mark` and `note` the sign and the key of a note itself; `number` is that
    of an item in an ordered list where the text does not hold it.
    """

    text: str
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int | None = None
    strong: bool = False
    marks: tuple[DraftMark, ...] = ()
    mark: str | None = None
    note: str | None = None
    number: str | None = None


def written_passages(items: Iterable[Written], *, guess_headings: bool = True) -> tuple[DraftPassage, ...]:
    """Return the passages in reading order. Where no style names headings, bold or capital lines are taken for some.

    Formats in which every writer marks headings are read with `guess_headings` off.
    """
    kept = [item for item in items if any(char.isalnum() for char in item.text)]
    styled = not guess_headings or any(item.level for item in kept)
    sections = Sections()
    for place, item in enumerate(kept):
        text = clean(item.text)
        following = kept[place + 1 : place + 2]
        if item.level is not None:
            sections.enter(item.level, text, _marks(item, text))
        elif not styled and following and _looks_like_heading(item, text, following):
            sections.enter(_UNSTYLED_LEVEL, text, _marks(item, text))
        else:
            _add(sections, item, text)
    return with_speakers(sections.passages)


def _marks(item: Written, text: str) -> tuple[DraftMark, ...]:
    """The signs of notes in an item with their places in its cleaned text."""
    return tuple(replace(mark, place=carried(item.text, mark.place, text)) for mark in item.marks)


def _add(sections: Sections, item: Written, text: str) -> None:
    """A text that is no heading; typed bullets make an item, too."""
    kind = item.kind
    if kind is PassageKind.PARAGRAPH and starts_item(text):
        kind = PassageKind.LIST_ITEM
    text = drop_bullet(text) if kind is PassageKind.LIST_ITEM else text
    draft = DraftPassage(kind, text, marks=_marks(item, text), mark=item.mark, note=item.note)
    sections.add_draft(replace(draft, number=item.number))


def _looks_like_heading(item: Written, text: str, following: Sequence[Written]) -> bool:
    """A short line of its own, bold or in capitals or numbered as a section, with prose below it."""
    if item.kind is not PassageKind.PARAGRAPH or following[0].kind is PassageKind.TABLE:
        return False
    if find_turn(text) or text.endswith(","):
        return False
    bold = item.strong and len(text.split()) <= HEADING_WORDS and not ends_clause(text)
    return bold or is_heading([text], text)
