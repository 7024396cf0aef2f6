"""The one analysis of words: used by the index, the questions, the snippets and the quotes alike.

A token is a run of letters and digits. Hyphenated words are several tokens at neighbouring positions, so that
"counter-terrorism" is found by "counter terrorism" and the other way round. Numbers keep their inner dots and
commas ("3.4", "1,325" is "1325"), abbreviations with dots are closed up ("U.S." is "us"), a possessive "'s" is
dropped, and characters of scripts that are written without spaces are one token each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ANALYSIS_VERSION = (
    1  # part of an index's fingerprint: raise it whenever `tokens` or `stem` give other results
)

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and Han
_ACCENT = "\u0300-\u036f"  # combining; a text that was not composed has them as characters of their own
_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_][{_ACCENT}]*)"
_TOKEN = re.compile(
    rf"""(?P<plain>[A-Za-z]{{2,}}+(?![^\W_]|['\u2019{_ACCENT}]))  # most words; with it, all are found in half the time
       | (?P<dotted>(?<![^\W_])(?:[^\W\d_]\.){{2,}})        # U.S.  a.m.
       | (?P<number>\d+(?:[.,]\d+)+)                        # 3.4   1,325
       | (?P<unspaced>[{_UNSPACED}])
       | (?P<word>{_LETTER}+(?:['\u2019]{_LETTER}+)*)""",
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"['\u2019]s$")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_MARKS = dict.fromkeys(i for i in range(0x300, 0x370))  # combining accents
_LONGEST_TERM = 64  # characters; longer runs are no words, and an index key must stay small


class Token(NamedTuple):
    """One word of a text: its folded form, its place among the words, its half-open span in the text."""

    form: str
    position: int
    start: int
    end: int


def fold(word: str) -> str:
    """The form under which a word is indexed: compatibility forms, case and accents folded."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return unicodedata.normalize("NFC", decomposed.translate(_MARKS))


@lru_cache(maxsize=65_536)
def _form(word: str, kind: str | None) -> str:
    """The folded form of what a group of `_TOKEN` found. Cached: most words of a text stood in an earlier one."""
    if kind == "word":
        word = _POSSESSIVE.sub("", word).replace("'", "").replace("\u2019", "")
    elif kind == "number":
        word = _THOUSANDS.sub("", word)
    elif kind == "dotted":
        word = word.replace(".", "")
    return fold(word)[:_LONGEST_TERM]


def tokens(text: str) -> Iterator[Token]:
    """All words of a text in order; positions count from 0 without gaps."""
    position = 0
    for match in _TOKEN.finditer(text):
        form = _form(match.group(), match.lastgroup)
        if form:
            yield Token(form, position, *match.span())
            position += 1


def forms(text: str) -> list[str]:
    """The folded words of a text."""
    return [token.form for token in tokens(text)]


@lru_cache(maxsize=262_144)
def stem(form: str) -> str:
    """The stem of a folded word (Snowball, English); numbers and codes are their own stem."""
    if not form.isalpha():
        return form
    stemmed: str = _stemmer().stem(form)
    return stemmed or form


@cache
def _stemmer() -> SnowballStemmer:
    """The stemmer, made when first needed."""
    return SnowballStemmer("english")


def _words_of(name: str) -> frozenset[str]:
    """The words of one of the lists in `search/data`, one a line; `#` begins a remark."""
    lines = files("search.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("#")[0].strip() for line in lines) - {""}


@cache
def stop_words() -> frozenset[str]:
    """Words too common to rank by; they still count in phrases and in exact look-ups."""
    return _words_of("stop_words.txt")


@cache
def _sentence_splitter() -> PunktSentenceTokenizer:
    """Punkt with our own abbreviations: the trained parameters need a download, the list does not."""
    parameters = PunktParameters()
    parameters.abbrev_types = set(_words_of("abbreviations.txt"))
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of a text, in order."""
    return [(int(start), int(end)) for start, end in _sentence_splitter().span_tokenize(text)]


def collocations(texts: Sequence[Sequence[str]], least: int) -> list[tuple[str, str]]:
    """Pairs of neighbouring words that stand together `least` times or more and oftener than chance, by nltk's
    likelihood ratio, the strongest first (T. Dunning, "Accurate methods for the statistics of surprise", 1993)."""
    finder = BigramCollocationFinder.from_documents(texts)
    finder.apply_freq_filter(least)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    return [pair for pair, score in scored if score > 0 and None not in pair]
