"""The words of a quotation and of a source, made comparable: what folding may hide, and what it must not.

Folded are case, accents, quotation marks, dashes, hyphenation, punctuation and white space. What makes a number
another number stays part of it: a minus ("-5"), a leading point (".5"), a currency ("$5") and a per cent sign
("5%"), a raised figure ("10⁶" is not "106"); and a hyphen between two numbers never closes up ("10-15" is not "1015").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.letters import plain_letters
from search.analysis.words import Token, tokens
from search.quotes.editing import unbracketed, without_remarks
from search.quotes.signs import sign_kinds, write_signs

QUOTE_WORDS_VERSION = 2  # part of an index's fingerprint: raise it whenever `quote_words` gives other words

_JOIN = re.compile(r"[-\u00ad\u2010\u2011]\s*\n?\s*")
_BEFORE_NUMBER = re.compile(
    r"(?:(?<![^\s(])(?P<minus>[-\u2212\u2013]))?(?:(?P<money>[$\u20ac\u00a3\u00a5])\s?)?(?P<point>(?<![\w.])\.)?$"
)
_AFTER_NUMBER = re.compile(r"\s?(?P<share>[%\u2030])")
_LONGEST_SIGN = 5  # characters before a number that can belong to it, with the one before them
_RAISED = re.compile(r"\^-?|_|/")
_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:\u2026|\.\s?\.\s?\.)\s*[\])]|\u2026|\.\s?\.\s?\.\.?)\s*")


@dataclass(frozen=True, slots=True)
class QuoteWord:
    """One comparable word and its half-open span in the text it stands in.

    `joints` are the positions in `form` at which a hyphen was closed up: 5 in "trustfund" for "trust-fund".
    """

    form: str
    start: int
    end: int
    joints: tuple[int, ...] = ()


def quote_words(text: str) -> list[QuoteWord]:
    """Return the words of a text; a hyphenated compound is one word, "co-operation" and "cooperation" are the same."""
    written = write_signs(text)
    words = _words(written.text)
    if written.places is None:
        return words
    return [QuoteWord(word.form, *written.span(word.start, word.end), word.joints) for word in words]


def _words(text: str) -> list[QuoteWord]:
    """The words of a text whose signs are written out."""
    words: list[QuoteWord] = []
    for token in tokens(text):
        between = text[words[-1].end : token.start] if words else ""
        if words and _is_raised(words[-1].form, between, token.form):
            last = words.pop()
            words.append(QuoteWord(last.form + between + token.form, last.start, token.end, last.joints))
        elif words and _JOIN.fullmatch(between) and not _both_numbers(words[-1].form, token.form):
            last = words.pop()
            joints = (*last.joints, len(last.form))
            words.append(QuoteWord(last.form + token.form, last.start, token.end, joints))
        else:
            words.append(_with_signs(text, token))
    return words


def _is_raised(first: str, between: str, second: str) -> bool:
    """Whether a figure is raised or lowered behind a word, or is the lower part of a raised fraction."""
    if not second[0].isdigit() or not _RAISED.fullmatch(between):
        return False
    return between != "/" or "^" in first


def _both_numbers(first: str, second: str) -> bool:
    """Whether closing up would make one number of two."""
    return first[-1].isdigit() and second[0].isdigit()


def _with_signs(text: str, token: Token) -> QuoteWord:
    """A word as it is; a number with the signs that belong to it."""
    if not token.form[0].isdigit():
        return QuoteWord(token.form, token.start, token.end)
    before = _BEFORE_NUMBER.search(text[max(0, token.start - _LONGEST_SIGN) : token.start])
    after = _AFTER_NUMBER.match(text, token.end)
    signs = before.group() if before else ""
    minus, money, point = (
        (before["minus"], before["money"], before["point"]) if before else (None, None, None)
    )
    form = ("-" if minus else "") + (money or "") + ("0." if point else "") + token.form
    end = after.end() if after else token.end
    return QuoteWord(form + (after["share"] if after else ""), token.start - len(signs), end)


def has_ellipsis(text: str) -> bool:
    """Return whether a quotation leaves something out."""
    return _ELLIPSIS.search(text) is not None


def segments(text: str) -> list[str]:
    """Return the parts of a quotation between its ellipses."""
    return [
        part
        for part in _ELLIPSIS.split(unbracketed(without_remarks(text)))
        if any(True for _ in tokens(part))
    ]


def contains_exactly(source: str, quoted: str) -> bool:
    """Return whether a quotation stands in a text character for character, white space aside."""
    return " ".join(quoted.split()) in " ".join(source.split())


_FOLDINGS = (
    ("hyphenation", re.compile(r"[-\u00ad\u2010\u2011]")),
    ("dashes", re.compile(r"[\u2012\u2013\u2014\u2015\u2212]|--")),
    ("quotation marks", re.compile(r"[\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a`\u00b4]")),
    ("punctuation", re.compile(r"[.,;:!?()\[\]/]")),
)


def folded_kinds(quoted: str, source: str) -> Iterator[str]:
    """Yield what had to be folded to make two stretches of the same words the same."""
    yield from dict.fromkeys(sign_kinds(quoted, source))
    quoted, source = write_signs(quoted).text, write_signs(source).text
    letters = ["".join(filter(str.isalnum, text)) for text in (quoted, source)]
    if letters[0] != letters[1]:
        yield _kind_of_letters(*letters)
    for name, pattern in _FOLDINGS:
        if pattern.findall(quoted) != pattern.findall(source):
            yield name


def _kind_of_letters(quoted: str, source: str) -> str:
    """What makes two runs of letters differ, when their words are the same."""
    if quoted.casefold() == source.casefold():
        return "case"
    return "accents and ligatures" if plain_letters(quoted) == plain_letters(source) else "possessive"
