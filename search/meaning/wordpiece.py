"""Text to the word pieces of the sentence model: the uncased WordPiece of BERT (Devlin et al., 2019).

The steps and their order are those of the reference tokenizer: signs without a shape away, CJK signs apart, lower case
without accents, punctuation apart, then of each word the longest pieces that the vocabulary has, from the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from search.analysis.words import stop_words

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100  # characters; the reference takes a longer word for unknown
_CONTINUED = "##"
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_ASCII_PUNCTUATION = ((33, 47), (58, 64), (91, 96), (123, 126))
_KEPT_WORDS = 50_000  # words whose pieces are kept: the vocabulary of a large corpus


class WordPiece:
    """Cuts texts into ids of pieces. `vocabulary` maps each piece to its id."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._ids = vocabulary
        self._start, self._end, self._unknown = (vocabulary[sign] for sign in (START, END, UNKNOWN))
        self._pieces = lru_cache(_KEPT_WORDS)(self._cut)

    def encode(self, text: str, most: int) -> list[int]:
        """Return the ids of `text`, at most `most` with those of start and end; what is longer is cut off."""
        ids = [self._start]
        for word in split_words(text):
            ids += self._pieces(word)
            if len(ids) >= most:
                break
        return [*ids[: most - 1], self._end]

    @cached_property
    def telling(self) -> frozenset[int]:
        """The ids of pieces that tell of a subject: letters, more than one, and no stop word."""
        stops = stop_words()
        plain = ((piece.removeprefix(_CONTINUED), number) for piece, number in self._ids.items())
        return frozenset(n for word, n in plain if len(word) > 1 and word.isalpha() and word not in stops)

    def _cut(self, word: str) -> Sequence[int]:
        """The ids of one word; that of the unknown where a rest of it has no piece."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found, start = [], 0
        while start < len(word):
            sign = _CONTINUED if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if sign + word[start:end] in self._ids), None)
            if end is None:
                return (self._unknown,)
            found.append(self._ids[sign + word[start:end]])
            start = end
        return tuple(found)


def split_words(text: str) -> Iterator[str]:
    """Yield the words and signs of `text` as the vocabulary writes them."""
    for word in "".join(map(_cleaned, text)).lower().split():
        yield from _parted(_without_accents(word)) if not _is_plain(word) else (word,)


def _is_plain(word: str) -> bool:
    """Whether a word has neither accents nor punctuation, as most."""
    return word.isascii() and word.isalnum()


@lru_cache(4096)
def _cleaned(sign: str) -> str:
    """One character as a blank, as nothing, with blanks around it, or as it is."""
    code, category = ord(sign), unicodedata.category(sign)
    if sign in "\t\n\r" or category == "Zs":
        return " "
    if code in (0, 0xFFFD) or category[0] == "C":
        return ""
    return f" {sign} " if _lies_in(code, _CJK) else sign


def _without_accents(word: str) -> str:
    """The word in decomposed letters without their marks."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.category(sign) != "Mn")


def _parted(word: str) -> Iterator[str]:
    """The word parted at its punctuation, every sign of which stands alone."""
    letters = ""
    for sign in word:
        if _is_punctuation(sign):
            if letters:
                yield letters
            yield sign
            letters = ""
        else:
            letters += sign
    if letters:
        yield letters


@lru_cache(4096)
def _is_punctuation(sign: str) -> bool:
    """Whether the vocabulary takes a character for punctuation, as all ASCII signs that are no letter or digit."""
    return _lies_in(ord(sign), _ASCII_PUNCTUATION) or unicodedata.category(sign)[0] == "P"


def _lies_in(code: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a code point lies in one of some ranges, ends included."""
    return any(first <= code <= last for first, last in ranges)
