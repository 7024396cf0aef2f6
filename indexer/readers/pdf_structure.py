"""What a PDF says of itself, through pypdf: outline, page labels, metadata; and text when pdfium cannot open it.

pypdf's own limits stop decompression bombs at once. Damaged files make it fail in many ways; all of them are named
in `PYPDF_FAILURES`, and each part that fails is left out with a note while the others are still read.
"""

from __future__ import annotations

import re
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
from indexer.layout.cleaning import clean
from indexer.reading import FoundMetadata

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
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|tex|dvi|p65|qxd|wpd|rtf)\b", re.IGNORECASE)
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) - |powerpoint presentation$|untitled|document\d*$)", re.I
)
_DATE = re.compile(r"^D?:?(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])")
_AUTHORS = re.compile(r"\s*[;|]\s*|\s+and\s+|,\s+(?=[A-Z][\w.’'-]+\s+[A-Z])")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
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
            title=_title(xmp.get("title", "")) or _title(info.get("title", "")),
            date=_day(xmp.get("date", "")) or _day(info.get("date", "")),
            authors=_authors(xmp.get("authors", "") or info.get("authors", "")),
            language=language if _LANGUAGE.match(language) else None,
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


def open_structure(path: Path) -> PdfStructure | None:
    """The file through pypdf; None when it cannot open it, either."""
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
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


def _title(text: str) -> str | None:
    """A title that a person wrote: no file name, no name of a program, two letters at least."""
    text = _PROGRAM.sub("", text).strip()
    plausible = sum(char.isalpha() for char in text) >= 3 and " " in text and len(text) <= 300
    return text if plausible and not _FILE_NAME.search(text) else None


def _authors(text: str) -> tuple[str, ...]:
    """Names with a given name; user names such as `admin` are no authors."""
    names = (name.strip() for name in _AUTHORS.split(text))
    return tuple(
        dict.fromkeys(name for name in names if " " in name and name[:1].isupper() and len(name) <= 120)
    )


def _day(text: str) -> str | None:
    """`D:20240131...` as 2024-01-31."""
    match = _DATE.match(text)
    return f"{match['year']}-{match['month']}-{match['day']}" if match else None
