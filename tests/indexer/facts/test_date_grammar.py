from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indexer.facts.date_grammar import find_dates, find_years


@given(st.dates(date(1700, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_forms(day: date) -> None:
    english = f"{day.day} {day:%B} {day.year}"
    for text in (
        day.isoformat(),
        english,
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert [found.iso for found in find_dates(text)] == [day.isoformat()], text


def test_days_that_no_calendar_has_are_no_dates() -> None:
    assert find_dates("31 February 2020") == []


def test_spans_are_told_from_days() -> None:
    assert all(
        found.is_range
        for text in ("7–11 April 2025", "3 May 2023-9 April 2025")
        for found in find_dates(text)
    )


def test_years_inside_symbols_and_spans_are_none() -> None:
    assert [
        found.iso for found in find_years("S/2025/346, 2001-2010, resolution 2231 (2015), Rome 2019")
    ] == ["2019"]
