from __future__ import annotations

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.tables import safe_cell
from tests.webapp.library import Library
from webapp.api.feeds import legal, moment
from webapp.pages.csv_files import COLUMNS

ATOM = "{http://www.w3.org/2005/Atom}"


def test_results_can_be_saved_as_a_table(client: FlaskClient, library: Library) -> None:
    response = client.get("/search?q=trust&format=csv")
    rows = list(csv.DictReader(StringIO(response.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    row = next(row for row in rows if row["passage_id"] == library.report[1].passage_id)
    assert row["text"] == library.report[1].text
    assert row["where"] == "p. 1 (PDF p. 2)"
    assert row["link"] == f"http://localhost/p/{row['passage_id']}"
    assert response.headers["X-Total-Count"] == "3"
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_saved_table_has_every_passage_not_only_a_page_of_them(client: FlaskClient) -> None:
    rows = client.get("/search?q=paragraph&format=csv").text.splitlines()
    assert len(rows) == 651


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_would_begin_a_formula_is_defused(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


def test_results_can_be_followed_as_a_feed(client: FlaskClient, library: Library) -> None:
    feed = ElementTree.fromstring(client.get("/search?q=trust&sort=newest&format=atom").data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    ids = {entry.findtext(f"{ATOM}id") for entry in entries}
    assert f"http://localhost/p/{library.speech[0].passage_id}" in ids
    assert {entry.findtext(f"{ATOM}updated") for entry in entries} >= {"2019-06-12T00:00:00Z"}


def test_new_documents_can_be_followed(client: FlaskClient) -> None:
    feed = ElementTree.fromstring(client.get("/feed.atom").data)
    assert len(feed.findall(f"{ATOM}entry")) == 7


def test_the_sitemap_names_every_document(client: FlaskClient) -> None:
    addresses = [
        element.text
        for element in ElementTree.fromstring(client.get("/sitemap.xml").data).iter()
        if element.tag.endswith("loc")
    ]
    assert "http://localhost/d/report" in addresses
    assert len(addresses) == 8 + 7 + 4 + 3


def test_browsers_learn_how_to_search_here(client: FlaskClient) -> None:
    assert 'template="http://localhost/search?q={searchTerms}"' in client.get("/opensearch.xml").text


@pytest.mark.parametrize(
    ("date", "point"), [("2019", "2019-01-01T00:00:00Z"), ("2019-06", "2019-06-01T00:00:00Z"), (None, "x")]
)
def test_a_date_is_a_point_in_time(date: str | None, point: str) -> None:
    assert moment(date, "x") == point


def test_what_xml_forbids_is_left_out() -> None:
    assert legal("a\x00\x0b\ud800\uffff\tb🦄") == "a\tb🦄"


def test_a_theme_can_be_followed(client: FlaskClient, library: Library) -> None:
    feed = ElementTree.fromstring(client.get("/themes/trust-funds.atom").data)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert f"http://localhost/p/{library.report[2].passage_id}" in ids
    assert ids[-1] == f"http://localhost/p/{library.speech[0].passage_id}", "the oldest comes last"
    assert client.get("/themes/nothing.atom").status_code == 404
    assert "/themes/trust-funds.atom" in client.get("/themes/trust-funds").text


def test_corrections_can_be_followed(client: FlaskClient, library: Library) -> None:
    feed = ElementTree.fromstring(client.get("/corrections.atom").data)
    entries = feed.findall(f"{ATOM}entry")
    assert {entry.findtext(f"{ATOM}title", "").partition(":")[0] for entry in entries} == {
        "Reworded",
        "No longer published",
    }
    reworded = next(e for e in entries if "Reworded" in e.findtext(f"{ATOM}title", ""))
    assert f"Now: {library.report[2].text}" in reworded.findtext(f"{ATOM}content", "")
    assert reworded.findtext(f"{ATOM}updated") == "2024-05-02T00:00:00Z"
    assert reworded.findtext(f"{ATOM}id", "").endswith("/p/report/bbbbbbbbbb")
