from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import HOSTILE
from tests.webapp.markup import read_page
from webapp.query_examples import EXAMPLES

QUERIES = [example.query for _, listed in EXAMPLES for example in listed]


@pytest.mark.parametrize("query", [q for q in QUERIES if "2019" not in q or "date" in q])
def test_every_example_is_read_without_a_mistake(client: FlaskClient, query: str) -> None:
    found = client.get("/search", query_string={"q": query, "format": "json"})
    assert found.status_code == 200
    assert found.json
    assert found.json["mistake"] is None


def test_every_example_is_a_link(client: FlaskClient) -> None:
    page = read_page(client.get("/help").text)
    for query in QUERIES:
        assert query in page.texts("a")


def test_what_could_not_be_read_is_listed_with_the_reason(client: FlaskClient) -> None:
    page = read_page(client.get("/about").text)
    assert f"damaged: {HOSTILE}" in page.texts("td")
    assert "Symposium report, Geneva 2022: 1 page" in page.texts("li")
