"""Labelled passages as features and targets: what the fitting sees, read once for all folds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.marking.finding_rules import ORDER
from indexer.marking.learned.blocks import Array
from indexer.marking.learned.finding_features import FindingFeatures, read_document_numbers, read_unit
from indexer.marking.learned.theme_features import ThemeFeatures, ThemeReader, read_theme_sums
from indexer.marking.theme_marker import ThemeMarker
from indexer.marking.training.labels import NO_FINDING, Example, stated_sentences
from search.meaning import Model
from search.model import FindingType, Themes

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """All examples, row by row; `theme_sums` are what the texts of the themes mean, None without the sentence model. `grades` and `types` (numbers in ORDER) are UNKNOWN where nothing is said; `themes` holds
    grades, examples x themes of the themes file. `stated` has one truth value a sentence of all rows."""

    documents: tuple[str, ...]
    groups: tuple[str, ...]
    findings: tuple[FindingFeatures, ...]
    numbers: NDArray[np.float32]
    grades: NDArray[np.int64]
    types: NDArray[np.int64]
    stated: NDArray[np.bool_]
    topics: tuple[ThemeFeatures, ...]
    themes: NDArray[np.int64]
    known: Themes
    theme_sums: Array | None = None

    @property
    def owners(self) -> NDArray[np.int64]:
        """For each sentence of all rows the row that it stands in."""
        return np.repeat(np.arange(len(self.findings)), [len(row.sentences) for row in self.findings])


def read_examples(examples: Sequence[Example], themes: Themes, model: Model | None = None) -> Examples:
    """Read the features and the targets of `examples`, each document once; with a `model` also what words mean."""
    rules = ThemeMarker(themes)
    readers: dict[int, tuple[ThemeReader, tuple[float, ...]]] = {}
    findings, topics, numbers = [], [], []
    for example in examples:
        key = id(example.document)
        if key not in readers:
            readers[key] = ThemeReader(rules, example.document), read_document_numbers(example.document)
        reader, of_document = readers[key]
        place = example.number / max(1, len(example.document.units))
        features = read_unit(example.unit, place, model)
        findings.append(features)
        topics.append(reader.read(example.unit, features.sums))
        numbers.append(of_document)
    return Examples(
        documents=tuple(_document(example) for example in examples),
        groups=tuple(example.label.group or _document(example) for example in examples),
        findings=tuple(findings),
        numbers=np.array(numbers, dtype=np.float32),
        grades=np.array([_grade(example) for example in examples]),
        types=np.array([_type(example) for example in examples]),
        stated=np.array(_stated(examples, findings), dtype=bool),
        topics=tuple(topics),
        themes=np.array([_themes(example, themes) for example in examples]).reshape(len(examples), -1),
        known=themes,
        theme_sums=read_theme_sums(themes.all, model),
    )


def without_meaning(examples: Examples) -> Examples:
    """Return the same `examples` as a machine without the sentence model sees them."""
    bare = [
        replace(row, sentences=tuple(replace(sentence, sums=None) for sentence in row.sentences))
        for row in examples.findings
    ]
    topics = tuple(replace(row, sums=None) for row in examples.topics)
    return replace(examples, findings=tuple(bare), topics=topics, theme_sums=None)


def _document(example: Example) -> str:
    """The name of the document; a label without one stands for itself."""
    return example.label.document or f"line {example.label.line}"


def _grade(example: Example) -> int:
    """The grade of the finding."""
    return UNKNOWN if example.label.finding is None else example.label.grade


def _type(example: Example) -> int:
    """The number of the type in ORDER."""
    finding = example.label.finding
    return UNKNOWN if finding in (None, NO_FINDING) else ORDER.index(FindingType(finding))


def _stated(examples: Sequence[Example], rows: Sequence[FindingFeatures]) -> list[bool]:
    """Which sentences state it; the only one of a finding whose sentences nobody named."""
    found: list[bool] = []
    for example, row in zip(examples, rows, strict=True):
        spans = [(sentence.start, sentence.end) for sentence in row.sentences]
        marked = stated_sentences(example.unit.text, spans, example.label.stated)
        if not any(marked) and example.label.grade and len(spans) == 1:
            marked = [True]
        found.extend(marked)
    return found


def _themes(example: Example, themes: Themes) -> list[int]:
    """The grades of all themes."""
    rest = 0 if example.label.all_themes else UNKNOWN
    return [example.label.themes.get(theme.theme_id, rest) for theme in themes.all]


def fold_of(name: str, folds: int) -> int:
    """Return the fold of a document or group by the hash of its name, the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % folds
