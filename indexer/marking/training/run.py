"""One run of training: labelled passages and staff's corrections to weights, with figures of documents held out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indexer.marking.learned.blocks import Weights, WeightSets
from indexer.marking.learned.document_text import DocumentText
from indexer.marking.training.calibration import calibrate, figures, hold_out
from indexer.marking.training.examples import Examples, read_examples, without_meaning
from indexer.marking.training.fitting import fit_weights
from indexer.marking.training.labels import NO_FINDING, LabelledPassage, join
from indexer.marking.training.linear import need_library
from search.errors import UsageProblem
from search.meaning import Model
from search.model import Passage, Themes

LEAST_LABELS = 40
"""Fewer labelled passages, or fewer documents than folds, teach nothing that holds elsewhere."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights, how many labels and documents made them, and the figures of what was held out: "held_out" (documents) and
    "held_out_groups", and the same with "_by_words" for machines without the sentence model."""

    weights: WeightSets
    labels: int
    documents: int
    figures: Mapping[str, Mapping[str, float]]


class TooFewLabels(UsageProblem):
    """Nothing can be learned that holds on other documents."""

    def __init__(self, labels: int, documents: int, folds: int) -> None:
        super().__init__(
            f"{labels} labelled passages of {documents} documents are too few to train with: give at least "
            f"{LEAST_LABELS} passages of {folds} documents, or fewer --folds"
        )


def train(
    labels: Iterable[LabelledPassage],
    documents: Mapping[str, DocumentText],
    themes: Themes,
    folds: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    model: Model | None = None,
) -> Trained:
    """Train on `labels`, found in `documents` (by path), for `themes`; bars and figures by `folds` of documents, and more
    figures by groups where labels name any. With a `model` there are weights that go by the meaning of words beside those
    that do without. The same input gives the same weights.

    Raises LibraryMissing without scikit-learn, TooFewLabels.
    """
    need_library()
    joined = join(labels, documents)
    named = {example.label.document for example in joined}
    if len(joined) < LEAST_LABELS or len(named) < folds:
        raise TooFewLabels(len(joined), len(named), folds)
    examples = read_examples(joined, themes, model)
    groups = len({example.label.group for example in joined if example.label.group})
    made: dict[str, Mapping[str, float]] = {}
    by_meaning = None
    if model is not None:
        by_meaning = _fitted(examples, folds, groups, progress, "", made)
    by_words = _fitted(
        without_meaning(examples), folds, groups, progress, "_by_words" if model is not None else "", made
    )
    sets = WeightSets(by_words, by_meaning, model.name if model is not None else "")
    return Trained(sets, len(joined), len(named), made)


def _fitted(
    examples: Examples,
    folds: int,
    groups: int,
    progress: Callable[[int, int], None],
    ending: str,
    made: dict[str, Mapping[str, float]],
) -> Weights:
    """Weights of all `examples`, with bars by documents held out; their figures are put into `made`."""
    held_out = hold_out(examples, folds, progress=progress)
    weights = calibrate(examples, held_out, fit_weights(examples, np.arange(len(examples.documents))))
    made[f"held_out{ending}"] = figures(examples, held_out, weights)
    if groups > 1:
        apart = hold_out(examples, min(groups, folds), by_group=True, progress=progress)
        made[f"held_out_groups{ending}"] = figures(examples, apart, calibrate(examples, apart, weights))
    return weights


def label_of_correction(
    passage: Passage, path: str, finding: str | None, added: Iterable[str], removed: Iterable[str], line: int
) -> LabelledPassage:
    """Make a label of what staff say of one `passage` of the document at `path`: they name a `finding` (None: they say
    nothing of it) and themes `added` and `removed`; of other themes they say nothing."""
    return LabelledPassage(
        line=line,
        document=path,
        text=passage.text,
        kind=passage.kind.value,
        finding=finding,
        grade=0 if finding in (None, NO_FINDING) else 2,
        themes={**dict.fromkeys(added, 2), **dict.fromkeys(removed, 0)},
        all_themes=False,
    )
