"""The footnotes and endnotes of a Word file: where they stand, and the signs that Word prints for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.parser import parse_xml

from indexer.layout.paged.running_heads import roman_number
from indexer.readers.docx.styles import WORD, local, switch

NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
Key = tuple[str, str]
"""footnote or endnote, and the id in the file."""


def read_notes(document: Any) -> dict[Key, Any]:
    """Return the elements that hold the paragraphs of all notes."""
    notes: dict[Key, Any] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                notes[kind[:-1], note.get(f"{WORD}id", "")] = note
    return notes


@dataclass(slots=True)
class NoteSigns:
    """The signs of notes in the order of their references: footnotes 1, 2, 3, endnotes i, ii, iii, as Word numbers them."""

    _signs: dict[Key, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _written: set[Key] = field(default_factory=set)

    def sign(self, key: Key, typed: str | None = None) -> str:
        """Return the sign of a note: what the writer typed for it, else its number, given when it is first asked for."""
        if key not in self._signs:
            if typed is None:
                self._counts[key[0]] = self._counts.get(key[0], 0) + 1
                number = self._counts[key[0]]
                typed = str(number) if key[0] == "footnote" else roman_number(number)
            self._signs[key] = typed
        return self._signs[key]

    def is_new(self, key: Key) -> bool:
        """Return whether the note is asked for the first time: several signs may lead to one note."""
        known = key in self._written
        self._written.add(key)
        return not known


def typed_sign(reference: Any) -> str | None:
    """Return what the writer typed as the sign of a note, None where Word numbers it (ECMA-376 part 1, 17.11.14)."""
    following = reference.getnext()
    if not switch(reference.get(f"{WORD}customMarkFollows")) or following is None or local(following) != "t":
        return None
    return (following.text or "").strip() or None


def is_typed_sign(text: Any) -> bool:
    """Return a `w:t` that holds the typed sign of the note before it, and no words."""
    before = text.getprevious()
    return before is not None and local(before) in NOTES and typed_sign(before) is not None
