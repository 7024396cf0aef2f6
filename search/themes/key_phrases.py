"""Key phrases of a theme: pairs of words that belong together and stand on the theme more often than elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis.words import collocations, forms, stop_words

LEAST = 3
"""Passages that must have a pair; two may be one sentence quoted twice."""

LEAST_KEYNESS = 10.83
"""Log-likelihood from which a difference is unlikely to be chance (p < .001, one degree of freedom): Rayson and Garside,
"Comparing corpora using frequency profiling" (2000)."""


ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
"""The parts of web addresses stand together, but are no phrase."""


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """Two words, in how many passages of the theme they stand, and in how many of the others that were compared."""

    words: str
    count: int
    elsewhere: int


def find_key_phrases(about: Sequence[str], others: Iterable[str], most: int = 10) -> tuple[KeyPhrase, ...]:
    """Return the phrases of the texts on a theme, those that tell it apart best first."""
    here = [_telling(text) for text in about]
    there = [set(pairwise(_telling(text))) for text in others]
    counts = Counter(pair for words in here for pair in set(pairwise(words)))
    elsewhere = Counter(pair for pairs in there for pair in pairs)
    joined = [pair for pair in collocations(here, LEAST) if counts[pair] >= LEAST and "" not in pair]
    scored = [(_keyness(counts[p], len(here), elsewhere[p], len(there)), p) for p in joined]
    scored = sorted((row for row in scored if row[0] >= LEAST_KEYNESS), key=lambda row: (-row[0], row[1]))
    return tuple(KeyPhrase(" ".join(p), counts[p], elsewhere[p]) for _, p in scored[:most])


def _telling(text: str) -> list[str]:
    """The words of a text; stop words and numbers are holes that no pair spans."""
    return [
        form if len(form) > 2 and form.isalpha() and form not in stop_words() else ""
        for form in forms(ADDRESS.sub(" ", text))
    ]


def _keyness(here: int, passages_here: int, there: int, passages_there: int) -> float:
    """Log-likelihood of a frequency against another; 0 where it is not higher here."""
    if here * passages_there <= there * passages_here:
        return 0.0
    share = (here + there) / (passages_here + passages_there)
    parts = ((here, share * passages_here), (there, share * passages_there))
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in parts if seen)
