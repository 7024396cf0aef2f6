"""Lists that can grow have pages, and say where the next one is."""

from __future__ import annotations

import csv
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.addresses import LAST_PAGE
from webapp.http.paging import LONGEST_LINK, page_addresses
from webapp.views import search as searching

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = {
    "/api/v1/search?q=paragraph&limit=100": ("hits", "passage_id", 650),
    "/api/v1/search?by=document&limit=2": ("hits", "passage_id", None),
    "/api/v1/documents?limit=2": ("documents", "document_id", 7),
    "/api/v1/documents/long/passages?limit=300": ("passages", "passage_id", 650),
    "/api/v1/findings?limit=1": ("findings", "passage_id", 3),
    "/api/v1/themes?limit=3": ("themes", "theme_id", 4),
    "/api/v1/editions?limit=1": ("editions", "edition_id", 3),
}


def links(header: str | None) -> dict[str, str]:
    """The addresses of a Link header by relation."""
    return {relation: to for to, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', header or "")}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_read_to_its_end_by_its_links(client: FlaskClient, address: str) -> None:
    name, key, total = LISTS[address]
    seen: list[str] = []
    steps: list[str] = []
    following: str | None = address
    while following:
        response = client.get(following)
        steps.append(following)
        found = response.get_json()
        assert found["page"] == len(steps)
        seen += [record[key] for record in found[name]]
        following = links(response.headers.get("Link")).get("next")
    assert len(seen) == len(set(seen))
    assert total is None or len(seen) == found["total"] == total
    assert len(steps) > 1
    if len(steps) > 2:
        assert links(response.headers["Link"])["prev"] == steps[-2]


def test_what_stands_on_one_page_links_nowhere(client: FlaskClient) -> None:
    assert "Link" not in client.get("/api/v1/themes").headers
    assert "Link" not in client.get("/api/v1/search?q=nothingatall").headers


def test_a_page_behind_the_last_leads_back_to_it(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents?limit=2&page=900")
    assert links(response.headers["Link"]) == {"prev": "/api/v1/documents?limit=2&page=4"}


def test_links_keep_what_was_asked_for_and_hold_no_line_end(app: Flask) -> None:
    awkward = "/api/v1/search?q=%0d%0aX-Evil:%201&theme=a%26b&theme=%3E%22&q2=%ED%A0%80&page=2"
    with app.test_request_context(awkward):
        for to in page_addresses(2, 10, 100).values():
            assert re.fullmatch(r"[!-~]+", to)
            assert ">" not in to
            assert "theme=a%26b&theme=%3E%22" in to
            assert to.count("page=") == 1


def test_there_is_no_page_behind_the_last_that_is_answered(app: Flask) -> None:
    with app.test_request_context("/api/v1/search"):
        assert "next" not in page_addresses(LAST_PAGE, 1, 10**9)


def test_a_very_long_question_goes_without_links(client: FlaskClient) -> None:
    address = "/api/v1/search?limit=1&without=" + "x" * LONGEST_LINK
    assert client.get("/api/v1/search?limit=1").headers["Link"]
    assert "Link" not in client.get(address).headers


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "EXPORTED", 300)
    monkeypatch.setattr(searching, "IN_A_FEED", 300)


def test_tables_and_files_go_on(client: FlaskClient, few: None) -> None:
    for form in ("csv", "json"):
        seen: list[str] = []
        following: str | None = f"/search?q=paragraph&format={form}"
        while following:
            response = client.get(following)
            assert response.headers["X-Total-Count"] == "650"
            if form == "json":
                seen += [hit["passage_id"] for hit in response.get_json()["hits"]]
            else:
                rows = csv.DictReader(StringIO(response.text.removeprefix("\ufeff")))
                seen += [row["passage_id"] for row in rows]
            following = links(response.headers.get("Link")).get("next")
        assert len(seen) == len(set(seen)) == 650


def test_feeds_go_on(client: FlaskClient, few: None) -> None:
    feed = ElementTree.fromstring(client.get("/search?q=paragraph&format=atom&page=2").data)
    found = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert found["self"] == "http://localhost/search?q=paragraph&format=atom&page=2"
    assert found["next"] == "http://localhost/search?q=paragraph&format=atom&page=3"
    assert found["previous"] == "http://localhost/search?q=paragraph&format=atom&page=1"


def test_a_form_that_there_is_not_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/search?q=trust&format=xml")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert "atom, csv, json" in response.get_json()["detail"]


def test_whole_numbers_may_be_written_as_programs_for_statistics_do(client: FlaskClient) -> None:
    assert client.get("/api/v1/documents?limit=2.0").get_json()["limit"] == 2
    for wrong in ("2.5", "2.", ".0", "2e0", "-2.0", "0.0", "2,0"):
        assert client.get(f"/api/v1/documents?limit={wrong}").status_code == 400
