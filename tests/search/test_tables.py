"""Tables as comma-separated values."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tables import csv_text, safe_cell

cells = st.text(alphabet='ab,"\n=+-@ é', max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=4))
def test_what_is_written_is_read_again_but_for_the_guard(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert read == [[safe_cell(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@name", "\tx"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    assert csv_text([[cell]], end="") == f"'{cell}"


def test_numbers_stay_numbers_and_rows_end_as_wanted() -> None:
    assert csv_text([[-1, "a"], ["b", None]], end="\n") == "-1,a\nb,\n"
