"""Blocks of a web page as written paragraphs: the signs of notes joined with the paragraphs that are those notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.layout.flowing.styled_text import Written
from indexer.layout.words.raised import raised
from indexer.readers.html.blocks import PageBlock, Sign
from indexer.reading.reading import DraftMark
from search.model import PassageKind


def written_blocks(blocks: Sequence[PageBlock]) -> list[Written]:
    """Return the paragraphs of `blocks`; a paragraph that a sign leads to, by its address or by the sign it begins with, is a note."""
    notes = _Notes(blocks)
    return [_written(place, block, notes) for place, block in enumerate(blocks)]


class _Notes:
    """Which blocks are notes, and by which key: the place of the block."""

    def __init__(self, blocks: Sequence[PageBlock]) -> None:
        named = {
            name: place for place, block in enumerate(blocks) if _may_be_note(block) for name in block.names
        }
        self.signs: dict[int, str] = {}
        self._keys: dict[tuple[int, int], str] = {}
        for place, block in enumerate(blocks):
            for number, sign in enumerate(block.signs):
                note = self._find(sign, place, blocks, named)
                if note is not None:
                    self.signs[note] = sign.text
                    self._keys[place, number] = _key(note)

    def _find(
        self, sign: Sign, place: int, blocks: Sequence[PageBlock], named: Mapping[str, int]
    ) -> int | None:
        """The place of the note that a sign in the block at `place` leads to."""
        there = named.get(sign.target)
        if there is not None and there > place:
            return there
        later = (at for at in range(place + 1, len(blocks)) if blocks[at].own == sign.text)
        return next(later, None) if any(block.own == sign.text for block in blocks) else None

    def key(self, place: int, number: int) -> str | None:
        """Return the key of the note that a block's sign leads to."""
        return self._keys.get((place, number))


def _key(place: int) -> str:
    """What names the note at a place within its page."""
    return f"note {place}"


def _may_be_note(block: PageBlock) -> bool:
    """Notes are paragraphs or items."""
    return block.level is None and block.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)


def _written(place: int, block: PageBlock, notes: _Notes) -> Written:
    """One block; a sign that it begins with stays in its words where it is no note."""
    note = notes.signs.get(place)
    lead = f"{raised(block.own)} " if block.own and note is None else ""
    marks = tuple(_marks(place, block, len(lead), notes))
    if note is None:
        return Written(lead + block.text, block.kind, block.level, marks=marks, number=block.number)
    return Written(block.text, PassageKind.FOOTNOTE, marks=marks, mark=block.own or note, note=_key(place))


def _marks(place: int, block: PageBlock, shift: int, notes: _Notes) -> Iterator[DraftMark]:
    """The signs of notes in a block."""
    for number, sign in enumerate(block.signs):
        yield DraftMark(sign.text, sign.place + shift, note=notes.key(place, number))
