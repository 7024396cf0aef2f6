"""A document whose every field holds markup, and questions that do."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import HOSTILE, STATIC, WITHDRAWN, Library
from tests.webapp.markup import read_page

PATHS = (
    "/",
    "/search?q=payload",
    "/search?q=payload&speaker=" + "%3Cscript%3E",
    "/documents/",
    "/d/hostile",
    "/d/hostile/page/1",
    "/themes/",
    "/themes/hostile",
    "/editions/",
    "/editions/hostile",
    "/about",
    "/p/speech/" + WITHDRAWN,
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?theme=%3Cscript%3Ealert(1)%3C/script%3E",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=x&sort=%3Cscript%3E",
    "/search?q=a%3Cscript%3E%22",
)


@pytest.mark.parametrize("path", PATHS)
def test_markup_in_data_stays_text(client: FlaskClient, path: str) -> None:
    check_harmless(client.get(path).text)


def test_markup_in_passages_stays_text(client: FlaskClient, library: Library) -> None:
    for passage in library.hostile:
        check_harmless(client.get(f"/p/{passage.passage_id}?q=payload+%3Cimg%3E").text)


def check_harmless(html: str) -> None:
    page = read_page(html)
    scripts = [s.get("src", "") for s in page.all("script") if s.get("type") != "application/ld+json"]
    assert scripts == [f"{STATIC}room.js"]
    assert all(image["src"].startswith("/d/") for image in page.all("img"))
    assert not any("onerror" in attributes for _, attributes in page.elements)
    assert "<script>alert" not in html
    assert "49}" not in html.replace("{{7*7}}", ""), "a template was run"


def test_the_words_are_all_there_as_text(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get(f"/p/{library.hostile[0].passage_id}").text)
    assert HOSTILE in page.texts("title")[0]
    assert HOSTILE in page.text


def test_a_link_that_would_run_a_script_is_no_link(client: FlaskClient) -> None:
    for path in ("/d/hostile", "/editions/hostile"):
        assert not [link for link in read_page(client.get(path).text).links if "javascript" in link]


def test_json_is_served_as_json_and_cannot_be_sniffed(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=payload")
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_cells_cannot_become_formulas(client: FlaskClient) -> None:
    lines = client.get("/search?q=payload&format=csv").text
    assert "'=cmd() payload" in lines
    assert ",=cmd()" not in lines
    assert ',"=cmd()' not in lines


@pytest.mark.parametrize(
    "path", ["/search?q=payload&format=atom", "/feed.atom", "/sitemap.xml", "/search?q=%01%0B&format=atom"]
)
def test_feeds_stay_well_formed(client: FlaskClient, path: str) -> None:
    root = ElementTree.fromstring(client.get(path).data)
    assert not list(root.iter("script"))
