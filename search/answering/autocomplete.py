"""What a reader may be about to type: themes, documents, speakers, acronyms and phrases of the corpus.

A sorted list in memory, made once for a generation: every name stands in it under each of its words, so that "fund" finds
"Trust Funds", and what begins with the typed letters is one slice of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from search.analysis.words import forms
from search.model import Document, Themes
from search.query import tree
from search.store.glossary import Glossary

MOST = 8  # suggestions at once
LONGEST_TYPED = 100  # characters; nobody is helped with more
LOOKED_AT = 2_000  # names with the typed beginning; one letter begins thousands
KINDS = ("theme", "acronym", "document", "speaker", "phrase")
"""What can be suggested, in the order in which equals stand."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that begins so. `query` searches for it; `document_id` is there for a document, which can be opened.

    `found_by` are the words under which it stands, where these are not all of its label.
    """

    kind: str
    label: str
    query: str
    weight: int = 0
    document_id: str | None = None
    found_by: str = ""


class Suggestions:
    """All names of one generation. Safe to share between threads: nothing changes after it is made."""

    def __init__(self, names: Iterable[Suggestion]) -> None:
        found = sorted(
            (
                (key, place == 0, name)
                for name in names
                for place, key in enumerate(_keys(name.found_by or name.label))
            ),
            key=lambda entry: entry[0],
        )
        self._keys = [key for key, _, _ in found]
        self._entries = [(at_start, name) for _, at_start, name in found]

    def find(self, typed: str, most: int = MOST) -> list[Suggestion]:
        """Return the best names with a word that begins as typed: whole names first, then by kind and weight."""
        beginning = " ".join(forms(typed[:LONGEST_TYPED]))
        if not beginning:
            return []
        place = bisect_left(self._keys, beginning)
        matching: dict[Suggestion, bool] = {}
        for i in range(place, min(place + LOOKED_AT, len(self._keys))):
            if not self._keys[i].startswith(beginning):
                break
            at_start, name = self._entries[i]
            matching[name] = matching.get(name, False) or at_start
        ranked = sorted(matching.items(), key=lambda item: _order(item[0], item[1]))
        return list(islice(_different(name for name, _ in ranked), most))


def _order(name: Suggestion, at_start: bool) -> tuple[bool, int, int, str]:
    """What suggestions are sorted by."""
    return (not at_start, KINDS.index(name.kind), -name.weight, name.label)


def _different(names: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Names without those that ask the same words again under another kind."""
    seen: set[str] = set()
    for name in names:
        folded = " ".join(forms(name.label))
        if name.kind == "document" or folded not in seen:
            seen.add(folded)
            yield name


def _keys(label: str) -> Iterator[str]:
    """The folded name from each of its words on."""
    words = forms(label)
    for place in range(len(words)):
        yield " ".join(words[place:])


def collect_names(
    themes: Themes, documents: Iterable[Document], speakers: Iterable[tuple[str, int]], glossary: Glossary
) -> Iterator[Suggestion]:
    """Yield everything that can be suggested; `speakers` come with the number of their passages."""
    for theme in themes.all:
        query = tree.format_query(tree.Field("theme", theme.theme_id))
        yield Suggestion("theme", theme.label, query)
        for name in theme.acronyms:
            yield Suggestion("theme", f"{name}: {theme.label}", query, found_by=name)
    for acronym in glossary.acronyms:
        label = f"{acronym.short}: {acronym.longs[0]}"
        yield Suggestion("acronym", label, acronym.short, acronym.documents)
    for document in documents:
        query = tree.format_query(tree.Field("document", document.document_id))
        yield Suggestion("document", document.title, query, document_id=document.document_id)
    for speaker, passages in speakers:
        yield Suggestion("speaker", speaker, tree.format_query(tree.Field("speaker", speaker)), passages)
    for phrase, count in glossary.phrases:
        yield Suggestion("phrase", phrase, f'"{phrase}"', count)
