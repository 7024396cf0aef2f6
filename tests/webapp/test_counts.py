"""Every count on a theme or edition page is the length of the list behind its link; recurring findings show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.build.pipeline import index_corpus
from search.settings import Settings
from tests.indexer.corpora import SHIPPED, Recorder
from tests.webapp.markup import read_page
from webapp.app import create_app

LINK = re.compile(r'<a href="(/search\?[^"]+)"[^>]*>\s*([\d,]+)(?: (?:passage|finding)s?)?\s*</a>')


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The corpus that ships, indexed and served."""
    settings = Settings(corpus=SHIPPED, index=tmp_path_factory.mktemp("index"), workers=1)
    index_corpus(settings, Recorder())
    return create_app(settings).test_client()


def _pages(client: FlaskClient) -> Iterator[str]:
    """The pages of all themes and editions."""
    yield "/themes/"
    data = client.get("/api/v1/themes").get_json()["themes"]
    for theme in data:
        yield f"/themes/{theme['theme_id']}"
        yield f"/themes/{theme['theme_id']}/compare"
    for edition in client.get("/api/v1/editions").get_json()["editions"]:
        yield f"/editions/{edition['edition_id']}"


def test_every_count_equals_the_list_behind_it(shipped: FlaskClient) -> None:
    counts: dict[str, set[int]] = {}
    for page in _pages(shipped):
        for href, number in LINK.findall(shipped.get(page).text):
            counts.setdefault(unescape(href), set()).add(int(number.replace(",", "")))
    assert len(counts) > 150
    for href, numbers in counts.items():
        total = shipped.get(href.replace("/search?", "/api/v1/search?")).get_json()["total"]
        assert numbers == {total}, href


def test_a_theme_page_has_its_feed_and_its_exports(shipped: FlaskClient) -> None:
    rows = shipped.get("/api/v1/themes").get_json()["themes"]
    counted = (shipped.get(f"/api/v1/themes/{row['theme_id']}").get_json() for row in rows)
    most = max(counted, key=lambda theme: int(theme["findings"]))
    page = shipped.get(f"/themes/{most['theme_id']}").text
    assert most["findings"] >= sum(most["findings_by_edition"].values())
    for name in ("format=csv", "format=atom"):
        href = unescape(next(h for h in re.findall(r'href="([^"]+)"', page) if name in h))
        assert shipped.get(href).status_code == 200


def test_the_matrix_of_findings_leads_to_each_year(client: FlaskClient) -> None:
    page = read_page(client.get("/themes/trust-funds").text)
    assert page.texts("th")[:4] == ["Type", "All", "2022", "2019"]
    assert "/themes/trust-funds?finding=commitment&year=2019" in page.links


def test_two_editions_stand_side_by_side_and_an_unknown_one_gives_way(client: FlaskClient) -> None:
    page = read_page(client.get("/themes/trust-funds/compare?first=p360-2019&second=nothing").text)
    assert len(page.texts("blockquote")) >= 1
    assert page.texts("h2")[0] == "Chania 2019"
