"""The ranking formula, one for all engines, on numbers or NumPy arrays alike.

BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, eq. 3.15) with the
idf of Lucene, which is never negative. Any leaf of a query counts as one term: a phrase, a prefix or a fuzzy word
has the passages that match it as its posting list.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
import numpy.typing as npt

K1 = 1.2  # how soon repeats stop to count; the default of Lucene and tantivy
B = 0.75  # how much longer passages are held back; the default of Lucene and tantivy
HEADING_WEIGHT = 0.3  # a word in the heading path, beside the text's own weight of 1
TITLE_WEIGHT = 0.2  # a word in the document's title

Number = TypeVar("Number", float, npt.NDArray[np.float64])


def idf(passages: int, matching: int) -> float:
    """How much a term tells that `matching` of `passages` have."""
    return math.log(1.0 + (passages - matching + 0.5) / (matching + 0.5))


def saturation(frequency: Number, relative_length: Number) -> Number:
    """The share of the idf that a term earns; `relative_length` is the length over the mean length."""
    return frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * relative_length))
