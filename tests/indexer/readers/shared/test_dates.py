from __future__ import annotations

import pytest

from indexer.readers.shared.dates import find_date, is_date_line


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18 October 2024", "2024-10-18"),
        ("October 18, 2024", "2024-10-18"),
        ("the 3rd of June, 2019", "2019-06-03"),
        ("2019-06-03T10:00", "2019-06-03"),
        ("Sept. 4, 2001", None),
        ("Sep. 4, 2001", "2001-09-04"),
        ("31 February 2019", None),
        ("in 2019", None),
        ("May 2019", None),
        ("first 1 May 2019, then 2 May 2019", "2019-05-01"),
    ],
)
def test_a_day_counts_when_stated_in_full(text: str, day: str | None) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Monday, 27 November 2000, 9:37 am", True),
        ("October 18, 2024", True),
        ("Posted on 4 June 2019", True),
        ("The board met on 4 June 2019", False),
        ("no date", False),
    ],
)
def test_a_line_with_little_else_is_a_date_line(text: str, is_one: bool) -> None:
    assert is_date_line(text) is is_one
