"""Themes beside an answer: those that words of the question are a narrower wording of, as "deepfakes" is of hybrid threats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.query import tree
from search.query.expansion import LONGEST_NAME, Lexicon

MOST = 3  # themes beside one answer


@dataclass(frozen=True, slots=True)
class RelatedTheme:
    """A theme, the typed words that it stands beside, and how many passages are about it."""

    theme_id: str
    label: str
    typed: str
    count: int = 0


def find_related(query: tree.Query, lexicon: Lexicon) -> tuple[RelatedTheme, ...]:
    """Return the themes beside `query`, each once, in the order of its words; what is quoted or excluded has none."""
    found: dict[str, RelatedTheme] = {}
    for words in _runs(query):
        for typed in _longest_first(words):
            for theme in lexicon.find_beside(typed):
                found.setdefault(theme.theme_id, RelatedTheme(theme.theme_id, theme.label, typed))
    return tuple(found.values())[:MOST]


def _runs(query: tree.Query) -> Iterator[list[str]]:
    """The plain words that stand side by side."""
    match query:
        case tree.Word(text):
            yield [text]
        case tree.Loose(parts):
            run: list[str] = []
            for part in parts:
                if isinstance(part, tree.Word):
                    run.append(part.text)
                else:
                    yield run
                    yield from _runs(part)
                    run = []
            yield run
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from _runs(part)


def _longest_first(words: list[str]) -> Iterator[str]:
    """All runs of words that may be a name."""
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
