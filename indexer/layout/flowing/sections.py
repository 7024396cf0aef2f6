"""Passages of texts whose headings carry levels (HTML, Markdown, word processors), gathered in reading order."""

from __future__ import annotations

from dataclasses import replace

from indexer.layout.words.cleaning import clean
from indexer.reading.reading import DraftMark, DraftPassage
from search.model import PassageKind


class Sections:
    """Takes headings and texts one after the other; `passages` holds them with the headings above each."""

    def __init__(self) -> None:
        self.passages: list[DraftPassage] = []
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, title: str, marks: tuple[DraftMark, ...] = ()) -> None:
        """Enter below a heading of a level, 1 being the outermost; sections of that level and below end."""
        title = clean(title)
        if not any(char.isalnum() for char in title):
            return
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self.passages.append(DraftPassage(PassageKind.HEADING, title, heading_path=self._path, marks=marks))
        self._open.append((level, title))

    def add(self, kind: PassageKind, text: str) -> None:
        """Add a text below the current headings; one without letters and digits is left out."""
        self.add_draft(DraftPassage(kind, clean(text)))

    def add_draft(self, draft: DraftPassage) -> None:
        """Add a passage with clean text below the current headings; one without letters and digits is left out."""
        if any(char.isalnum() for char in draft.text):
            self.passages.append(replace(draft, heading_path=self._path))

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._open)
