from __future__ import annotations

from flask.testing import FlaskClient

from tests.webapp.markup import read_page


def test_home_has_the_box_and_ways_in(client: FlaskClient) -> None:
    page = read_page(client.get("/").text)
    assert [form["action"] for form in page.all("form")] == ["/search"]
    assert "/themes/trust-funds" in page.links
    assert "/editions/p360-2019" in page.links
    assert "/themes/unused" not in page.links


def test_editions_stand_in_time(client: FlaskClient) -> None:
    links = [link for link in read_page(client.get("/").text).links if link.startswith("/editions/p")]
    assert links[:2] == ["/editions/p360-2019", "/editions/p360-2022"]


def test_a_theme_lists_its_findings_the_latest_first(client: FlaskClient) -> None:
    page = read_page(client.get("/themes/trust-funds").text)
    assert len(page.all("blockquote")) == 2
    assert page.texts("blockquote")[0].startswith("Partners described")
    assert "/search?theme=trust-funds" in page.links
    assert "/themes/interoperability" in page.links


def test_a_theme_without_findings_shows_its_passages(client: FlaskClient) -> None:
    page = read_page(client.get("/themes/interoperability").text)
    assert "No passage on this theme is marked as a finding" in page.text
    assert len(page.all("blockquote")) == 1


def test_an_edition_lists_documents_themes_and_findings(client: FlaskClient) -> None:
    page = read_page(client.get("/editions/p360-2022").text)
    assert page.texts("h1") == ["Geneva 2022"]
    assert "Symposium report, Geneva 2022" in page.texts("h3")
    assert "/search?theme=trust-funds&edition=p360-2022" in page.links
    assert len(page.all("blockquote")) == 1
