"""Names of authors: persons have family and given names, groups stay whole, and doubt leaves a name as it is."""

from __future__ import annotations

import pytest

from search.citations.names import name_words, parse_name, sorted_name


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Jory A. Ash", "Ash", "Jory A."),
        ("Ash, Jory A.", "Ash", "Jory A."),
        ("Ms. Ada van Dijk (Norway)", "van Dijk", "Ada"),
        ("António GUTERRES", "Guterres", "António"),
        ("H.E. Mr. Jens Stoltenberg", "Stoltenberg", "Jens"),
        ("Martin L. King, Jr.", "King", "Martin L."),
    ],
)
def test_persons_have_family_and_given_names(name: str, family: str, given: str) -> None:
    made = parse_name(name)
    assert (made["family"], made["given"]) == (family, given)
    assert sorted_name(made).startswith(f"{family}, ")
    assert name_words(made).startswith(given)


@pytest.mark.parametrize(
    "name",
    [
        "NATO",
        "United Nations Development Programme",
        "Board of Directors",
        "J. Smith and K. Lee",
        "Rights Watch International",
        "Secretary-General",
        "OECD/IEA",
    ],
)
def test_groups_stay_whole(name: str) -> None:
    assert parse_name(name) == {"literal": name}
