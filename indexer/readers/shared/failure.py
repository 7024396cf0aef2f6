"""How a reader says that a file cannot be read."""

from __future__ import annotations

from indexer.reading.reading import Reason


class ReadingFailed(Exception):
    """A file gave no text. Stays inside the indexer, which turns it into an `Unreadable`."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail
