"""What people call things: labels, other labels, years and towns become ids; what nothing is called is refused."""

from __future__ import annotations

import pytest

from search.errors import UnknownValue
from search.model import Edition
from search.query.names import Names, edition_label
from search.query.parser import parse_query
from search.query.tree import format_query
from tests.factories import EDITIONS, THEMES, make_document

NAMES = Names(EDITIONS, THEMES, [make_document("report"), make_document("note", kind="memo")])


@pytest.mark.parametrize(
    ("facet", "written", "wanted"),
    [
        ("theme", "trust-funds", "trust-funds"),
        ("theme", "Trust Funds", "trust-funds"),
        ("theme", "trust fund", "trust-funds"),
        ("theme", "TRUST FUND", "trust-funds"),
        ("theme", "DIB", "defence-institution-building"),
        ("theme", "dib", "defence-institution-building"),
        ("edition", "p360-2022", "p360-2022"),
        ("edition", "2022", "p360-2022"),
        ("edition", "Geneva", "p360-2022"),
        ("edition", "geneva 2022", "p360-2022"),
        ("edition", "Third symposium", "p360-2022"),
        ("kind", "Speech", "speech"),
        ("kind", "Background paper", "background"),
        ("kind", "press text", "press"),
        ("kind", "Memo", "memo"),
        ("finding", "Lesson", "lesson"),
        ("document", "report", "report"),
        ("speaker", "Ms Anybody", "Ms Anybody"),
        ("lang", "xx", "xx"),
        ("mentions", "ge", "GE"),
        ("mentions", "au", "AU"),
        ("mentions", "Turkey", "TR"),
        ("mentions", "Republic of Moldova", "MD"),
        ("mentions", "African Union", "african-union"),
    ],
)
def test_a_name_becomes_the_id_that_is_meant(facet: str, written: str, wanted: str) -> None:
    assert NAMES.value(facet, written) == wanted


@pytest.mark.parametrize(
    ("facet", "written", "proposal"),
    [
        ("theme", "trust-found", "trust-funds"),
        ("edition", "p360-2021", "p360-202"),
        ("kind", "speach", "speech"),
        ("finding", "conclusions", "conclusion"),
        ("document", "reprot", "report"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_there_is(
    facet: str, written: str, proposal: str
) -> None:
    with pytest.raises(UnknownValue) as caught:
        NAMES.value(facet, written)
    assert f"did you mean '{proposal}" in str(caught.value)
    assert (caught.value.name, caught.value.value) == (facet, written)


def test_a_list_without_values_says_that_there_are_none() -> None:
    with pytest.raises(UnknownValue, match="there are: none"):
        Names((), THEMES.of(()), ()).value("theme", "trust-funds")


def test_values_come_once_each() -> None:
    assert NAMES.values("theme", ["DIB", "dib", "Trust Funds"]) == (
        "defence-institution-building",
        "trust-funds",
    )


def test_conditions_are_resolved_at_any_depth_of_a_question() -> None:
    query = parse_query('(theme:DIB OR NOT edition:2018) peace "trust fund"')
    assert format_query(NAMES.resolve(query)) == (
        '(theme:defence-institution-building OR NOT edition:p360-2018) peace "trust fund"'
    )


def test_labels_are_for_people_and_unknown_ids_stand_for_themselves() -> None:
    assert NAMES.label("theme", "trust-funds") == "Trust Funds"
    assert NAMES.label("edition", "p360-2018") == "Berlin 2018"
    assert NAMES.label("kind", "memo") == "Memo"
    assert NAMES.label("theme", "gone") == "gone"
    assert NAMES.label("speaker", "Ms X") == "Ms X"
    assert NAMES.known("speaker") == {}


@pytest.mark.parametrize(
    ("edition", "wanted"),
    [
        (Edition("e", "T", "Sarajevo, Bosnia and Herzegovina", "2024-05"), "Sarajevo 2024"),
        (Edition("e", "T", "Paris", None, "2020-01-02"), "Paris 2020"),
        (Edition("e", "T", "Paris"), "Paris"),
    ],
)
def test_an_edition_is_called_by_its_town_and_year(edition: Edition, wanted: str) -> None:
    assert edition_label(edition) == wanted


def test_a_long_list_of_names_is_no_message() -> None:
    told = str(UnknownValue("country", "Xland", [f"name {number}" for number in range(40)]))
    assert told == "no country 'Xland' (there are 40)"
