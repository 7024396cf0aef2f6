"""The evidence basket: passages that a reader collects, in order, with notes and labels; and what became of each since.

A basket is no account and no file: it is a list of passage ids, notes and labels, which an address carries. Every export
of it holds the permanent link of every passage, its note and its labels, and can be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.answering.answer import PassageState
from search.citations.reference_managers import Reference
from search.citations.references import Citation, cite, locator
from search.errors import PassageNotFound
from search.model import Document, Passage, PassageKind
from search.room import ReadingRoom

MOST_ITEMS = 100  # of one basket; its address stays below 120,000 characters
LONGEST_NOTE = 500  # characters; and of all labels of a passage together
LONGEST_NAME = 80  # characters of the name of a basket
_ID = re.compile(r"/p/(?P<id>[^/\s?#\"'<>()\[\]{}|\\^`]+/[a-z2-7]{10}(?:-\d+)?)")
_BETWEEN_LABELS = re.compile(r"[,;]")
NOTE, LABELS = "Note:", "Labels:"
"""What stands before a reader's own words in files, so that they are told from the quotation when a file is read back."""
NEVER = "unknown"
"""The state of an id that was never published here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One passage of a basket, by its id, what the reader notes about it, and the reader's labels for it."""

    passage_id: str
    note: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basket:
    """Items in their order, each passage once, under a name that the reader gave or none."""

    items: tuple[Item, ...] = ()
    name: str = ""

    @classmethod
    def of(cls, items: Iterable[Item], name: str = "") -> Basket:
        """Return the basket of `items`; of a passage that stands twice the first note counts that is not empty, and all labels."""
        known: dict[str, Item] = {}
        for item in items:
            first = known.get(item.passage_id, Item(item.passage_id))
            labels = tuple(dict.fromkeys((*first.labels, *item.labels)))
            known[item.passage_id] = Item(item.passage_id, first.note or item.note, labels)
        return cls(tuple(known.values()), name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An item with what it names: `passage` as it is cited, with the words as collected; `now` what stands for it today.

    `state` is same, moved, reworded, withdrawn or NEVER.
    """

    item: Item
    state: str
    since: str | None
    citation: Citation
    now: Passage | None

    @property
    def passage(self) -> Passage:
        """The passage as it was collected."""
        assert self.citation.passage is not None
        return self.citation.passage

    @property
    def stands(self) -> bool:
        """Whether the words are published today."""
        return self.state in ("same", "moved")

    @property
    def where(self) -> str:
        """The place for a reader; for words that went, what became of them."""
        if self.stands:
            return locator(self.passage)
        return f"{self.state} on {self.since}" if self.since else self.state

    @property
    def reference(self) -> str:
        """The plain reference, with the state of words that went."""
        plain = cite(self.citation)
        return plain if self.stands else f"{plain} ({self.where})"

    def as_reference(self) -> Reference:
        """Return the item for files of reference managers."""
        note = self.item.note and f"{NOTE} {self.item.note}"
        return Reference(self.citation, self.where, note, self.item.labels)


def collect(items: Iterable[Item], room: ReadingRoom, site_url: str) -> list[Evidence]:
    """Return what the items of a basket name, in their order."""
    return [_evidence(item, room, site_url) for item in items]


def _evidence(item: Item, room: ReadingRoom, site_url: str) -> Evidence:
    """One item."""
    try:
        state = room.passage_state(item.passage_id)
    except PassageNotFound:
        state = PassageState(item.passage_id, NEVER, None, "", None)
    standing = state.passage if state.state in ("same", "moved") else None
    passage = standing or _once(state)
    opened = room.opened
    document = opened.catalog.find_document(passage.document_id) or _lost(passage.document_id)
    citation = Citation(document, opened.editions.get(document.edition or ""), passage, site_url)
    known = state.state if standing or state.state != "moved" else "withdrawn"
    return Evidence(item, known, state.since, citation, state.passage)


def _once(state: PassageState) -> Passage:
    """A passage that is not published any more, as far as the ledger knows it; the ordinal 0 says that it has no place."""
    document_id = state.passage_id.partition("/")[0]  # the whole of what was never an id
    return Passage(state.passage_id, document_id, 0, PassageKind.PARAGRAPH, state.words)


def _lost(document_id: str) -> Document:
    """A document that is not published any more; only its id is known, and of a broken address not even that."""
    return Document(document_id, "", document_id or "(no document)", "report", "", "")


def labels_in(text: str) -> tuple[str, ...]:
    """Return the labels of a text that has commas or semicolons between them, each once."""
    labels = (" ".join(label.split()) for label in _BETWEEN_LABELS.split(text))
    return tuple(dict.fromkeys(label for label in labels if label))


def by_label(evidence: Sequence[Evidence]) -> list[tuple[str, list[tuple[int, Evidence]]]]:
    """Return each label with its passages and their numbers in the basket, from 1; labels in the order in which they first stand."""
    table: dict[str, list[tuple[int, Evidence]]] = {}
    for number, item in enumerate(evidence, 1):
        for label in item.item.labels:
            table.setdefault(label, []).append((number, item))
    return list(table.items())


def ids_in(text: str) -> list[str]:
    """Return the ids of all passages whose links stand in a text, each once, in order: an export read back."""
    found = (match["id"] for match in _ID.finditer(text.replace("\\_", "_").replace("%20", " ")))
    return list(dict.fromkeys(found))


def moved(items: Sequence[Item], at: int, by: int) -> list[Item]:
    """Return the items with one of them moved up (-1) or down (1)."""
    listed = list(items)
    listed.insert(at + by, listed.pop(at))
    return listed
