"""What holds of every address."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.library import MOVED, REWORDED, STATIC, WITHDRAWN, Library
from tests.webapp.markup import read_page
from webapp.http.security import HEADERS

PAGES = (
    "/",
    "/search",
    "/search?q=trust+funds",
    "/search?q=trust+funds&theme=trust-funds&since=2019&match=any&sort=newest",
    "/search?q=partners&page=2&document=long",
    "/search?q=partners&page=9999",
    "/search?q=%22trust",
    "/search?q=zzzzzz&theme=trust-funds",
    "/search?q=payload",
    "/batch",
    "/suggest",
    "/suggest?q=tr",
    "/suggest?q=zzzz",
    "/suggest?q=script",
    "/documents/",
    "/documents/?kind=speech",
    "/documents/?kind=digest",
    "/d/report",
    "/d/speech",
    "/d/hostile",
    "/d/long",
    "/d/long?part=3",
    "/d/report/page/1",
    "/d/report/page/2?passage=h7hynrhjt6",
    "/d/hostile/page/1",
    "/d/changed/page/1",
    "/d/gone/page/1",
    "/d/outside/page/1",
    "/themes/",
    "/themes/trust-funds",
    "/findings/",
    "/findings/?weak=1",
    "/themes/interoperability",
    "/themes/unused",
    "/themes/hostile",
    "/themes/trust-funds/compare",
    "/themes/trust-funds/compare?first=p360-2019&second=nothing",
    "/themes/hostile/compare?first=hostile",
    "/editions/",
    "/editions/p360-2019",
    "/editions/hostile",
    "/help",
    "/help/api",
    "/about",
    "/quote",
    "/quote?text=trust+funds+be+planned+for+several+years",
    "/quote?text=payload+again",
    "/quote?text=zebras+graze",
    "/check",
    "/basket",
    "/basket?p=report/h7hynrhjt6&p=speech/cccccccccc&p=report/bbbbbbbbbb&p=report/aaaaaaaaaa&p=never/eeeeeeeeee&n=mine",
)
OTHERS = {
    "/findings/evidence.csv": "text/csv",
    "/themes/trust-funds/evidence.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "/themes/trust-funds/evidence.ris": "application/x-research-info-systems",
    "/themes.ttl": "text/turtle",
    "/themes.jsonld": "application/ld+json",
    "/api/v1/themes/trust-funds": "application/json",
    "/api/v1/findings": "application/json",
    "/d/report.pdf": "application/pdf",
    "/d/speech.md": "text/markdown",
    "/healthz": "application/json",
    "/readyz": "application/json",
    "/feed.atom": "application/atom+xml",
    "/opensearch.xml": "application/opensearchdescription+xml",
    "/sitemap.xml": "application/xml",
    "/themes/trust-funds.atom": "application/atom+xml",
    "/corrections.atom": "application/atom+xml",
    "/api/v1/suggest?q=tr": "application/json",
    "/search?q=trust&format=csv": "text/csv",
    "/search?q=trust&format=atom": "application/atom+xml",
    "/search?q=trust&format=json": "application/json",
    "/d/report/page/1.png": "image/png",
    "/d/report/page/1/small.png": "image/png",
    "/p/report/h7hynrhjt6.ris": "application/x-research-info-systems",
    "/p/report/h7hynrhjt6.jsonld": "application/ld+json",
    "/p/report/h7hynrhjt6.pdf": "application/pdf",
    "/p/report/h7hynrhjt6.png": "image/png",
    "/d/report.bib": "application/x-bibtex",
    "/basket/evidence.md?p=report/h7hynrhjt6": "text/markdown",
    f"{STATIC}room.css": "text/css",
    f"{STATIC}room.js": "text/javascript",
    "/api/v1/search?q=trust": "application/json",
    "/api/v1/quote?text=trust+funds": "application/json",
    "/api/v1/openapi.json": "application/json",
    "/api/v1/documents": "application/json",
    "/api/v1/documents/report": "application/json",
    "/api/v1/documents/report/passages": "application/json",
    "/api/v1/themes": "application/json",
    "/api/v1/editions": "application/json",
}
GONE = (f"/p/report/{REWORDED}", f"/p/speech/{WITHDRAWN}")
MISSING = (
    "/nothing",
    "/d/nothing",
    "/d/report/page/0",
    "/d/report/page/4",
    "/d/report/page/99999999999999999999999",
    "/d/report/page/-1",
    "/d/report/page/x",
    "/d/speech/page/1",
    "/d/speech/page/1.png",
    "/d/report?part=2",
    "/d/gone/page/1.png",
    "/d/gone/page/1/small.png",
    "/d/outside/page/1/small.png",
    "/d/changed/page/1.png",
    "/d/outside/page/1.png",
    "/d/../../etc/passwd",
    "/d/..%2f..%2fsecret/page/1.png",
    "/d/%2e%2e/page/1.png",
    "/p/report/zzzzzzzzzz",
    "/p/report/..",
    "/p/report",
    "/p/report/a/b",
    "/p/%00/%00",
    "/p/%F0%9F%A6%84/%ED%A0%80",
    "/p/%25/%2F",
    "/themes/nothing",
    "/themes/%00",
    "/editions/nothing",
    "/static/room.css",
    f"{STATIC}../app.py",
    f"{STATIC}%2e%2e/app.py",
)


def passage_pages(library: Library) -> list[str]:
    found = (library.report[1], library.report[3], library.speech[0], library.hostile[0])
    return [
        f"/p/{passage.passage_id}{query}" for passage in found for query in ("", "?q=trust+funds+payload")
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_is_well_made(client: FlaskClient, path: str) -> None:
    check_page(client, path, 200)


def test_passage_pages_answer_and_are_well_made(client: FlaskClient, library: Library) -> None:
    for path in passage_pages(library):
        check_page(client, path, 200)


@pytest.mark.parametrize("path", GONE)
def test_what_is_gone_is_said_on_a_page(client: FlaskClient, path: str) -> None:
    check_page(client, path, 410)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_has_a_page_that_helps(client: FlaskClient, path: str) -> None:
    page = check_page(client, path, 404)
    assert "/documents/" in page


def check_page(client: FlaskClient, path: str, status: int) -> str:
    """Status, headers and form of a page."""
    response = client.get(path)
    assert response.status_code == status, response.text
    check_headers(dict(response.headers))
    page = read_page(response.text)
    assert page.texts("title")[0].endswith("· Findings"), page.texts("title")
    assert len(page.texts("title")[0]) > len("· Findings ")
    assert len(page.texts("h1")) == 1
    assert page.texts("h1")[0]
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    for tag, attributes in page.elements:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "img":
            assert attributes["alt"] or "/small.png" in attributes["src"]  # named by the words beside it
            assert int(attributes["width"]) > 0
    assert not page.all("style")
    run = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    assert all(script["src"].startswith(STATIC) for script in run)
    assert all(json.loads(text)["@context"] for text in page.texts("script") if text), "data only"
    assert not [link for link in page.links if link.lower().startswith(("javascript:", "data:"))]
    check_labels(response.text)
    return response.text


def check_labels(html: str) -> None:
    """Every field can be told by its name."""
    page = read_page(html)
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    inside = re.findall(r"<label[^>]*>(.*?)</label>", html, re.DOTALL)
    for entry in page.all("input"):
        named = entry.get("type") == "hidden" or entry.get("id") in labelled
        assert named or any(f'name="{entry["name"]}"' in text for text in inside), entry


def check_headers(headers: dict[str, str]) -> None:
    """The headers of security."""
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_no_page_answers_in_its_own_form(client: FlaskClient, path: str) -> None:
    response = client.get(path, buffered=True)
    assert response.status_code == 200
    assert response.mimetype == OTHERS[path]
    check_headers(dict(response.headers))


def test_every_route_is_asked_for_here(app: Flask) -> None:
    asked = [
        *PAGES,
        *OTHERS,
        *GONE,
        "/p/a/b",
        "/p/a/b/c",
        "/d/a/b/c",
        "/api/v1/passages/a/b",
        "/api/v1/passages/a/b/similar",
        "/p/report/" + MOVED,
        "/p/a/b/",
        "/d/a/",
        "/d/a/para/1",
        "/d/a/changes/b",
        "/batch/report",
    ]
    adapter = app.url_map.bind("localhost")
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert known == {adapter.match(path.split("?")[0])[0] for path in asked}


def test_links_within_the_reading_room_lead_somewhere(client: FlaskClient, library: Library) -> None:
    seen: set[str] = set()
    for path in [*PAGES, *passage_pages(library)]:
        for link in read_page(client.get(path).text).links:
            bare = link.split("#")[0]
            if bare.startswith("?"):
                bare = path.split("?")[0] + bare
            if bare.startswith("/") and bare not in seen:
                seen.add(bare)
                with client.get(bare) as answer:
                    assert answer.status_code in (200, 301) or bare in GONE, (path, link)
    assert len(seen) > 100


@pytest.mark.parametrize("path", ["/", "/search", "/healthz", "/api/v1/search", "/d/report"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_here_can_be_changed(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(path, method=method, data=b"x" * 100)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_head_request_is_answered_without_a_body(client: FlaskClient) -> None:
    response = client.head("/d/report")
    assert response.status_code == 200
    assert response.data == b""
