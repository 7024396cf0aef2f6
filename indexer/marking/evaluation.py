"""How well the themes are marked: against passages that people labelled, theme by theme, with the worst sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.marking.theme_marker import NO_CONTEXT, DocumentContext, ThemeMarker
from search.errors import BadFile
from search.model import FindingType, PassageKind, Themes

SUPPORT = 5
"""Labelled passages that a theme needs to count in the macro mean; with fewer one passage moves F1 by .2 and more."""

WORST = 20
"""Sentences reported unless asked otherwise."""

NO_FINDING = "none"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A labelled passage. `finding` is None for none; `kind` is what the passage is, as in `PassageKind`; passages of one
    `document` lend each other weight, as they do in the index ("": of none)."""

    line: int
    text: str
    heading_path: tuple[str, ...]
    themes: frozenset[str]
    finding: FindingType | None = None
    kind: str = "paragraph"
    document: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Right, missed and wrongly given marks."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def support(self) -> int:
        """Labelled marks."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of the given marks that are right; 0 when none is given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled marks that are given; 0 when none is labelled."""
        return self.right / self.support if self.support else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.missed + self.wrong) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A theme wrongly given (`because` holds the words that caused it) or missed (`because` is empty)."""

    theme_id: str
    missed: bool
    line: int
    text: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemesQuality:
    """The whole result. `macro` is the mean F1 of the themes with at least SUPPORT labelled passages, None when
    there is no such theme. `unknown` are labelled ids that the themes file does not have, with their counts."""

    passages: int
    by_theme: dict[str, Score]
    micro: Score
    macro: float | None
    worst: tuple[Mistake, ...]
    unknown: dict[str, int] = field(default_factory=dict)


def load_gold(path: Path) -> tuple[GoldPassage, ...]:
    """Return the labelled passages of a JSON lines file; empty lines are skipped, further keys ignored.

    Each line is an object with `text`, and as far as known `heading_path` (list), `themes` (list of ids) and
    `finding` (a type, "none" or null). Raises BadFile with the line number.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadFile(path, f"is not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise BadFile(path, f"cannot be read: {error.strerror or error}") from error
    return tuple(_parse_line(path, n, line) for n, line in enumerate(lines, start=1) if line.strip())


def _parse_line(path: Path, number: int, line: str) -> GoldPassage:
    """One labelled passage."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadFile(path, f"is not JSON: {error.msg} at character {error.pos + 1}", number) from error
    if not isinstance(row, dict):
        raise BadFile(path, "a line must be a JSON object", number)
    text, kind = row.get("text"), row.get("kind", "paragraph")
    if not isinstance(text, str) or not text.strip():
        raise BadFile(path, "a line without text", number)
    if not isinstance(kind, str):
        raise BadFile(path, "kind must be a text", number)
    themes = frozenset(_texts(path, number, row, "themes"))
    headings = _texts(path, number, row, "heading_path")
    document = row.get("doc") or ""
    if not isinstance(document, str):
        raise BadFile(path, "doc must be a text", number)
    return GoldPassage(number, text, headings, themes, _finding(path, number, row), kind, document)


def _texts(path: Path, number: int, row: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts from a line; nothing where the key is absent or null."""
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadFile(path, f"{key} must be a list of texts", number)
    return tuple(value)


def _finding(path: Path, number: int, row: dict[str, Any]) -> FindingType | None:
    """The finding type of a line."""
    value = row.get("finding")
    if value is None or value == NO_FINDING:
        return None
    if not isinstance(value, str) or value not in list(FindingType):
        known = ", ".join([*FindingType, NO_FINDING])
        raise BadFile(path, f"finding {value!r} is none of {known}", number)
    return FindingType(value)


def check_examples(themes: Themes) -> tuple[Mistake, ...]:
    """Return the examples that their own theme is not given, and the counterexamples that it is given, theme by theme.

    `line` counts the sentences of a theme's list from 1. Marked as `measure_themes` marks: by the rules, each sentence alone.
    """
    marker = ThemeMarker(themes)
    mistakes = []
    for theme in themes.all:
        for missed, sentences in ((True, theme.examples), (False, theme.counterexamples)):
            for number, sentence in enumerate(sentences, start=1):
                given = {mark.theme_id: mark.because for mark in marker.mark(sentence)}
                if (theme.theme_id in given) is not missed:
                    because = given.get(theme.theme_id, ())
                    mistakes.append(Mistake(theme.theme_id, missed, number, sentence, because))
    return tuple(mistakes)


def measure_themes(gold: Iterable[GoldPassage], themes: Themes, worst: int = WORST) -> ThemesQuality:
    """Mark the labelled passages and compare. `worst` is how many mistakes to name at most."""
    passages = tuple(gold)
    marker = ThemeMarker(themes)
    contexts = read_contexts(passages, marker)
    counts: dict[str, list[int]] = {theme.theme_id: [0, 0, 0] for theme in themes.all}
    mistakes: list[Mistake] = []
    unknown: dict[str, int] = {}
    for passage in passages:
        marks = marker.mark(passage.text, passage.heading_path, contexts[passage.document])
        given = {mark.theme_id: mark.because for mark in marks}
        for theme_id in passage.themes - counts.keys():
            unknown[theme_id] = unknown.get(theme_id, 0) + 1
        for theme_id in sorted(passage.themes & counts.keys() | given.keys()):
            counts[theme_id][_outcome(theme_id in passage.themes, theme_id in given)] += 1
        mistakes.extend(_mistakes(passage, given, counts.keys()))
    by_theme = {theme_id: Score(*count) for theme_id, count in counts.items()}
    ranked = _ranked(mistakes, by_theme)[:worst]
    return ThemesQuality(len(passages), by_theme, _sum(by_theme), _macro(by_theme), ranked, unknown)


def read_contexts(passages: Iterable[GoldPassage], marker: ThemeMarker) -> dict[str, DocumentContext]:
    """Return what each document says of each theme, as far as its labelled passages tell."""
    together: dict[str, list[tuple[PassageKind, str, tuple[str, ...]]]] = {}
    for passage in passages:
        row = (PassageKind.PARAGRAPH, passage.text, passage.heading_path)
        together.setdefault(passage.document, []).append(row)
    return {key: marker.read_context("", rows) if key else NO_CONTEXT for key, rows in together.items()}


def _outcome(labelled: bool, given: bool) -> int:
    """The place in a Score: right, missed, wrong."""
    if labelled and given:
        return 0
    return 1 if labelled else 2


def _mistakes(
    passage: GoldPassage, given: dict[str, tuple[str, ...]], known: Iterable[str]
) -> Iterator[Mistake]:
    """What is wrong on one passage."""
    for theme_id in known:
        if theme_id in given and theme_id not in passage.themes:
            yield Mistake(theme_id, False, passage.line, passage.text, given[theme_id])
        elif theme_id in passage.themes and theme_id not in given:
            yield Mistake(theme_id, True, passage.line, passage.text)


def _ranked(mistakes: list[Mistake], by_theme: dict[str, Score]) -> tuple[Mistake, ...]:
    """The mistakes of the worst themes first: those with the most wrong and missed marks, then in file order."""
    errors = {theme_id: score.wrong + score.missed for theme_id, score in by_theme.items()}
    return tuple(sorted(mistakes, key=lambda m: (-errors[m.theme_id], m.theme_id, m.missed, m.line)))


def _sum(by_theme: dict[str, Score]) -> Score:
    """All themes together."""
    scores = by_theme.values()
    return Score(sum(s.right for s in scores), sum(s.missed for s in scores), sum(s.wrong for s in scores))


def _macro(by_theme: dict[str, Score]) -> float | None:
    """The mean F1 of the themes with enough support."""
    counted = [score.f1 for score in by_theme.values() if score.support >= SUPPORT]
    return sum(counted) / len(counted) if counted else None
