"""Questions for measurements of searching, by class, drawn from the passages that are searched."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from search.analysis.words import stop_words
from search.engines import IndexEntry
from search.query.terms import (
    AllOf,
    AnyOf,
    Filter,
    Term,
    TermField,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
)

SEED = 20220711
EACH = 40  # questions of a class
COMMON, MID, RARE = (0.10, 1.0), (0.005, 0.03), (0.0, 0.001)  # share of the passages that have a word


@dataclass(frozen=True, slots=True)
class Question:
    """One question; with `facet`, the matches are counted by its values as well."""

    query: TermQuery
    facet: str | None = None


class _Drawing:
    """Draws words and runs of words from passages, always the same for the same passages."""

    def __init__(self, entries: Sequence[IndexEntry]) -> None:
        self.chance = random.Random(SEED)
        self._long = [entry for entry in entries if len(entry.exact) >= 12]
        having = Counter(stem for entry in entries for stem in set(entry.stems))
        words = [(word, n / len(entries)) for word, n in sorted(having.items())]
        self._content = [
            (word, share) for word, share in words if word.isalpha() and word not in stop_words()
        ]
        self.themes = sorted({theme for entry in entries for theme in entry.facets["theme"]})

    def stems(self, share: tuple[float, float], count: int = 1) -> list[Term]:
        """Return distinct stems of content words in this share of the passages."""
        least, most = share
        fitting = [word for word, n in self._content if least <= n <= most and len(word) > 2]
        return [Term(TermField.STEM, word) for word in self.chance.sample(fitting, count)]

    def together(self) -> list[Term]:
        """Return two stems of content words of one passage."""
        while True:
            entry = self.chance.choice(self._long)
            words = sorted({stem for stem in entry.stems if stem.isalpha() and stem not in stop_words()})
            if len(words) >= 2:
                return [Term(TermField.STEM, word) for word in self.chance.sample(words, 2)]

    def run(self, length: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
        """Return neighbouring forms of a passage that all fit."""
        while True:
            entry = self.chance.choice(self._long)
            at = self.chance.randrange(len(entry.exact) - length)
            forms = entry.exact[at : at + length]
            if all(form.isalpha() and fits(form) for form in forms):
                return forms

    def word(self) -> str:
        """Return a form of five letters or more."""
        return self.run(1, lambda form: len(form) >= 5)[0]


def _is_stop(form: str) -> bool:
    return form in stop_words()


def _is_content(form: str) -> bool:
    return form not in stop_words()


def _misspelt(word: str, chance: random.Random) -> str:
    """The word with one of its letters, not the first, replaced."""
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice("aeiorstln") + word[at + 1 :]


def make_questions(entries: Sequence[IndexEntry]) -> Mapping[str, list[Question]]:
    """Return questions of every class."""
    drawing = _Drawing(entries)
    return {name: list(islice(_endless(drawing, make), EACH)) for name, make in CLASSES.items()}


def _endless(drawing: _Drawing, make: Callable[[_Drawing], Question]) -> Iterator[Question]:
    while True:
        yield make(drawing)


def _themed(drawing: _Drawing) -> Question:
    theme = Filter("theme", (drawing.chance.choice(drawing.themes),))
    return Question(AllOf((*drawing.stems(MID), theme)))


CLASSES: Mapping[str, Callable[[_Drawing], Question]] = {
    "rare term": lambda d: Question(d.stems(RARE)[0]),
    "common term": lambda d: Question(d.stems(COMMON)[0]),
    "2 terms AND": lambda d: Question(AllOf(tuple(d.together()))),
    "3 common OR": lambda d: Question(AnyOf(tuple(d.stems(COMMON, 3)))),
    "3 mid OR": lambda d: Question(AnyOf(tuple(d.stems(MID, 3)))),
    "theme filter + term": _themed,
    "facet counts": lambda d: Question(d.stems(COMMON)[0], facet="theme"),
    "content phrase": lambda d: Question(TermPhrase(d.run(2, _is_content))),
    "stop-word phrase": lambda d: Question(TermPhrase(d.run(d.chance.choice((2, 3)), _is_stop))),
    "phrase with gaps": lambda d: Question(TermPhrase(d.run(3, lambda _: True), slop=3)),
    "prefix, 3-4 letters": lambda d: Question(TermPrefix(d.word()[: d.chance.choice((3, 4))])),
    "prefix, 1-2 letters": lambda d: Question(TermPrefix(d.word()[: d.chance.choice((1, 2))])),
    "fuzzy, 1 edit": lambda d: Question(TermFuzzy(_misspelt(d.word(), d.chance), 1)),
    "fuzzy, 2 edits": lambda d: Question(TermFuzzy(_misspelt(d.word(), d.chance), 2)),
}
