"""The stretches of published text that a quotation is compared with: a few, found by pairs of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from search.model import Document, Passage
from search.quotes.alignment import MOST_LEFT_OUT
from search.quotes.index import Shingles, Stretch
from search.quotes.words import QuoteWord, quote_words
from search.store.catalog import Catalog

COMPARED = 8  # stretches that are compared with a quotation, beside those that share most with it


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """What looking quotations up needs of a generation. No engine: quotations are checked when none can be opened."""

    catalog: Catalog
    shingles: Shingles
    _documents: dict[str, Document] = field(default_factory=dict)

    def document(self, document_id: str) -> Document:
        """Return a document, kept once it was asked for."""
        found = self._documents.get(document_id)
        if found is None:
            found = self._documents[document_id] = self.catalog.get_document(document_id)
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring passages of one document as one text, and those of its words that are compared.

    `place` is the position of `words[0]` among all words of the collection, so that the same place is known again.
    """

    document: Document
    passages: tuple[Passage, ...]
    text: str
    words: tuple[QuoteWord, ...]
    place: int

    @property
    def forms(self) -> list[str]:
        """The comparable forms of the words."""
        return [word.form for word in self.words]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of characters of a half-open range of words, of which there is one at least."""
        return self.words[start].start, self.words[end - 1].end

    def source(self, start: int, end: int, *, around: bool = False) -> str:
        """Return the text of a half-open range of words; `around` with the signs up to the next words."""
        if end <= start:
            return ""
        first, last = self.span(start, end)
        if around:
            first = self.words[start - 1].end if start else 0
            last = self.words[end].start if end < len(self.words) else len(self.text)
        return self.text[first:last]

    def begin_of(self, passage: Passage) -> int:
        """Return where the text of one of the passages begins in the text."""
        before = self.passages[: self.passages.index(passage)]
        return sum(len(other.text) + 1 for other in before)

    def touched(self, start: int, end: int) -> tuple[Passage, ...]:
        """Return the passages that a range of words lies in."""
        first, last = self.span(start, end)
        found, at = [], 0
        for passage in self.passages:
            if at < last and first < at + len(passage.text):
                found.append(passage)
            at += len(passage.text) + 1
        return tuple(found)


def windows(parts: Sequence[Sequence[QuoteWord]], context: QuoteContext) -> Iterator[Window]:
    """Yield where a quotation may stand, the likeliest first. `parts` are its words between ellipses."""
    forms = [[word.form for word in part] for part in parts]
    for stretch in context.shingles.stretches(forms, MOST_LEFT_OUT, COMPARED):
        yield _window(stretch, context)


def _window(stretch: Stretch, context: QuoteContext) -> Window:
    """The text of a stretch."""
    wanted = set(stretch.ordinals)
    first, last = min(wanted), max(wanted)
    around = context.catalog.passages_of(stretch.document_id, first, last)
    kept = tuple(passage for passage in around if passage.ordinal in wanted)
    text = "\n".join(passage.text for passage in kept)
    words = quote_words(text)[stretch.before : stretch.before + stretch.words]
    place = stretch.first_place + stretch.before
    return Window(context.document(stretch.document_id), kept, text, tuple(words), place)
