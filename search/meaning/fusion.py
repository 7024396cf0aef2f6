"""One score for words and meaning together: the same formula for every collection and every question.

    score = max(likeness, FAINT) * (1 + WORDS * min(lexical / worth, MOST_OF_WORTH)) / (1 + WORDS)

`worth` is what the words of the question tell together, the sum of their idf. A lexical score is set against that and not
against the best one found, because the best match of a question may be a poor one, which then would count in full. The two are
multiplied and not added: words count where the meaning is near, so that a passage with a few stray words of a question does not stand before
one that answers it in words of its own. `docs/ranking.md` has what sums, other weights and other formulas give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WORDS = 3.0
MOST_OF_WORTH = 1.5
FAINT = 0.05  # the least that likeness counts, so that words order what has next to none
LEAST_LIKENESS = 0.3  # of a hit by meaning
MOST_BY_MEANING = 30
UNKNOWN_LIKENESS = (
    0.2  # of a hit without a vector, such as a heading: less than that of nearly every passage that answers
)


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a hit: what its words earn, how near its meaning is (None: it has no vector), and whether its words match."""

    key: str
    lexical: float
    likeness: float | None
    matches: bool


def fused_score(found: Found, worth: float) -> float:
    """Return the score of `found` for a question whose words are worth so much (above 0)."""
    words = min(found.lexical / worth, MOST_OF_WORTH)
    likeness = UNKNOWN_LIKENESS if found.likeness is None else max(found.likeness, FAINT)
    return likeness * (1 + WORDS * words) / (1 + WORDS)


def fused(candidates: Iterable[Found], worth: float) -> Mapping[str, float]:
    """Return the scores by key, best first; of what does not match by its words, only the best MOST_BY_MEANING."""
    scored = [(fused_score(found, worth), found) for found in candidates]
    left, kept = MOST_BY_MEANING, {}
    for score, found in sorted(scored, key=lambda pair: (-pair[0], pair[1].key)):
        if found.matches:
            kept[found.key] = score
        elif left and (found.likeness or 0.0) >= LEAST_LIKENESS:
            kept[found.key] = score
            left -= 1
    return kept
