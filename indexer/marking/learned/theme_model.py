"""From features to themes: about it or touching it, how sure, because of which words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from indexer.marking.learned.blocks import Array, Weights
from indexer.marking.learned.document_text import TextUnit
from indexer.marking.learned.theme_features import ThemeFeatures, ThemeTexts, pair_numbers
from indexer.marking.learned.word_vectors import TELLING, centred, stack
from indexer.marking.stems import Token
from search.model import ThemeMark, Themes

MOST_WORDS, LEAST_SHARE = 3, 0.15
"""Words given as a reason beside those of the rules, and what one must add to the logit for that."""

BLOCKS = ("theme words", "theme headings", "theme titles")


class ThemeModel:
    """Marks the passages of one document at a time. Themes with labels have weights of their own beside what all themes
    have in common; a theme without works by that alone: its label, other labels, scope note and examples."""

    def __init__(self, weights: Weights, themes: Themes, sums: Array | None = None) -> None:
        """`sums` are what the texts of the `themes` mean (`read_theme_sums`), for weights that go by meaning."""
        self._weights = weights
        self._ids = tuple(theme.theme_id for theme in themes.all)
        centre = weights.vectors.get("theme centre")
        self._texts = ThemeTexts(themes.all, weights.blocks["theme words"], sums, centre)
        known = {theme_id: number for number, theme_id in enumerate(weights.themes)}
        self._own = [(n, known[theme_id]) for n, theme_id in enumerate(self._ids) if theme_id in known]
        self._outputs = known
        self._bars = weights.vectors["theme bars"]  # own about, own touches, pair about, pair touches

    def mark(self, units: Sequence[TextUnit], rows: Sequence[ThemeFeatures]) -> list[tuple[ThemeMark, ...]]:
        """Return the themes of each of `units`, whose features are `rows`, in the order of the themes file."""
        if not rows or not self._ids:
            return [() for _ in rows]
        logits = self.score(rows)
        return [self._marks(unit, row, found) for unit, row, found in zip(units, rows, logits, strict=True)]

    def score(self, rows: Sequence[ThemeFeatures]) -> Array:
        """Return the logits of `rows` x themes, 0 where a passage is just about the theme."""
        numbers = pair_numbers(rows, self._ids, self._texts)
        pair = numbers @ self._weights.vectors["theme pair"] + self._weights.vectors["theme pair bias"]
        logits: Array = pair - self._bars[2]
        if self._own:
            places, outputs = (list(column) for column in zip(*self._own, strict=True))
            own = own_score(rows, self._weights)[:, outputs]
            scale, bias = self._weights.vectors["theme own"][outputs].T
            logits[:, places] = own + pair[:, places] * scale + bias - self._bars[0]
        return logits

    def _marks(self, unit: TextUnit, row: ThemeFeatures, logits: Array) -> tuple[ThemeMark, ...]:
        """The themes of one passage."""
        marks = []
        for number, theme_id in enumerate(self._ids):
            own = theme_id in self._outputs
            floor = float(self._bars[1] - self._bars[0] if own else self._bars[3] - self._bars[2])
            logit = float(logits[number])
            if logit >= floor:
                because = self._because(unit, row, theme_id)
                score = round(1 / (1 + math.exp(-logit)), 4)
                marks.append(ThemeMark(theme_id, because, 2 if logit >= 0 else 1, score))
        return tuple(marks)

    def _because(self, unit: TextUnit, row: ThemeFeatures, theme_id: str) -> tuple[str, ...]:
        """The words of labels as printed, heading and document, and the words that the weights of the theme name."""
        evidence = row.evidence.get(theme_id)
        because = dict.fromkeys(evidence.because if evidence else ())
        if theme_id in self._outputs:
            shares = self._weights.blocks["theme words"].shares(row.words, self._outputs[theme_id])
            ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
            because.update(
                dict.fromkeys(_printed(unit.text, row.tokens, [g for g, s in ranked if s >= LEAST_SHARE]))
            )
        return tuple(because)


def own_score(rows: Sequence[ThemeFeatures], weights: Weights) -> Array:
    """Return what the words of `rows` add to each theme that has weights of its own: rows x themes of the weights."""
    words, headings, titles = (weights.blocks[name] for name in BLOCKS)
    found: Array = words.score([row.words for row in rows])
    found = found + headings.score([row.heading for row in rows]) + titles.score([row.title for row in rows])
    table = stack([row.sums for row in rows], TELLING) if "theme meaning" in weights.vectors else None
    if table is not None:
        found = found + centred(table, weights.vectors["theme centre"]) @ weights.vectors["theme meaning"]
    return np.asarray(found, dtype=np.float32)


def _printed(text: str, tokens: Sequence[Token], grams: Sequence[str]) -> list[str]:
    """The first place of each of some stems, or pairs of stems, as it is printed."""
    stems = [token.stem for token in tokens]
    found = []
    for gram in grams:
        parts = gram.split(" ")
        for at in range(len(stems) - len(parts) + 1):
            if stems[at : at + len(parts)] == parts:
                found.append(text[tokens[at].start : tokens[at + len(parts) - 1].end])
                break
    return found
