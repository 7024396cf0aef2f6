"""The ranking formula, one for all engines, on numbers or NumPy arrays alike.

BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, sections 3.4 and 3.5) over
the text, the heading path and the title, with the idf of Lucene, which is never negative. A typed word scores by
its stem in all three fields and once more, a little, where the text has it exactly as typed. Any other leaf of a query
(a phrase, a prefix, a fuzzy word) counts as one term that has the passages it matches as its posting list.

`docs/ranking.md` says what each part brings on judged questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", float, npt.NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Formula:
    """The numbers of the formula; a part that is 0 is switched off.

    `k1` says how soon repeats stop to count, `b` how much longer texts are held back: both are the defaults of Lucene and
    tantivy. `heading` and `title` are weights beside the text's own weight of 1, `exact` is the share that the very
    form scores beside its stem. `forms` is what an occurrence of an irregular form ("matrices" for matrix) counts beside one of the
    word itself: at 0.15 and more a common form drowns a rare word (CACM falls by 3 %), at 0.05 and 0.1 nothing changes. `pair` and `feedback` weigh what `rescoring.py` finds. On the judged collections of `benchmarks/ranking.py` each of them is at the middle of a
    wide plateau (title 1 to 2, exact 0.1 to 0.3, pair 0.2 to 0.3, feedback 0.1 to 0.15), so the values are round and not the best ones.
    """

    k1: float = 1.2
    b: float = 0.75
    heading: float = 1.0
    title: float = 1.5
    exact: float = 0.2
    pair: float = 0.2
    feedback: float = 0.1
    forms: float = 0.1


FORMULA = Formula()


def idf(passages: int, matching: Number) -> Number:
    """Return how much a term tells that `matching` of `passages` have in their text."""
    told: Number = np.log(1.0 + (passages - matching + 0.5) / (matching + 0.5))
    return told


def length_norm(relative_length: Number, formula: Formula = FORMULA) -> Number:
    """Return what occurrences in a field are divided by; `relative_length` is the field's length over the mean length."""
    return 1.0 - formula.b + formula.b * relative_length


def saturation(frequency: Number, formula: Formula = FORMULA) -> Number:
    """Return the share of the idf that a term scores with so many occurrences (over their length norms, weighted and added)."""
    return frequency * (formula.k1 + 1.0) / (frequency + formula.k1)
