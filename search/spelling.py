"""What a misspelt word may have been: a word of the corpus, near in letters and frequent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search.engines import Searcher
from search.engines.phrases import within_edits
from search.query import tree
from search.text import forms

SHORTEST = 4  # letters of a word that is worth correcting; shorter ones are near to everything
LONG = 8  # letters from which two edits are allowed


def propose(query: tree.Query, searcher: Searcher) -> str | None:
    """The question with every unknown word replaced by its nearest known one, or None when nothing is near."""
    vocabulary = searcher.vocabulary()
    proposed = _corrected(query, vocabulary)
    return None if proposed == query else tree.format_query(proposed)


def _corrected(query: tree.Query, vocabulary: Mapping[str, int]) -> tree.Query:
    """The query with known words in it."""
    match query:
        case tree.Word(text):
            return tree.Word(_nearest(text, vocabulary))
        case tree.Phrase(text):
            return replace(query, text=" ".join(_nearest(word, vocabulary) for word in text.split()))
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            return replace(query, parts=tuple(_corrected(part, vocabulary) for part in parts))
    return query


def _nearest(word: str, vocabulary: Mapping[str, int]) -> str:
    """The most frequent of the nearest words, or the word itself when it is known or nothing is near."""
    form = "".join(forms(word))
    if len(form) < SHORTEST or form in vocabulary:
        return word
    for edits in (1, 2) if len(form) >= LONG else (1,):
        near = [known for known in vocabulary if within_edits(form, known, edits)]
        if near:
            return max(near, key=lambda known: (vocabulary[known], known))
    return word
