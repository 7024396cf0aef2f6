"""What `findings index` says of the themes file beyond its form: examples that miss their theme, labels that say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from indexer.corpus.themes import find_line
from indexer.marking.evaluation import Mistake, check_examples
from indexer.marking.stems import read_stems
from search.errors import BadFile
from search.model import IN_DOCUMENT, IN_HEADING, Passage, Themes

MOST_SHARE = 1 / 3
"""A label that marks a larger share of all passages tells nothing of any: it is a word of the whole corpus, or of the language."""
LEAST_PASSAGES, LEAST_DOCUMENTS = 100, 3
"""With fewer passages, or where fewer documents have it on so many of theirs, one subject is the corpus, and its label is rightly all over
it: of 55 reports two have a label on more than a third of their passages ("human rights" on 46 %), of all together none on more than 2 %."""


def example_notes(path: Path, themes: Themes) -> tuple[str, ...]:
    """Return a sentence for each example in the themes file at `path` that misses its theme, and each counterexample that gets it."""
    return tuple(_note(path, mistake) for mistake in check_examples(themes))


def _note(path: Path, mistake: Mistake) -> str:
    """Where it stands, what is wrong, and the words."""
    key = "examples" if mistake.missed else "counterexamples"
    line = find_line(path, mistake.theme_id, key, mistake.text)
    place = f"{path.name}, line {line}" if line else path.name
    if mistake.missed:
        return f"{place}: an example of {mistake.theme_id} is not marked with it: {mistake.text!r}"
    because = ", ".join(mistake.because)
    return f"{place}: a counterexample of {mistake.theme_id} is marked with it because of {because}: {mistake.text!r}"


class LabelShares:
    """Counts passages by the labels that marked them, to refuse one that marks MOST_SHARE of all."""

    def __init__(self, themes: Themes) -> None:
        self._labels = {
            (theme.theme_id, read_stems(label)): label
            for theme in themes.all
            for label in (*theme.acronyms, *theme.labels, theme.label)
        }
        self._stems: dict[str, tuple[str, ...]] = {}
        self._marked: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._widely: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._passages = 0

    def add(self, passages: Sequence[Passage]) -> None:
        """Count the passages of one document."""
        marked: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for passage in passages:
            words = ((m.theme_id, self._read(w)) for m in passage.themes for w in m.because)
            marked.update({key for key in words if key in self._labels})
        self._passages += len(passages)
        self._marked.update(marked)
        self._widely.update(key for key, number in marked.items() if number > MOST_SHARE * len(passages))

    def _read(self, words: str) -> tuple[str, ...]:
        """The stems of words because of which a passage is marked; none of a heading's or of the document's."""
        if words.startswith((IN_HEADING, IN_DOCUMENT)):
            return ()
        if words not in self._stems:
            self._stems[words] = read_stems(words)
        return self._stems[words]

    def refuse(self, path: Path) -> None:
        """Raise BadFile for the label in the themes file at `path` that marks the most passages, where they are too many."""
        if self._passages < LEAST_PASSAGES:
            return
        wide = {key: self._marked[key] for key, number in self._widely.items() if number >= LEAST_DOCUMENTS}
        theme_id, stems = max(wide, key=lambda key: wide[key], default=("", ()))
        if not wide or wide[theme_id, stems] <= MOST_SHARE * self._passages:
            return
        label = self._labels[theme_id, stems]
        problem = (
            f"the label {label!r} of {theme_id} marks {wide[theme_id, stems]:,} of {self._passages:,} passages, more than a third, "
            "so that it tells nothing apart; take it out, or say it in more words. Nothing was published"
        )
        raise BadFile(path, problem, find_line(path, theme_id, "", f'"{label}"'))
