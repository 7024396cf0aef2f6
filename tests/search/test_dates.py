"""What a date looks like."""

from __future__ import annotations

import pytest

from search.dates import ISO_DATE


@pytest.mark.parametrize("text", ["2019", "2019-06", "2019-06-12", "0001"])
def test_years_months_and_days_are_dates(text: str) -> None:
    assert ISO_DATE.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["19", "2019-13", "2019-00", "2019-06-32", "2019-6", "2019-06-12T10", "٢٠١٩", ""]
)
def test_nothing_else_is(text: str) -> None:
    assert not ISO_DATE.fullmatch(text)
