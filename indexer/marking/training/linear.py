"""Linear models fitted by scikit-learn. The only file that imports it, and SciPy, when it is asked to train."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.marking.learned.blocks import Array, Block
from search.errors import UsageProblem

Numbers = NDArray[np.float64]

LEAST_DOCUMENTS = 3
"""A feature seen in fewer documents says more of them than of language."""

STEPS, TOLERANCE = 100, 1e-3


class LibraryMissing(UsageProblem):
    """scikit-learn is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "training needs scikit-learn, which is not installed: install the development dependencies "
            "(`make install` for developers, or `pip install scikit-learn`) and train again; indexing does not need it"
        )


def need_library() -> None:
    """Raise LibraryMissing where nothing can be trained."""
    if find_spec("sklearn") is None:
        raise LibraryMissing


def make_block(
    rows: Sequence[Collection[str]], documents: Sequence[str], outputs: int, *, unit: bool, value: float = 1.0
) -> Block:
    """Make a block without weights from the features of `rows`: those of LEAST_DOCUMENTS documents or more. In a `unit`
    block they count by rarity (inverse document frequency, smoothed), else each `value`."""
    seen: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for row, document in zip(rows, documents, strict=True):
        for feature in row:
            seen[feature].add(document)
            counts[feature] += 1
    kept = sorted(feature for feature, where in seen.items() if len(where) >= LEAST_DOCUMENTS)
    rarity = [math.log((1 + len(rows)) / (1 + counts[feature])) + 1 for feature in kept]
    values = np.array(rarity if unit else [value] * len(kept), dtype=np.float32)
    numbers = {feature: number for number, feature in enumerate(kept)}
    return Block(numbers, values, np.zeros((len(kept), outputs), dtype=np.float32), unit)


def matrix(block: Block, rows: Sequence[Collection[str]], scale: float = 1.0) -> Any:
    """Return `rows` as a sparse matrix, valued as `block` values them, times `scale`."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # only training needs it

    starts, columns, values = [0], [], []
    for row in rows:
        known = block.known(row)
        found = block.values[known].astype(np.float64)
        if block.unit and known:
            found = found / math.sqrt(float((found * found).sum()))
        columns.extend(known)
        values.extend((found * scale).tolist())
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(rows), len(block.numbers)))


class Columns:
    """Named parts of a matrix side by side, each with what it counts beside the others."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, Any, float]] = []

    def add(self, name: str, values: Any, scale: float = 1.0) -> None:
        """Put a part at the end: `values` (rows x columns), times `scale`."""
        self.parts.append((name, values, scale))

    @property
    def matrix(self) -> Any:
        """All parts as one sparse matrix."""
        from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415  # as above

        return hstack([csr_matrix(values) * scale for _, values, scale in self.parts]).tocsr()

    def split(self, weights: Numbers) -> dict[str, Numbers]:
        """Return the `weights` (columns x outputs) of each part, for values without its scale."""
        ends = np.cumsum([values.shape[1] for _, values, _ in self.parts])[:-1]
        split = np.split(weights, ends)
        return {name: own * scale for (name, _, scale), own in zip(self.parts, split, strict=True)}


def fit(
    features: Any, targets: Numbers, strength: float, counts: Numbers | None = None
) -> tuple[Numbers, float]:
    """Fit a logistic regression to `targets` from 0 to 1 (one of .5 counts half for each side) and return its weights
    and its constant. `strength` is the inverse of the penalty, `counts` what each row counts."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # as above

    counts = np.ones(len(targets)) if counts is None else counts
    shares = np.concatenate([targets * counts, (1 - targets) * counts])
    kept = np.flatnonzero(shares > 0)
    sides = (kept < len(targets)).astype(int)
    if len(set(sides.tolist())) < 2:
        return np.zeros(features.shape[1]), 3.0 if sides.all() else -3.0
    model = LogisticRegression(C=strength, max_iter=STEPS, tol=TOLERANCE, solver="liblinear")
    model.fit(features[kept % len(targets)], sides, sample_weight=shares[kept])
    return model.coef_[0], float(model.intercept_[0])


def fit_classes(
    features: Any, classes: NDArray[np.int64], count: int, strength: float, counts: Numbers
) -> tuple[Numbers, Numbers]:
    """Fit one of `count` classes and return weights (features x classes) and constants; a class without rows never wins."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # as above

    weights, constants = np.zeros((features.shape[1], count)), np.full(count, -9.0)
    there = sorted(set(classes.tolist()))
    if len(there) < 2:
        constants[there] = 0.0
        return weights, constants
    model = LogisticRegression(C=strength, max_iter=STEPS, tol=TOLERANCE)
    model.fit(features, classes, sample_weight=counts)
    if len(there) == 2:
        weights[:, there[1]], constants[there] = model.coef_[0], [0.0, float(model.intercept_[0])]
    else:
        weights[:, there], constants[there] = model.coef_.T, model.intercept_
    return weights, constants


def with_weights(block: Block, weights: Numbers) -> Block:
    """Return `block` with weights (features x outputs)."""
    filled: Array = weights.astype(np.float32)
    return Block(block.numbers, block.values, filled, block.unit)
