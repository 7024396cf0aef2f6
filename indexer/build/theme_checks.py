"""What `findings index` says of the themes file beyond its form: examples that miss their theme, labels that say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from indexer.corpus.themes import find_line
from indexer.marking.evaluation import Mistake, check_examples
from indexer.marking.stems import read_stems
from search.errors import BadFile
from search.model import IN_DOCUMENT, IN_HEADING, Passage, Themes

MOST_SHARE = 1 / 3
"""A label that marks a larger share of all passages tells nothing of any: it is a word of the whole corpus, or of the language."""
LEAST_PASSAGES = 100
"""With fewer a few documents on one subject are the corpus, and its label is rightly all over them."""


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
        self._passages = 0

    def add(self, passages: Iterable[Passage]) -> None:
        """Count the passages of one document."""
        for passage in passages:
            self._passages += 1
            words = ((m.theme_id, self._read(w)) for m in passage.themes for w in m.because)
            self._marked.update({key for key in words if key in self._labels})

    def _read(self, words: str) -> tuple[str, ...]:
        """The stems of words because of which a passage is marked; none of a heading's or of the document's."""
        if words.startswith((IN_HEADING, IN_DOCUMENT)):
            return ()
        if words not in self._stems:
            self._stems[words] = read_stems(words)
        return self._stems[words]

    def refuse(self, path: Path) -> None:
        """Raise BadFile for the label in the themes file at `path` that marks the most passages, where they are too many."""
        if self._passages < LEAST_PASSAGES or not self._marked:
            return
        (theme_id, stems), marked = self._marked.most_common(1)[0]
        if marked > MOST_SHARE * self._passages:
            label = self._labels[theme_id, stems]
            problem = (
                f"the label {label!r} of {theme_id} marks {marked:,} of {self._passages:,} passages, more than a third, so that it "
                "tells nothing apart; take it out, or say it in more words. Nothing was published"
            )
            raise BadFile(path, problem, find_line(path, theme_id, "", f'"{label}"'))
