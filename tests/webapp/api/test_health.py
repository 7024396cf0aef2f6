from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from tests.webapp.markup import read_page
from webapp.app import create_app


def test_ready_names_the_generation(client: FlaskClient) -> None:
    found = client.get("/readyz").json
    assert found
    assert found["status"] == "ready"
    assert found["passages"] == 662


def test_without_an_index_the_process_lives_but_is_not_ready(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path, index=tmp_path / "index")).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "findings index" in answer.text


def test_without_an_index_every_page_says_what_to_do(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path, index=tmp_path / "index")).test_client()
    for path in ("/", "/search?q=x", "/documents/", "/d/x", "/p/a/aaaaaaaaaa", "/themes/", "/about"):
        response = client.get(path)
        assert response.status_code == 503
        assert "run `findings index`" in read_page(response.text).text
    assert client.get("/api/v1/search?q=x").mimetype == "application/problem+json"
    assert client.get("/help").status_code == 200


def test_a_defect_is_a_page_and_a_line_in_the_log(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("webapp.views.about.services", broken)
    response = client.get("/about")
    assert response.status_code == 500
    assert "secret detail" not in response.text
    assert "secret detail" in caplog.text
    assert response.headers["Content-Security-Policy"]
