"""Signs that change what a figure says, and signs that nobody sees, written so that words can be compared.

A raised figure is no digit: "10⁶" becomes "10^6" and never "106", "2½" becomes "2^1/2" and never "21/2". Blanks and
apostrophes between thousands go ("12 500" is "12500"), invisible characters go, and what may be a break inside a word (a
soft hyphen, a zero-width space) becomes a hyphen, which equals nothing and equals a space. Beside the written text there
is the place of each of its characters in the text it was made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_PLAIN = {sign: str(digit) for row in (_RAISED, _LOWERED) for digit, sign in enumerate(row)} | {
    "⁺": "+", "⁻": "-", "₊": "+", "₋": "-",
}  # fmt: skip
BLANKS = "\u0020\u00a0\u2007\u2008\u2009\u202f"
"""Blanks that stand between thousands."""
_UNSEEN = "\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e\u034f\u061c\ufe00-\ufe0f"
_BREAKS = "\u00ad\u200b"
NOTED = (
    4  # letters of a word behind which a raised figure is the sign of a note; shorter ones are units ("km²")
)
_KINDS = {
    "note": rf"(?<=[^\W\d_]{{{NOTED}}})[{_RAISED}]+(?![^\W_])",
    "raised": rf"[⁺⁻]?[{_RAISED}]+",
    "lowered": rf"[₊₋]?[{_LOWERED}]+",
    "fraction": rf"[{_FRACTIONS}]",
    "thousands": rf"(?<=\d)(?<![\d.,{BLANKS}]\d{{4}})[{BLANKS}'\u2019](?=\d{{3}}(?!\d))",
    "unseen": rf"[{_UNSEEN}]+",
    "break": rf"[{_BREAKS}]+(?=\S)",
}
_SIGNS = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_GROUPED = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:[{BLANKS}'\u2019]\d{{3}})+(?![\w'\u2019])")
NAMES = {
    "note": "note signs",
    "raised": "raised figures",
    "lowered": "lowered figures",
    "fraction": "fractions",
    "thousands": "thousands marks",
    "unseen": "invisible characters",
    "break": "invisible characters",
}
"""What each kind of sign is called where it was folded."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text to compare, and the half-open span in the text it was made of for each of its characters."""

    text: str
    places: Sequence[tuple[int, int]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a half-open range of characters, of which there is one at least, in the text it was made of."""
        if self.places is None:
            return start, end
        return self.places[start][0], self.places[end - 1][1]


def write_signs(text: str) -> Written:
    """Return a text with its signs written out; the text itself where it has none, as most have."""
    if text.isascii() and not _GROUPED.search(text):
        return Written(text)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    reached = 0
    for kind, start, end in _signs(text):
        parts.append(text[reached:start])
        places.extend((at, at + 1) for at in range(reached, start))
        written = _written(kind, text[start:end], text[start - 1 : start])
        parts.append(written)
        places.extend([(start, end)] * len(written))
        reached = end
    if not reached:
        return Written(text)
    parts.append(text[reached:])
    places.extend((at, at + 1) for at in range(reached, len(text)))
    return Written("".join(parts), places)


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind and half-open span of each sign. A blank belongs to a number only where the whole of it is grouped."""
    grouped = [match.span() for match in _GROUPED.finditer(text)]
    for match in _SIGNS.finditer(text):
        kind = match.lastgroup or ""
        if kind == "thousands" and not any(start < match.start() < end for start, end in grouped):
            continue
        yield kind, match.start(), match.end()


def _written(kind: str, signs: str, before: str) -> str:
    """A sign as it is compared; `before` is the character in front of it."""
    plain = "".join(_PLAIN.get(sign, "") for sign in signs)
    match kind:
        case "raised":
            return f"^{plain}"
        case "lowered":
            return f"_{plain}" if before.isdigit() else plain
        case "fraction":
            over = unicodedata.normalize("NFKC", signs).replace("\u2044", "/")
            return f"^{over}" if before.isdigit() else over
        case "break":
            return "-"
    return ""


def sign_kinds(quoted: str, source: str) -> Iterator[str]:
    """Yield the names of the kinds of signs by which two stretches of the same words differ."""
    first, second = _placed_signs(quoted), _placed_signs(source)
    for kind, name in NAMES.items():
        if {found for found in first if found[0] == kind} != {found for found in second if found[0] == kind}:
            yield name


def _placed_signs(text: str) -> set[tuple[str, str, int]]:
    """Kind and characters of each sign, and how many letters and digits stand before it."""
    return {(kind, text[start:end], sum(map(str.isalnum, text[:start]))) for kind, start, end in _signs(text)}
