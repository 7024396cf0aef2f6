"""What every answer says to browsers and to the log: no cookies, types and encodings, what is not to be stored, lines in UTC."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webapp
from tests.webapp.library import STATIC, Library
from webapp.app import create_app
from webapp.http.log_lines import log_to
from webapp.http.security import WRITTEN_BY_READERS

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
    assert re.fullmatch(r"[a-z]+/[\w.+-]+(?:; charset=utf-8)?", kind), kind
    if kind.startswith("text/") or "xml" in kind:
        assert kind.endswith("; charset=utf-8"), kind


def test_a_site_that_is_reached_by_https_asks_browsers_to_keep_to_it(library: Library) -> None:
    secure = replace(library.settings, site_url="https://findings.example")
    asked = create_app(secure).test_client().get("/").headers["Strict-Transport-Security"]
    assert asked == "max-age=31536000"
    plain = create_app(library.settings).test_client().get("/")
    assert "Strict-Transport-Security" not in plain.headers


def test_what_readers_wrote_is_not_to_be_stored(client: FlaskClient, library: Library) -> None:
    noted = f"p={library.report[1].passage_id}&n=mine"
    export = {"file": (io.BytesIO(client.get(f"/basket/evidence.md?{noted}").data), "mine.md")}
    asked = (
        (client.get(f"/basket?{noted}"), 200),
        (client.get(f"/basket/evidence.md?{noted}"), 200),
        (client.get("/quote?text=trust+funds+be+planned+for+several+years"), 200),
        (client.post("/basket", data=export), 303),
        (client.post("/basket"), 400),
        (client.post("/check", data={"text": "He says “trust funds be planned for several years”."}), 200),
        (client.post("/check", data={"text": ""}), 400),
        (client.post("/batch", data={"questions": "trust"}), 200),
        (client.post("/batch", data={"questions": "trust", "format": "csv"}), 200),
        (client.post("/batch/report", data={"questions": "trust"}), 200),
        (client.post("/batch/report", data={"questions": ""}), 400),
    )
    for answer, status in asked:
        assert answer.status_code == status, answer.request.path
        assert answer.headers["Cache-Control"] == "no-store", answer.request.path
        assert "ETag" not in answer.headers, answer.request.path


def test_every_address_that_takes_what_is_handed_in_is_one_of_those(app: Flask) -> None:
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posted
    assert posted - WRITTEN_BY_READERS == set()
    assert WRITTEN_BY_READERS - set(app.view_functions) == set()


PRIVATE = "what stands in a file that nobody is to read"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.git/", "/corpus/.git/config", "/.env", "/corpus/.env", "/d/.env", "/static/", STATIC, f"{STATIC}../app.py", "/d/",
        "/corpus/", "/corpus/speeches/", "/corpus/speeches/speech.md", "/index/", "/index/CURRENT", "/catalogue.toml", "/corpus/catalogue.toml",
    ],
)  # fmt: skip
def test_no_folder_is_listed_and_no_hidden_file_is_given(tmp_path: Path, library: Library, path: str) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(library.settings.corpus, corpus, symlinks=True)
    for hidden in (".git/config", ".env", "catalogue.toml"):
        (corpus / hidden).parent.mkdir(exist_ok=True)
        (corpus / hidden).write_text(PRIVATE)
    asking = create_app(replace(library.settings, corpus=corpus)).test_client()
    answer = asking.get(path)
    assert answer.status_code == 404
    names = {file.name for file in (*corpus.rglob("*"), *library.settings.index.iterdir())}
    names |= {file.name for file in Path(webapp.__path__[0], "static").iterdir()} - {
        "room.css",
        "room.js",
        "mark.svg",
    }
    assert [name for name in names - set(path.split("/")) if name in answer.text] == []
    assert PRIVATE not in answer.text
    assert "create_app" not in answer.text


def test_lines_of_the_log_have_the_time_in_utc_and_no_line_end_of_a_reader(library: Library) -> None:
    written = io.StringIO()
    app = create_app(library.settings)
    before = app.logger.handlers[:], app.logger.propagate
    log_to(app.logger, written)

    @app.before_request
    def fail() -> None:
        raise ValueError("\n2026-01-01T00:00:00Z ERROR\r2026-01-01T00:00:01Z ERROR")

    try:
        answer = app.test_client().get("/a%0A2026-01-01T00:00:00Z ERROR a line of a reader?note=private")
    finally:
        app.logger.handlers[:], app.logger.propagate = before
    assert answer.status_code == 500
    first, *others = written.getvalue().splitlines()
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ERROR defect at '/a\\n", first), first
    assert others
    assert [line for line in others if not line.startswith("  ")] == []
    assert "private" not in written.getvalue()
