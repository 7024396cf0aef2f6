"""The reader of PDF files: pdfium for text and places, pypdf for what the file says of itself.

A file that pdfium cannot open is read by pypdf without boxes; what neither opens has a named reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from indexer.facts.front import read_front
from indexer.layout.blocks import Page, Structure
from indexer.layout.flowing.plain_text import prose_passages
from indexer.layout.paged.pipeline import read_layout
from indexer.readers.pdf.form_fields import Forms
from indexer.readers.pdf.glyph_names import NO_FACTS, TextFacts
from indexer.readers.pdf.ocr import read_by_ocr
from indexer.readers.pdf.outline import read_information, read_structure
from indexer.readers.pdf.rendering import LOOK_DPI, draw_page, ink_share
from indexer.readers.pdf.runs import read_page
from indexer.readers.pdf.structure import PdfStructure, found_metadata, open_structure
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.shared.properties import printed_authors
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.quality import PageView, assess_pages, is_bare, is_unread, view_page
from indexer.reading.reading import DraftPassage, Reading, Reason

MEDIA_TYPE = "application/pdf"
# The PDF standard's readers look for the mark in the first 1,024 bytes (ISO 32000-1, implementation note 13).
_HEAD = 1024
_TITLE_PAGES = 2
_SeenPage = tuple[Page, PageView]


class _OpenedFile(NamedTuple):
    """What pdfium gives of a file: its pages with what was seen of each, its outline and labels, what it says of itself."""

    pages: list[_SeenPage]
    structure: Structure
    information: Mapping[str, str]


def read_pdf(
    path: Path, limits: ReadingLimits, report_pages: Callable[[int], None], hints: ReadingHints
) -> Reading:
    """Return the reading of a PDF file. Raises `ReadingFailed`."""
    with path.open("rb") as file:
        if b"%PDF" not in file.read(_HEAD):
            raise ReadingFailed(Reason.NOT_THIS_FORMAT, f"no %PDF in the first {_HEAD} bytes")
    source = open_structure(path, hints.password)
    opened = _pdfium_pages(path, limits, report_pages, hints, source.text_facts() if source else NO_FACTS)
    if opened is None:
        return _read_without_places(source, limits, report_pages)
    return _reading(opened, source)


def _reading(opened: _OpenedFile, source: PdfStructure | None) -> Reading:
    """The reading from pages with places."""
    seen = opened.pages
    views = [view for _, view in seen]
    passages = read_layout([page for page, _ in seen], opened.structure)
    if not passages:
        tried = ", nor did OCR find any" if any(view.confidence is not None for view in views) else ""
        raise ReadingFailed(Reason.NO_TEXT, f"none of {len(seen)} pages has text{tried}")
    found = source.metadata(opened.information) if source else found_metadata(opened.information)
    found = replace(
        found,
        authors=printed_authors(found.authors, _first_texts(passages)),
    )
    notes = tuple(dict.fromkeys(source.notes if source else ["pypdf cannot open the file"]))
    quality = assess_pages(views, passages)
    front = read_front([page for page, _ in seen])
    return Reading(MEDIA_TYPE, found, passages, len(seen), quality.unread_pages, notes, quality, front)


def _pdfium_pages(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],
    hints: ReadingHints,
    facts: TextFacts,
) -> _OpenedFile | None:
    """All that pdfium gives; None when it cannot open the file."""
    pdfium.FPDF_InitLibrary()
    document = _opened(path, hints.password)
    if not document:
        return None
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > limits.max_pages:
            raise ReadingFailed(Reason.TOO_LARGE, f"{count} pages, the limit is {limits.max_pages}")
        report_pages(count)
        if not count:
            return None
        forms = Forms(document)
        try:
            pages = list(_pages(document, count, limits, facts, forms))
        finally:
            forms.close()
        return _OpenedFile(pages, read_structure(document), read_information(document))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _opened(path: Path, password: str | None) -> Any:
    """The open document; a false value when pdfium cannot open it. A password that is not needed does not matter."""
    for tried in (None, password.encode()) if password else (None,):
        document = pdfium.FPDF_LoadDocument(str(path).encode(), tried)
        if document or pdfium.FPDF_GetLastError() != pdfium.FPDF_ERR_PASSWORD:
            break
    if not document and pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        told = (
            "the password in catalogue.toml does not open it"
            if password
            else "the file opens with a password only"
        )
        raise ReadingFailed(Reason.ENCRYPTED, told)
    return document


def _pages(
    document: object, count: int, limits: ReadingLimits, facts: TextFacts, forms: Forms
) -> Iterator[_SeenPage]:
    """The pages of an open document; one that cannot be loaded has no lines."""
    characters = 0
    for number in range(1, count + 1):
        handle = pdfium.FPDF_LoadPage(document, number - 1)
        if not handle:
            yield Page(number, 0.0, 0.0), view_page(number, "")
            continue
        try:
            page, view = _seen(handle, read_page(handle, number, facts, forms), limits)
        finally:
            pdfium.FPDF_ClosePage(handle)
        characters += sum(len(line.text) for line in page.lines)
        _check_characters(characters, limits)
        yield page, view


def _seen(handle: object, page: Page, limits: ReadingLimits) -> _SeenPage:
    """A page with what was seen of it; OCR, where it is wanted, reads what has no text layer."""
    view = view_page(page.number, _raw(page))
    if not is_bare(view):
        return page, view
    ink = ink_share(draw_page(handle, LOOK_DPI))
    view = replace(view, ink=ink)
    if not limits.ocr_languages or not is_unread(view):
        return page, view
    lines, confidence = read_by_ocr(handle, page.number, limits)
    page = replace(page, lines=lines)
    return page, view_page(page.number, _raw(page), ink, confidence)


def _raw(page: Page) -> str:
    """The printed lines of a page as they are."""
    return "\n".join(line.text for line in page.lines)


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
    views: list[PageView] = []
    characters = count = 0
    for count, text in enumerate(source.page_texts(), 1):
        report_pages(count)
        characters += len(text)
        _check_characters(characters, limits)
        drafts = prose_passages(text)
        passages.extend(replace(draft, page=count, page_end=count) for draft in drafts)
        views.append(view_page(count, text))
    if not passages:
        reason = Reason.NO_TEXT if count else Reason.DAMAGED
        raise ReadingFailed(reason, f"pdfium cannot open it, pypdf finds no text on {count} pages")
    notes = ("pdfium cannot open the file: text without places", *source.notes)
    quality = assess_pages(views, passages)
    found, told = source.metadata(), tuple(dict.fromkeys(notes))
    return Reading(MEDIA_TYPE, found, tuple(passages), count, quality.unread_pages, told, quality)


def _first_texts(passages: tuple[DraftPassage, ...]) -> Iterator[str]:
    """What is printed on the first pages."""
    return (draft.text for draft in passages if (draft.page or 0) <= _TITLE_PAGES)
