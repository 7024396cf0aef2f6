"""Raised and lowered signs of written texts: powers and indices as superscript letters, signs of notes out of the text.

A raised figure that is put on the line changes what was printed: "45⁴ grants" becomes "454 grants". So it is one of
three: part of the words (19th, Mme), a power or an index (10⁶, m², CO₂), or the sign of a note, which is no part of the
sentence. What cannot be told apart stays a superscript letter, which no number is ever glued to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RAISED = str.maketrans("0123456789+-−–=()/ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁄ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_CAN_RAISE = re.compile(r"[\d+\-−–=()/ni]+")
_CAN_LOWER = re.compile(r"[\d+\-−–=()]+|[aehijklmnoprstuvx]{1,3}")
_SIGNS = {"TM": "™", "SM": "℠"}
# Endings of ordinals in English and the Romance languages; "e" and "o" alone stand behind figures only.
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|re|ère|ers|res|e|es|ème|èmes|de|o|os|os\.|as|do|ro|to|a\.|o\.)", re.IGNORECASE
)
_DEGREE = re.compile(r"\s?[CFKNSEW]\b")
_NUMBER_SIGN = re.compile(r"(?<!\w)[nN]$")
_COUNTED = re.compile(r"(?:\d|\b[IVXLC]+)$")
_NOTE = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5}|[*†‡§¶#]{1,4})[\])]?(?:\s*[,;–-]\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?)*"
)
# The base of a power: ten, a unit of length, a symbol that stands alone, E = mc².
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_UNIT = re.compile(r"(?:^|[\s\d(/·])(?:[kcmdµμn]?m|ft|yd|mi|/s|/h)$")
_SYMBOL = re.compile(r"(?:^|[^\w])(?:[b-zα-ωχσ]|R|mc|\))$")
_SYMBOL_AFTER = re.compile(r"[A-Z][a-z]?\b")  # ¹⁴C, ²³⁵U
_POWER = re.compile(r"[23n]|[-−–+]\d{1,2}|\d?[+-]")
LONGEST_NOTE = 12  # characters of a sign or a list of some ("12, 13, 14")


@dataclass(frozen=True, slots=True)
class Raised:
    """What becomes of raised letters: `text` stays in the words, `mark` is the sign of a note that leaves them."""

    text: str = ""
    mark: str = ""


def read_raised(before: str, sign: str, after: str = "", *, linked: bool = False) -> Raised:
    """Return what `sign`, printed raised between `before` and `after`, is. `linked`: it is a link, as signs of notes are.

    >>> read_raised("in 2019", "3", " and"), read_raised("of 10", "6", " tons"), read_raised("the 19", "th", " time")
    (Raised(text='', mark='3'), Raised(text='⁶', mark=''), Raised(text='th', mark=''))
    """
    printed = sign.strip()
    if not printed:
        return Raised(sign)
    if linked and _NOTE.fullmatch(printed):
        return Raised(mark=bare_sign(printed))
    if printed in _SIGNS:
        return Raised(_SIGNS[printed])
    if printed in ("o", "0", "O") and before[-1:].isdigit() and _DEGREE.match(after):
        return Raised("°")
    if ends_number(before, printed):
        return Raised(sign)
    if is_number_sign(before, printed):
        return Raised("º" if len(printed) == 1 else "ºˢ")
    if _is_power(before, printed, after):
        return Raised(raised(printed))
    if len(printed) <= LONGEST_NOTE and _NOTE.fullmatch(printed):
        return Raised(mark=bare_sign(printed))
    return Raised(raised(printed) if _CAN_RAISE.fullmatch(printed) else _apart(before, sign))


def ends_number(before: str, sign: str) -> bool:
    """Return whether a raised `sign` is the ending of an ordinal behind the number `before`: 19th, 2e."""
    return bool(_ORDINAL.fullmatch(sign.strip()) and _COUNTED.search(before))


def is_number_sign(before: str, sign: str) -> bool:
    """Return whether a raised "o" or "os" makes a number sign of the "n" before it, as French and Spanish write it: nº 17."""
    return sign.strip() in ("o", "os", "º", "°") and bool(_NUMBER_SIGN.search(before))


def _is_power(before: str, sign: str, after: str) -> bool:
    """The sign belongs to the number, the unit or the symbol before it, or to the fraction or the symbol behind it."""
    if not _CAN_RAISE.fullmatch(sign):
        return False
    if after[:1] in ("/", "⁄") or (not sign.isdigit() and before[-1:].isalnum() and sign[-1:] in "+-−"):
        return True
    if _TEN.search(before):
        return True
    if (before[-1:].isspace() or before[-1:] in "(" or not before) and _SYMBOL_AFTER.match(after):
        return bool(before) and sign.isdigit() and len(sign) > 1
    return bool(_POWER.fullmatch(sign)) and bool(_UNIT.search(before) or _SYMBOL.search(before))


def _apart(before: str, sign: str) -> str:
    """Raised words: with a blank where figures would be glued to a figure, else as they are."""
    glued = before[-1:].isalnum() and (sign[:1].isdigit() or " " in sign.strip())
    return f" {sign}" if glued else sign


def raised(text: str) -> str:
    """Return figures and signs as superscript letters; other letters stay."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Return an index as subscript letters (CO₂, x₁); longer words stay as they are."""
    printed = text.strip()
    return printed.translate(_LOWERED) if _CAN_LOWER.fullmatch(printed) else text


def bare_sign(sign: str) -> str:
    """Return the sign of a note without the brackets around it.

    >>> bare_sign("[3]"), bare_sign("(a)"), bare_sign("**")
    ('3', 'a', '**')
    """
    return sign.strip().strip("[]()").strip()
