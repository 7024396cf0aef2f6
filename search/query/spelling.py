"""What a misspelt word may have been: a word of the corpus, near in letters and frequent."""

from __future__ import annotations

from dataclasses import replace

from search.analysis.vocabulary import Vocabulary
from search.analysis.words import forms
from search.query import tree

SHORTEST = 4  # letters of a word that is worth correcting; shorter ones are near to everything
LONG = 8  # letters from which two edits are allowed
MOST = 3  # proposals


def propose_all(query: tree.Query, vocabulary: Vocabulary) -> list[tree.Query]:
    """Return `query` with known words, the likeliest first: every unknown word by its nearest, then by its next nearest."""
    proposed = (_corrected(query, vocabulary, place) for place in range(MOST))
    return list(dict.fromkeys(known for known in proposed if known != query))


def _corrected(query: tree.Query, vocabulary: Vocabulary, place: int) -> tree.Query:
    """The query with known words in it."""
    match query:
        case tree.Word(text):
            return tree.Word(_near(text, vocabulary, place))
        case tree.Phrase(text):
            return replace(query, text=" ".join(_near(word, vocabulary, place) for word in text.split()))
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            return replace(query, parts=tuple(_corrected(part, vocabulary, place) for part in parts))
    return query


def _near(word: str, vocabulary: Vocabulary, place: int) -> str:
    """The nearest word of this place, the most frequent first, or the last there is; a known word is itself."""
    near = _nearest(word, vocabulary)
    return near[min(place, len(near) - 1)] if near else word


def _nearest(word: str, vocabulary: Vocabulary) -> list[str]:
    """The nearest words; none when the word is known or nothing is near."""
    form = "".join(forms(word))
    if len(form) < SHORTEST or vocabulary.count((form,)):
        return []
    for edits in (1, 2) if len(form) >= LONG else (1,):
        near = vocabulary.near(form, edits)
        if near:
            return sorted(near, key=lambda known: (-near[known], known))[:MOST]
    return []
