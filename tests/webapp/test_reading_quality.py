"""What pages say of how a document was read, and of others with nearly the same words."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.model import DocumentQuality, PageQuality, PageVerdict
from search.near_duplicates import LookAlike, Relation
from search.settings import Settings
from search.store.catalog import CatalogWriter
from tests.factories import make_document, make_passages, publish
from tests.webapp.library import Library
from tests.webapp.markup import read_page
from webapp.app import create_app

QUALITY = DocumentQuality(
    verdict=PageVerdict.DOUBTFUL,
    pages=(
        PageQuality(1, PageVerdict.GOOD, (), 95),
        PageQuality(2, PageVerdict.DOUBTFUL, ("OCR is not sure of its words",), 71),
        PageQuality(3, PageVerdict.UNREAD, ("no text layer",)),
    ),
)
TEXT = "The harbour board will send a boat to measure the new depth."


@pytest.fixture
def scans(tmp_path: Path) -> FlaskClient:
    """A scan with pages of each sort, a text that may be misread, and a copy."""
    scan = make_document("scan", title="A scan", pages=3, unread_pages=(3,), quality=QUALITY)
    text = make_document(
        "text", title="A text", quality=DocumentQuality(PageVerdict.DOUBTFUL, ("words are cut at hyphens",))
    )
    library = [
        (scan, make_passages("scan", [TEXT], page=1, page_end=1)),
        (text, make_passages("text", [TEXT])),
    ]
    generation = publish(tmp_path / "index", library)
    writer = CatalogWriter(generation.catalog_path)
    newer = LookAlike("text", "scan", Relation.NEWER, 0.97, "revision 2 by name")
    older = LookAlike("scan", "text", Relation.OLDER, 0.96, "revision 2 by name")
    writer.set_look_alikes([older, newer])
    writer.close()
    return create_app(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")).test_client()


def words(client: FlaskClient, path: str) -> str:
    """The text of a page in one line."""
    return " ".join(read_page(client.get(path).text).text.split())


def test_a_document_tells_how_its_pages_were_read(scans: FlaskClient) -> None:
    told = words(scans, "/d/scan")
    assert "Page 3 could not be read, and so cannot be searched." in told
    assert (
        "1 page may be misread; look at the page before you cite it: 2 (OCR is not sure of its words)" in told
    )
    assert "2 pages were read by OCR, confidence 83 %" in told
    assert "Page by page: 1 95 %, 2" in told
    assert "This text may be misread: words are cut at hyphens." in words(scans, "/d/text")


def test_a_page_tells_how_it_was_read(scans: FlaskClient) -> None:
    assert "Read by OCR, confidence 95 %" in words(scans, "/d/scan/page/1")
    assert "This page may be misread: OCR is not sure of its words." in words(scans, "/d/scan/page/2")
    assert "No text could be read on this page" in words(scans, "/d/scan/page/3")


def test_results_name_the_pages_that_were_not_searched(scans: FlaskClient, client: FlaskClient) -> None:
    assert words(scans, "/search?q=harbour&versions=1").count("Page 3 could not be read") == 1
    assert "could not be read" not in words(client, "/search?q=double")


def test_a_document_names_and_links_what_it_resembles(scans: FlaskClient) -> None:
    assert "An older version: A scan" in words(scans, "/d/text")
    assert "revision 2 by name" in words(scans, "/d/text")
    assert "/d/scan" in read_page(scans.get("/d/text").text).links
    answer = scans.get("/api/v1/documents?versions=1").get_json()
    listed = {d["document_id"]: d["look_alikes"] for d in answer["documents"]}
    assert listed["scan"][0]["relation"] == "older version"


def test_a_document_that_was_read_well_says_nothing(client: FlaskClient, library: Library) -> None:
    del library
    told = words(client, "/d/speech")
    assert "misread" not in told
    assert "OCR" not in told
