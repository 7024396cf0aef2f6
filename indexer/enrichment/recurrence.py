"""Findings that say again what a finding of an earlier document said: "said before in 2019 and 2022". Pure.

Two findings are the same one when most of the words that tell something stand in both, weighted by how rare they
are among all findings, and when they share a run of words. Only pairs of different days count, and not pairs of documents
that are known to be copies or editions of one another: those repeat everything.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis.words import forms, stem, stop_words
from search.model import Document, Passage, Recurrence

LEAST_WORDS = 8
"""Different telling words that both must have; shorter findings ("We must act now.") are alike by accident."""

LEAST_LIKENESS = 0.68
"""Cosine of the two, words weighted by rarity. Of 50 pairs of real reports that were read, all from here on say the same
thing; between .5 and this, two in three are neighbours that share the names of their subject (decision 0026)."""

LEAST_SHARE = 0.4
"""The shorter must not be a small part of the longer: shared words as a share of the longer one's."""

RUN, WIDESPREAD = 3, 40
"""Words of a run by which pairs are found; a run in more findings than this is a formula and finds nothing."""

MOST_EACH = 12
"""Earlier findings kept for one: the nearest."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding with its day, its telling words in order, and their weights."""

    passage_id: str
    document_id: str
    day: str
    words: tuple[str, ...]
    weights: Mapping[str, float] = field(default_factory=dict)


def find_recurrences(
    findings: Iterable[Passage], documents: Mapping[str, Document], same: Callable[[str, str], bool]
) -> tuple[Recurrence, ...]:
    """Return all pairs of a finding and an earlier one that it repeats, by the ids of the two; nearest earlier ones only.

    `findings` are passages with a finding; `same` says of two documents that they hold nearly the same words.
    """
    said = _weighted([one for passage in findings if (one := _said(passage, documents))])
    pairs: dict[str, list[Recurrence]] = defaultdict(list)
    for later, earlier in _candidates(said):
        if same(later.document_id, earlier.document_id):
            continue
        likeness = _likeness(later, earlier)
        if likeness >= LEAST_LIKENESS:
            pairs[later.passage_id].append(
                Recurrence(later.passage_id, earlier.passage_id, round(likeness, 3))
            )
    return tuple(
        pair
        for passage_id in sorted(pairs)
        for pair in sorted(pairs[passage_id], key=lambda p: (-p.likeness, p.earlier))[:MOST_EACH]
    )


def _said(passage: Passage, documents: Mapping[str, Document]) -> _Said | None:
    """A finding that can recur: of a dated document, with enough words."""
    day = documents[passage.document_id].published
    words = tuple(
        stem(form) for form in forms(passage.text) if form not in stop_words() and not form.isdigit()
    )
    if day is None or len(set(words)) < LEAST_WORDS:
        return None
    return _Said(passage.passage_id, passage.document_id, day, words)


def _weighted(said: Sequence[_Said]) -> list[_Said]:
    """The findings with the weights of their words, each finding of length 1."""
    counts = Counter(word for one in said for word in set(one.words))
    weighted = []
    for one in said:
        raw = {word: 1 + math.log(len(said) / counts[word]) for word in sorted(set(one.words))}
        length = math.sqrt(sum(value * value for value in raw.values()))
        weights = {word: value / length for word, value in raw.items()}
        weighted.append(_Said(one.passage_id, one.document_id, one.day, one.words, weights))
    return weighted


def _candidates(said: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Pairs (later, earlier) of different documents and days that share a run of words which few have."""
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for run in sorted({one.words[i : i + RUN] for i in range(len(one.words) - RUN + 1)}):
            having[run].append(number)
    pairs = {
        (first, second)
        for numbers in having.values()
        if 1 < len(numbers) <= WIDESPREAD
        for first in numbers
        for second in numbers
        if said[first].day > said[second].day
    }
    for first, second in sorted(pairs):
        yield said[first], said[second]


def _likeness(first: _Said, second: _Said) -> float:
    """Cosine of the weights; 0 where one is a small part of the other."""
    shared = first.weights.keys() & second.weights.keys()
    if len(shared) < max(LEAST_WORDS, LEAST_SHARE * max(len(first.weights), len(second.weights))):
        return 0.0
    return sum(first.weights[word] * second.weights[word] for word in sorted(shared))
