from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import LOOK_ALIKE, MOVED, REWORDED, WITHDRAWN, Library, build_library, first_id
from tests.webapp.markup import read_page
from webapp.app import create_app


def test_a_passage_is_headed_by_its_citation(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get(f"/p/{library.report[1].passage_id}").text)
    assert page.texts("h1") == ["Symposium report, Geneva 2022, p. 1 (PDF p. 2)"]
    assert page.texts("blockquote") == [library.report[1].text]


def test_it_stands_between_its_neighbours(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get(f"/p/{library.report[2].passage_id}").text)
    assert library.report[0].text in page.text
    assert library.report[4].text in page.text
    assert [a["href"] for a in page.all("a") if a.get("rel") == "next"] == [
        f"/p/{library.report[3].passage_id}"
    ]


def test_it_can_be_cited_in_every_style_with_its_permanent_link(
    client: FlaskClient, library: Library
) -> None:
    passage_id = library.speech[0].passage_id
    page = read_page(client.get(f"/p/{passage_id}").text)
    link = f"http://localhost/p/{passage_id}"
    plain, quotation, chicago, apa, apa_text, markdown, permanent = page.texts("pre")
    assert all(link in text for text in (chicago, apa, apa_text))
    assert plain == f"General Example: Keynote, second day, Chania, Greece, 2019-06-12, para. 1. {link}"
    assert quotation.startswith("“We will double")
    assert markdown.startswith("> We will double")
    assert permanent == link
    assert {"rel": "canonical", "href": link} in page.all("link")


def test_what_made_it_a_finding_and_gave_it_a_theme_is_said(client: FlaskClient, library: Library) -> None:
    text = " ".join(read_page(client.get(f"/p/{library.report[1].passage_id}").text).text.split())
    assert "◆ Recommendation because of “recommended that”, addressed to Allies (rule cue-verb)" in text
    assert "Trust Funds because of “trust funds”" in text


def test_its_words_are_marked_on_every_page_it_stands_on(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get(f"/p/{library.report[3].passage_id}").text)
    assert [image["src"].partition("?")[0] for image in page.all("img")] == [
        "/d/report/page/2.png",
        "/d/report/page/3.png",
    ]
    assert [svg["viewbox"] for svg in page.all("svg")] == ["0 0 420.0 595.0"] * 2
    assert len(page.all("rect")) == 2


def test_the_sign_of_a_footnote_leads_to_it_and_back(client: FlaskClient, library: Library) -> None:
    text, footnote = library.report[2], library.report[4]
    page = read_page(client.get(f"/p/{text.passage_id}").text)
    assert page.texts("sup") == ["7"]
    assert [a["href"] for a in page.all("a") if a.get("aria-label") == "Footnote 7"] == [
        f"/p/{footnote.passage_id}"
    ]
    assert " ".join(page.texts("blockquote")) == text.text.replace("fund", "fund7", 1)
    assert "Footnote" in page.texts("h2") and footnote.text in page.text
    back = read_page(client.get(f"/p/{footnote.passage_id}").text)
    assert "Footnote 7 belongs to" in back.texts("h2")
    assert text.text in back.text


def test_how_the_printed_page_is_known_is_said(client: FlaskClient, library: Library) -> None:
    text = read_page(client.get(f"/p/{library.report[2].passage_id}").text).text
    assert "Page number 1, as the file numbers its pages; the page itself says 3." in text


def test_a_text_without_pages_has_no_picture(client: FlaskClient, library: Library) -> None:
    assert not read_page(client.get(f"/p/{library.speech[0].passage_id}").text).all("img")


def test_a_changed_file_is_said_instead_of_shown(client: FlaskClient) -> None:
    link = next(link for link in read_page(client.get("/d/changed").text).links if link.startswith("/p/"))
    page = read_page(client.get(link).text)
    assert "changed.pdf has changed since it was indexed" in page.text
    assert not page.all("img")


def test_a_moved_passage_is_followed_for_good(client: FlaskClient, library: Library) -> None:
    response = client.get(f"/p/report/{MOVED}?q=fund")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/p/{library.report[2].passage_id}?q=fund"


@pytest.mark.parametrize("behind", [".", ")", "/", ").", ",", "%22", "%E2%80%9D.", "%20", "/)"])
@pytest.mark.parametrize("capitals", [False, True])
def test_a_link_with_signs_behind_it_or_in_capitals_finds_its_passage_and_its_document(
    client: FlaskClient, library: Library, behind: str, capitals: bool
) -> None:
    for kind, name in (
        ("p", library.report[2].passage_id),
        ("d", "report"),
        ("p", library.speech[0].passage_id),
    ):
        written = name.upper() if capitals else name
        response = client.get(f"/{kind}/{written}{behind}", query_string={"q": "fund"})
        assert response.status_code == 301, written
        assert response.headers["Location"] == f"/{kind}/{name}?q=fund"
    if capitals:
        assert client.get(f"/d/{'report'.upper()}").headers["Location"] == "/d/report"


def test_a_moved_passage_is_followed_from_a_link_with_a_full_stop(
    client: FlaskClient, library: Library
) -> None:
    response = client.get(f"/p/report/{MOVED}.", follow_redirects=True)
    assert response.status_code == 200
    assert response.request.path == f"/p/{library.report[2].passage_id}"


def test_a_reworded_passage_shows_both_and_the_difference(client: FlaskClient, library: Library) -> None:
    response = client.get(f"/p/report/{REWORDED}")
    page = read_page(response.text)
    assert response.status_code == 410
    assert page.texts("blockquote") == [
        "A trust fund pays for old defence reform in a country.",
        library.report[2].text,
    ]
    assert page.texts("del") == ["old"]
    assert page.texts("ins") == ["partner"]
    assert "until 2 May 2024" in page.text
    assert f"/p/{library.report[2].passage_id}" in page.links


def test_a_withdrawn_passage_keeps_its_words(client: FlaskClient) -> None:
    response = client.get(f"/p/speech/{WITHDRAWN}")
    assert response.status_code == 410
    assert "We promise nothing" in read_page(response.text).texts("blockquote")[0]


def test_a_passage_that_moved_to_no_single_place_leads_nowhere_wrong(client: FlaskClient) -> None:
    response = client.get(f"/p/speech/{LOOK_ALIKE}")
    assert response.status_code == 410
    assert "several places that look alike" in response.text


def test_links_answer_though_the_engine_is_gone(tmp_path: Path) -> None:
    other = build_library(tmp_path)
    for engine in other.settings.index.glob("generations/*/whoosh"):
        shutil.rmtree(engine)
    client = create_app(other.settings).test_client()
    assert client.get(f"/p/{other.report[1].passage_id}").status_code == 200
    assert client.get("/d/report").status_code == 200
    assert client.get("/search?q=x").status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_place_that_says_nearly_the_same_is_shown_and_given_by_the_api(client: FlaskClient) -> None:
    passage_id = first_id("long", "Paragraph number 7 of a long text about partners.")
    page = read_page(client.get(f"/p/{passage_id}").text)
    assert "Other places that say nearly this" in page.texts("h2")
    assert "repeated in this document" in page.texts("span")
    found = client.get(f"/api/v1/passages/{passage_id}/similar").get_json()["similar"]
    assert len(found) == 10
    assert {place["same_document"] for place in found} == {True}
    assert client.get("/api/v1/passages/long/aaaaaaaaaa/similar").status_code == 404
