"""Whether what came is what its path promises: by the content type, and by the first bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.fetching.reasons import NotFetched, Reason

LOOKED_AT = 1_024
"""Bytes in which a PDF has to say that it is one (Adobe's implementation notes to PDF: readers look at the first 1024)."""
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Types that say no more than "some bytes": the first of these decide."""
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16: text with zero bytes in it
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Format:
    """Content types under which a format comes, and how its first bytes look."""

    types: frozenset[str]
    looks_right: Callable[[bytes], bool]


def _is_pdf(head: bytes) -> bool:
    """The mark of PDF."""
    return b"%PDF-" in head


def _is_zip(head: bytes) -> bool:
    """The mark of ZIP, which DOCX and ODT files are."""
    return head.startswith(b"PK\x03\x04")


def _is_text(head: bytes) -> bool:
    """Neither PDF nor ZIP, and no zero bytes but those of UTF-16."""
    return not _is_pdf(head) and not _is_zip(head) and (b"\0" not in head or head.startswith(_WIDE_MARKS))


def _is_markup(head: bytes) -> bool:
    """Text with a tag in it."""
    return _is_text(head) and b"<" in head


_HTML = Format(frozenset({"text/html", "application/xhtml+xml"}), _is_markup)
FORMATS: Mapping[str, Format] = {
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": Format(frozenset({"application/pdf", "application/x-pdf"}), _is_pdf),
    ".txt": Format(frozenset({"text/plain"}), _is_text),
    ".md": Format(frozenset({"text/markdown", "text/x-markdown", "text/plain"}), _is_text),
    ".docx": Format(frozenset({_OFFICE, "application/zip"}), _is_zip),
    ".odt": Format(frozenset({"application/vnd.oasis.opendocument.text", "application/zip"}), _is_zip),
}
"""Formats by the ending of the path, as the readers know them."""


def find_format(path: str) -> Format | None:
    """The format that a path promises, or None for an ending that is not fetched."""
    return FORMATS.get(PurePosixPath(path).suffix.lower())


def check_content(path: str, content_type: str, head: bytes) -> None:
    """Raises NotFetched (EMPTY, WRONG_TYPE) when type or first bytes are not those of the path's ending."""
    wanted, named = find_format(path), content_type.partition(";")[0].strip().lower()
    ending = PurePosixPath(path).suffix
    if wanted is None:
        raise NotFetched(Reason.WRONG_TYPE, f"endings that are fetched: {', '.join(FORMATS)}")
    if not head:
        raise NotFetched(Reason.EMPTY)
    if named not in wanted.types and named not in _UNNAMED:
        raise NotFetched(Reason.WRONG_TYPE, f"the server calls it {named[:80]!r}, the path ends in {ending}")
    if not wanted.looks_right(head):
        raise NotFetched(Reason.WRONG_TYPE, f"its first bytes are not those of {ending}")
