"""What a PDF says of itself, through pypdf: XMP and language, and text when pdfium cannot open it.

pypdf's own limits stop decompression bombs at once. Damaged files make it fail in many ways; all of them are named
in `PYPDF_FAILURES`, and each part that fails is left out with a note while the others are still read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from indexer.layout.words.cleaning import clean
from indexer.readers.pdf.glyph_names import Repairs, TextFacts, read_repairs, switches_layers_off
from indexer.readers.shared.properties import LANGUAGE, plausible_authors, plausible_day, plausible_title
from indexer.reading.reading import FoundMetadata
from search.model import DateSource

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
NOTHING: Mapping[str, str] = MappingProxyType({})
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

    def text_facts(self) -> TextFacts:
        """Return what its fonts and its layers say of the text."""
        repairs: Repairs = self._tried("the fonts", lambda: read_repairs(self.reader.pages), {})
        off = self._tried("the layers", lambda: switches_layers_off(_root(self.reader)), False)
        return TextFacts(repairs, off)

    def metadata(self, information: Mapping[str, str] | None = None) -> FoundMetadata:
        """Return title, authors, date and language, as far as they are plausible.

        `information` is the information dictionary where pdfium could read it, else pypdf's is taken.
        """
        info = information if information is not None else self._tried("the metadata", self._info, NOTHING)
        xmp: dict[str, str] = self._tried("the XMP metadata", self._xmp, {})
        language = self._tried("the language", lambda: _text(_root(self.reader).get("/Lang")), "")
        return found_metadata(info, xmp, language)

    def _info(self) -> Mapping[str, str]:
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
        """Yield the text of each page without places; "" for a page that cannot be read."""
        count = self._tried("the page tree", lambda: len(self.reader.pages), 0)
        for place in range(count):
            yield self._tried(f"page {place + 1}", partial(self._page_text, place), "")

    def _page_text(self, place: int) -> str:
        """The text of the page at a place counted from 0."""
        return self.reader.pages[place].extract_text() or ""


def found_metadata(
    info: Mapping[str, str], xmp: Mapping[str, str] = NOTHING, language: str = ""
) -> FoundMetadata:
    """Join what the information dictionary, the XMP packet and the catalog of a file state, as far as it is plausible."""
    language = language or xmp.get("language", "")
    date = plausible_day(xmp.get("date", "")) or plausible_day(info.get("date", ""))
    return FoundMetadata(
        title=plausible_title(xmp.get("title", "")) or plausible_title(info.get("title", "")),
        date=date,
        date_source=DateSource.FILE if date else None,
        authors=plausible_authors(xmp.get("authors", "") or info.get("authors", "")),
        language=language if LANGUAGE.match(language) else None,
        publisher=xmp.get("publisher") or None,
    )


def open_structure(path: Path, password: str | None = None) -> PdfStructure | None:
    """Return the file through pypdf; None when it cannot open it, either."""
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
