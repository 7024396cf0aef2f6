"""Looking a quotation up, and checking a draft, as pages."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from search.drafts.quotations import Block, Draft
from search.errors import BadFile
from tests.webapp.library import HOSTILE, Library
from tests.webapp.markup import read_page
from webapp.app import create_app

RIGHT = "trust funds be planned for several years"
ALTERED = "trust funds never be planned for several years"
DRAFT = f"He wrote “{RIGHT}” and “{ALTERED}”. “Zebras graze upon distant hillsides”, “a term”."


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (RIGHT, "They stand there word for word"),
        (RIGHT.upper(), "They stand there, written a little differently"),
        (ALTERED, "They were changed"),
        ("zebras graze upon hillsides", "They were not published here"),
    ],
)
def test_each_verdict_has_its_words(client: FlaskClient, text: str, heading: str) -> None:
    page = read_page(client.get("/quote", query_string={"text": text}).text)
    assert page.texts("h2") == [heading]


def test_a_changed_negation_is_said_before_the_difference(client: FlaskClient, library: Library) -> None:
    answer = client.get("/quote", query_string={"text": ALTERED})
    page = read_page(answer.text)
    assert "A negation was changed: quoted “never”, published “nothing”." in " ".join(page.text.split())
    assert page.texts("ins")[-1] == "never"
    assert {"href": f"/p/{library.report[1].passage_id}"} in page.all("a")


def test_the_form_comes_back_with_the_words_escaped(client: FlaskClient) -> None:
    page = client.get("/quote", query_string={"text": HOSTILE}).text
    assert "<script>alert" not in page
    assert client.get("/quote?text=%E2%80%A6").status_code == 400
    assert client.get("/quote", query_string={"text": "word " * 2000}).status_code == 400


def test_the_api_gives_the_shape_of_the_command_line(client: FlaskClient) -> None:
    record = client.get("/api/v1/quote", query_string={"text": RIGHT}).json
    assert record is not None
    assert (record["verdict"], record["matches"][0]["document_id"]) == ("exact", "report")
    assert client.get("/api/v1/quote").status_code == 400


def test_a_pasted_draft_is_checked_the_altered_first(client: FlaskClient) -> None:
    page = read_page(client.post("/check", data={"text": DRAFT}).text)
    said = " ".join(page.text.split())
    assert "3 quotations in pasted text: 1 found, 1 altered, 1 missing." in said
    assert "1 quotation of fewer than four words was not looked up" in said
    assert page.texts("ol strong")[:1] == ["≠ Altered"] or "≠ Altered" in said
    assert page.texts("textarea") == [DRAFT]


@pytest.mark.parametrize(
    ("form", "kind"), [("json", "application/json"), ("csv", "text/csv"), ("html", "text/html")]
)
def test_the_result_can_be_saved(client: FlaskClient, form: str, kind: str) -> None:
    answer = client.post("/check", data={"text": DRAFT, "format": form})
    assert answer.mimetype == kind
    assert ALTERED in answer.text


def test_an_upload_goes_to_the_reader_that_the_app_was_given(library: Library) -> None:
    def read(content: bytes, name: str) -> Draft:
        if content != b"bytes":
            raise BadFile(name, "damaged file")
        return Draft(name, (Block(f"“{RIGHT}”", 3),))

    client = create_app(library.settings, read_draft=read).test_client()

    def send(content: bytes) -> str:
        data = {"file": (io.BytesIO(content), f"{HOSTILE}.docx")}
        return client.post("/check", data=data, content_type="multipart/form-data").text

    good, bad = send(b"bytes"), send(b"other")
    assert "1 found" in good
    assert "p. 3, para. 1" in good
    assert "damaged file" in bad
    assert "<script>alert" not in good + bad


@pytest.mark.parametrize(
    ("data", "status"),
    [({"text": " "}, 400), ({}, 400), ({"text": "x" * 400_001}, 400), ({"text": "“a b c d”\n" * 500}, 400)],
)
def test_what_cannot_be_checked_is_refused_with_a_page(
    client: FlaskClient, data: dict[str, str], status: int
) -> None:
    answer = client.post("/check", data=data)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_form_of_results_that_there_is_not_is_refused(client: FlaskClient) -> None:
    answer = client.post("/check", data={"text": "“trust funds be planned”", "format": "xlsx"})
    assert answer.status_code == 400
    assert "format is one of json, csv, html" in answer.text


def test_without_a_reader_nothing_can_be_uploaded(client: FlaskClient) -> None:
    assert 'type="file"' not in client.get("/check").text
    data = {"file": (io.BytesIO(b"x"), "a.docx")}
    answer = client.post("/check", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "paste the text instead" in answer.text
