"""What a PDF says of itself, through pypdf: outline, page labels, metadata; and text when pdfium cannot open it.

pypdf's own limits stop decompression bombs at once. Damaged files make it fail in many ways; all of them are named
in `PYPDF_FAILURES`, and each part that fails is left out with a note while the others are still read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from indexer.layout.blocks import OutlineEntry, Structure
from indexer.layout.words.cleaning import clean
from indexer.readers.shared.properties import LANGUAGE, plausible_authors, plausible_day, plausible_title
from indexer.reading.reading import FoundMetadata

# What pypdf lets through on damaged files beside its own errors; its parser trusts types and lengths it reads.
PYPDF_FAILURES = (
    PyPdfError,
    DependencyError,  # AES without a library for it
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,  # RecursionError and NotImplementedError are RuntimeErrors
    OSError,
    struct.error,
    zlib.error,
)
MOST_ENTRIES = 5000  # bookmarks; the largest outline of 51 reports has 76, damaged ones run in circles
_T = TypeVar("_T")


@dataclass(slots=True)
class PdfStructure:
    """An open file; every method gives what can be had and notes what cannot."""

    reader: PdfReader
    notes: list[str] = field(default_factory=list)

    def _tried(self, what: str, read: Callable[[], _T], otherwise: _T) -> _T:
        """The value, or the other one with a note."""
        try:
            return read()
        except PYPDF_FAILURES as failure:
            self.notes.append(f"{what} could not be read ({type(failure).__name__})")
            return otherwise

    def structure(self) -> Structure:
        """Outline and page labels."""
        outline: list[OutlineEntry] = self._tried("the outline", lambda: list(self._outline()), [])
        labels: dict[int, str] = self._tried("the page labels", self._labels, {})
        return Structure(tuple(outline), labels, tuple(self.notes))

    def metadata(self) -> FoundMetadata:
        """Title, authors, date and language, as far as they are plausible."""
        info: dict[str, str] = self._tried("the metadata", self._info, {})
        xmp: dict[str, str] = self._tried("the XMP metadata", self._xmp, {})
        language = self._tried("the language", lambda: _text(_root(self.reader).get("/Lang")), "")
        language = language or xmp.get("language", "")
        return FoundMetadata(
            title=plausible_title(xmp.get("title", "")) or plausible_title(info.get("title", "")),
            date=plausible_day(xmp.get("date", "")) or plausible_day(info.get("date", "")),
            authors=plausible_authors(xmp.get("authors", "") or info.get("authors", "")),
            language=language if LANGUAGE.match(language) else None,
            publisher=xmp.get("publisher") or None,
        )

    def _outline(self) -> Iterator[OutlineEntry]:
        """All bookmarks with their depth."""
        found = 0
        waiting: list[tuple[Any, int]] = [(iter(self.reader.outline), 1)]
        while waiting and found < MOST_ENTRIES:
            items, depth = waiting[-1]
            item = next(items, None)
            if item is None:
                waiting.pop()
            elif isinstance(item, list):
                waiting.append((iter(item), depth + 1))
            else:
                found += 1
                page = self.reader.get_destination_page_number(item)
                yield OutlineEntry(clean(str(item.title or "")), depth, (-1 if page is None else page) + 1)

    def _labels(self) -> dict[int, str]:
        """Printed labels by page, {} when the file defines none."""
        if "/PageLabels" not in _root(self.reader):
            return {}
        return {
            number: clean(label) for number, label in enumerate(self.reader.page_labels, 1) if clean(label)
        }

    def _info(self) -> dict[str, str]:
        """The information dictionary."""
        info: Any = self.reader.metadata or {}
        names = {"title": "/Title", "authors": "/Author", "date": "/CreationDate"}
        return {key: text for key, name in names.items() if (text := _text(info.get(name)))}

    def _xmp(self) -> dict[str, str]:
        """The XMP packet, where there is one."""
        xmp: Any = self.reader.xmp_metadata
        if xmp is None:
            return {}
        title: Any = xmp.dc_title or {}
        dates: Any = xmp.dc_date or []
        return {
            "title": _text(title.get("x-default") or next(iter(title.values()), "")),
            "authors": "; ".join(_text(name) for name in xmp.dc_creator or []),
            "language": _text(next(iter(xmp.dc_language or []), "")),
            "publisher": "; ".join(_text(name) for name in xmp.dc_publisher or []),
            "date": dates[0].strftime("%Y%m%d") if dates and hasattr(dates[0], "strftime") else "",
        }

    def page_texts(self) -> Iterator[str]:
        """The text of each page without places; "" for a page that cannot be read."""
        count = self._tried("the page tree", lambda: len(self.reader.pages), 0)
        for place in range(count):
            yield self._tried(f"page {place + 1}", partial(self._page_text, place), "")

    def _page_text(self, place: int) -> str:
        """The text of the page at a place counted from 0."""
        return self.reader.pages[place].extract_text() or ""


def open_structure(path: Path, password: str | None = None) -> PdfStructure | None:
    """The file through pypdf; None when it cannot open it, either."""
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not (reader.decrypt("") or (password and reader.decrypt(password))):
            return None
        _root(reader)
    except PYPDF_FAILURES:
        return None
    return PdfStructure(reader)


def _root(reader: PdfReader) -> Any:
    """The catalog of the file."""
    return reader.trailer["/Root"]


def _text(value: object) -> str:
    """A metadata value as clean text."""
    return clean(str(value)) if value is not None else ""
