from __future__ import annotations

import pytest

from indexer.facts.name_date import find_name_date


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("minutes-2017.txt", "2017"), ("regatta_2014_v2.txt", "2014"), ("2007-08-30_lamps.md", "2007-08-30"), ("20190612-lamps.pdf", "2019-06-12"),
        ("lamps-2019-06.pdf", "2019"), ("XYZ_74_2019.txt", "2019"),
    ],
)  # fmt: skip
def test_a_date_in_the_name_has_its_precision(name: str, date: str) -> None:
    assert find_name_date(f"speeches/{name}") == date


@pytest.mark.parametrize(
    "name",
    ["resolution-1325.txt", "room-2190.txt", "resolution-1973.pdf", "plan-2016-2018.pdf", "2018_2019.pdf", "A_80_36.pdf", "lamps.pdf", "agenda-2030.pdf"],
)  # fmt: skip
def test_other_numbers_are_no_years(name: str) -> None:
    assert find_name_date(f"2019/{name}") is None


def test_the_number_of_a_form_behind_a_year_is_no_month() -> None:
    assert find_name_date("HARBOUR_2015_10K.pdf") == "2015"
