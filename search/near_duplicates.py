"""Documents that hold nearly the same words: what is known of two of them, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """What a document is beside one that it resembles."""

    SAME_FILE = "same file"
    SAME_WORDS = "nearly the same"
    NEWER = "newer version"
    OLDER = "older version"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One document that holds nearly the words of another.

    `share` is how much of the document stands word for word in the other one (0 to 1, in steps of .01). `because` is the
    evidence for a newer or older version, else empty.
    """

    document_id: str
    other_id: str
    relation: Relation
    share: float
    because: str = ""

    def sentence(self, name: str, other: str) -> str:
        """Return the fact in words, with names for the two documents."""
        held = f"{self.share:.0%} of it stands there word for word".replace("%", " %")
        if self.relation is Relation.SAME_FILE:
            return f"{name} is the same file as {other}"
        if self.relation is Relation.SAME_WORDS:
            return f"{name} is nearly the same as {other} ({held})"
        article = "a" if self.relation is Relation.NEWER else "an"
        return f"{name} looks like {article} {self.relation.value} of {other} ({self.because}; {held})"


def once_a_pair(found: Iterable[LookAlike]) -> list[LookAlike]:
    """Return of the two facts about each pair one: that of the newer document, else of the later id."""
    return [
        look
        for look in found
        if look.relation is Relation.NEWER
        or (look.relation is not Relation.OLDER and look.document_id > look.other_id)
    ]
