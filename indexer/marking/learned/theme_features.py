"""What the learned marker looks at to tell themes: the words of a passage, and how near it is to each theme's own texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from indexer.marking.learned.blocks import Array, Block
from indexer.marking.learned.document_text import DocumentText, TextUnit
from indexer.marking.learned.word_vectors import TELLING, centred, stack
from indexer.marking.stems import Token, read_stems, read_tokens
from indexer.marking.theme_marker import TextScore, ThemeEvidence, ThemeMarker, find_bar
from search.analysis.words import stop_words
from search.meaning import Model
from search.model import Theme

TEXTS = ("labels", "scope", "examples", "hints")
"""The texts of a theme that a passage is compared with."""

PAIR_NUMBERS = 25
"""How many numbers say how near a passage is to a theme; the last three, by meaning, are 0 without the sentence model."""

MEANING_TEXTS = 3
"""Texts of a theme that a passage is compared with by meaning: all but the hints."""

COSINE_SCALE = 4.0
"""Cosines of short texts are small; this brings them to the size of the other numbers."""


@dataclass(frozen=True, slots=True)
class ThemeFeatures:
    """One passage: its words in order; stems and pairs of stems of them, of its headings and of its document's title; the
    `sums` of its words by the sentence model (None without it)."""

    tokens: Sequence[Token]
    words: Counter[str]
    heading: Counter[str]
    title: Counter[str]
    evidence: Mapping[str, ThemeEvidence]
    lead_in: Mapping[str, float]
    length: int
    sums: Array | None = None


def read_grams(text: str) -> Counter[str]:
    """Count the telling stems of a `text` and the pairs of neighbours without a stop word."""
    return _count_grams(read_stems(text))


def _count_grams(stems: Sequence[str]) -> Counter[str]:
    """The telling stems in `stems`, and the pairs."""
    stops = _stop_stems()
    kept = [len(stem) > 1 and not stem[0].isdigit() and stem not in stops for stem in stems]
    found = Counter(stem for stem, telling in zip(stems, kept, strict=True) if telling)
    for at in range(len(stems) - 1):
        if stems[at] not in stops and stems[at + 1] not in stops:
            found[f"{stems[at]} {stems[at + 1]}"] += 1
    return found


@cache
def _stop_stems() -> frozenset[str]:
    """Stems of words that tell nothing of a subject."""
    return frozenset(stem for word in stop_words() for stem in read_stems(word))


class ThemeReader:
    """Reads the passages of one document, with what the rules find in each. Each text is looked through once."""

    def __init__(self, rules: ThemeMarker, document: DocumentText) -> None:
        self._rules = rules
        self._title = read_grams(document.title)
        self._headings: dict[str, Counter[str]] = {}
        self._read: dict[int, tuple[Sequence[Token], Mapping[str, TextScore]]] = {}
        given = []
        for unit in document.units:
            if unit.is_running:
                tokens = read_tokens(unit.text)
                scores = rules.read_text(unit.text, tokens)
                self._read[id(unit)] = tokens, scores
                given.append(rules.given(scores, unit.heading_path, len(tokens)))
        self._context = rules.sum_up(document.title, given)

    def read(self, unit: TextUnit, sums: Array | None = None) -> ThemeFeatures:
        """Read a passage of running text, one of the units of the document, whose words have such `sums`."""
        heading = " . ".join(unit.heading_path[-2:])
        if heading not in self._headings:
            self._headings[heading] = read_grams(heading)
        tokens, scores = self._read[id(unit)]
        return ThemeFeatures(
            tokens=tokens,
            words=_count_grams([token.stem for token in tokens]),
            heading=self._headings[heading],
            title=self._title,
            evidence=self._rules.weigh(scores, unit.heading_path, self._context),
            lead_in=self._rules.heading_shares(unit.lead_in) if unit.lead_in else {},
            length=len(unit.text.split()),
            sums=sums,
        )


class ThemeTexts:
    """Compares passages with the texts of all themes; made once for a themes file. `sums` (`read_theme_sums`) and the mean
    direction `centre` are given where passages are compared by meaning, too."""

    def __init__(
        self, themes: Sequence[Theme], words: Block, sums: Array | None = None, centre: Array | None = None
    ) -> None:
        self._meanings = centred(sums, centre) if sums is not None and centre is not None else None
        self._centre = centre
        self._idf = dict(zip(words.numbers, words.values.tolist(), strict=True))
        self._rare = max(self._idf.values(), default=1.0)
        columns = [self._vector(read_grams(text)) for theme in themes for text in _texts(theme)]
        self._numbers = {gram: n for n, gram in enumerate(sorted({g for column in columns for g in column}))}
        self._table = np.zeros((len(self._numbers) + 1, len(columns)), dtype=np.float32)
        for number, column in enumerate(columns):
            for gram, value in column.items():
                self._table[self._numbers[gram], number] = value
        self._themes = len(themes)

    def likeness(self, rows: Sequence[Counter[str]]) -> Array:
        """Return the cosines of `rows` with each text of each theme: rows x themes x TEXTS."""
        found = np.zeros((len(rows), self._themes * len(TEXTS)), dtype=np.float32)
        done: dict[int, int] = {}  # passages of a document share the words of headings and title
        for number, grams in enumerate(rows):
            same = done.setdefault(id(grams), number)
            if same < number:
                found[number] = found[same]
                continue
            vector = self._vector(grams)
            shared = [gram for gram in vector if gram in self._numbers]
            if shared:
                at = [self._numbers[gram] for gram in shared]
                found[number] = (
                    np.array([vector[gram] for gram in shared], dtype=np.float32) @ self._table[at]
                )
        return found.reshape(len(rows), self._themes, len(TEXTS))

    def nearness(self, sums: Sequence[Array | None]) -> Array | float:
        """Return the cosines of passages with such `sums` with each text of each theme by meaning, rows x themes x
        MEANING_TEXTS; 0 without the sentence model."""
        table = stack(sums, TELLING)
        if table is None or self._meanings is None or self._centre is None:
            return 0.0
        found: Array = np.einsum("rn,tkn->rtk", centred(table, self._centre), self._meanings)
        return found

    def _vector(self, grams: Mapping[str, int]) -> dict[str, float]:
        """Words weighted by rarity and count, of length 1."""
        raw = {
            gram: (1 + math.log(count)) * self._idf.get(gram, self._rare)
            for gram, count in sorted(grams.items())
        }
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {gram: value / length for gram, value in raw.items()}


def _texts(theme: Theme) -> tuple[str, ...]:
    """The texts of a theme in the order of TEXTS."""
    labels = " . ".join(theme.wordings)
    return labels, theme.scope, " . ".join(theme.examples), " . ".join(theme.hints)


def read_theme_sums(themes: Sequence[Theme], model: Model | None) -> Array | None:
    """Read what the texts of `themes` mean, themes x MEANING_TEXTS x numbers; None without a `model`."""
    if model is None or not themes:
        return None
    listed = [[model.word_sums(text)[TELLING] for text in _texts(theme)[:MEANING_TEXTS]] for theme in themes]
    return np.array(listed, dtype=np.float32)


NO_EVIDENCE = ThemeEvidence()


def pair_numbers(rows: Sequence[ThemeFeatures], themes: Sequence[str], texts: ThemeTexts) -> Array:
    """Return how near each of `rows` is to each of `themes`: rows x themes x PAIR_NUMBERS."""
    found = np.zeros((len(rows), len(themes), PAIR_NUMBERS), dtype=np.float32)
    for row, features in enumerate(rows):
        weights = {theme: evidence.text for theme, evidence in features.evidence.items()}
        strongest, whole = max(weights.values(), default=0.0), sum(weights.values()) or 1.0
        bar = find_bar(features.length)
        for number, theme in enumerate(themes):
            evidence = features.evidence.get(theme, NO_EVIDENCE)
            lead = features.lead_in.get(theme, 0.0)
            if evidence is not NO_EVIDENCE or lead:
                found[row, number, :14] = _weighed(evidence, lead, bar, features.length)
                found[row, number, 14:16] = evidence.text / whole, 0.0 < strongest == evidence.text
    found[:, :, 16:20] = COSINE_SCALE * texts.likeness([features.words for features in rows])
    found[:, :, 20] = COSINE_SCALE * texts.likeness([features.heading for features in rows])[:, :, 0]
    found[:, :, 21] = COSINE_SCALE * texts.likeness([features.title for features in rows])[:, :, 0]
    found[:, :, 22:] = COSINE_SCALE * texts.nearness([features.sums for features in rows])
    return found


def _weighed(evidence: ThemeEvidence, lead: float, bar: float, length: int) -> tuple[float, ...]:
    """What the rules found for one theme."""
    return (
        min(3.0, evidence.total / bar),
        min(3.0, evidence.text / bar),
        min(1.0, evidence.hints),
        evidence.heading,
        evidence.upper,
        min(1.2, evidence.document),
        lead,
        float(evidence.total >= bar),
        float(evidence.text > 0),
        min(1.5, evidence.text) * min(1.0, evidence.document),
        min(1.5, evidence.text) * evidence.heading,
        min(2.0, 30 * evidence.text / max(1, length)),
        float(evidence.text >= 2),
        float(evidence.heading > 0 and evidence.text > 0),
    )
