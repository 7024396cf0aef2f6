"""A lexicon of English: which words there are, and which words a form belongs to.

The list is that of the package lemminflect (MIT licence), made from the SPECIALIST lexicon of the US National Library of
Medicine. Its file is read here without the package's own code, which also loads a neural network for unknown words.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LIST = Path("resources", "lemma_lu.csv.gz")  # lines such as "bases,noun,base/basis", in small letters


def entries() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (form, part of speech, its words) of nouns, verbs, adjectives and adverbs, in small letters.

    Raises ImportError, with the remedy, where the package is not installed.
    """
    spec = find_spec("lemminflect")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(
            "the package lemminflect is not installed; install the project's requirements again"
        )
    with gzip.open(Path(spec.submodule_search_locations[0]) / _LIST, "rt", encoding="utf-8") as lines:
        for line in lines:
            form, kind, words = line.rstrip("\n").split(",", 2)
            yield form, kind, words.split("/")


def is_listed(word: str) -> bool:
    """Return whether a word stands in the lexicon, as it is or with an ending; small words such as "of" do not.

    >>> is_listed("Communities"), is_listed("realtime")
    (True, False)
    """
    return word.casefold() in _forms()


@cache
def _forms() -> frozenset[str]:
    """All forms and the words that they belong to; read once, in a fifth of a second."""
    return frozenset(word for form, _, words in entries() for word in (form, *words))
