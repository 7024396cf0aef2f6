"""The reader of PDF files: pdfium for text and places, pypdf for what the file says of itself.

A file that pdfium cannot open is read by pypdf without boxes; what neither opens has a named reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2.raw as pdfium

from indexer.layout.blocks import Page, Structure
from indexer.layout.pages import read_layout
from indexer.layout.prose import prose_passages
from indexer.layout.wording import scheme_of
from indexer.limits import ReadingLimits
from indexer.readers.failure import ReadingFailed
from indexer.readers.pdf_structure import PdfStructure, open_structure
from indexer.readers.pdf_text import read_page
from indexer.reading import DraftPassage, FoundMetadata, Reading, Reason
from search.model import PassageKind

MEDIA_TYPE = "application/pdf"
# The PDF standard's readers look for the mark in the first 1,024 bytes (ISO 32000-1, implementation note 13).
_HEAD = 1024
_TITLE_PAGES, _TITLE_WORDS = 2, 3


def read_pdf(path: Path, limits: ReadingLimits, report_pages: Callable[[int], None]) -> Reading:
    """The reading of a PDF file. Raises `ReadingFailed`."""
    with path.open("rb") as file:
        if b"%PDF" not in file.read(_HEAD):
            raise ReadingFailed(Reason.NOT_THIS_FORMAT, f"no %PDF in the first {_HEAD} bytes")
    pages = _pdfium_pages(path, limits, report_pages)
    source = open_structure(path)
    if pages is None:
        return _read_without_places(source, limits, report_pages)
    structure = source.structure() if source else Structure(notes=("pypdf cannot open the file",))
    return _reading(pages, structure, source)


def _reading(pages: list[Page], structure: Structure, source: PdfStructure | None) -> Reading:
    """The reading from pages with places."""
    unread = tuple(page.number for page in pages if not page.lines)
    passages = read_layout(pages, structure)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, f"none of {len(pages)} pages has text")
    found = source.metadata() if source else FoundMetadata()
    found = replace(
        found,
        title=found.title or _printed_title(passages),
        authors=_printed_authors(found.authors, passages),
    )
    notes = tuple(dict.fromkeys([*structure.notes, *(source.notes if source else [])]))
    return Reading(MEDIA_TYPE, found, passages, len(pages), unread, notes)


def _pdfium_pages(
    path: Path, limits: ReadingLimits, report_pages: Callable[[int], None]
) -> list[Page] | None:
    """All pages with their lines; None when pdfium cannot open the file."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReadingFailed(Reason.ENCRYPTED, "the file opens with a password only")
        return None
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > limits.max_pages:
            raise ReadingFailed(Reason.TOO_LARGE, f"{count} pages, the limit is {limits.max_pages}")
        report_pages(count)
        return list(_pages(document, count, limits)) if count else None
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(document: object, count: int, limits: ReadingLimits) -> Iterator[Page]:
    """The pages of an open document; one that cannot be loaded has no lines."""
    characters = 0
    for number in range(1, count + 1):
        handle = pdfium.FPDF_LoadPage(document, number - 1)
        if not handle:
            yield Page(number, 0.0, 0.0)
            continue
        try:
            page = read_page(handle, number)
        finally:
            pdfium.FPDF_ClosePage(handle)
        characters += sum(len(line.text) for line in page.lines)
        _check_characters(characters, limits)
        yield page


def _check_characters(characters: int, limits: ReadingLimits) -> None:
    """Stops at the limit of characters."""
    if characters > limits.max_characters:
        raise ReadingFailed(Reason.TOO_LARGE, f"more than {limits.max_characters} characters")


def _read_without_places(
    source: PdfStructure | None, limits: ReadingLimits, report_pages: Callable[[int], None]
) -> Reading:
    """The reading that pypdf alone can give: text by page, no boxes."""
    if source is None:
        raise ReadingFailed(Reason.DAMAGED, "neither pdfium nor pypdf can open it")
    passages: list[DraftPassage] = []
    unread: list[int] = []
    characters = count = 0
    for count, text in enumerate(source.page_texts(), 1):
        report_pages(count)
        characters += len(text)
        _check_characters(characters, limits)
        drafts = prose_passages(text)
        passages.extend(replace(draft, page=count, page_end=count) for draft in drafts)
        unread.extend([] if drafts else [count])
    if not passages:
        reason = Reason.NO_TEXT if count else Reason.DAMAGED
        raise ReadingFailed(reason, f"pdfium cannot open it, pypdf finds no text on {count} pages")
    notes = ("pdfium cannot open the file: text without places", *source.notes)
    return Reading(
        MEDIA_TYPE, source.metadata(), tuple(passages), count, tuple(unread), tuple(dict.fromkeys(notes))
    )


def _printed_title(passages: tuple[DraftPassage, ...]) -> str | None:
    """The heading in the largest type on the first page that has a fitting one: three words, no number of a section."""
    for page in range(1, _TITLE_PAGES + 1):
        fitting = [
            draft
            for draft in passages
            if draft.kind is PassageKind.HEADING
            and draft.page == page
            and draft.boxes
            and len(draft.text.split()) >= _TITLE_WORDS
            and not scheme_of(draft.text)
        ]
        if fitting:
            return max(fitting, key=lambda draft: draft.boxes[0].y1 - draft.boxes[0].y0).text
    return None


def _printed_authors(authors: tuple[str, ...], passages: tuple[DraftPassage, ...]) -> tuple[str, ...]:
    """The stated authors whose names are printed on the first pages: the others are mostly who typed the file."""
    printed = " ".join(draft.text for draft in passages if (draft.page or 0) <= _TITLE_PAGES).casefold()
    return tuple(name for name in authors if name.casefold() in printed)
