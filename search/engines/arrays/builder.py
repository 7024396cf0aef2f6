"""Writing the Whoosh part of a generation: terms only, analysed by us, with arrays of the same beside each segment.

Whoosh keeps the terms, postings and positions and says which segments there are and what is deleted in them. Its
readers walk postings one by one in Python, so the builder writes what it gives to Whoosh a second time as arrays, a
file for each segment with a passage's row being its document number there. The file is named like the segment's own
files: it is linked into the next generation with them, and Whoosh removes it with them after a merge.

The schema uses Whoosh's own classes alone, because Whoosh pickles it into the index: a class of ours in it would
tie every index to the place of our modules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.reading import SegmentReader

from search.engines import IndexEntry
from search.engines.arrays.segment import Segment
from search.engines.arrays.segment_writer import SegmentWriter
from search.errors import IndexLocked

WRITER_MB = 128  # memory of the writer's buffer before it writes a run to disk
MOST_SEGMENTS = 12  # from that many on, small ones are merged: every term costs one look-up a segment
MOST_DELETED = 0.3  # share of deleted passages above which a segment is written anew


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
    )


class WhooshBuilder:
    """The builder of `search.engines.IndexBuilder` on a folder of Whoosh segments."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._arrays = SegmentWriter()
        self._index = (
            index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, _schema())
        )
        try:
            self._writer: Any = self._index.writer(limitmb=WRITER_MB)
        except index.LockError as error:
            raise IndexLocked(folder) from error

    def remove_document(self, document_id: str) -> None:
        """Mark the passages of a document as deleted."""
        self._writer.delete_by_term("document", document_id)

    def add(self, entry: IndexEntry) -> None:
        """Add one passage."""
        self._writer.add_document(
            passage=entry.passage_id,
            document=entry.document_id,
            exact=" ".join(entry.exact),
            stem=" ".join(entry.stems),
            heading=" ".join(entry.heading),
            title=" ".join(entry.title),
            speaker=" ".join(entry.speaker),
        )
        self._arrays.add(entry)

    def commit(self) -> None:
        """Write a new segment and its arrays; both take in the segments that are to be merged."""
        known = {segment.segment_id() for segment in self._writer.segments}
        self._writer.commit(mergetype=self._merge)
        fresh = [segment for segment in self._index._segments() if segment.segment_id() not in known]
        for segment in fresh:
            if segment.doc_count_all() != len(self._arrays):
                raise AssertionError(f"{segment.doc_count_all()} documents, {len(self._arrays)} rows")
            self._arrays.write(arrays_path(self._folder, segment.segment_id()))
        self._index.close()

    def _merge(self, writer: Any, segments: list[Any]) -> list[Any]:
        """Takes segments into the one that is written, as Whoosh asks for it; returns those that stay."""
        merged = _to_merge(segments)
        for segment in merged:
            live = np.ones(segment.doc_count_all(), dtype=np.bool_)
            live[list(segment.deleted_docs())] = False
            self._arrays.take(Segment(arrays_path(self._folder, segment.segment_id())), live)
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        return [segment for segment in segments if segment not in merged]

    def cancel(self) -> None:
        """Drop what was not committed."""
        self._writer.cancel()
        self._index.close()


def arrays_path(folder: Path, segment_id: str) -> Path:
    """Return the file of a segment's arrays."""
    return folder / f"{segment_id}.arrays"


def _to_merge(segments: list[Any]) -> list[Any]:
    """Segments to be written anew: those with much deleted, and when there are many, the small ones.

    Small is whatever is no larger than all smaller ones together, so a passage is written anew only when the segment
    it is in at least doubles, and one new report never brings the bulk of the passages with it.
    """
    worn = [segment for segment in segments if _deleted_share(segment) > MOST_DELETED]
    sound = sorted((s for s in segments if s not in worn), key=lambda segment: int(segment.doc_count_all()))
    if len(sound) < MOST_SEGMENTS:
        return worn
    smaller = 0
    for number, segment in enumerate(sound):
        if number > 1 and segment.doc_count_all() > smaller:
            return worn + sound[:number]
        smaller += segment.doc_count_all()
    return worn + sound


def _deleted_share(segment: Any) -> float:
    """How much of a segment is deleted."""
    return float(segment.deleted_count() / max(1, segment.doc_count_all()))
