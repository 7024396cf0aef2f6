from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.library import STATIC, build_library, publish
from webapp.app import create_app
from webapp.http.caching import FOR_GOOD


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=trust", "/d/report", "/themes/trust-funds", "/api/v1/search?q=trust", "/feed.atom"],
)
def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert again.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 200


def test_a_new_generation_is_answered_from_at_once(tmp_path: Path) -> None:
    library = build_library(tmp_path)
    client = create_app(library.settings).test_client()
    tag = client.get("/").headers["ETag"]
    assert "7 documents" in client.get("/documents/").text
    publish(library.settings.index, [], {})
    fresh = client.get("/", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != tag
    assert "0 documents" in client.get("/documents/").text


def test_errors_are_not_kept(client: FlaskClient) -> None:
    response = client.get("/d/nothing")
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-cache"


def test_static_files_may_be_kept_for_good_under_their_version(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f'href="{STATIC}room.css"' in page and f'src="{STATIC}room.js"' in page
    assert client.get(f"{STATIC}room.css", buffered=True).headers["Cache-Control"] == FOR_GOOD
    missing = client.get(f"{STATIC}nothing.css")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-cache")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_always_asked_anew(client: FlaskClient, path: str) -> None:
    assert "ETag" not in client.get(path).headers
