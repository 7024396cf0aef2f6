"""The one analysis of words: used by the index, the questions, the snippets and the quotes alike.

A token is a run of letters and digits. Hyphenated words are several tokens at neighbouring positions, so that
"counter-terrorism" is found by "counter terrorism" and the other way round; so are words behind an article that
lost its vowel ("l'OTAN" is "l" and "otan"). Numbers keep their inner dots and commas ("3.4", "1,325" is "1325"),
abbreviations with dots are closed up ("U.S." is "us"), a possessive "'s" is dropped, and characters of scripts that
are written without spaces are one token each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from search.analysis.letters import APOSTROPHES, MARKS, UNSPACED, plain_letters
from search.analysis.nltk_parts import (
    BigramAssocMeasures,
    BigramCollocationFinder,
    PunktParameters,
    PunktSentenceTokenizer,
    SnowballStemmer,
)

ANALYSIS_VERSION = (
    3  # part of an index's fingerprint: raise it whenever `tokens` or `stem` give other results
)

_LETTER = rf"(?:(?![{UNSPACED}{APOSTROPHES}])[^\W_][{MARKS}]*)"
_TOKEN = re.compile(
    rf"""(?P<plain>[A-Za-z]{{2,}}+(?![^\W_]|[{APOSTROPHES}{MARKS}]))  # most words; with it, all are found in half the time
       | (?P<dotted>(?<![^\W_])(?:[^\W\d_]\.){{2,}})        # U.S.  a.m.
       | (?P<number>\d+(?:[.,]\d+)+)                        # 3.4   1,325
       | (?P<unspaced>[{UNSPACED}][{MARKS}]*)
       | (?P<word>{_LETTER}+(?:[{APOSTROPHES}]{_LETTER}+)*)""",
    re.VERBOSE,
)
APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_LONGEST_TERM = 64  # characters; longer runs are no words, and an index key must stay small

ELISIONS = frozenset(
    (
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",  # French, Catalan
        "un", "dell", "all", "dall", "nell", "sull", "coll", "quest", "quell", "gl", "anch", "tutt",  # Italian
    )
)  # fmt: skip
"""Words that lose their vowel before another one: "l'Union", "dell'Europa". They do so before a vowel or an h only, by
which "N'Djamena" stays one word, and so does "O'Brien"."""
_OPEN = frozenset("aeiouyh")  # letters before which they do


class Token(NamedTuple):
    """One word of a text: its folded form, its place among the words, its half-open span in the text."""

    form: str
    position: int
    start: int
    end: int


@lru_cache(maxsize=65_536)
def _form(word: str, kind: str | None) -> str:
    """The folded form of what a group of `_TOKEN` found. Cached: most words of a text stood in an earlier one."""
    if kind == "word":
        word = APOSTROPHE.sub("", _POSSESSIVE.sub("", word))
    elif kind == "number":
        word = _THOUSANDS.sub("", word)
    elif kind == "dotted":
        word = word.replace(".", "")
    return plain_letters(word)[:_LONGEST_TERM]


def tokens(text: str) -> Iterator[Token]:
    """Yield all words of a text in order; positions count from 0 without gaps."""
    position = 0
    for match in _TOKEN.finditer(text):
        kind, word, (start, end) = match.lastgroup, match.group(), match.span()
        while kind == "word" and (length := _elided(word)):
            yield Token(_form(word[:length], kind), position, start, start + length)
            word, start, position = word[length + 1 :], start + length + 1, position + 1
        form = _form(word, kind)
        if form:
            yield Token(form, position, start, end)
            position += 1


def _elided(word: str) -> int:
    """The letters before the apostrophe of a word that begins with one of ELISIONS; 0 for any other word."""
    apostrophe = APOSTROPHE.search(word)
    if apostrophe is None or plain_letters(word[: apostrophe.start()]) not in ELISIONS:
        return 0
    return apostrophe.start() if plain_letters(word[apostrophe.end() :])[:1] in _OPEN else 0


def forms(text: str) -> list[str]:
    """Return the folded words of a text."""
    return (
        list(_forms_of_word(text)) if len(text) <= _LONGEST_TERM else [token.form for token in tokens(text)]
    )


@lru_cache(maxsize=16_384)
def _forms_of_word(text: str) -> tuple[str, ...]:
    """The folded words of what may be one word. Kept: reading one question asks for those of its words some hundred times."""
    return tuple(token.form for token in tokens(text))


@lru_cache(maxsize=262_144)
def stem(form: str) -> str:
    """Return the stem of a folded word (Snowball, English); numbers and codes are their own stem.

    Words that Snowball takes for strangers ("organization" for organ, "important" for import) have stems in `search/data/stems.txt`.
    """
    if not form.isalpha():
        return form
    if own := _own_stems().get(form):
        return own
    stemmed: str = _stemmer().stem(form)
    return stemmed or form


@cache
def _own_stems() -> dict[str, str]:
    """Words whose stem is ours."""
    return {form: own for own, *made in map(str.split, data_lines("stems.txt")) for form in made}


@cache
def _stemmer() -> SnowballStemmer:
    """The stemmer, made when first needed."""
    return SnowballStemmer("english")


def data_lines(name: str) -> list[str]:
    """Return the entries of one of the lists in `search/data`, one a line; `#` begins a remark."""
    lines = files("search.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [entry for line in lines if (entry := line.partition("#")[0].strip())]


@cache
def stop_words() -> frozenset[str]:
    """Return words too common to rank by; they still count in phrases and in exact look-ups."""
    return frozenset(data_lines("stop_words.txt"))


@cache
def _sentence_splitter() -> PunktSentenceTokenizer:
    """Punkt with our own abbreviations: the trained parameters need a download, the list does not."""
    parameters = PunktParameters()
    parameters.abbrev_types = set(data_lines("abbreviations.txt"))
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return half-open spans of the sentences of a text, in order."""
    return [(int(start), int(end)) for start, end in _sentence_splitter().span_tokenize(text)]


def collocations(texts: Sequence[Sequence[str]], least: int) -> list[tuple[str, str]]:
    """Return pairs of neighbouring words that stand together `least` times or more and oftener than chance, by nltk's
    likelihood ratio, the strongest first (T. Dunning, "Accurate methods for the statistics of surprise", 1993)."""
    finder = BigramCollocationFinder.from_documents(texts)
    finder.apply_freq_filter(least)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    return [pair for pair, score in scored if score > 0 and None not in pair]
