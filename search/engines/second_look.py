"""The first hits looked at once more, word by word: what stands side by side, and what the best hits speak of.

A second look only adds to scores, so hits beyond the first `LOOKED_AT` keep their place, and no passage becomes a hit.

- *Pairs*: two words that were typed side by side earn once more where they stand so in the text, with at most one word
  between them (the ordered window of Metzler and Croft, "A Markov random field model for term dependencies", 2005).
- *Feedback*: words that several of the best hits have in common, and that tell something, count a little in all of them
  (relevance feedback without a reader, after Rocchio 1971; with a weight of a tenth, since it may lead astray). Only where words
  are alternatives: where every hit has all of them, it has little to tell and costs more than finding the hits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from search import text
from search.engines.scoring import FORMULA, Formula, per_length, saturation
from search.query.terms import TermQuery, has_alternatives, side_by_side

LOOKED_AT = 100  # hits; on the judged collections the first ten are the same with 30 and with 1,000
BEST_HITS = 10  # whose words are taken for feedback
SHARED_BY = 3  # best hits that must have a word before it counts; with fewer it may be one report's own
FEEDBACK_WORDS = 15  # words that count, and those level with the last of them
SHORTEST = 3  # letters of a word that counts
_DECIMALS = 6  # to which sums are rounded before they are compared, so that engines choose alike

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits to be looked at, best first, and their words.

    `scores` are those of the first look, with the `weight` of the passage in them. `forms` holds the codes of the words of all hits, hit after hit, each in reading order; `owner` says which hit a word
    belongs to. `stems` are the codes of the same words' stems.
    """

    scores: Numbers
    weight: Numbers
    relative_length: Numbers
    owner: Codes
    forms: Codes
    stems: Codes


@dataclass(frozen=True, slots=True)
class Stems:
    """What an engine knows of stems, by their codes: the idf of each, and whether each may count (`may_count`)."""

    idf: Callable[[Codes], Numbers]
    telling: Callable[[Codes], npt.NDArray[np.bool_]]


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
    """Whether a second look can change anything."""
    return has_alternatives(query) or bool(side_by_side(query))


def fit_for(query: TermQuery, formula: Formula) -> Formula:
    """The formula, without feedback where words are no alternatives."""
    return formula if has_alternatives(query) else replace(formula, feedback=0.0)


def second_look(
    hits: Hits, pairs: Sequence[Pair], typed: Sequence[int], stems: Stems, formula: Formula = FORMULA
) -> Numbers:
    """What each hit earns by a second look; `typed` are the codes of the stems that were asked for."""
    earned = np.zeros(len(hits.scores))
    for pair in pairs:
        occurrences = per_length(_side_by_side(hits, pair), hits.relative_length, formula)
        earned += formula.pair * pair.idf * hits.weight * saturation(occurrences, formula)
    if formula.feedback:
        fed_back = _feedback(hits, hits.scores + earned, typed, stems, formula)
        earned += formula.feedback * hits.weight * fed_back
    return earned


def _side_by_side(hits: Hits, pair: Pair) -> Numbers:
    """How often the second word follows the first one, at once or after one other word, in each hit."""
    first, second = hits.forms == pair.first, hits.forms == pair.second
    found = np.zeros(len(hits.scores))
    for distance in (1, 2):
        near = first[:-distance] & second[distance:] & (hits.owner[:-distance] == hits.owner[distance:])
        found += np.bincount(hits.owner[:-distance][near], minlength=len(found))
    return found


def _feedback(hits: Hits, scores: Numbers, typed: Sequence[int], stems: Stems, formula: Formula) -> Numbers:
    """What each hit earns by the words that the best hits share, the strongest of which has weight 1."""
    best = np.lexsort((np.arange(len(scores)), -scores.round(_DECIMALS)))[:BEST_HITS]
    best = best[scores[best] > 0]
    words = _shared_words(hits, best, typed, stems)
    if not len(words):
        return np.zeros(len(scores))
    earned = stems.idf(words) * saturation(_occurrences(hits, words, formula), formula)
    told = (scores[best] / scores[best].sum()) @ earned[best]
    least = np.sort(told.round(_DECIMALS))[-FEEDBACK_WORDS:][0]
    return earned @ np.where(told.round(_DECIMALS) >= least, told / told.max(), 0.0)


def _shared_words(hits: Hits, best: Codes, typed: Sequence[int], stems: Stems) -> Codes:
    """The telling stems that enough of the best hits have, but for those that were typed."""
    is_best = np.zeros(len(hits.scores), dtype=np.bool_)
    is_best[best] = True
    theirs = is_best[hits.owner]
    once_a_hit = _distinct(np.sort(hits.stems[theirs] * len(is_best) + hits.owner[theirs])) // len(is_best)
    further = SHARED_BY - 1
    words = _distinct(once_a_hit[further:][once_a_hit[further:] == once_a_hit[: len(once_a_hit) - further]])
    counts = stems.telling(words)
    for code in typed:
        counts = counts & (words != code)
    told: Codes = words[counts]
    return told


def _distinct(codes: Codes) -> Codes:
    """Ascending codes without repeats."""
    new = np.ones(len(codes), dtype=np.bool_)
    new[1:] = codes[1:] != codes[:-1]
    distinct: Codes = codes[new]
    return distinct


def _occurrences(hits: Hits, words: Codes, formula: Formula) -> Numbers:
    """How often each hit (rows) has each of these stems (columns), set against its length."""
    place_of = np.full(int(hits.stems.max()) + 1, -1, dtype=np.int64)
    place_of[words] = np.arange(len(words))
    place = place_of[hits.stems]
    found = place >= 0
    cells = hits.owner[found] * len(words) + place[found]
    counted = np.bincount(cells, minlength=len(hits.scores) * len(words)).reshape(-1, len(words))
    return per_length(counted.astype(np.float64), hits.relative_length[:, None], formula)
