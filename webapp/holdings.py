"""What a generation holds, counted once: the figures of the home, theme, edition and about pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from search.answering.answer import Question, Searched
from search.model import Document, Edition, Themes
from search.query.names import Names
from search.room import ReadingRoom
from search.store.catalog import Unread
from search.store.generations import Meta
from search.store.received import load_received

OWN_PUBLISHER = "Findings project"
"""Who publishes the digests and papers that come with the project; pages say that they are no sources."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Documents newest first, each in its newest version (`older` has the others), the passages of each value of each facet, and those of each theme in each edition. `received` says when each document came."""

    meta: Meta
    searched: Searched
    documents: tuple[Document, ...]
    older: tuple[Document, ...]
    editions: Mapping[str, Edition]
    themes: Themes
    names: Names
    unread: tuple[Unread, ...]
    passages: Mapping[str, Mapping[str, int]]
    themes_of_editions: Mapping[str, Mapping[str, int]]
    received: Mapping[str, str]

    def of_edition(self, edition_id: str | None) -> list[Document]:
        """Return the documents of an edition (or of none), newest first, without older versions."""
        return [document for document in self.documents if document.edition == edition_id]

    def count(self, facet: str, value: str) -> int:
        """Return how many passages have a value."""
        return self.passages.get(facet, {}).get(value, 0)

    @property
    def every_version(self) -> tuple[Document, ...]:
        """All documents, the older versions last."""
        return (*self.documents, *self.older)

    @property
    def own(self) -> int:
        """How many documents were written for this reading room."""
        return sum(document.publisher == OWN_PUBLISHER for document in self.documents)

    @property
    def findings(self) -> int:
        """How many passages are findings of any type."""
        return sum(self.passages.get("finding", {}).values())

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Kinds of documents that there are: id, label, number of documents; the most frequent first."""
        counts = Counter(document.kind for document in self.documents)
        return [(kind, self.names.label("kind", kind), count) for kind, count in counts.most_common()]


def count_holdings(room: ReadingRoom) -> Holdings:
    """Count what the published generation holds. Raises the errors of an index that cannot be used."""
    opened = room.opened
    answer = room.ask(Question(limit=1))
    listed = sorted(
        opened.catalog.documents(), key=lambda d: (d.published or "", d.document_id), reverse=True
    )
    return Holdings(
        meta=opened.meta,
        searched=opened.searched,
        documents=tuple(d for d in listed if d.document_id not in opened.superseded),
        older=tuple(d for d in listed if d.document_id in opened.superseded),
        editions=opened.editions,
        themes=opened.catalog.themes(),
        names=opened.names,
        unread=tuple(opened.catalog.unread()),
        passages={name: {v.value_id: v.count for v in values} for name, values in answer.facets.items()},
        themes_of_editions={edition_id: _themes_of(room, edition_id) for edition_id in opened.editions},
        received=load_received(room.settings.index),
    )


def _themes_of(room: ReadingRoom, edition_id: str) -> dict[str, int]:
    """The passages of each theme in an edition."""
    answer = room.ask(Question(filters=(("edition", (edition_id,)),), limit=1))
    return {value.value_id: value.count for value in answer.facets.get("theme", ())}
