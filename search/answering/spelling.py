"""What a misspelt word may have been: a word of the corpus, near in letters and frequent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search.analysis.positions import within_edits
from search.analysis.words import forms
from search.engines import Searcher
from search.query import tree

SHORTEST = 4  # letters of a word that is worth correcting; shorter ones are near to everything
LONG = 8  # letters from which two edits are allowed
MOST = 3  # proposals


def propose_all(query: tree.Query, searcher: Searcher) -> list[str]:
    """The question with known words, the likeliest first: every unknown word by its nearest, then by its next nearest."""
    vocabulary = searcher.vocabulary()
    proposed = (_corrected(query, vocabulary, place) for place in range(MOST))
    return list(dict.fromkeys(tree.format_query(known) for known in proposed if known != query))


def _corrected(query: tree.Query, vocabulary: Mapping[str, int], place: int) -> tree.Query:
    """The query with known words in it."""
    match query:
        case tree.Word(text):
            return tree.Word(_near(text, vocabulary, place))
        case tree.Phrase(text):
            return replace(query, text=" ".join(_near(word, vocabulary, place) for word in text.split()))
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            return replace(query, parts=tuple(_corrected(part, vocabulary, place) for part in parts))
    return query


def _near(word: str, vocabulary: Mapping[str, int], place: int) -> str:
    """The nearest word of this place, the most frequent first, or the last there is; a known word is itself."""
    near = _nearest(word, vocabulary)
    return near[min(place, len(near) - 1)] if near else word


def _nearest(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """The nearest words; none when the word is known or nothing is near."""
    form = "".join(forms(word))
    if len(form) < SHORTEST or form in vocabulary:
        return []
    for edits in (1, 2) if len(form) >= LONG else (1,):
        near = [known for known in vocabulary if within_edits(form, known, edits)]
        if near:
            return sorted(near, key=lambda known: (-vocabulary[known], known))[:MOST]
    return []
