"""Writing the Whoosh part of a generation: terms only, analysed by us.

The schema uses Whoosh's own classes alone, because Whoosh pickles it into the index: a class of ours in it would
tie every index to the place of our modules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer

from search.engines import IndexEntry
from search.errors import IndexLocked

WRITER_MB = 128  # memory of the writer's buffer before it writes a run to disk
MOST_SEGMENTS = 12  # more are merged into one: every term costs one look-up a segment
MOST_DELETED = 0.3  # share of deleted passages above which all segments are written anew


def _schema() -> fields.Schema:
    """Positions for the exact forms alone; stems, headings and titles need none."""
    words = SpaceSeparatedTokenizer
    return fields.Schema(
        passage=fields.ID(unique=True),
        document=fields.ID(),
        exact=fields.TEXT(analyzer=words(), phrase=True),
        stem=fields.TEXT(analyzer=words(), phrase=False),
        heading=fields.TEXT(analyzer=words(), phrase=False),
        title=fields.TEXT(analyzer=words(), phrase=False),
        speaker=fields.TEXT(analyzer=words(), phrase=False),
        row=fields.STORED(),
        words=fields.STORED(),
    )


class WhooshBuilder:
    """The builder of `search.engines.IndexBuilder` on a folder of Whoosh segments."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = (
            index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, _schema())
        )
        try:
            self._writer: Any = self._index.writer(limitmb=WRITER_MB)
        except index.LockError as error:
            raise IndexLocked(folder) from error

    def remove_document(self, document_id: str) -> None:
        """Marks the passages of a document as deleted."""
        self._writer.delete_by_term("document", document_id)

    def add(self, entry: IndexEntry) -> None:
        """Adds one passage; what the columns need is stored with it."""
        facets = {name: list(values) for name, values in entry.facets.items()}
        row = [
            entry.passage_id,
            entry.document_id,
            entry.ordinal,
            [len(entry.stems), len(entry.heading), len(entry.title)],
            entry.day,
            entry.weight,
            facets,
        ]
        self._writer.add_document(
            passage=entry.passage_id,
            document=entry.document_id,
            exact=" ".join(entry.exact),
            stem=" ".join(entry.stems),
            heading=" ".join(entry.heading),
            title=" ".join(entry.title),
            speaker=" ".join(entry.speaker),
            row=row,
            words=" ".join(entry.exact),
        )

    def commit(self) -> None:
        """Writes a new segment; merges when there are many or much of them is deleted."""
        total = max(1, self._index.doc_count_all())
        deleted = 1 - self._index.doc_count() / total
        segments = len(self._index._segments())
        self._writer.commit(merge=False, optimize=segments >= MOST_SEGMENTS or deleted > MOST_DELETED)
        self._index.close()

    def cancel(self) -> None:
        """Drops what was not committed."""
        self._writer.cancel()
        self._index.close()
