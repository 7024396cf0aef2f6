from __future__ import annotations

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from tests.webapp.library import STATIC

UNDO = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    "path", ["/search?q=trust", "/feed.atom", "/api/v1/search?q=trust", f"{STATIC}room.css"]
)
@pytest.mark.parametrize("encoding", UNDO)
def test_what_a_reader_takes_is_sent_and_holds_the_same(
    client: FlaskClient, path: str, encoding: str
) -> None:
    whole = client.get(path, buffered=True)
    small = client.get(path, headers={"Accept-Encoding": encoding}, buffered=True)
    assert "Content-Encoding" not in whole.headers
    assert small.headers["Content-Encoding"] == encoding
    assert UNDO[encoding](small.data) == whole.data or path.startswith(
        "/api/"
    )  # (which says how long it took)
    assert len(small.data) == small.content_length < 0.75 * len(whole.data)
    assert "Accept-Encoding" in whole.headers["Vary"] and "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("zstd", None),
        ("*", "br"),
        ("nonsense;;q=x", None),
    ],
)
def test_the_readers_wish_counts(client: FlaskClient, accepted: str, chosen: str | None) -> None:
    answer = client.get("/search?q=trust", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == chosen


def test_an_error_is_compressed_and_a_picture_is_not(client: FlaskClient) -> None:
    accepting = {"Accept-Encoding": "br"}
    assert client.get("/d/nothing", headers=accepting).headers["Content-Encoding"] == "br"
    assert (
        "Content-Encoding" not in client.get("/d/report/page/1.png", headers=accepting, buffered=True).headers
    )
    assert "Content-Encoding" not in client.get("/healthz", headers=accepting).headers


def test_a_copy_that_is_still_good_is_not_sent_again_in_any_encoding(client: FlaskClient) -> None:
    tag = client.get("/search?q=trust", headers={"Accept-Encoding": "br"}).headers["ETag"]
    again = client.get("/search?q=trust", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_head_of_an_answer_states_the_length_that_its_body_would_have(client: FlaskClient) -> None:
    accepting = {"Accept-Encoding": "br"}
    head, whole = (ask("/d/report", headers=accepting) for ask in (client.head, client.get))
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
