"""Formats of documents: one row each, from which everything that depends on a format derives.

A reader for another format is one more row here, a reader below `indexer/readers/` with its row there, and a sample in
`tests/contract/test_readers.py`. Ids, guesses, fetching, drafts, the upload form and the messages follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from search.model import DocumentKind


class Shape(StrEnum):
    """How the first bytes of a format look."""

    PDF = "pdf"
    ZIP = "zip"
    RTF = "rtf"
    MARKUP = "markup"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Format:
    """What is known of a format without opening a file.

    `media_types`: content types under which it comes, its own first. `usual_kind`: what a document of this format is when
    nothing says so. `is_draft`: people hand in drafts in it. `has_password`: its reader opens locked files.
    """

    suffix: str
    media_types: tuple[str, ...]
    shape: Shape
    usual_kind: DocumentKind
    is_draft: bool = True
    has_password: bool = False
    is_web_page: bool = False


_ZIPPED = "application/zip"
_OOXML = "application/vnd.openxmlformats-officedocument"
_WEB = ("text/html", "application/xhtml+xml")
_PRESS, _REPORT = DocumentKind.PRESS, DocumentKind.REPORT
FORMATS: Mapping[str, Format] = {
    row.suffix: row
    for row in (
        Format(".pdf", ("application/pdf", "application/x-pdf"), Shape.PDF, _REPORT, has_password=True),
        Format(".docx", (f"{_OOXML}.wordprocessingml.document", _ZIPPED), Shape.ZIP, _REPORT),
        Format(".odt", ("application/vnd.oasis.opendocument.text", _ZIPPED), Shape.ZIP, _REPORT),
        Format(".rtf", ("application/rtf", "text/rtf"), Shape.RTF, _REPORT),
        Format(
            ".pptx", (f"{_OOXML}.presentationml.presentation", _ZIPPED), Shape.ZIP, _REPORT, is_draft=False
        ),
        Format(".html", _WEB, Shape.MARKUP, _PRESS, is_web_page=True),
        Format(".htm", _WEB, Shape.MARKUP, _PRESS, is_web_page=True),
        Format(".md", ("text/markdown", "text/x-markdown", "text/plain"), Shape.TEXT, _PRESS),
        Format(".txt", ("text/plain",), Shape.TEXT, _PRESS),
    )
}
"""All formats by their suffix. Of files that differ in the suffix alone, the first in this order has the plain id."""

SUFFIXES = tuple(FORMATS)
DRAFT_SUFFIXES = tuple(suffix for suffix, row in FORMATS.items() if row.is_draft)


def find_format(path: str) -> Format | None:
    """Return the format that the suffix of `path` names, in capitals or not; None for one that is not read."""
    return FORMATS.get(PurePosixPath(path).suffix.lower())


def precedence(path: str) -> int:
    """Return the place of a path's format among all, from 0; the number of formats for one that is not read."""
    suffix = PurePosixPath(path).suffix.lower()
    return SUFFIXES.index(suffix) if suffix in FORMATS else len(SUFFIXES)
