"""Fits the learned marker: sentences first, passages on top of them, types, then themes.

The strengths of the penalties and the weights of the parts were chosen by five folds of documents and by holding out each
publisher, on two thirds of the documents (docs/marking.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.marking.finding_rules import ORDER
from indexer.marking.learned.blocks import Array, Block, Weights
from indexer.marking.learned.finding_model import PASSAGE_OUTPUTS, SENTENCE_OUTPUTS, sentence_numbers
from indexer.marking.learned.theme_features import PAIR_NUMBERS, ThemeTexts, pair_numbers
from indexer.marking.learned.word_vectors import ALL, TELLING, centred, find_centre, stack
from indexer.marking.training.examples import Examples, fold_of
from indexer.marking.training.linear import (
    Columns,
    Numbers,
    fit,
    fit_classes,
    make_block,
    matrix,
    with_weights,
)

SENTENCE_STRENGTH, PASSAGE_STRENGTH, TYPE_STRENGTH, PAIR_STRENGTH = 1.0, 1.0, 3.0, 1.0

THEME_STRENGTH, MEANING_STRENGTH = 30.0, 3.0
"""Of the own weights of themes, by words alone and with what words mean: 384 numbers that few labels would learn by heart."""

SENTENCE_SIGN, PASSAGE_SIGN, DOCUMENT_SCALE, TYPE_WORDS = 0.5, 0.3, 0.5, 0.5
"""What rules and form, the numbers of a document, and for types the words of the whole passage count beside the words."""

HEADING_SCALE, TITLE_SCALE, THEME_MEANING = 0.5, 0.4, 2.0
"""What words of headings and of the title, and what words mean, count beside the words of the passage."""

WEAK_STATES, WEAK_TARGET, TOUCHES_TARGET = 0.8, 0.5, 0.4
"""What a sentence that states a weak finding, a weak finding, and a theme that is touched count as: between yes and no."""

LEAST_POSITIVE = 5.0
"""Labelled passages (one that touches counts TOUCHES_TARGET) from which a theme gets weights of its own."""

PARTS = 2
"""Parts in which scores of sentences are made for the passages that learn from them, each by the other part."""


def fit_weights(examples: Examples, rows: NDArray[np.int64]) -> Weights:
    """Fit all weights from the `rows` of `examples`; bars are 0 until they are calibrated."""
    blocks: dict[str, Block] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    _fit_findings(examples, rows[examples.grades[rows] >= 0], blocks, vectors)
    themes = _fit_themes(examples, rows, blocks, vectors)
    vectors["finding bars"] = np.zeros(2, np.float32)
    vectors["theme bars"] = np.zeros(4, np.float32)
    return Weights(blocks, vectors, themes)


class _Passages:
    """Some rows as columns; `centre` is their mean direction of meaning, None without the sentence model."""

    def __init__(self, examples: Examples, rows: NDArray[np.int64]) -> None:
        listed = [examples.findings[row] for row in rows]
        documents = [examples.documents[row] for row in rows]
        self.words = make_block([row.words for row in listed], documents, len(PASSAGE_OUTPUTS), unit=True)
        signs = [row.signs for row in listed]
        self.signs = make_block(signs, documents, len(PASSAGE_OUTPUTS), unit=False, value=PASSAGE_SIGN)
        self.sizes = [len(row.sentences) for row in listed]
        self._word_matrix = matrix(self.words, [row.words for row in listed])
        self._sign_matrix = matrix(self.signs, signs)
        table = stack([row.sums for row in listed], ALL)
        self.centre = find_centre(table) if table is not None else None
        self._meaning = centred(table, self.centre) if table is not None and self.centre is not None else None

    def columns(self, word_scale: float = 1.0) -> Columns:
        """Return words, rules and form, and what the words mean."""
        found = Columns()
        found.add("words", self._word_matrix, word_scale)
        found.add("signs", self._sign_matrix)
        if self._meaning is not None:
            found.add("meaning", self._meaning)
        return found


class _Sentences:
    """The sentences of some rows as columns."""

    def __init__(self, examples: Examples, rows: NDArray[np.int64], centre: Array | None) -> None:
        chosen = np.isin(examples.owners, rows)
        place = {int(row): number for number, row in enumerate(rows)}
        self.owners = np.array([place[int(row)] for row in examples.owners[chosen]])
        self.stated = examples.stated[chosen]
        listed = [sentence for row in rows for sentence in examples.findings[row].sentences]
        self.documents = [examples.documents[rows[owner]] for owner in self.owners]
        self.words = make_block([s.words for s in listed], self.documents, len(SENTENCE_OUTPUTS), unit=True)
        signs = [s.signs for s in listed]
        self.signs = make_block(signs, self.documents, len(SENTENCE_OUTPUTS), unit=False, value=SENTENCE_SIGN)
        self.columns = Columns()
        self.columns.add("words", matrix(self.words, [s.words for s in listed]))
        self.columns.add("signs", matrix(self.signs, signs))
        table = stack([s.sums for s in listed], ALL)
        if table is not None and centre is not None:
            self.columns.add("meaning", centred(table, centre))
        self.matrix = self.columns.matrix


def _fit_findings(
    examples: Examples, rows: NDArray[np.int64], blocks: dict[str, Block], vectors: dict[str, Any]
) -> None:
    """Sentences, passages and types."""
    passages = _Passages(examples, rows)
    sentences = _Sentences(examples, rows, passages.centre)
    grades = examples.grades[rows]
    weight = np.where(grades[sentences.owners] == 2, 1.0, WEAK_STATES)
    targets = np.where(sentences.stated, weight, 0.0)
    states, states_constant = fit(sentences.matrix, targets, SENTENCE_STRENGTH)
    scores = _held_out_scores(sentences, targets)
    parts = np.split(scores, np.cumsum(passages.sizes)[:-1])
    numbers = np.array([sentence_numbers(part.tolist()) for part in parts])
    whole = passages.columns()
    whole.add("sentences", numbers)
    whole.add("document", examples.numbers[rows], DOCUMENT_SCALE)
    everything = whole.matrix
    strong, strong_constant = fit(everything, np.choose(grades, [0.0, WEAK_TARGET, 1.0]), PASSAGE_STRENGTH)
    any_, any_constant = fit(everything, (grades >= 1).astype(float), PASSAGE_STRENGTH)
    by_passage = whole.split(np.column_stack([strong, any_]))
    types = _fit_types(examples, rows, sentences, scores, passages)
    by_sentence = sentences.columns.split(states[:, None])
    for name, block in (("words", passages.words), ("signs", passages.signs)):
        table = np.column_stack([by_passage[name], types[f"passage {name}"]])
        blocks[f"passage {name}"] = with_weights(block, table)
    for name, block in (("words", sentences.words), ("signs", sentences.signs)):
        table = np.column_stack([by_sentence[name], types[f"sentence {name}"]])
        blocks[f"sentence {name}"] = with_weights(block, table)
    kinds = len(ORDER)
    rest = np.concatenate([by_passage["sentences"], by_passage["document"]])
    vectors["passage numbers"] = np.column_stack([rest, np.zeros((len(rest), kinds))]).astype(np.float32)
    constants = types["constants"].tolist()
    vectors["passage bias"] = np.array([strong_constant, any_constant, *constants], np.float32)
    vectors["sentence bias"] = np.array([states_constant, *[0.0] * kinds], np.float32)
    if passages.centre is not None:
        vectors["centre"] = passages.centre
        for name, own in (("sentence meaning", by_sentence), ("passage meaning", by_passage)):
            vectors[name] = np.column_stack([own["meaning"], types[name]]).astype(np.float32)


def _held_out_scores(sentences: _Sentences, targets: Numbers) -> Numbers:
    """Scores of sentences by weights that have not seen their documents: what passages learn from must be as good as
    what they will get, not better."""
    parts = np.array([fold_of(f"part {document}", PARTS) for document in sentences.documents])
    scores = np.zeros(len(targets))
    for part in range(PARTS):
        inside, outside = parts == part, parts != part
        if inside.any() and outside.any():
            weights, constant = fit(sentences.matrix[outside], targets[outside], SENTENCE_STRENGTH)
            scores[inside] = sentences.matrix[inside] @ weights + constant
    return scores


def _fit_types(
    examples: Examples,
    rows: NDArray[np.int64],
    sentences: _Sentences,
    scores: Numbers,
    passages: _Passages,
) -> dict[str, Numbers]:
    """Weights of the types over the sentence that states it most ("sentence words" ...) and over the passage, with their
    constants. Each passage is seen with the sentence that people named and with the one that scores highest."""
    wanted = np.flatnonzero(examples.types[rows] >= 0)
    stating = scores + 100.0 * sentences.stated  # those that people named go first
    mine = [np.flatnonzero(sentences.owners == row) for row in wanted]
    kept = [number for number, found in enumerate(mine) if len(found)]
    places = [mine[n][values[mine[n]].argmax()] for values in (stating, scores) for n in kept]
    twice = np.concatenate([wanted[kept], wanted[kept]])
    columns = Columns()
    for prefix, own, where in (
        ("sentence", sentences.columns, np.array(places, dtype=int)),
        ("passage", passages.columns(TYPE_WORDS), twice),
    ):
        for name, values, scale in own.parts:
            columns.add(f"{prefix} {name}", values[where], scale)
    counts = 0.5 * np.where(examples.grades[rows][twice] == 2, 1.0, WEAK_TARGET)
    classes = examples.types[rows][twice]
    weights, constants = fit_classes(columns.matrix, classes, len(ORDER), TYPE_STRENGTH, counts)
    return {**columns.split(weights), "constants": constants}


def _fit_themes(
    examples: Examples, rows: NDArray[np.int64], blocks: dict[str, Block], vectors: dict[str, Any]
) -> tuple[str, ...]:
    """What all themes have in common, and the words of those with enough labels. Returns their ids."""
    listed = [examples.topics[row] for row in rows]
    documents = [examples.documents[row] for row in rows]
    ids = [theme.theme_id for theme in examples.known.all]
    table = stack([row.sums for row in listed], TELLING)
    columns = Columns()
    made: dict[str, Block] = {}
    for name, texts, scale in (
        ("theme words", [row.words for row in listed], 1.0),
        ("theme headings", [row.heading for row in listed], HEADING_SCALE),
        ("theme titles", [row.title for row in listed], TITLE_SCALE),
    ):
        made[name] = make_block(texts, documents, 0, unit=True)
        columns.add(name, matrix(made[name], texts), scale)
    if table is not None:
        vectors["theme centre"] = find_centre(table)
        columns.add("theme meaning", centred(table, vectors["theme centre"]), THEME_MEANING)
    grades = examples.themes[rows]
    targets = np.where(grades == 2, 1.0, np.where(grades == 1, TOUCHES_TARGET, 0.0))
    near_texts = ThemeTexts(
        examples.known.all, made["theme words"], examples.theme_sums, vectors.get("theme centre")
    )
    pairs = pair_numbers(listed, ids, near_texts)
    said = (grades >= 0).reshape(-1)
    flat = pairs.reshape(-1, PAIR_NUMBERS).astype(float)
    weights, constant = fit(flat[said], targets.reshape(-1)[said], PAIR_STRENGTH)
    vectors["theme pair"] = weights.astype(np.float32)
    vectors["theme pair bias"] = np.array([constant], np.float32)
    chosen = [n for n in range(len(ids)) if targets[:, n].sum() >= LEAST_POSITIVE]
    strength = THEME_STRENGTH if table is None else MEANING_STRENGTH
    fitted, own = _fit_own(columns, pairs @ weights + constant, grades, targets, chosen, strength)
    for name, found in columns.split(fitted).items():
        if name in made:
            blocks[name] = with_weights(made[name], found)
        else:
            vectors[name] = found.astype(np.float32)
    vectors["theme own"] = own
    return tuple(ids[number] for number in chosen)


def _fit_own(
    columns: Columns,
    near: Numbers,
    grades: NDArray[np.int64],
    targets: Numbers,
    chosen: list[int],
    strength: float,
) -> tuple[Numbers, Array]:
    """Weights of the `chosen` themes over `columns` (columns x themes), and for each what the common model (`near`)
    counts and its constant."""
    whole = columns.matrix
    fitted, own = np.zeros((whole.shape[1], len(chosen))), np.zeros((len(chosen), 2), np.float32)
    for place, number in enumerate(chosen):
        here = np.flatnonzero(grades[:, number] >= 0)
        with_near = Columns()
        with_near.add("own", whole[here])
        with_near.add("near", near[here][:, [number]])
        weights, constant = fit(with_near.matrix, targets[here, number], strength)
        fitted[:, place], own[place] = weights[:-1], (weights[-1], constant)
    return fitted, own
