"""The file of a document: opened in the browser where that is safe, in ranges, and only as it was indexed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.errors import OriginalMissing, OriginalWithheld
from tests.factories import make_document
from tests.webapp.library import Library
from webapp.originals import find_offered_file, original_link


def test_a_pdf_opens_in_the_browser_and_is_the_file_itself(client: FlaskClient, library: Library) -> None:
    with client.get("/d/report.pdf") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.data == (library.settings.corpus / "reports/report.pdf").read_bytes()


def test_a_text_is_saved_so_that_nothing_in_it_acts_for_this_site(client: FlaskClient) -> None:
    with client.get("/d/speech.md") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_download_goes_on_where_it_stopped(client: FlaskClient) -> None:
    with (
        client.get("/d/report.pdf") as whole,
        client.get("/d/report.pdf", headers={"Range": "bytes=100-"}) as rest,
    ):
        assert whole.headers["Accept-Ranges"] == "bytes"
        assert rest.status_code == 206
        assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.data) - 1}/{len(whole.data)}"
        assert whole.data[100:] == rest.data


def test_a_range_of_another_file_is_not_mixed_in(client: FlaskClient) -> None:
    with client.get("/d/report.pdf", headers={"Range": "bytes=100-", "If-Range": '"other"'}) as answer:
        assert answer.status_code == 200
    with client.get("/d/report.pdf", headers={"Range": "bytes=900000000-"}) as answer:
        assert answer.status_code == 416


def test_a_file_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/d/report.pdf") as first:
        tag = first.headers["ETag"]
    with client.get("/d/report.pdf", headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [("/d/report.docx", 404), ("/d/speech.pdf", 404), ("/d/changed.pdf", 404), ("/d/nothing.pdf", 404)],
)
def test_what_is_not_there_as_it_was_indexed_is_not_found(
    client: FlaskClient, path: str, status: int
) -> None:
    assert client.get(path).status_code == status


def test_a_file_that_changed_says_what_to_do(client: FlaskClient) -> None:
    assert "findings index" in client.get("/d/changed.pdf").text


def test_a_file_that_is_withheld_is_neither_linked_nor_given(library: Library) -> None:
    withheld = replace(make_document("report", path="reports/report.pdf"), file_withheld=True)
    assert original_link(library.settings.corpus, withheld) is None
    with pytest.raises(OriginalWithheld, match="not offered here"):
        find_offered_file(library.settings.corpus, withheld)


@pytest.mark.parametrize("path", ["../outside.pdf", "/etc/passwd", "nothing.pdf"])
def test_nothing_outside_the_corpus_is_given(library: Library, path: str) -> None:
    (library.settings.corpus.parent / "outside.pdf").write_bytes(b"%PDF-")
    with pytest.raises(OriginalMissing, match="not in the corpus"):
        find_offered_file(library.settings.corpus, make_document("report", path=path))


def test_pages_lead_to_the_original_at_their_page(client: FlaskClient) -> None:
    assert 'href="/d/report.pdf"' in client.get("/d/report").text
    assert 'href="/d/report.pdf#page=2"' in client.get("/d/report/page/2").text
    assert 'name="citation_pdf_url" content="http://localhost/d/report.pdf"' in client.get("/d/report").text
