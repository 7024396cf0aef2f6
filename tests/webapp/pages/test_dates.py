from __future__ import annotations

import pytest

from webapp.pages.dates import written_date, written_span


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2019-06-12", "12 June 2019"),
        ("2018-02", "February 2018"),
        ("2019", "2019"),
        (None, ""),
        ("spring 2019", "spring 2019"),
        ("2019-13-01", "2019-13-01"),
        ("<b>", "<b>"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: str | None, words: str) -> None:
    assert written_date(date) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-07-11", "2022-07-13", "11–13 July 2022"),
        ("2022-06-30", "2022-07-02", "30 June – 2 July 2022"),
        ("2022-12-30", "2023-01-02", "30 December 2022 – 2 January 2023"),
        ("2022-07-11", None, "11 July 2022"),
        (None, None, ""),
        ("2018-02", "2018-02", "February 2018"),
    ],
)
def test_what_two_days_share_is_said_once(start: str | None, end: str | None, words: str) -> None:
    assert written_span(start, end) == words
