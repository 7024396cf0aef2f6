"""Bars and figures by cross-validation: each document is judged by weights that have not seen it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.marking.learned.blocks import Weights
from indexer.marking.learned.finding_model import passage_scores
from indexer.marking.learned.theme_model import ThemeModel
from indexer.marking.training.examples import Examples, fold_of
from indexer.marking.training.fitting import fit_weights
from indexer.marking.training.measures import average_precision, f1, weighted_kappa

STRONG_PRECISION = 0.78
"""Precision that strong findings must keep where it can be had: a table of evidence with more wrong rows is not used."""

AGREEMENT = 1.0
"""What agreement of the three grades counts beside F1 of strong findings when bars are chosen: with 1.5 the bar is so high
that a third of the strong findings is lost (recall .68, kappa .60), with 1 it is a fifth (.80, .57)."""

PLATEAU = 0.015
"""Of bars of themes whose F1 is within this of the best, the lowest is taken for "about it": what is given is ranked, what is
not is lost; for "touches it" the highest: it is seen when somebody asks for more, and half of it was wrong on other collections."""

SUPPORT = 12
"""Labelled passages that a theme needs to count in means."""

Logits = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What weights that had not seen them say of all rows: logits of findings, numbers of types, logits of themes by
    their own weights where they have any and by what all themes have in common."""

    findings: Logits
    types: NDArray[np.int64]
    themes: Logits
    pairs: Logits


def hold_out(
    examples: Examples,
    folds: int,
    *,
    by_group: bool = False,
    progress: Callable[[int, int], None] = lambda _a, _b: None,
) -> HeldOut:
    """Judge every row of `examples` by weights fitted on the other `folds`, of documents or (`by_group`) of groups."""
    names = examples.groups if by_group else examples.documents
    if by_group:
        numbered = {name: number for number, name in enumerate(dict.fromkeys(names))}
        fold = np.array([numbered[name] % folds for name in names])
    else:
        fold = np.array([fold_of(name, folds) for name in names])
    count, themes = len(names), len(examples.known.all)
    found = HeldOut(
        np.zeros(count), np.zeros(count, int), np.zeros((count, themes)), np.zeros((count, themes))
    )
    for number in range(folds):
        inside, outside = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        if len(inside) and len(outside):
            judge(examples, inside, fit_weights(examples, outside), found)
        progress(number + 1, folds)
    return found


def judge(examples: Examples, rows: NDArray[np.int64], weights: Weights, found: HeldOut) -> None:
    """Write into `found` what `weights` say of the `rows` of `examples`."""
    features = [examples.findings[row] for row in rows]
    logits, types = passage_scores(features, examples.numbers[rows], weights)
    found.findings[rows], found.types[rows] = logits, types
    topics = [examples.topics[row] for row in rows]
    if examples.known.all:
        known, sums = examples.known, examples.theme_sums
        found.themes[rows] = ThemeModel(weights, known, sums).score(topics)
        found.pairs[rows] = ThemeModel(replace(weights, themes=()), known, sums).score(topics)


def calibrate(examples: Examples, held_out: HeldOut, weights: Weights) -> Weights:
    """Return `weights` with bars that did best on what was `held_out`."""
    known = examples.grades >= 0
    strong, weak = best_finding_bars(held_out.findings[known], examples.grades[known])
    about, touches = best_theme_bars(held_out.themes, examples.themes)
    pair_about, pair_touches = best_theme_bars(held_out.pairs, examples.themes)
    bars = {
        "finding bars": np.array([strong, weak], np.float32),
        "theme bars": np.array([about, touches, pair_about, pair_touches], np.float32),
    }
    return Weights(weights.blocks, {**weights.vectors, **bars}, weights.themes)


def _steps(logits: Logits, least: float, most: float) -> list[float]:
    """Bars to try: a hundred between two quantiles."""
    return (
        [float(bar) for bar in np.quantile(logits, np.linspace(least, most, 100))] if logits.size else [0.0]
    )


def best_finding_bars(logits: Logits, grades: NDArray[np.int64]) -> tuple[float, float]:
    """Return the bars of strong and of weak findings with the best sum of F1 of strong ones (weak ones counting on neither
    side) and of AGREEMENT times the agreement of grades, among those of STRONG_PRECISION where there are any."""
    tried = []
    for strong in _steps(logits, 0.3, 0.98):
        given = logits >= strong
        score = f1(
            int((given & (grades == 2)).sum()),
            int((given & (grades == 0)).sum()),
            int((~given & (grades == 2)).sum()),
        )
        agreement, weak = _best_weak_bar(logits, grades, strong)
        tried.append(
            (score.precision >= STRONG_PRECISION, score.f1 + AGREEMENT * agreement, strong, min(weak, strong))
        )
    return max(tried)[2:]


def _best_weak_bar(logits: Logits, grades: NDArray[np.int64], strong: float) -> tuple[float, float]:
    """The bar of weak findings with which grades agree best (quadratic weighted kappa), behind that kappa."""
    tried = []
    for bar in _steps(logits, 0.02, 0.8)[::3]:
        given = np.where(logits >= strong, 2, np.where(logits >= bar, 1, 0))
        tried.append((weighted_kappa(grades, given), bar))
    return max(tried)


def best_theme_bars(logits: Logits, grades: NDArray[np.int64]) -> tuple[float, float]:
    """Return the bars of "about it" and "touches it" with the best F1: of grade 2, grade 1 counting on neither side, and of
    any grade."""
    about, touches = [], []
    for bar in np.arange(-4.0, 2.0, 0.1):
        given = logits >= bar
        right, wrong = int((given & (grades == 2)).sum()), int((given & (grades == 0)).sum())
        about.append((f1(right, wrong, int((~given & (grades == 2)).sum())).f1, float(bar)))
        right += int((given & (grades == 1)).sum())
        touches.append((f1(right, wrong, int((~given & (grades >= 1)).sum())).f1, float(bar)))
    best = max(about)[0]
    lowest = min(bar for value, bar in about if value >= best - PLATEAU)
    most = max(touches)[0]
    return lowest, min(max(bar for value, bar in touches if value >= most - PLATEAU), lowest)


def figures(examples: Examples, held_out: HeldOut, bars: Weights) -> dict[str, float]:
    """Return how good what was `held_out` is with `bars`: the figures of docs/marking.md."""
    known = (examples.grades >= 0) & (examples.grades != 1)
    strong, weak = bars.vectors["finding bars"].tolist()
    logits, grades = held_out.findings, examples.grades
    given = np.where(logits >= strong, 2, np.where(logits >= weak, 1, 0))
    table = f1(
        int(((given == 2) & (grades == 2)).sum()),
        int(((given == 2) & (grades == 0)).sum()),
        int(((given < 2) & (grades == 2)).sum()),
    )
    found = (grades == 2) & (given > 0)
    result = {
        "finding_ap": average_precision(logits[known], grades[known] == 2),
        "strong_p": table.precision,
        "strong_r": table.recall,
        "strong_f1": table.f1,
        "kappa": weighted_kappa(grades[grades >= 0], given[grades >= 0]),
        "type_acc": float((held_out.types[found] == examples.types[found]).mean()) if found.any() else 0.0,
    }
    about = float(bars.vectors["theme bars"][0])
    pair_about = float(bars.vectors["theme bars"][2])
    return {
        **result,
        **_theme_figures(held_out.themes, examples.themes, about, "theme"),
        **_theme_figures(held_out.pairs, examples.themes, pair_about, "new_theme"),
    }


def _theme_figures(logits: Logits, grades: NDArray[np.int64], bar: float, name: str) -> dict[str, float]:
    """F1 over all pairs, and means over the themes with SUPPORT labels."""
    given = logits >= bar
    right, wrong = (given & (grades == 2)).sum(0), (given & (grades == 0)).sum(0)
    missed = (~given & (grades == 2)).sum(0)
    counted = np.flatnonzero(right + missed >= SUPPORT)
    micro = f1(int(right.sum()), int(wrong.sum()), int(missed.sum()))
    macro = [f1(int(right[n]), int(wrong[n]), int(missed[n])).f1 for n in counted]
    shown = np.where(given, logits, logits.min() - 1)  # what is not given has no order
    precise = [
        average_precision(shown[grades[:, n] != 1, n], grades[grades[:, n] != 1, n] == 2) for n in counted
    ]
    return {
        f"{name}_p": micro.precision,
        f"{name}_r": micro.recall,
        f"{name}_f1": micro.f1,
        f"{name}_macro": float(np.mean(macro)) if macro else 0.0,
        f"{name}_ap": float(np.mean(precise)) if precise else 0.0,
    }
