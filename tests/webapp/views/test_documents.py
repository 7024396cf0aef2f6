from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from search.settings import Settings
from tests.webapp.library import Library
from tests.webapp.markup import read_page
from webapp.app import create_app
from webapp.http.caching import FOR_GOOD
from webapp.page_images.render_page import SMALL


def test_documents_stand_by_edition_the_latest_first(client: FlaskClient) -> None:
    page = read_page(client.get("/documents/").text)
    assert page.texts("h1") == ["7 documents"]
    assert page.texts("h2")[1:] == ["Geneva 2022", "Chania 2019", "Of no single edition"]


def test_the_list_is_narrowed_by_kind_in_the_address(client: FlaskClient) -> None:
    page = read_page(client.get("/documents/?kind=speech").text)
    assert page.texts("h3") == ["Keynote, second day"]
    assert client.get("/documents/?kind=novel").status_code == 400


def test_a_document_gives_facts_contents_findings_and_all_passages(
    client: FlaskClient, library: Library
) -> None:
    page = read_page(client.get("/d/report").text)
    text = " ".join(page.text.split())
    assert "https://example.org/report" in page.links
    assert "Page 1 could not be read" in text
    letters = [passage.passage_id.rpartition("/")[2] for passage in library.report]
    assert [part for part in page.ids if part in letters] == letters
    assert f"#{letters[0]}" in page.links
    assert "◆ Recommendation" in page.texts("a")
    assert [f"/p/{passage.passage_id}" in page.links for passage in library.report] == [True] * 5


def test_pages_are_named_where_they_begin(client: FlaskClient) -> None:
    names = [text for text in read_page(client.get("/d/report").text).texts("a") if "PDF p." in text]
    assert names == ["p. i (PDF p. 1)", "p. 1 (PDF p. 2)", "p. 2 (PDF p. 3)"]


def test_a_long_document_comes_in_parts(client: FlaskClient) -> None:
    first, last = read_page(client.get("/d/long").text), read_page(client.get("/d/long?part=3").text)
    assert "?part=2" in first.links
    assert len([link for link in last.links if link.startswith("/p/long/")]) == 50


def test_a_page_shows_its_picture_and_its_passages(client: FlaskClient, library: Library) -> None:
    letters = library.report[2].passage_id.rpartition("/")[2]
    page = read_page(client.get(f"/d/report/page/2?passage={letters}").text)
    assert page.texts("h1") == ["Page 1 (PDF p. 2)"]
    assert library.report[1].text in page.text
    assert library.report[4].text not in page.text
    assert len(page.all("rect")) == 1
    assert {a["href"] for a in page.all("a") if a.get("rel") in ("prev", "next")} == {
        "/d/report/page/1",
        "/d/report/page/3",
    }


def test_a_document_shows_all_its_pages_small(client: FlaskClient) -> None:
    page = read_page(client.get("/d/report").text)
    pictures = [image for image in page.all("img") if "/small.png" in image["src"]]
    assert [image["loading"] for image in pictures] == ["lazy"] * 3
    assert {f"/d/report/page/{number}" for number in (1, 2, 3)} <= set(page.links)
    assert "p. i not read" in " ".join(page.text.split())
    answer = client.get(pictures[2]["src"], buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_GOOD)
    with Image.open(BytesIO(answer.data)) as picture:
        assert max(picture.size) == SMALL


@pytest.mark.parametrize("document", ["speech", "changed", "gone"])
def test_pages_that_cannot_be_drawn_are_not_offered_small(client: FlaskClient, document: str) -> None:
    assert "small.png" not in client.get(f"/d/{document}").text


def test_a_page_without_text_says_so(client: FlaskClient) -> None:
    assert "No text could be read on this page" in client.get("/d/report/page/1").text


def test_the_picture_of_a_page_may_be_kept_for_good_under_its_version(client: FlaskClient) -> None:
    source = read_page(client.get("/d/report/page/2").text).all("img")[0]["src"]
    versioned = client.get(source, buffered=True)
    assert versioned.headers["Cache-Control"] == FOR_GOOD
    assert client.get("/d/report/page/2.png", buffered=True).headers["Cache-Control"] == "no-cache"
    with Image.open(BytesIO(versioned.data)) as picture:
        assert picture.format == "PNG"
        assert picture.size == (642, 910)


def test_pictures_are_found_when_the_folders_are_named_from_here(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.settings.corpus.parent)
    client = create_app(Settings(corpus=Path("corpus"), index=Path("index"))).test_client()
    assert client.get("/d/report/page/3.png", buffered=True).status_code == 200


def test_the_picture_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/d/report/page/2.png", buffered=True).headers["ETag"]
    assert (
        client.get("/d/report/page/2.png", headers={"If-None-Match": tag}, buffered=True).status_code == 304
    )


def test_the_address_of_a_paragraph_leads_to_its_passage(client: FlaskClient) -> None:
    document_id = client.get("/search?q=kind:speech&format=json").get_json()["hits"][0]["document_id"]
    passages = client.get(f"/api/v1/documents/{document_id}/passages").get_json()["passages"]
    wanted = next(passage for passage in passages if passage["number"] or passage["position"])
    answer = client.get(f"/d/{document_id}/para/{wanted['number'] or wanted['position']}")
    assert (answer.status_code, answer.location) == (302, wanted["url"])
    assert client.get(f"/d/{document_id}/para/900").status_code == 404
