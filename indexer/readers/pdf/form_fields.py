"""What is filled into the forms of a PDF file, and notes typed onto its pages, through pdfium: they are no part of its text layer."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from indexer.layout.blocks import ASCENT, DESCENT, Line

_WITH_TEXT = frozenset(
    (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13  # ISO 32000-1, table 228: the value of such a field is never shown
_USUAL_SIZE, _FILLED = 10.0, 0.7  # points; share of the height of a field that its type fills at most
_LEADING = 1.2  # type sizes from line to line


class Forms:
    """The forms of an open document; `close` gives them back to pdfium."""

    def __init__(self, document: Any) -> None:
        self._info = pdfium.FPDF_FORMFILLINFO(version=1)  # pdfium keeps its address
        has_form = pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE
        self._handle = pdfium.FPDFDOC_InitFormFillEnvironment(document, self._info) if has_form else None

    def close(self) -> None:
        """Give the forms back."""
        if self._handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)
            self._handle = None

    def texts(self, page: Any) -> Iterator[tuple[str, Sequence[float]]]:
        """Yield (text, left, bottom, right and top end in the space of the page) of what is filled in or typed onto an open `page`."""
        for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
            note = pdfium.FPDFPage_GetAnnot(page, place)
            rectangle = pdfium.FS_RECTF()
            if note and pdfium.FPDFAnnot_GetRect(note, rectangle):
                text = self._text(note)
                if text.strip():
                    yield text, (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if note:
                pdfium.FPDFPage_CloseAnnot(note)

    def _text(self, note: Any) -> str:
        """What an annotation shows as text."""
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
            return ""
        if kind == pdfium.FPDF_ANNOT_FREETEXT:
            return _utf16(
                lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
            )
        if kind != pdfium.FPDF_ANNOT_WIDGET or not self._handle:
            return ""
        if pdfium.FPDFAnnot_GetFormFieldType(self._handle, note) not in _WITH_TEXT:
            return ""
        if pdfium.FPDFAnnot_GetFormFieldFlags(self._handle, note) & _PASSWORD:
            return ""
        return _utf16(
            lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(self._handle, note, buffer, size)
        )


def with_fields(
    lines: Sequence[Line], fields: Sequence[tuple[str, Sequence[float]]], number: int
) -> list[Line]:
    """Return the `lines` of page `number` with what is filled in, each text behind the last line that stands above it or beside it.

    `fields` are (text, left, top, right and bottom end), in points of the page as shown.
    """
    merged = list(lines)
    for text, box in fields:
        filled = _field_lines(text, box, number)
        at = max(
            (p + 1 for p, line in enumerate(merged) if line.baseline <= filled[0].baseline + 2), default=0
        )
        merged[at:at] = filled
    return merged


def _field_lines(text: str, box: Sequence[float], number: int) -> list[Line]:
    """The lines of one text in its box."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    left, top, right, bottom = box
    size = min(_USUAL_SIZE, max(1.0, _FILLED * (bottom - top) / len(rows)))
    middle = (top + bottom) / 2 + 0.35 * size
    first = middle - (len(rows) - 1) * _LEADING * size / 2
    return [
        Line(number, row, left, base - ASCENT * size, right, base + DESCENT * size, size)
        for place, row in enumerate(rows)
        for base in (first + place * _LEADING * size,)
    ]


def _utf16(get: Any) -> str:
    """A text that pdfium gives as UTF-16 with a final zero."""
    length = get(None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    get(buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
