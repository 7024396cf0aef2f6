"""Bytes to text for files that do not say how they are encoded."""

from __future__ import annotations

import codecs

from indexer.readers.shared.failure import ReadingFailed
from indexer.reading.reading import Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# More control characters than this share of the first bytes, and the file holds no text at all.
_BINARY_SHARE, _LOOKED_AT = 0.02, 65_536
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x85")


def decode(data: bytes) -> str:
    """The text: by its byte order mark, as UTF-16 without mark, as UTF-8, else as Windows-1252.

    Raises `ReadingFailed` (NOT_THIS_FORMAT) for binary data.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _utf16(data)
    if marked:
        return data.decode(marked, "replace")
    check_is_text(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def check_is_text(data: bytes) -> None:
    """Raises `ReadingFailed` (NOT_THIS_FORMAT) for binary data, told by its control characters."""
    head = data[:_LOOKED_AT]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    if controls > _BINARY_SHARE * max(len(head), 1):
        raise ReadingFailed(
            Reason.NOT_THIS_FORMAT, f"{controls} control characters in the first {len(head)} bytes"
        )


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    head = data[:4096]
    pairs = len(head) // 2
    if pairs < 4:
        return None
    for name, zeros in (("utf-16-le", head[1::2].count(0)), ("utf-16-be", head[::2].count(0))):
        if zeros > 0.6 * pairs:
            return name
    return None
