from __future__ import annotations

from importlib.metadata import version

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cli.support.draft_worker import read_upload
from tests.webapp.library import HOSTILE, Library
from tests.webapp.markup import read_page
from webapp.app import create_app
from webapp.many_questions.handed_in import LARGEST_TABLE
from webapp.query_examples import EXAMPLES
from webapp.views.basket import LARGEST_EXPORT
from webapp.views.quote import LARGEST_UPLOAD

QUERIES = [example.query for _, listed in EXAMPLES for example in listed]


@pytest.mark.parametrize("query", [q for q in QUERIES if "2019" not in q or "date" in q])
def test_every_example_is_read_without_a_mistake(client: FlaskClient, query: str) -> None:
    found = client.get("/search", query_string={"q": query, "format": "json"})
    assert found.status_code == 200
    assert found.json
    assert found.json["mistake"] is None


def test_every_example_is_a_link(client: FlaskClient) -> None:
    page = read_page(client.get("/help").text)
    for query in QUERIES:
        assert query in page.texts("a")


def test_what_could_not_be_read_is_listed_with_the_reason(client: FlaskClient) -> None:
    page = read_page(client.get("/about").text)
    assert f"damaged: {HOSTILE}" in page.texts("td")
    assert "Symposium report, Geneva 2022: 1 page" in page.texts("li")


def test_the_version_stands_where_security_asks_for_it(client: FlaskClient) -> None:
    page = read_page(client.get("/about").text)
    said = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert said["Version"] == f"Findings {version('findings')}"


def post_file(asking: FlaskClient, path: str, size: int) -> TestResponse:
    """The answer to a form with a text of so many bytes."""
    head = b'--border\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head + b"x" * size + b"\r\n--border--\r\n"
    return asking.post(path, data=body, content_type="multipart/form-data; boundary=border")


@pytest.mark.parametrize(
    ("path", "kinds", "most"),
    [
        ("/check", "Markdown, text, HTML, Word, OpenDocument or PDF", LARGEST_UPLOAD),
        ("/basket", "Markdown, Word, HTML, CSV, RIS, BibTeX, JSON or text", LARGEST_EXPORT),
        ("/batch", ".csv, .txt", LARGEST_TABLE),
        ("/batch/report", ".csv, .txt", LARGEST_TABLE),
    ],
)
def test_every_page_that_takes_files_says_which_and_how_large(
    library: Library, path: str, kinds: str, most: int
) -> None:
    asking = create_app(library.settings, read_draft=read_upload).test_client()
    shown = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"
    labels = read_page(asking.get(path).text).texts("label")
    assert [label for label in labels if f"{kinds}, up to {shown}" in label]
    fits, beyond = (post_file(asking, path, size) for size in (most, most + 100_000))
    assert fits.status_code in (200, 400), fits.text
    assert beyond.status_code == 413
