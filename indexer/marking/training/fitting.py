"""Fits the learned marker: sentences first, passages on top of them, types, then themes.

The strengths of the penalties and the weights of the parts were chosen by five folds of documents and by holding out each
publisher (docs/marking.md). Themes want a strong penalty:
by folds of documents F1 was .648, .674 and .695 at strengths of 1, 3 and 30 in a prototype.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.marking.finding_rules import ORDER
from indexer.marking.learned.blocks import Block, Weights
from indexer.marking.learned.finding_model import PASSAGE_OUTPUTS, SENTENCE_OUTPUTS, sentence_numbers
from indexer.marking.learned.theme_features import PAIR_NUMBERS, ThemeTexts, pair_numbers
from indexer.marking.training.examples import Examples, fold_of
from indexer.marking.training.linear import (
    Numbers,
    beside,
    fit,
    fit_classes,
    make_block,
    matrix,
    with_weights,
)

SENTENCE_STRENGTH, PASSAGE_STRENGTH, TYPE_STRENGTH, THEME_STRENGTH, PAIR_STRENGTH = 3.0, 3.0, 3.0, 30.0, 1.0

SENTENCE_SIGN, PASSAGE_SIGN, DOCUMENT_SCALE, TYPE_WORDS = 0.5, 0.3, 0.5, 0.5
"""What rules and form, the numbers of a document, and for types the words of the whole passage count beside the words."""

HEADING_SCALE, TITLE_SCALE = 0.5, 0.4
"""What words of headings and of the title count beside those of the passage."""

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


class _Sentences:
    """The sentences of some rows as matrices."""

    def __init__(self, examples: Examples, rows: NDArray[np.int64]) -> None:
        chosen = np.isin(examples.owners, rows)
        place = {int(row): number for number, row in enumerate(rows)}
        self.owners = np.array([place[int(row)] for row in examples.owners[chosen]])
        self.stated = examples.stated[chosen]
        listed = [sentence for row in rows for sentence in examples.findings[row].sentences]
        self.documents = [examples.documents[rows[owner]] for owner in self.owners]
        self.words = make_block([s.words for s in listed], self.documents, len(SENTENCE_OUTPUTS), unit=True)
        signs = [s.signs for s in listed]
        self.signs = make_block(signs, self.documents, len(SENTENCE_OUTPUTS), unit=False, value=SENTENCE_SIGN)
        self.matrix = beside(matrix(self.words, [s.words for s in listed]), matrix(self.signs, signs))


def _fit_findings(
    examples: Examples, rows: NDArray[np.int64], blocks: dict[str, Block], vectors: dict[str, Any]
) -> None:
    """Sentences, passages and types."""
    sentences = _Sentences(examples, rows)
    grades = examples.grades[rows]
    weight = np.where(grades[sentences.owners] == 2, 1.0, WEAK_STATES)
    targets = np.where(sentences.stated, weight, 0.0)
    states, states_constant = fit(sentences.matrix, targets, SENTENCE_STRENGTH)
    scores = _held_out_scores(sentences, targets)
    listed = [examples.findings[row] for row in rows]
    documents = [examples.documents[row] for row in rows]
    outputs = len(PASSAGE_OUTPUTS)
    words = make_block([row.words for row in listed], documents, outputs, unit=True)
    signs = make_block([row.signs for row in listed], documents, outputs, unit=False, value=PASSAGE_SIGN)
    word_matrix = matrix(words, [row.words for row in listed])
    sign_matrix = matrix(signs, [row.signs for row in listed])
    parts = np.split(scores, np.cumsum([len(row.sentences) for row in listed])[:-1])
    numbers = np.array([sentence_numbers(part.tolist()) for part in parts])
    numbers = np.concatenate([numbers, DOCUMENT_SCALE * examples.numbers[rows]], axis=1)
    whole = beside(word_matrix, sign_matrix, numbers)
    strong, strong_constant = fit(whole, np.choose(grades, [0.0, WEAK_TARGET, 1.0]), PASSAGE_STRENGTH)
    any_, any_constant = fit(whole, (grades >= 1).astype(float), PASSAGE_STRENGTH)
    types = _Types(examples, rows, sentences, scores, beside(word_matrix * TYPE_WORDS, sign_matrix))
    n, m = len(words.numbers), len(signs.numbers)
    by_type = types.passage_weights
    blocks["passage words"] = with_weights(
        words, np.column_stack([strong[:n], any_[:n], by_type[:n] * TYPE_WORDS])
    )
    blocks["passage signs"] = with_weights(
        signs, np.column_stack([strong[n : n + m], any_[n : n + m], by_type[n : n + m]])
    )
    scale = np.concatenate([np.ones(3), np.full(examples.numbers.shape[1], DOCUMENT_SCALE)])[:, None]
    rest = np.zeros((len(scale), len(ORDER)))
    vectors["passage numbers"] = (scale * np.column_stack([strong[n + m :], any_[n + m :], rest])).astype(
        np.float32
    )
    vectors["passage bias"] = np.array([strong_constant, any_constant, *types.constants], np.float32)
    k = len(sentences.words.numbers)
    together = np.column_stack([states, types.sentence_weights])
    blocks["sentence words"] = with_weights(sentences.words, together[:k])
    blocks["sentence signs"] = with_weights(sentences.signs, together[k:])
    vectors["sentence bias"] = np.array([states_constant, *[0.0] * len(ORDER)], np.float32)


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


class _Types:
    """Weights of the types: over the sentence that states it most and over the passage."""

    def __init__(
        self,
        examples: Examples,
        rows: NDArray[np.int64],
        sentences: _Sentences,
        scores: Numbers,
        passages: Any,
    ) -> None:
        wanted = np.flatnonzero(examples.types[rows] >= 0)
        stating = scores + 100.0 * sentences.stated  # those that people named go first
        places, by_score = [], []
        for row in wanted:
            mine = np.flatnonzero(sentences.owners == row)
            places.append(int(mine[stating[mine].argmax()]) if len(mine) else -1)
            by_score.append(int(mine[scores[mine].argmax()]) if len(mine) else -1)
        kept = [number for number, place in enumerate(places) if place >= 0]
        wanted = wanted[kept]
        both = np.array([places[n] for n in kept] + [by_score[n] for n in kept], dtype=int)
        rows_twice = np.concatenate([wanted, wanted])
        counts = 0.5 * np.where(examples.grades[rows][rows_twice] == 2, 1.0, WEAK_TARGET)
        features = beside(sentences.matrix[both], passages[rows_twice])
        weights, self.constants = fit_classes(
            features, examples.types[rows][rows_twice], len(ORDER), TYPE_STRENGTH, counts
        )
        border = sentences.matrix.shape[1]
        self.sentence_weights, self.passage_weights = weights[:border], weights[border:]


def _fit_themes(
    examples: Examples, rows: NDArray[np.int64], blocks: dict[str, Block], vectors: dict[str, Any]
) -> tuple[str, ...]:
    """What all themes have in common, and the words of those with enough labels. Returns their ids."""
    listed = [examples.topics[row] for row in rows]
    documents = [examples.documents[row] for row in rows]
    ids = [theme.theme_id for theme in examples.known.all]
    words = make_block([row.words for row in listed], documents, 0, unit=True)
    headings = make_block([row.heading for row in listed], documents, 0, unit=True)
    titles = make_block([row.title for row in listed], documents, 0, unit=True)
    grades = examples.themes[rows]
    targets = np.where(grades == 2, 1.0, np.where(grades == 1, TOUCHES_TARGET, 0.0))
    pairs = pair_numbers(listed, ids, ThemeTexts(examples.known.all, words))
    said = (grades >= 0).reshape(-1)
    flat = pairs.reshape(-1, PAIR_NUMBERS).astype(float)
    weights, constant = fit(flat[said], targets.reshape(-1)[said], PAIR_STRENGTH)
    vectors["theme pair"] = weights.astype(np.float32)
    vectors["theme pair bias"] = np.array([constant], np.float32)
    near = pairs @ weights + constant
    whole = beside(
        matrix(words, [row.words for row in listed]),
        matrix(headings, [row.heading for row in listed], HEADING_SCALE),
        matrix(titles, [row.title for row in listed], TITLE_SCALE),
    )
    chosen = [n for n in range(len(ids)) if targets[:, n].sum() >= LEAST_POSITIVE]
    columns, own = [], []
    for number in chosen:
        here = np.flatnonzero(grades[:, number] >= 0)
        weights, constant = fit(beside(whole, near[:, [number]])[here], targets[here, number], THEME_STRENGTH)
        columns.append(weights[:-1])
        own.append((weights[-1], constant))
    table = np.array(columns).T if columns else np.zeros((whole.shape[1], 0))
    n, m = len(words.numbers), len(headings.numbers)
    blocks["theme words"] = with_weights(words, table[:n])
    blocks["theme headings"] = with_weights(headings, table[n : n + m] * HEADING_SCALE)
    blocks["theme titles"] = with_weights(titles, table[n + m :] * TITLE_SCALE)
    vectors["theme own"] = np.array(own, np.float32).reshape(-1, 2)
    return tuple(ids[number] for number in chosen)
