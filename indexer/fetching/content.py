"""Whether what came is what its path promises: by the content type, and by the first bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from indexer.fetching.reasons import NotFetched, Reason
from search.formats import SUFFIXES, Shape, find_format

LOOKED_AT = 1_024
"""Bytes in which a PDF has to say that it is one (Adobe's implementation notes to PDF: readers look at the first 1024)."""
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Types that say no more than "some bytes": the first of these decide."""
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16: text with zero bytes in it


def _is_pdf(head: bytes) -> bool:
    """The mark of PDF."""
    return b"%PDF-" in head


def _is_zip(head: bytes) -> bool:
    """The mark of ZIP, which office files are."""
    return head.startswith(b"PK\x03\x04")


def _is_rtf(head: bytes) -> bool:
    """The mark of RTF."""
    return head.lstrip().startswith(b"{\\rtf")


def _is_text(head: bytes) -> bool:
    """Neither PDF nor ZIP, and no zero bytes but those of UTF-16."""
    return not _is_pdf(head) and not _is_zip(head) and (b"\0" not in head or head.startswith(_WIDE_MARKS))


def _is_markup(head: bytes) -> bool:
    """Text with a tag in it."""
    return _is_text(head) and b"<" in head


LOOKS_RIGHT: Mapping[Shape, Callable[[bytes], bool]] = {
    Shape.PDF: _is_pdf,
    Shape.ZIP: _is_zip,
    Shape.RTF: _is_rtf,
    Shape.MARKUP: _is_markup,
    Shape.TEXT: _is_text,
}
"""How the first bytes of each shape are known."""


def check_content(path: str, content_type: str, head: bytes) -> None:
    """Raise NotFetched (EMPTY, WRONG_TYPE) when type or first bytes are not those of the path's ending."""
    wanted, named = find_format(path), content_type.partition(";")[0].strip().lower()
    ending = PurePosixPath(path).suffix
    if wanted is None:
        raise NotFetched(Reason.WRONG_TYPE, f"endings that are fetched: {', '.join(SUFFIXES)}")
    if not head:
        raise NotFetched(Reason.EMPTY)
    if named not in wanted.media_types and named not in _UNNAMED:
        raise NotFetched(Reason.WRONG_TYPE, f"the server calls it {named[:80]!r}, the path ends in {ending}")
    if not LOOKS_RIGHT[wanted.shape](head):
        raise NotFetched(Reason.WRONG_TYPE, f"its first bytes are not those of {ending}")
