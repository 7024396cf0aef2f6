"""Irregular forms of English words: "women" of woman, "crises" of crisis, "sought" of seek.

The list is that of the package lemminflect (MIT licence), made from the SPECIALIST lexicon of the US National Library of
Medicine. Its file is read here without the package's own code, which also loads a neural network for unknown words.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_LIST = Path("resources", "lemma_lu.csv.gz")  # lines such as "bases,noun,base/basis", in small letters
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
    spec = find_spec("lemminflect")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(
            "the package lemminflect is not installed; install the project's requirements again"
        )
    pairs: list[tuple[str, str]] = []
    with gzip.open(Path(spec.submodule_search_locations[0]) / _LIST, "rt", encoding="utf-8") as lines:
        for line in lines:
            form, kind, words = line.rstrip("\n").split(",", 2)
            if kind in _INFLECTED and form.isalpha():
                pairs.extend((form, word) for word in words.split("/") if not _regular(form, word))
    return pairs


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
