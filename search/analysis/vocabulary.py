"""The words of a corpus, asked instead of listed: how many passages have one, which begin so, which are spelt nearly so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Protocol

from search.analysis.edit_distances import places_within_edits


class Vocabulary(Protocol):
    """The folded forms that stand in the texts of a corpus, each with the number of passages that have it."""

    def count(self, forms: Iterable[str]) -> dict[str, int]:
        """Return the passages that have each of `forms`; a form that no text has is left out."""

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """Yield the forms that begin with `prefix`, in alphabetical order; all of them for an empty one."""

    def near(self, form: str, edits: int) -> dict[str, int]:
        """Return the forms that at most `edits` letters turn `form` into, with their passages."""


class SortedVocabulary:
    """A vocabulary in memory. `load` gives all forms with their passages, alphabetically; it is called at the first question."""

    def __init__(self, load: Callable[[], Mapping[str, int]]) -> None:
        self._load = load
        self._near = lru_cache(maxsize=1_024)(self._look_near)

    @cached_property
    def _passages(self) -> Mapping[str, int]:
        return self._load()

    @cached_property
    def _forms(self) -> list[str]:
        return list(self._passages)

    def count(self, forms: Iterable[str]) -> dict[str, int]:
        """See `Vocabulary`."""
        passages = self._passages
        return {form: passages[form] for form in forms if form in passages}

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """See `Vocabulary`."""
        forms = self._forms
        for place in range(bisect_left(forms, prefix), len(forms)):
            if not forms[place].startswith(prefix):
                return
            yield forms[place]

    def near(self, form: str, edits: int) -> dict[str, int]:
        """See `Vocabulary`."""
        return dict(self._near(form, edits))

    def _look_near(self, form: str, edits: int) -> Mapping[str, int]:
        """The forms near to one. Kept: for one unknown word a question asks several times, 7 ms each for 30,000 words."""
        forms = self._forms
        return self.count(forms[place] for place in places_within_edits(form, forms, edits))
