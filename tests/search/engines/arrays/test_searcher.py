"""The arrays beside Whoosh's segments say what Whoosh says, and an index without them does not open."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index

from search.engines import IndexEntry
from search.engines.arrays.builder import MOST_SEGMENTS, WhooshBuilder, arrays_path
from search.engines.arrays.searcher import open_whoosh_searcher
from search.engines.arrays.segment import Segment
from search.errors import IndexDamaged
from search.query.terms import TermField
from tests import strategies


def build(folder: Path, entries: list[IndexEntry], *removed: str) -> None:
    builder = WhooshBuilder(folder)
    for document_id in removed:
        builder.remove_document(document_id)
    for entry in entries:
        builder.add(entry)
    builder.commit()


def segments_of(folder: Path) -> list[Any]:
    """Whoosh's own readers of the segments that hold passages."""
    reader = index.open_dir(folder).reader()
    return [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]


def whoosh_says(leaf: Any, field: str) -> Iterator[tuple[str, int, int, list[int]]]:
    """(word, document number, frequency, positions) of a field, in order, without deleted documents."""
    for name, word in leaf.all_terms():
        if name == field:
            matcher = leaf.postings(field, word)
            while matcher.is_active():
                positions = matcher.value_as("positions") if field == "exact" else []
                yield word.decode(), matcher.id(), int(matcher.weight()), list(positions)
                matcher.next()


def arrays_say(segment: Segment, field: TermField) -> Iterator[tuple[str, int, int, list[int]]]:
    arrays = segment.fields[field]
    for code, word in enumerate(arrays.words):
        postings = arrays.postings(code, code + 1)
        for row, frequency in zip(postings.rows.tolist(), postings.frequencies.tolist(), strict=True):
            places = np.flatnonzero(segment.words_of(row) == code).tolist() if field == "exact" else []
            yield word, row, frequency, places


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries=strategies.entries(), removed=st.lists(st.integers(0, 4), max_size=6))
def test_arrays_hold_the_terms_postings_and_positions_that_whoosh_holds(
    entries: list[IndexEntry], removed: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder, entries)
        for number in removed:
            again = [entry for entry in entries if entry.document_id == f"d{number}"]
            build(folder, again, f"d{number}")
        for leaf in segments_of(folder):
            segment = Segment(arrays_path(folder, leaf.segment().segment_id()))
            assert segment.size == leaf.doc_count_all()
            deleted = set(leaf.segment().deleted_docs())
            for field in TermField:
                said = [posting for posting in arrays_say(segment, field) if posting[1] not in deleted]
                assert said == list(whoosh_says(leaf, field.value))


def passages(count: int, document: str) -> list[IndexEntry]:
    return [
        IndexEntry(f"{document}/{i}", document, i, ("peace", "work"), ("peac", "work")) for i in range(count)
    ]


def test_new_reports_leave_the_large_segment_alone(tmp_path: Path) -> None:
    build(tmp_path, passages(200, "large"))
    large = segments_of(tmp_path)[0].segment().segment_id()
    most = 0
    for number in range(3 * MOST_SEGMENTS):
        build(tmp_path, passages(3, f"small-{number}"))
        most = max(most, len(segments_of(tmp_path)))
    assert large in {leaf.segment().segment_id() for leaf in segments_of(tmp_path)}
    assert most <= MOST_SEGMENTS + 1


def test_a_segment_with_much_deleted_is_written_anew(tmp_path: Path) -> None:
    build(tmp_path, [*passages(10, "a"), *passages(10, "b")])
    build(tmp_path, passages(2, "c"), "a")
    assert sum(leaf.doc_count_all() for leaf in segments_of(tmp_path)) == 12
    assert len(list(tmp_path.glob("*.arrays"))) == len(segments_of(tmp_path))


def test_an_index_without_its_arrays_is_damaged(tmp_path: Path) -> None:
    build(tmp_path, passages(3, "a"))
    next(tmp_path.glob("*.arrays")).unlink()
    with pytest.raises(IndexDamaged, match="findings"):
        open_whoosh_searcher(tmp_path)


def test_arrays_of_another_segment_are_damage(tmp_path: Path) -> None:
    build(tmp_path, passages(3, "a"))
    build(tmp_path, passages(4, "b"))
    first, second = sorted(tmp_path.glob("*.arrays"))
    first.write_bytes(second.read_bytes())
    with pytest.raises(IndexDamaged, match="passages beside"):
        open_whoosh_searcher(tmp_path)


def test_forms_and_stems_must_be_of_the_same_words(tmp_path: Path) -> None:
    builder = WhooshBuilder(tmp_path)
    with pytest.raises(ValueError, match="a/1: 2 forms, 1 stems"):
        builder.add(IndexEntry("a/1", "a", 1, ("peace", "work"), ("peac",)))
    builder.cancel()
