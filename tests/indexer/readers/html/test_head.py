from __future__ import annotations

import pytest

from indexer.readers.html.head import Head, find_title, found_in_head, read_linked_data, without_site


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("A harbour for all | Daily Gull", "Daily Gull", "A harbour for all"),
        ("A harbour for all - The Daily Gull", "Daily Gull", "A harbour for all"),
        ("Daily Gull: A harbour for all", "", "Daily Gull: A harbour for all"),
        ("Daily Gull | A harbour for all", "Daily Gull", "A harbour for all"),
        ("A harbour for all | Daily Gull", "", "A harbour for all"),
        ("North-South talks", "Daily Gull", "North-South talks"),
        ("Pilots - who are they", "Daily Gull", "Pilots - who are they"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, site: str, bare: str) -> None:
    assert without_site(title, site) == bare


def test_the_headline_that_the_title_holds_is_the_title() -> None:
    head = Head(title="Pilots share soundings – Gull", headlines=("Daily Gull", "Pilots share soundings"))
    assert find_title(head, {}, "Gull") == "Pilots share soundings"


def test_linked_data_is_found_in_graphs_and_lists() -> None:
    nodes = read_linked_data(['[{"@graph": [{"@type": "NewsArticle", "headline": "Pilots"}]}]', "no json"])
    assert [node.get("headline") for node in nodes] == [None, "Pilots"]


def test_linked_data_goes_before_the_title_element() -> None:
    head = Head(
        title="x",
        linked=({"@type": "NewsArticle", "headline": "Pilots share", "datePublished": "2019-06-04"},),
    )
    found = found_in_head(head)
    assert (found.title, found.date) == ("Pilots share", "2019-06-04")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ana Reef", ("Ana Reef",)),
        ({"@type": "Person", "name": "Ana Reef"}, ("Ana Reef",)),
        ([{"name": "Ana Reef"}, {"name": "Jon Pier"}], ("Ana Reef", "Jon Pier")),
        ({"name": ["Ana Reef", "Jon Pier"]}, ("Ana Reef", "Jon Pier")),
        (None, ()),
    ],
)
def test_authors_come_in_every_shape(author: object, names: tuple[str, ...]) -> None:
    assert found_in_head(Head(linked=({"@type": "Article", "author": author},))).authors == names


def test_by_is_no_part_of_a_name() -> None:
    assert found_in_head(Head(bylines=("By Ana Reef",))).authors == ("Ana Reef",)


def test_a_relative_address_is_none() -> None:
    assert found_in_head(Head(canonical="/pilots")).source_url is None
