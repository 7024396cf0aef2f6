"""Marks a document: the findings and the themes of each passage of running text, by shipped or own weights."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from indexer.marking.learned.blocks import WeightSets, load_weights
from indexer.marking.learned.document_text import DocumentText, TextUnit
from indexer.marking.learned.finding_features import FindingFeatures, read_document_numbers, read_unit
from indexer.marking.learned.finding_model import FindingModel
from indexer.marking.learned.passed_over import SOURCES, is_source
from indexer.marking.learned.theme_features import ThemeFeatures, ThemeReader, read_theme_sums
from indexer.marking.learned.theme_model import ThemeModel
from indexer.marking.theme_marker import ThemeMarker
from search.meaning import Model
from search.model import Finding, PassageKind, ThemeMark, Themes

SHIPPED = Path(__file__).parent / "data" / "weights.npz"
"""Made by `findings train` from 1,707 labelled passages of 479 public documents (docs/marking.md)."""

OWN_WEIGHTS = "marker.npz"
"""The file in the corpus with weights that staff trained; they take the place of the shipped ones."""

Marks = tuple[Finding | None, tuple[ThemeMark, ...]]


@cache
def shipped_weights() -> WeightSets:
    """Load the weights that come with the project, once."""
    return load_weights(SHIPPED)


ASIDE_SCORE = 0.3
"""How sure themes are that rules give to what is no running text."""


def load_own_weights(corpus: Path) -> WeightSets | None:
    """Load the weights that lie in the folder `corpus`; None where there are none. Raises BadFile for another file."""
    path = corpus / OWN_WEIGHTS
    return load_weights(path) if path.exists() else None


class LearnedMarker:
    """Marks documents by `weights` (the shipped ones by default) with `themes`. With the sentence `model` that the weights
    were made with it goes by the meaning of words, too; without it, or with another one, by words alone."""

    def __init__(self, themes: Themes, weights: WeightSets | None = None, model: Model | None = None) -> None:
        sets = weights or shipped_weights()
        self._model = model if sets.fit(model) else None
        chosen = sets.by_meaning if self._model and sets.by_meaning else sets.by_words
        self._rules = ThemeMarker(themes)
        self._findings = FindingModel(chosen)
        self._themes = ThemeModel(chosen, themes, read_theme_sums(themes.all, self._model))

    def mark(self, document: DocumentText) -> list[Marks]:
        """Return what each unit of `document` concludes and is about. What is no running text concludes nothing, and
        touches at most the themes that the rules find."""
        finding_rows, theme_rows = read_features(document, self._rules, self._model)
        units = [unit for unit in document.units if unit.is_running]
        findings = self._findings.mark(units, finding_rows, read_document_numbers(document))
        findings = [
            None if is_source(unit) else finding for unit, finding in zip(units, findings, strict=True)
        ]
        marked = iter(zip(findings, self._themes.mark(units, theme_rows), strict=True))
        return [next(marked) if unit.is_running else (None, self._aside(unit)) for unit in document.units]

    def _aside(self, unit: TextUnit) -> tuple[ThemeMark, ...]:
        """The themes of a heading, table, caption or note. Notes, captions and entries of a list of sources are about what
        their own words say: of 50 passages read for each of two themes, nine were there for the heading of such a list."""
        listed = any(SOURCES.match(heading) for heading in unit.heading_path[-1:])
        headings = (
            unit.heading_path if unit.kind in (PassageKind.TABLE, PassageKind.HEADING) and not listed else ()
        )
        marks = self._rules.mark(unit.text, headings)
        return tuple(replace(mark, grade=1, score=ASIDE_SCORE) for mark in marks)


def read_features(
    document: DocumentText, rules: ThemeMarker, model: Model | None = None
) -> tuple[list[FindingFeatures], list[ThemeFeatures]]:
    """Read the features of every unit of running text of `document`, in order."""
    reader = ThemeReader(rules, document)
    count = max(1, len(document.units))
    running = [(number, unit) for number, unit in enumerate(document.units) if unit.is_running]
    findings = [read_unit(unit, number / count, model) for number, unit in running]
    units = zip(running, findings, strict=True)
    return findings, [reader.read(unit, features.sums) for (_, unit), features in units]
