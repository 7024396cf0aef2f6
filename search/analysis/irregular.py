"""Irregular forms of English words: "women" of woman, "crises" of crisis, "sought" of seek."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from search.analysis.lexicon import entries

_INFLECTED = ("noun", "verb")  # "better" and "good" are no forms of one word to a reader
_MORE = (("people", "person"), ("oxen", "ox"))  # what the list has not

_ENDINGS = frozenset(("", "s", "es", "ies", "d", "ed", "ied", "ing"))


class _Forms(NamedTuple):
    """The words that a form belongs to, and the irregular forms of a word."""

    words_of: dict[str, list[str]]
    forms_of: dict[str, list[str]]


@cache
def _forms() -> _Forms:
    """The irregular part of the list, about 1,600 forms; read once, in a fifth of a second."""
    found = _Forms(defaultdict(list), defaultdict(list))
    for form, word in (*_listed(), *_MORE):
        if word not in found.words_of[form]:
            found.words_of[form].append(word)
            found.forms_of[word].append(form)
    return found


def _listed() -> list[tuple[str, str]]:
    """All pairs of a form and its word that no rule joins."""
    return [
        (form, word)
        for form, kind, words in entries()
        if kind in _INFLECTED and form.isalpha()
        for word in words
        if not _regular(form, word)
    ]


def _regular(form: str, word: str) -> bool:
    """Whether a form is its word with an ending of the usual ones, as stems have it."""
    if not form.startswith(word[:-1]):
        return False
    last, ending = word[-1], form[len(word) - 1 :]
    return ending.removeprefix(last).removeprefix(last) in _ENDINGS or (last in "ey" and ending in _ENDINGS)


def related(form: str) -> tuple[list[str], list[str]]:
    """Return the words that a form may be an irregular form of, and all irregular forms of those and of the word itself."""
    words_of, forms_of = _forms()
    words = words_of.get(form, [])
    bases = [base for base in (form, form.removesuffix("s"), form.removesuffix("es")) if base in forms_of]
    forms = [other for word in (*words, *bases) for other in forms_of[word] if other != form]
    return words, list(dict.fromkeys(forms))
