"""The place in the collection that a typed citation names: a passage, a page, or the document where that has no such place.

A place is only told where it stands: a paragraph by its printed number (in texts without any, by its place among the paragraphs), a page by its
printed label, or by its number in the PDF where no labels are printed. What is stated and not there is said, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.citations.references import label_on, locator_on, pages_of
from search.drafts.stated_parts import StatedPlace
from search.model import Document, Edition, Passage, PassageKind
from search.permalinks import document_path, page_path, passage_path
from search.places.typed import MOST_NAMED, Reader, Typed
from search.store.catalog import Catalog
from search.store.records import Record

_CALLED = {"para": "para.", "page": "p.", "pdf": "PDF p."}


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where a typed citation leads. `page` is 1-based in the PDF; `missing` names a stated place that the document does not have."""

    document: Document
    passage: Passage | None = None
    page: int | None = None
    missing: str = ""

    @property
    def locator(self) -> str:
        """Where that is, for a reader; "" for the document as a whole."""
        if self.passage is None:
            return f"PDF p. {self.page}" if self.page else ""
        return locator_on(self.passage, (self.page, self.page) if self.page else pages_of(self.passage))

    @property
    def path(self) -> str:
        """The address of the place."""
        if self.passage is not None and self.page is None:
            return passage_path(self.passage.passage_id)
        document_id = self.document.document_id
        return page_path(document_id, self.page) if self.page else document_path(document_id)


def place_record(place: CitedPlace) -> Record:
    """Return a place as answers give it; `missing` is null where everything that was stated is there."""
    passage = place.passage
    return {
        "document_id": place.document.document_id,
        "path": place.document.path,
        "title": place.document.title,
        "passage_id": passage.passage_id if passage else None,
        "page": place.page or (passage.page if passage else None),
        "number": passage.number if passage else None,
        "locator": place.locator,
        "text": passage.text if passage else None,
        "missing": place.missing or None,
        "url": place.path,
    }


class PlaceFinder:
    """Finds the places of typed citations in one generation."""

    def __init__(
        self, catalog: Catalog, documents: Iterable[Document], editions: Mapping[str, Edition]
    ) -> None:
        self._catalog = catalog
        self._by_id = {document.document_id: document for document in documents}
        self._reader = Reader(self._by_id.values(), editions)

    def find(self, text: str) -> tuple[CitedPlace, ...]:
        """Return the places that `text` names, in its order; none where it is no citation of anything here."""
        return tuple(place for typed in self._reader.read(text) for place in self._places(typed))

    def find_paragraph(self, document_id: str, number: str) -> Passage | None:
        """Return the paragraph with a `number` in a document; None where it has no such paragraph."""
        return _paragraph(self._catalog.passages_of(document_id), StatedPlace("para", number, number))

    def _places(self, typed: Typed) -> list[CitedPlace]:
        """The places of one citation. Of several documents of one name those count that have the place."""
        if typed.passage_id is not None:
            passage = self._catalog.find_passage(typed.passage_id)
            return [CitedPlace(self._by_id[name], passage) for name in typed.documents if passage]
        found = [self._in_document(self._by_id[name], typed.places) for name in typed.documents]
        return [place for place in found if not place.missing] or found[:MOST_NAMED]

    def _in_document(self, document: Document, stated: Sequence[StatedPlace]) -> CitedPlace:
        """The first of the stated places that a document has, paragraphs before pages."""
        if not stated:
            return CitedPlace(document)
        passages = self._catalog.passages_of(document.document_id)
        for place in sorted(stated, key=lambda place: place.kind != "para"):
            if place.kind == "para":
                if passage := _paragraph(passages, place):
                    return CitedPlace(document, passage)
            elif found := _page(passages, place, document.pages or 0):
                return CitedPlace(document, *found)
        missing = ", ".join(f"{_CALLED[place.kind]} {place.first}" for place in stated)
        return CitedPlace(document, missing=missing)


def _paragraph(passages: Sequence[Passage], stated: StatedPlace) -> Passage | None:
    """The first paragraph with a stated number. Notes and headings have numbers of their own."""
    texts = [p for p in passages if p.kind not in (PassageKind.FOOTNOTE, PassageKind.HEADING)]
    printed = any(passage.number for passage in texts)
    for passage in texts:
        number = passage.number if printed else str(passage.position or "")
        if number and stated.holds(number):
            return passage
    return None


def _page(passages: Sequence[Passage], stated: StatedPlace, pages: int) -> tuple[Passage | None, int] | None:
    """The first passage on a stated page, and the page in the PDF. Where no labels are printed, pages count from the first."""
    labelled = stated.kind == "page" and any(passage.page_label for passage in passages)
    for passage in passages:
        last = passage.page_end or passage.page or 0
        for page in range(passage.page or 1, last + 1):
            if any(map(stated.holds, _labels(passage, page, labelled=labelled))):
                return passage, page
    number = stated.first
    is_bare = not labelled and number.isdigit() and 1 <= int(number) <= pages
    return (None, int(number)) if is_bare else None


def _labels(passage: Passage, page: int, *, labelled: bool) -> list[str]:
    """What one of the pages of a passage is called."""
    if not labelled:
        return [str(page)]
    label = label_on(passage, page)
    other = passage.label_other if page == passage.page else None
    return [name for name in (label, other) if name]
