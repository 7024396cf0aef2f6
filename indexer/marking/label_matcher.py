"""Finds the wordings of all themes in one pass over the words of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.marking.stems import Token, read_stems
from search.model import Theme


@dataclass(frozen=True, slots=True)
class Wording:
    """A label, acronym, hint or forbidden phrase of a theme. `letters` of an acronym must stand exactly so."""

    theme_id: str
    stems: tuple[str, ...]
    letters: str = ""
    forbidden: bool = False
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording that stands in a text: which theme it speaks for, its first word (from 0) and how many."""

    theme_id: str
    first: int
    words: int
    acronym: bool
    hint: bool = False


class WordingTable:
    """All wordings of themes by their first stem, the longest first."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._by_stem: dict[str, list[Wording]] = defaultdict(list)
        for theme in themes:
            for wording in _wordings(theme):
                if wording.stems:
                    self._by_stem[wording.stems[0]].append(wording)
        for wordings in self._by_stem.values():
            wordings.sort(key=lambda wording: -len(wording.stems))

    def hits(self, text: str, tokens: Sequence[Token]) -> list[Hit]:
        """Return what stands in the text. For one theme the longest wording at a place wins; a forbidden phrase bars the
        theme's shorter wordings within it, and wordings of different themes may overlap."""
        taken: dict[str, int] = {}
        found: list[Hit] = []
        begins = [n for n, token in enumerate(tokens) if token.stem in self._by_stem]
        for position in begins:
            for wording in self._here(text, tokens, position):
                if taken.get(wording.theme_id, 0) <= position:
                    taken[wording.theme_id] = position + len(wording.stems)
                    if not wording.forbidden:
                        found.append(_hit(wording, position))
        return found

    def _here(self, text: str, tokens: Sequence[Token], position: int) -> Iterator[Wording]:
        """The wordings that begin at a word."""
        for wording in self._by_stem[tokens[position].stem]:
            end = position + len(wording.stems)
            part = tokens[position:end]
            if len(part) == len(wording.stems) and all(
                token.stem == stem for token, stem in zip(part, wording.stems, strict=True)
            ):
                if wording.letters and text[part[0].start : part[-1].end] != wording.letters:
                    continue
                yield wording


def _hit(wording: Wording, position: int) -> Hit:
    """A hit of a wording."""
    return Hit(wording.theme_id, position, len(wording.stems), bool(wording.letters), wording.hint)


def _wordings(theme: Theme) -> Iterator[Wording]:
    """All wordings of a theme; of two of the same length the forbidden one comes first."""
    for phrase in theme.forbidden:
        yield Wording(theme.theme_id, read_stems(phrase), forbidden=True)
    for acronym in theme.acronyms:
        yield Wording(theme.theme_id, read_stems(acronym), letters=acronym)
    for label in (theme.label, *theme.labels):
        yield Wording(theme.theme_id, read_stems(label))
    for hint in theme.hints:
        yield Wording(theme.theme_id, read_stems(hint), hint=True)
