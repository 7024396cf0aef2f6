"""Measures of rankings and of agreement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.marking.evaluation import Score

GRADES = 3


def f1(right: int, wrong: int, missed: int) -> Score:
    """Return precision, recall and F1 of counts."""
    return Score(right=right, missed=missed, wrong=wrong)


def average_precision(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """Return the mean precision at the places of the `wanted` rows when all are ranked by `scores`, rows of one score in
    the mean over their orders."""
    total, seen, right, summed = int(wanted.sum()), 0, 0, 0.0
    for value in np.unique(scores)[::-1]:
        group = wanted[scores == value]
        size, hits = len(group), int(group.sum())
        if hits:
            places = np.arange(1, size + 1)
            before = (
                (hits - 1) / max(1, size - 1) * (places - 1)
            )  # wanted ones of the group that stand before, on average
            summed += float((hits / size * (right + before + 1) / (seen + places)).sum())
        seen, right = seen + size, right + hits
    return summed / total if total else 0.0


def weighted_kappa(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """Return Cohen's kappa of two lists of grades with quadratic weights (J. Cohen, "Weighted kappa", 1968)."""
    table = np.zeros((GRADES, GRADES))
    np.add.at(table, (first, second), 1)
    count = max(1.0, float(table.sum()))
    steps = np.arange(GRADES)
    weights = ((steps[:, None] - steps[None, :]) / (GRADES - 1)) ** 2
    expected = float((weights * np.outer(table.sum(1), table.sum(0))).sum()) / count / count
    return 1 - float((weights * table).sum()) / count / expected if expected else 0.0
