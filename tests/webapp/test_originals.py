"""The file of a document: opened in the browser where that is safe, in ranges, and only as it was indexed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.errors import OriginalMissing
from search.room import ReadingRoom
from tests.factories import make_document, publish
from tests.webapp.library import Library
from webapp.app import create_app
from webapp.originals import find_offered_file


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


def test_a_file_that_is_withheld_is_neither_linked_nor_given(library: Library, tmp_path: Path) -> None:
    with closing(ReadingRoom(library.settings)) as room:
        report = room.opened.catalog.get_document("report")
    publish(tmp_path, [(replace(report, file_withheld=True), library.report)])
    asking = create_app(replace(library.settings, index=tmp_path)).test_client()
    refused = asking.get("/d/report.pdf")
    assert refused.status_code == 403
    assert "is not offered here" in refused.text
    assert asking.get("/d/report.pdf", headers={"Range": "bytes=0-9"}).status_code == 403
    passage = library.report[1].passage_id
    for path in (
        "/d/report",
        "/d/report/page/2",
        f"/p/{passage}",
        f"/p/{passage}.jsonld",
        "/api/v1/documents/report",
    ):
        answer = asking.get(path)
        assert answer.status_code == 200, path
        assert "/d/report.pdf" not in answer.text, path
        assert "citation_pdf_url" not in answer.text, path
        assert "/d/report.pdf" not in str(answer.headers), path


@pytest.mark.parametrize("path", ["../outside.pdf", "/etc/passwd", "nothing.pdf"])
def test_nothing_outside_the_corpus_is_given(library: Library, path: str) -> None:
    (library.settings.corpus.parent / "outside.pdf").write_bytes(b"%PDF-")
    with pytest.raises(OriginalMissing, match="not in the corpus"):
        find_offered_file(library.settings.corpus, make_document("report", path=path))


def test_pages_lead_to_the_original_at_their_page(client: FlaskClient) -> None:
    assert 'href="/d/report.pdf"' in client.get("/d/report").text
    assert 'href="/d/report.pdf#page=2"' in client.get("/d/report/page/2").text
    assert 'name="citation_pdf_url" content="http://localhost/d/report.pdf"' in client.get("/d/report").text
