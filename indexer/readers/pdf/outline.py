"""What an open PDF file says of its pages, through pdfium: outline, page labels, information dictionary.

pdfium decrypts what it opens, whatever the cipher, and walks nested trees of labels; pypdf does neither without more libraries.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pypdfium2.raw as pdfium

from indexer.layout.blocks import OutlineEntry, Structure
from indexer.layout.words.cleaning import clean

MOST_ENTRIES = 5000  # bookmarks; the largest outline of 51 reports has 76, damaged ones run in circles


def read_structure(document: Any) -> Structure:
    """Read outline and page labels of an open `document`."""
    return Structure(tuple(_outline(document)), _labels(document))


def read_information(document: Any) -> Mapping[str, str]:
    """Read title, authors and day of an open `document` as its information dictionary has them; {} for none."""
    names = {"title": b"Title", "authors": b"Author", "date": b"CreationDate"}
    found = {key: clean(_utf16(pdfium.FPDF_GetMetaText, document, name)) for key, name in names.items()}
    return {key: text for key, text in found.items() if text}


def _labels(document: Any) -> dict[int, str]:
    """Printed labels by page, {} when the file defines none."""
    count = pdfium.FPDF_GetPageCount(document)
    labels = {place + 1: clean(_utf16(pdfium.FPDF_GetPageLabel, document, place)) for place in range(count)}
    return {number: label for number, label in labels.items() if label}


def _outline(document: Any) -> Iterator[OutlineEntry]:
    """All bookmarks with their depth, from 1; none twice, as damaged outlines run in circles."""
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(seen) < MOST_ENTRIES:
        bookmark, depth = waiting.pop()
        if not bookmark or ctypes.addressof(bookmark.contents) in seen:
            continue
        seen.add(ctypes.addressof(bookmark.contents))
        title = clean(_utf16(pdfium.FPDFBookmark_GetTitle, bookmark))
        yield OutlineEntry(title, depth, _target(document, bookmark))
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, bookmark), depth))
        waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, bookmark), depth + 1))


def _target(document: Any, bookmark: Any) -> int:
    """The 1-based page that a bookmark leads to, 0 for none."""
    place = pdfium.FPDFBookmark_GetDest(document, bookmark)
    if not place:
        action = pdfium.FPDFBookmark_GetAction(bookmark)
        place = pdfium.FPDFAction_GetDest(document, action) if action else None
    return int(pdfium.FPDFDest_GetDestPageIndex(document, place)) + 1 if place else 0


def _utf16(get: Callable[..., int], *of: Any) -> str:
    """A text that pdfium gives as UTF-16 with a final zero; "" for none."""
    length = get(*of, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(*of, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
