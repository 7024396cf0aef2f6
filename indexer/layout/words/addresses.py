"""Addresses that run over a line end: `https://example.org/reports/` and `2019.pdf` on the next line are one address.

Nothing is printed where an address is parted, and a hyphen at the line end is its own: none is put in or taken out.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:^|[\s(<\[\"“])(?:(?:https?|ftp)://?|www\.|[\w.+-]+@)[^\s<>\"”]*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[/_=&?#%~:@-]$")  # no address ends in these but a path in its last stroke
_BEGINS_PART = re.compile(r"[/?&=#%_~][\w%/?&=#~.-]")
_NAME_PART = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:org|com|int|net|eu|gov|edu|html?|pdf|aspx?|php|docx?)\b|[\w-]+/", re.IGNORECASE
)
# A part of a path, not words with a stroke between them ("and/or"): several strokes, a figure, an ending, a final stroke.
_PATH_PART = re.compile(
    r"[\w%~-]*(?:/[\w.%~-]*){2}|[\w%~-]+/$|[\w/%~-]*\d[\w%~-]*[/.][\w/%~-]|[\w/%~-]+\.(?:html?|pdf|aspx?|php)\b"
)
_SIGNS_INSIDE = re.compile(r"\w[/._=&?%#~-]\w|\w/$|\d")
_PLAIN_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "was",
        "were",
        "which",
        "who",
        "with",
    ]
)


def ends_in_address(text: str) -> bool:
    """Return whether the last word of a text is an address, whole or parted."""
    return bool(_ADDRESS.search(text))


def joins_address(text: str, following: str) -> bool:
    """Return whether `text` ends in an address that goes on where the next line, `following`, begins.

    >>> joins_address("see https://example.org/reports/", "2019.pdf for all"), joins_address("see www.example.org", "for all")
    (True, False)
    """
    match = _ADDRESS.search(text)
    part = following.split(" ", 1)[0].rstrip(',;)]>”"')
    if not match or not part or text.endswith((" ", ",", ";", ")", ">")):
        return False
    if text.endswith("."):
        return bool(_NAME_PART.match(part)) and not part[0].isupper()
    if text.endswith("/"):
        return bool(_SIGNS_INSIDE.search(part)) or part.rstrip(".").casefold() not in _PLAIN_WORDS
    if _GOES_ON.search(text) or _BEGINS_PART.match(part):
        return True
    return bool(_PATH_PART.match(part))
