"""Letters as words are compared: case, accents, and letters that readers without them write with others."""

from __future__ import annotations

import unicodedata

ACCENTS = "\u0300-\u036f"  # combining; a text that was not composed has them as characters of their own
POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew vowels
VOWEL_SIGNS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic
SYLLABLE_SIGNS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # Thai
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"  # Lao
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d"  # Myanmar
    "\u17b4-\u17d3\u17dd"  # Khmer
)
INDIC_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    + "".join(
        f"{chr(block + 1)}-{chr(block + 3)}{chr(block + 0x3C)}-{chr(block + 0x4D)}{chr(block + 0x56)}{chr(block + 0x57)}"
        for block in range(0x980, 0xD80, 0x80)
    )
    + "\u0d82\u0d83\u0dca-\u0ddf"
)
"""Vowel signs of the scripts of India: the blocks from Bengali to Malayalam are laid out alike, Sinhala is not."""
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""What has no width: soft hyphens, joiners, marks of direction. They come with pasted words and part none of them."""
MARKS = ACCENTS + POINTS + VOWEL_SIGNS + SYLLABLE_SIGNS + INDIC_SIGNS + INVISIBLE
"""What may stand behind a letter and belongs to it."""

UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e80-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u1000-\u102a\u1780-\u17b3"
"""Kana, Han, Thai, Lao, Myanmar, Khmer, which are written without spaces; and Hangul, whose words carry endings that
no space parts from them."""

APOSTROPHES = "'\u2019\u2018\u02bc\uff07"

_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_PLAIN = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƴ": "y", "ɛ": "e", "ɔ": "o",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
        "ـ": None, "ʻ": None, "ʼ": None, "ʾ": None, "ʿ": None, "ʹ": None,
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, as keyboards without them write them; final forms of Arabic letters and the
signs for glottal stops, which hardly anybody types."""


def _characters(ranges: str) -> list[int]:
    """The characters of a list of ranges as regular expressions write them."""
    codes: list[int] = []
    for place, char in enumerate(ranges):
        if char != "-":
            first = codes.pop() if place and ranges[place - 1] == "-" else ord(char)
            codes.extend(range(first, ord(char) + 1))
    return codes


_DROPPED = dict.fromkeys(_characters(POINTS + VOWEL_SIGNS + INVISIBLE))


def fold(word: str) -> str:
    """Return a word with compatibility forms, case and accents folded. Ids are made of such letters: it must not change."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return unicodedata.normalize("NFC", decomposed.translate(_ACCENTS))


def plain_letters(word: str) -> str:
    """Return a word as it is compared: folded, without what is invisible and without vowel signs that are seldom written."""
    if word.isascii():
        return word.lower()
    letters = fold(word.translate(_DROPPED)).translate(_DROPPED).translate(_PLAIN)
    return "".join(map(_digit, letters))


def _digit(char: str) -> str:
    """A digit of any script as 0 to 9, everything else as it is."""
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
