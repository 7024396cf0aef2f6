"""What an indexing run did, or would do: every file of the corpus is in exactly one of its lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indexer.corpus.inventory import LeftOut
from indexer.reading.reading import REMEDIES, Reason


@dataclass(frozen=True, slots=True)
class Change:
    """A document that is indexed anew or removed, and what made it so."""

    path: str
    document_id: str
    because: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The account of a run. `published` is False for a plan and when nothing had changed."""

    generation: str | None
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    unchanged: int
    failed: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]
    passages_added: int
    passages_removed: int
    passages_total: int
    seconds: float
    published: bool
    notes: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    """Sentences on documents that this run brought and that hold nearly the words of another."""
    by_meaning: str = ""
    """How many passages can be found by meaning, or why none can; "" for a plan."""

    def to_json(self) -> dict[str, Any]:
        """Return the contract's object."""
        return {
            "generation": self.generation,
            "published": self.published,
            "documents": {
                "added": [change.path for change in self.added],
                "changed": [change.path for change in self.changed],
                "removed": [change.path for change in self.removed],
                "unchanged": self.unchanged,
                "failed": [_left_out(item) for item in self.failed],
                "skipped": [_left_out(item) for item in self.skipped],
                "because": {change.path: change.because for change in self.changed},
            },
            "passages": {
                "added": self.passages_added,
                "removed": self.passages_removed,
                "total": self.passages_total,
            },
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "look_alikes": list(self.look_alikes),
            "by_meaning": self.by_meaning,
        }


def _left_out(item: LeftOut) -> dict[str, str]:
    """A file that is not in the index, with what to do about it."""
    return {"path": item.path, "reason": item.reason, "detail": item.detail, "remedy": remedy(item.reason)}


def remedy(reason: str) -> str:
    """Return what a curator can do about a reason; empty where nothing is to be done."""
    return REMEDIES[Reason(reason)] if reason in set(Reason) else ""


def by_path(items: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return files in the order of their paths."""
    return tuple(sorted(items, key=lambda item: item.path))
