"""Named steps that make printed text searchable text. Each is pure and idempotent.

No step loses a letter but those named here: running heads and page numbers (`indexer.layout.paged.running_heads`), tables of contents
(`indexer.layout.paged.tables`), bullets, and characters that no font shows (controls, private use, zero width).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from indexer.layout.blocks import BROKEN_WORD
from indexer.layout.words.addresses import joins_address
from indexer.layout.words.line_patterns import BULLETS
from indexer.reading.quality import LOST_LETTER
from search.analysis.lexicon import is_listed

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# Zero-width characters, direction marks and the byte order mark: nothing of them is printed.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc\ufffe\uffff\u00ad\u034f]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
# Ligatures where old fonts of two makers have them.
_PRIVATE_LIGATURES = {"\uf001": "fi", "\uf002": "fl"}
_LOST = "\ufffd"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
# Letter-spaced display type: from five single letters on; four occur in prose ("plan A B C D").
_SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){4,}[^\W\d_](?![^\W_])")
# "o" is a bullet before a capital or a figure: Portuguese and Spanish begin no sentence with a small one.
_LEADING_BULLET = re.compile(rf"^(?:[{BULLETS}]\s*|[–—\-*]\s+|o\s+(?=[^\W_a-zß-ÿ]))+(?=\S)")
_BROKEN = re.compile(rf"(?P<before>[-\u2010]?)(?P<first>[^\W_]+)(?P<mark>[-\u2010\u00ad{BROKEN_WORD}])$")
_HYPHEN_MARK = re.compile(rf"[\u00ad{BROKEN_WORD}]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BEGINNING = re.compile(r"[^\W\d_]+")
_MORE_PARTS = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]")  # Port-|au-Prince, state-|of-the-art
_RANGE = re.compile(r"\d[–—]$")  # "2022–" at a line end: the range goes on
# Beginnings that English writes in one word with what follows ("under-" "standing"), unless the document does not.
_JOINED_BEGINNINGS = frozenset(
    ("under", "over", "out", "with", "inter", "every", "some", "any", "there", "super", "trans")
)
# Second halves that English writes behind a hyphen, whatever stands before it; shorter ones are mostly syllables.
_COMPOUND_ENDINGS = frozenset(
    (
        "based",
        "related",
        "driven",
        "speaking",
        "oriented",
        "specific",
        "sensitive",
        "friendly",
        "funded",
        "owned",
        "level",
        "scale",
        "aware",
    )
)
# Endings that are words, too: "implement-" "able" is one word though the lexicon has it not.
_ENDINGS = frozenset(
    (
        "able",
        "ally",
        "age",
        "ant",
        "ate",
        "fold",
        "hood",
        "ion",
        "ions",
        "less",
        "ship",
        "ships",
        "ward",
        "wards",
        "wise",
    )
)
# Words that the lexicon, which holds nouns, verbs, adjectives and adverbs, leaves out.
_NUMERALS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "hundred",
        "thousand",
    ]
)
# Letters from which the second half of a broken word with a capital may be a word of its own: "Fat-burning", but "Denmark".
_AFTER_NAME = 6


def undo_ligatures(text: str) -> str:
    """Return ligatures of Latin fonts as the letters that they show."""
    return text.translate(_LIGATURES)


def drop_invisible(text: str) -> str:
    """Return a text without soft hyphens, zero-width characters and direction marks; the mark of a broken word becomes a hyphen."""
    return _INVISIBLE.sub("", text.replace(BROKEN_WORD, "-"))


def mark_lost_letters(text: str) -> str:
    """Return glyphs without a character inside of words as U+FFFD, the sign for what cannot be read: they are letters.

    >>> mark_lost_letters("the of\ue010ce")
    'the of\ufffdce'
    """
    return LOST_LETTER.sub(lambda match: _PRIVATE_LIGATURES.get(match[0], _LOST), text)


def drop_private(text: str) -> str:
    """Return a text without other private-use characters: what they show depends on a font that a reader may not have."""
    return _PRIVATE.sub(" ", text)


def drop_controls(text: str) -> str:
    """Return control characters and lone surrogates become blanks."""
    return _CONTROL.sub(" ", text)


def close_spaced_type(text: str) -> str:
    """Close `R E P O R T` to `REPORT`; five single letters and more.

    >>> close_spaced_type("R E P O R T on B C D")
    'REPORT on B C D'
    """
    return _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), text)


def compose(text: str) -> str:
    """Return Unicode NFC: a letter with its accent is one character."""
    return unicodedata.normalize("NFC", text)


def single_spaces(text: str) -> str:
    """Run of white space as one blank, none at either end."""
    return _SPACES.sub(" ", text).strip()


def drop_bullet(text: str) -> str:
    """Return a text without the bullet or dash that an item of a list begins with; numbers and letters stay."""
    return _LEADING_BULLET.sub("", text)


STEPS: Sequence[Callable[[str], str]] = (
    undo_ligatures,
    drop_invisible,
    mark_lost_letters,
    drop_private,
    drop_controls,
    compose,
    single_spaces,
    close_spaced_type,
)


def clean(text: str) -> str:
    """Return all steps in their order; the text of a passage, which may be empty."""
    for step in STEPS:
        text = step(text)
    return text


def build_vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of a document, folded, hyphenated ones whole; halves of words that line ends may have broken are left out."""
    words: set[str] = set()
    broken = False
    for line in lines:
        printed = undo_ligatures(line).strip()
        found = [match[0].casefold().replace("\u2010", "-") for match in _WORD.finditer(printed)]
        words.update(found[broken : None if printed.endswith((".", ",", ";", ":")) else -1])
        broken = bool(_BROKEN.search(printed))
    return frozenset(words)


def join_lines(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    """Return lines as one text; words broken at line ends are closed as the document writes them elsewhere.

    >>> join_lines(["a symp-", "osium on self-", "defence"], frozenset({"symposium", "self-defence"}))
    'a symposium on self-defence'
    """
    text = ""
    for line in lines:
        following = undo_ligatures(line).strip()
        broken = _BROKEN.search(text)
        address = _address_end(text)
        if address and joins_address(address, following):
            text = address + following
        elif broken and following:
            text = text[: broken.start("mark")] + _seam(broken, following, vocabulary) + following
        elif _RANGE.search(text) and following[:1].isdigit():
            text += following
        else:
            text = f"{text} {following}".strip()
    return text


def _address_end(text: str) -> str:
    """The text with the hyphen of an address at its end as it is printed; "" when its last word is no address."""
    last = text.rsplit(" ", 1)[-1]
    return _HYPHEN_MARK.sub("-", text) if "/" in last or "@" in last or "www." in last else ""


def _is_compound(first: str, second: str) -> bool:
    """English writes a hyphen: self-defence, but selfish; long-term."""
    if first == "self":
        return not second.startswith(("ish", "less", "hood"))
    return second == "term" and first in ("long", "short", "medium", "mid", "near")


def _seam(broken: re.Match[str], following: str, vocabulary: frozenset[str]) -> str:
    """What stands between the halves of a broken word: nothing or a hyphen.

    The document decides, where it writes the word elsewhere; then the lexicon: what it lists is one word, and two words of which it
    does not list the whole were joined by a hyphen.
    """
    first, beginning = broken["first"], _BEGINNING.match(following)
    if not beginning or not first.isalpha():
        return "-"
    second = beginning[0]
    if f"{first}{second}".casefold() in vocabulary:
        return ""
    if f"{first}-{second}".casefold() in vocabulary or second[0].isupper():
        return "-"
    if _is_compound(first.casefold(), second.casefold()):
        return "-"
    if first.casefold() in _JOINED_BEGINNINGS:
        return ""
    return "-" if _are_two_words(first, second, broken["before"], following, vocabulary) else ""


def _are_two_words(first: str, second: str, before: str, following: str, vocabulary: frozenset[str]) -> bool:
    """The halves are words of their own; `before` is a hyphen in front of them, `following` the text from the second on."""
    known = [_is_word(word, vocabulary) for word in (first, second)]
    if known[0] and (_MORE_PARTS.match(following) or (before and known[1])):  # Port-au-Prince, four-in-ten
        return True
    if second.casefold() in _ENDINGS or is_listed(f"{first}{second}"):
        return False
    if len(first) == 1 or second.casefold() in _COMPOUND_ENDINGS:
        return len(first) > 1 or first.isupper()  # U-shaped
    return all(known) and (not first[0].isupper() or len(second) >= _AFTER_NAME)


def _is_word(text: str, vocabulary: frozenset[str]) -> bool:
    """The document writes it elsewhere, or the lexicon or the numerals have it."""
    return text.casefold() in vocabulary or text.casefold() in _NUMERALS or is_listed(text)
