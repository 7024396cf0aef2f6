"""What every answer says to browsers and to the log: no cookies, types and encodings, what is not to be stored, lines in UTC."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import Library
from webapp.app import create_app
from webapp.http.log_lines import log_to

PATHS = (
    "/", "/search?q=trust", "/search?q=trust&format=csv", "/search?q=trust&format=atom", "/search?q=trust&format=json", "/documents/",
    "/d/report", "/d/report/page/1", "/d/report/page/1.png", "/d/report.pdf", "/themes/", "/themes/trust-funds", "/findings/", "/editions/", "/quote",
    "/check", "/batch", "/basket", "/basket/evidence.md?p=report/aaaaaaaaaa", "/help", "/help/api", "/about", "/feed.atom", "/sitemap.xml",
    "/opensearch.xml", "/healthz", "/readyz", "/api/v1/search?q=trust", "/api/v1/openapi.json", "/nothing", "/p/report/aaaaaaaaaa",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_sets_a_cookie(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_states_its_type_and_its_encoding(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        kind = answer.headers["Content-Type"]
    assert re.fullmatch(r"[a-z]+/[\w.+-]+(?:; charset=utf-8)?.*", kind), kind
    if kind.startswith("text/") or "xml" in kind:
        assert "charset=utf-8" in kind.lower(), kind


def test_a_site_that_is_reached_by_https_asks_browsers_to_keep_to_it(library: Library) -> None:
    secure = replace(library.settings, site_url="https://findings.example")
    asked = create_app(secure).test_client().get("/").headers["Strict-Transport-Security"]
    assert asked == "max-age=31536000; includeSubDomains"
    plain = create_app(library.settings).test_client().get("/")
    assert "Strict-Transport-Security" not in plain.headers


def test_drafts_and_baskets_are_not_to_be_stored(client: FlaskClient, library: Library) -> None:
    checked = client.post("/check", data={"text": "He says “trust funds be planned for several years”."})
    assert checked.status_code == 200
    assert checked.headers["Cache-Control"] == "no-store"
    passage = library.report[1].passage_id
    for path in (f"/basket?p={passage}&n=mine", f"/basket/evidence.md?p={passage}&n=mine"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.git/", "/static/", "/d/", "/corpus/", "/index/", "/.env", "/catalogue.toml"]
)
def test_no_folder_is_listed_and_no_hidden_file_is_given(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Index of" not in answer.text


def test_lines_of_the_log_have_the_time_in_utc_and_no_line_end_of_a_reader(library: Library) -> None:
    written = io.StringIO()
    app = create_app(library.settings)
    before = app.logger.handlers[:], app.logger.propagate
    log_to(app.logger, written)

    @app.before_request
    def fail() -> None:
        raise ZeroDivisionError

    try:
        answer = app.test_client().get("/a%0A2026-01-01T00:00:00Z ERROR a line of a reader?note=private")
    finally:
        app.logger.handlers[:], app.logger.propagate = before
    assert answer.status_code == 500
    first, *others = written.getvalue().splitlines()
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ERROR defect at '/a\\n", first), first
    assert not [line for line in others if line.startswith("2026-01-01")]
    assert "private" not in written.getvalue()
