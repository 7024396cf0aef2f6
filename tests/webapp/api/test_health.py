from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cli.support.draft_worker import read_upload
from search.settings import Settings
from tests.webapp.library import Library
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


@pytest.mark.parametrize(
    "trouble", [OSError(errno.ENOSPC, "no room"), PermissionError(errno.EACCES, "no room", "/secret/place")]
)
def test_a_disk_that_fails_a_request_is_no_defect(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: OSError,
) -> None:
    def full(*_: object) -> None:
        raise trouble

    monkeypatch.setattr("webapp.views.about.services", full)
    response = client.get("/about")
    assert response.status_code == 503
    assert "what this needs (no room)" in response.text
    assert "/secret" not in response.text
    assert "'/about': no room" in caplog.text
    assert "Traceback" in caplog.text


def test_an_upload_that_finds_no_room_is_told_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    asking = create_app(library.settings, read_draft=read_upload).test_client()
    answer = asking.post("/check", data={"file": (io.BytesIO(b"%PDF-1.4"), "a.pdf")})
    assert answer.status_code == 503
    assert "No space left on device" in answer.text


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
