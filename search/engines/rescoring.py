"""Rescoring of the first hits, word by word: what stands side by side, and what the best hits speak of.

Rescoring only adds to scores, so hits beyond the first `RESCORED_HITS` keep their place, and no passage becomes a hit.

- *Pairs*: two words that were typed side by side score once more where they stand so in the text, with at most one word
  between them (the ordered window of Metzler and Croft, "A Markov random field model for term dependencies", 2005).
- *Feedback*: words that several of the best hits have in common, and that tell something, count a little in all of them
  (relevance feedback without a reader, after Rocchio 1971; with a weight of a tenth, since it may lead astray). Only where words
  are alternatives: where every hit has all of them, it has little to tell and costs more than finding the hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from search.analysis import words as text
from search.engines.scoring import FORMULA, Formula, saturation
from search.query.terms import TermQuery, has_alternatives, leaves, side_by_side, typed_words

RESCORED_HITS = 30  # hits: three pages; with 100, nDCG@10 on the judged collections differs by .0003 on one (docs/ranking.md)
BEST_HITS = 10  # whose words are taken for feedback
SHARED_BY = 3  # best hits that must have a word before it counts; with fewer it may be one report's own
FEEDBACK_WORDS = 15  # words that count, and those level with the last of them
LEVEL = 1e-6  # of what the strongest word tells: words nearer to each other than that are level
SHORTEST = 3  # letters of a word that counts
READ = 48  # different stems of a hit that are read for feedback, the first ones: no worse than all of them, and quicker
_DECIMALS = 6  # to which sums are rounded before they are compared, so that engines choose alike

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer[Any]]


class Hits(NamedTuple):
    """The hits to be looked at, best first. `scores` are those so far, with the `weight` of the passage in them.

    `length_norm` is that of the text, as in `scoring.py`.
    """

    scores: Numbers
    weight: Numbers
    length_norm: Numbers


@dataclass(frozen=True, slots=True)
class Forms:
    """The codes of the words of all hits, hit after hit, each in reading order; `owner` says which hit a word belongs to."""

    owner: Codes
    codes: Codes


class FeedbackStems(NamedTuple):
    """The first stems of all hits that may count: the codes and how often each stands in the hit, both of shape (hits, READ).

    Where a hit has fewer, its line is filled up with `filler`, the code behind those of all stems.
    """

    codes: Codes
    counts: Codes
    filler: int


class RescoreQuery(NamedTuple):
    """By what hits are rescored: forms typed side by side, and the stems typed where words are alternatives."""

    pairs: Sequence[tuple[str, str]]
    typed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words typed side by side: the codes of their forms, and the sum of their idf.

    Words that meet by chance meet as often as the product of their chances, whose idf is the sum of theirs.
    """

    first: int
    second: int
    idf: float


def may_count(stem: str) -> bool:
    """Tell whether a stem can be a feedback term: long enough, and of no stop word."""
    return len(stem) >= SHORTEST and stem not in _stop_stems()


@cache
def _stop_stems() -> frozenset[str]:
    """The stems of the stop words."""
    return frozenset(text.stem(word) for word in text.stop_words())


def rescore_query(query: TermQuery, formula: Formula = FORMULA) -> RescoreQuery | None:
    """Return by what hits are rescored; None where that can change nothing, as for a single word."""
    found = leaves(query)
    if len(found) < 2:  # (as for most questions)
        return None
    pairs = side_by_side(found) if formula.pair else []
    typed = typed_words(found) if formula.feedback else []
    if len(typed) < 2 or not has_alternatives(query):
        typed = []
    return RescoreQuery(pairs, typed) if pairs or typed else None


def score_pairs(hits: Hits, forms: Forms, pairs: Sequence[Pair], formula: Formula = FORMULA) -> Numbers:
    """Return what each of `hits` scores by words that stand side by side."""
    scores = np.zeros(len(hits.scores))
    for pair in pairs:
        found = _side_by_side(forms, pair, len(scores))
        occurrences = found / hits.length_norm
        scores += formula.pair * pair.idf * hits.weight * saturation(occurrences, formula)
    return scores


def _side_by_side(forms: Forms, pair: Pair, hits: int) -> Numbers:
    """How often the second word follows the first one, at once or after one other word, in each hit."""
    first, second = forms.codes == pair.first, forms.codes == pair.second
    found = np.zeros(hits)
    for distance in (1, 2):
        near = first[:-distance] & second[distance:] & (forms.owner[:-distance] == forms.owner[distance:])
        found += np.bincount(forms.owner[:-distance][near], minlength=hits)
    return found


def in_order(scores: Numbers) -> Codes:
    """Return the places of `scores`, best first; equal ones stay as they were."""
    return np.argsort(-scores.round(_DECIMALS), kind="stable")


def feedback(
    hits: Hits, words: FeedbackStems, typed: Sequence[int], idf: Numbers, formula: Formula = FORMULA
) -> Numbers:
    """Return what each of `hits` scores by the words that the best hits share, the strongest of which has weight 1.

    `typed` are the codes of the stems that were asked for, `idf` has that of every code, the filler's too.
    """
    codes = words.codes.ravel()
    best = READ * _scored(hits.scores[:BEST_HITS])  # codes of the best hits
    shared = _shared(codes[:best])
    place = np.zeros(len(idf), dtype=np.uint16)  # of every code among the shared ones, from 1
    place[shared] = np.arange(1, len(shared) + 1, dtype=np.uint16)
    for code in (words.filler, *typed):
        place[code] = 0
    places = place.take(codes)
    found = (places != 0).nonzero()[0]
    if not len(found):
        return np.zeros(len(hits.scores))
    places, owner = places.take(found), found // READ
    occurrences = words.counts.ravel().take(found) / hits.length_norm.take(owner)
    scores = idf.take(codes.take(found)) * saturation(occurrences, formula)
    theirs = int(found.searchsorted(best))  # of what was found
    weights = np.bincount(places[:theirs], hits.scores.take(owner[:theirs]) * scores[:theirs])
    ascending = np.sort(weights)
    strongest, last = float(ascending[-1]), float(ascending[-FEEDBACK_WORDS:][0])
    weights *= weights > last - LEVEL * strongest
    by_hit = np.bincount(owner, weights.take(places) * scores, len(hits.scores))
    fed_back: Numbers = formula.feedback / strongest * hits.weight * by_hit
    return fed_back


def _scored(scores: Numbers) -> int:
    """How many of these descending scores are above 0."""
    return len(scores) if scores[-1] > 0 else int(np.count_nonzero(scores > 0))


def _shared(codes: Codes) -> Codes:
    """Of the stems of the best hits those that enough of them have, ascending; some more than once."""
    ordered = np.sort(codes)
    further = SHARED_BY - 1
    return ordered[further:].compress(ordered[further:] == ordered[:-further])
