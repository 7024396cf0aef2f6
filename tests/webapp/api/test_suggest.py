"""Suggestions as a page and as JSON."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from tests.webapp.markup import read_page

SCRIPT = Path(__file__).parents[3] / "webapp" / "static" / "suggest.js"


def test_the_page_links_what_begins_so(client: FlaskClient) -> None:
    page = read_page(client.get("/suggest?q=trust").text)
    assert "Trust Funds" in page.texts("a")
    assert "/search?q=theme%3Atrust-funds" in page.links
    assert "/d/report" in read_page(client.get("/suggest?q=symp").text).links


def test_the_page_says_when_nothing_begins_so(client: FlaskClient) -> None:
    page = read_page(client.get("/suggest?q=zz").text)
    assert "/search?q=zz" in page.links


def test_every_link_of_the_page_answers(client: FlaskClient) -> None:
    for typed in ("t", "w", "s", "d", "g"):
        for link in read_page(client.get(f"/suggest?q={typed}").text).links:
            if link.startswith(("/search", "/d/")):
                assert client.get(link).status_code == 200, link


def test_the_api_gives_kind_label_query_and_address(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest?q=wps").get_json()
    assert found == {
        "q": "wps",
        "suggestions": [
            {
                "kind": "acronym",
                "label": "WPS: women, peace and security",
                "query": "WPS",
                "url": "/search?q=WPS",
            }
        ],
    }
    assert len(client.get("/api/v1/suggest?q=p&limit=1").get_json()["suggestions"]) == 1


def test_the_script_is_small_and_makes_no_markup_of_texts() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert len(script.encode()) < 4_096
    assert "innerHTML" not in script
