"""The first hits looked at once more, word by word: what stands side by side, and what the best hits speak of.

A second look only adds to scores, so hits beyond the first `LOOKED_AT` keep their place, and no passage becomes a hit.

- *Pairs*: two words that were typed side by side earn once more where they stand so in the text, with at most one word
  between them (the ordered window of Metzler and Croft, "A Markov random field model for term dependencies", 2005).
- *Feedback*: words that several of the best hits have in common, and that tell something, count a little in all of them
  (relevance feedback without a reader, after Rocchio 1971; with a weight of a tenth, since it may lead astray). Only where words
  are alternatives: where every hit has all of them, it has little to tell and costs more than finding the hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from search import text
from search.engines.scoring import FORMULA, Formula, per_length, saturation
from search.query.terms import AllOf, AnyOf, TermQuery, has_alternatives, side_by_side

LOOKED_AT = 100  # hits; with 30, nDCG@10 and MAP on the judged collections are a little lower (Cranfield .3893 for .3897)
BEST_HITS = 10  # whose words are taken for feedback
SHARED_BY = 3  # best hits that must have a word before it counts; with fewer it may be one report's own
FEEDBACK_WORDS = 15  # words that count, and those level with the last of them
SHORTEST = 3  # letters of a word that counts
_DECIMALS = 6  # to which sums are rounded before they are compared, so that engines choose alike

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits to be looked at, best first. `scores` are those so far, with the `weight` of the passage in them."""

    scores: Numbers
    weight: Numbers
    relative_length: Numbers


@dataclass(frozen=True, slots=True)
class Forms:
    """The codes of the words of all hits, hit after hit, each in reading order; `owner` says which hit a word belongs to."""

    owner: Codes
    codes: Codes


@dataclass(frozen=True, slots=True)
class Telling:
    """The codes of the stems of all hits that may count, hit after hit, each once a hit; `counts` says how often it stands there."""

    owner: Codes
    codes: Codes
    counts: Codes


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words typed side by side: the codes of their forms, and the sum of their idf.

    Words that meet by chance meet as often as the product of their chances, whose idf is the sum of theirs.
    """

    first: int
    second: int
    idf: float


def may_count(stem: str) -> bool:
    """Whether a stem may count without having been asked for: long enough, and of no stop word."""
    return len(stem) >= SHORTEST and stem not in _stop_stems()


@cache
def _stop_stems() -> frozenset[str]:
    """The stems of the stop words."""
    return frozenset(text.stem(word) for word in text.stop_words())


def worth_a_look(query: TermQuery) -> bool:
    """Whether a second look can change anything: only where there are several words."""
    if not isinstance(query, AllOf | AnyOf):
        return False
    return has_alternatives(query) or bool(side_by_side(query))


def pairs_earn(hits: Hits, forms: Forms, pairs: Sequence[Pair], formula: Formula = FORMULA) -> Numbers:
    """What each hit earns by words that stand side by side."""
    earned = np.zeros(len(hits.scores))
    for pair in pairs:
        found = _side_by_side(forms, pair, len(earned))
        occurrences = per_length(found, hits.relative_length, formula)
        earned += formula.pair * pair.idf * hits.weight * saturation(occurrences, formula)
    return earned


def _side_by_side(forms: Forms, pair: Pair, hits: int) -> Numbers:
    """How often the second word follows the first one, at once or after one other word, in each hit."""
    first, second = forms.codes == pair.first, forms.codes == pair.second
    found = np.zeros(hits)
    for distance in (1, 2):
        near = first[:-distance] & second[distance:] & (forms.owner[:-distance] == forms.owner[distance:])
        found += np.bincount(forms.owner[:-distance][near], minlength=hits)
    return found


def feedback(
    hits: Hits, words: Telling, typed: Sequence[int], idf: Numbers, formula: Formula = FORMULA
) -> Numbers:
    """What each hit earns by the words that the best hits share, the strongest of which has weight 1.

    `typed` are the codes of the stems that were asked for, `idf` has that of every code.
    """
    best = np.lexsort((np.arange(len(hits.scores)), -hits.scores.round(_DECIMALS)))[:BEST_HITS]
    best = best[hits.scores[best] > 0]
    share = np.zeros(len(hits.scores))
    share[best] = hits.scores[best] / hits.scores[best].sum()
    theirs = np.flatnonzero(share.take(words.owner))
    best_words = Telling(*(array.take(theirs) for array in (words.owner, words.codes, words.counts)))
    shared = _shared(best_words.codes, typed)
    if not len(shared):
        return share * 0.0
    place = np.zeros(len(idf), dtype=np.int32)  # of every code among the shared ones, counted from 1
    place[shared] = np.arange(1, len(shared) + 1)
    places, owner, earned = _earned(hits, best_words, place, idf, formula)
    told = np.bincount(places, share.take(owner) * earned, len(shared) + 1)
    least = np.sort(told[1:].round(_DECIMALS))[-FEEDBACK_WORDS:][0]
    place[shared[told[1:].round(_DECIMALS) < least]] = 0
    places, owner, earned = _earned(hits, words, place, idf, formula)
    fed_back = np.bincount(owner, told.take(places) / told.max() * earned, len(share))
    return formula.feedback * hits.weight * fed_back


def _shared(codes: Codes, typed: Sequence[int]) -> Codes:
    """Of the stems of the best hits those that enough of them have, ascending, but for those that were typed."""
    ordered = np.sort(codes)
    further = SHARED_BY - 1
    often = ordered[further:][ordered[further:] == ordered[: len(ordered) - further]]
    new = np.ones(len(often), dtype=np.bool_)
    new[1:] = often[1:] != often[:-1]
    for code in typed:
        new &= often != code
    shared: Codes = often[new]
    return shared


def _earned(
    hits: Hits, words: Telling, place: Codes, idf: Numbers, formula: Formula
) -> tuple[Codes, Codes, Numbers]:
    """Of some words those with a place: the place, the hit, and what the word earns there."""
    places = place.take(words.codes)
    found = np.flatnonzero(places)
    owner = words.owner.take(found)
    occurrences = per_length(
        words.counts.take(found).astype(np.float64), hits.relative_length.take(owner), formula
    )
    return (
        places.take(found),
        owner,
        idf.take(words.codes.take(found)) * saturation(occurrences, formula),
    )
