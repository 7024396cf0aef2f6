"""Letters and accents that a file draws apart, one over the other, as old fonts of TeX do: "¨" and "ı" are "ï"."""

from __future__ import annotations

import unicodedata

# Spacing accents and the combining ones (Unicode, "Spacing Modifier Letters" and "Latin-1 Supplement"). Of ASCII the
# grave accent alone, as fonts name it so.
_COMBINING = {
    "¨": "\u0308", "´": "\u0301", "ˋ": "\u0300", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a",
    "˝": "\u030b", "˙": "\u0307", "¯": "\u0304",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
ACCENTS = frozenset(map(ord, _COMBINING))
"""Code points of spacing accents."""


def accented(accent: int, letter: int) -> int | None:
    """Return the code point of `letter` with `accent`, both code points; None where Unicode has no such letter.

    >>> chr(accented(ord("¨"), ord("ı")) or 0), accented(ord("¨"), ord("1"))
    ('ï', None)
    """
    base = _DOTLESS.get(chr(letter), chr(letter))
    if accent not in ACCENTS or not base.isalpha():
        return None
    composed = unicodedata.normalize("NFC", base + _COMBINING[chr(accent)])
    return ord(composed) if len(composed) == 1 else None
