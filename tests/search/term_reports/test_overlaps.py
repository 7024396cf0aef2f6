"""Sets of rows as numbers count as sets do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.term_reports.overlaps import joined_rows, overlap_matrix, row_set, rows_alone

some_sets = st.lists(st.sets(st.integers(0, 70)), max_size=6)


@given(some_sets)
def test_sets_of_rows_count_as_sets_do(sets: list[set[int]]) -> None:
    rows = [row_set(found) for found in sets]
    alone = [
        found - set().union(*(other for place, other in enumerate(sets) if place != at))
        for at, found in enumerate(sets)
    ]
    assert [found.bit_count() for found in rows_alone(rows)] == [len(found) for found in alone]
    assert joined_rows(rows).bit_count() == len(set().union(*sets))
    assert overlap_matrix(rows) == tuple(tuple(len(a & b) for b in sets) for a in sets)
