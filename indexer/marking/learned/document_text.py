"""What the learned marker sees of a document: its title and its passages in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.model import PassageKind

RUNNING_TEXT = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
"""Only running text concludes something; headings, tables, captions and footnotes are never findings."""


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A passage before it is marked. `lead_in` is the line that opens the list which it is an item of, or ""."""

    kind: PassageKind
    text: str
    heading_path: tuple[str, ...] = ()
    speaker: str | None = None
    lead_in: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it is a paragraph or a list item."""
        return self.kind in RUNNING_TEXT


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as the marker sees it."""

    title: str
    units: tuple[TextUnit, ...]


def find_lead_ins(passages: Iterable[tuple[PassageKind, str]]) -> Iterator[str]:
    """Find for each of `passages` (kind and text) the paragraph that opens the list it is an item of, or ""."""
    opening = ""
    for kind, text in passages:
        if kind is PassageKind.LIST_ITEM:
            yield opening
            continue
        yield ""
        if kind in (PassageKind.PARAGRAPH, PassageKind.HEADING):
            opening = text if text.rstrip().endswith(":") else ""
