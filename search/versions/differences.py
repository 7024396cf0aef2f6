"""What changed between two versions of a document, passage by passage. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from search.model import Passage

LIKE = 0.5  # share of words in order, of both texts, from which a passage is shown as a rewording of another, word by word
REACH = 40  # passages on both sides of a stretch that are compared with each other; longer ones are taken out and put in


class ChangeKind(StrEnum):
    """What became of a passage from the older to the newer version."""

    SAME = "same"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage of either version beside that of the other; None where there is none."""

    kind: ChangeKind
    older: Passage | None
    newer: Passage | None


def compare_versions(older: Sequence[Passage], newer: Sequence[Passage]) -> list[PassageChange]:
    """Return all passages of two versions in reading order, each beside what it became.

    A text that stands elsewhere now has moved; it comes where it stands in the newer version.
    """
    first, second = [_key(passage) for passage in older], [_key(passage) for passage in newer]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    changes: list[PassageChange] = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            changes += [
                PassageChange(ChangeKind.SAME, a, b) for a, b in zip(older[i:j], newer[k:m], strict=True)
            ]
        else:
            changes.extend(_paired(older[i:j], newer[k:m]))
    return _with_moves(changes)


def count_changes(changes: Sequence[PassageChange]) -> dict[ChangeKind, int]:
    """Return how many passages each kind of change has, the unchanged ones left out."""
    counted = Counter(change.kind for change in changes)
    return {kind: counted[kind] for kind in ChangeKind if kind is not ChangeKind.SAME and counted[kind]}


def _key(passage: Passage) -> str:
    """A passage's text as it is compared: a corrected comma is a change, a blank is none."""
    return " ".join(passage.text.split())


def _paired(older: Sequence[Passage], newer: Sequence[Passage]) -> Iterator[PassageChange]:
    """Passages of a stretch that differs: rewordings side by side, in the order of both, the rest taken out or put in."""
    at = 0
    if max(len(older), len(newer)) <= REACH:
        words = [[passage.text.split() for passage in side] for side in (older, newer)]
        for place, passage in enumerate(newer):
            found = next((i for i in range(at, len(older)) if _is_like(words[0][i], words[1][place])), None)
            if found is None:
                yield PassageChange(ChangeKind.ADDED, None, passage)
                continue
            yield from (PassageChange(ChangeKind.REMOVED, gone, None) for gone in older[at:found])
            yield PassageChange(ChangeKind.REWORDED, older[found], passage)
            at = found + 1
    else:
        yield from (PassageChange(ChangeKind.ADDED, None, passage) for passage in newer)
    yield from (PassageChange(ChangeKind.REMOVED, gone, None) for gone in older[at:])


def _is_like(first: Sequence[str], second: Sequence[str]) -> bool:
    """Half of the words or more stand in both, in order."""
    shorter, longer = sorted((len(first), len(second)))
    if 2 * shorter < LIKE * (shorter + longer):
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def _with_moves(changes: Sequence[PassageChange]) -> list[PassageChange]:
    """Words that were taken out in one place and put in at another as moved, once."""
    removed = [change.older for change in changes if change.kind is ChangeKind.REMOVED and change.older]
    gone = {_key(passage): passage for passage in removed}
    moved: set[str] = set()
    told: list[PassageChange] = []
    for change in changes:
        added = change.newer if change.kind is ChangeKind.ADDED else None
        before = gone.pop(_key(added), None) if added else None
        if before is not None:
            moved.add(before.passage_id)
            told.append(PassageChange(ChangeKind.MOVED, before, added))
        else:
            told.append(change)
    return [
        change
        for change in told
        if not (change.kind is ChangeKind.REMOVED and change.older and change.older.passage_id in moved)
    ]
