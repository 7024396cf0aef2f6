"""The page of the API says what the document says, and all of its examples work."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from tests.webapp.markup import Page, read_page
from webapp.api.openapi import openapi_document, operations, parameters_of
from webapp.app import create_app

DOCUMENT = openapi_document()


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return read_page(client.get("/help/api").text)


def examples(page: Page) -> Iterator[str]:
    """The addresses of all examples."""
    yield from (link for link in page.links if link.startswith(("/api/", "/search?")))


def test_every_example_is_answered(client: FlaskClient, page: Page) -> None:
    asked = list(examples(page))
    assert len(set(asked)) >= len(DOCUMENT["paths"])
    for address in asked:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "{" not in address
        if address.startswith("/api/v1/search"):
            assert response.get_json()["mistake"] is None, address


def test_the_example_of_an_error_is_one(client: FlaskClient, page: Page) -> None:
    assert "/api/v1/search?limit=0" in page.texts("code")
    response = client.get("/api/v1/search?limit=0")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_commands_can_be_pasted(page: Page) -> None:
    commands = [text for text in page.texts("code") if text.startswith("curl")]
    listed = [example for item in DOCUMENT["paths"].values() for example in item["get"]["x-examples"]]
    assert len(commands) == len(listed)
    for command in commands:
        program, address = shlex.split(command)
        assert program == "curl"
        assert address.removeprefix("http://localhost") in page.links


def test_a_host_cannot_write_a_command() -> None:
    for _, listed in operations({"document_id": "a'; rm b"}, "http://x'; rm -rf ~; '"):
        for operation in listed:
            for asked in operation.asked:
                assert len(shlex.split(asked.command)) == 2


def test_every_operation_parameter_and_shape_is_there(page: Page) -> None:
    shown = page.texts("code")
    for path, item in DOCUMENT["paths"].items():
        assert f"GET {path}" in shown
        assert item["get"]["operationId"] in page.ids
        assert {parameter.name for parameter in parameters_of(path)} <= set(shown)
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert (f"shape-{name}" in page.ids) == (schema["type"] == "object")
        assert set(schema.get("properties", {})) <= set(shown), name
    inner = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)
    assert "`" not in page.text


def test_the_page_is_there_before_an_index_is(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")).test_client()
    assert "background-trust-funds" in client.get("/help/api").text


def test_it_is_linked_from_the_help_page_and_everywhere(client: FlaskClient) -> None:
    assert read_page(client.get("/help").text).links.count("/help/api") == 2
    assert "/help/api" in read_page(client.get("/about").text).links
