"""`openapi.json` against the code: what the one knows, the other says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from search.answering import autocomplete as names
from search.answering.highlights import MarkReason
from search.engines.request import FACETS, Sort
from search.model import FindingType, LabelSource, PageVerdict, PassageKind
from search.near_duplicates import Relation
from search.query.terms import Match
from search.quotes.alignment import DifferenceKind
from search.quotes.lookup import Verdict
from search.settings import Settings
from tests.webapp.library import Library
from webapp.addresses import FILTERS, LAST_PAGE, PARAMETERS
from webapp.api import views as api
from webapp.api.openapi import described_path, openapi_document, parameters_of, query_parameters
from webapp.app import create_app
from webapp.context import LONGEST_QUOTE
from webapp.views.search import Form

PATHS: dict[str, Any] = openapi_document()["paths"]
SCHEMAS: dict[str, Any] = openapi_document()["components"]["schemas"]
API_PATHS = [path for path in PATHS if path.startswith("/api/")]
ENUMERATIONS: list[tuple[dict[str, Any], type[StrEnum]]] = [
    (SCHEMAS["FindingType"], FindingType),
    (SCHEMAS["PassageKind"], PassageKind),
    (SCHEMAS["PageVerdict"], PageVerdict),
    (SCHEMAS["MarkReason"], MarkReason),
    (SCHEMAS["Match"], Match),
    (SCHEMAS["Verdict"], Verdict),
    (SCHEMAS["Difference"]["properties"]["kind"], DifferenceKind),
    (SCHEMAS["LookAlike"]["properties"]["relation"], Relation),
    (SCHEMAS["PassageFields"]["properties"]["label_from"], LabelSource),
    (query_parameters("/api/v1/search")["match"].schema, Match),
    (query_parameters("/api/v1/search")["sort"].schema, Sort),
    (query_parameters("/api/v1/search")["by"].schema, api.By),
]
LIMITS = [
    ("/api/v1/search", "limit", api.MOST_HITS),
    ("/api/v1/suggest", "limit", api.MOST_HITS),
    *((path, "limit", api.MOST) for path in API_PATHS if path.endswith(("s", "s/{document_id}/passages"))),
    *((path, "page", LAST_PAGE) for path in PATHS if "page" in query_parameters(path)),
]


def test_the_document_is_openapi() -> None:
    assert not [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(openapi_document())]


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    routes = {
        described_path(rule.rule): rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")
    }
    assert set(routes) == set(API_PATHS)
    assert all((rule.methods or set()) - {"HEAD", "OPTIONS"} == {"GET"} for rule in routes.values())
    for path, rule in routes.items():
        assert {p.name for p in parameters_of(path) if p.where == "path"} == rule.arguments


def test_operations_have_names_of_their_own_and_known_tags() -> None:
    described = [item["get"] for item in PATHS.values()]
    assert len({operation["operationId"] for operation in described}) == len(PATHS)
    tags = {tag["name"] for tag in openapi_document()["tags"]}
    assert {tag for operation in described for tag in operation["tags"]} == tags


@pytest.mark.parametrize(("schema", "known"), ENUMERATIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_enumerations_are_those_of_the_code(schema: dict[str, Any], known: type[StrEnum]) -> None:
    assert [value for value in schema["enum"] if value is not None] == [value.value for value in known]


def test_other_lists_are_those_of_the_code() -> None:
    assert SCHEMAS["Suggestion"]["properties"]["kind"]["enum"] == list(names.KINDS)
    assert list(SCHEMAS["Facets"]["properties"]) == list(FACETS)
    described = query_parameters("/search")["format"].schema["enum"]
    assert described == [form.value for form in Form if form is not Form.PAGE]


def test_a_search_has_the_parameters_of_the_page() -> None:
    known = {name for name in PARAMETERS if name != "beside"}
    assert set(query_parameters("/api/v1/search")) == {*known, "limit", "by"}
    assert set(query_parameters("/search")) == {*known, "format"}
    repeatable = {name for name, p in query_parameters("/api/v1/search").items() if p.repeatable}
    assert repeatable == {*FILTERS, *(f"not-{name}" for name in FILTERS), "without"}


@pytest.mark.parametrize(("path", "name", "most"), LIMITS)
def test_limits_are_those_of_the_code(client: FlaskClient, path: str, name: str, most: int) -> None:
    schema = query_parameters(path)[name].schema
    assert (schema["minimum"], schema["maximum"]) == (1, most)
    address = path.format(document_id="report")
    assert client.get(f"{address}?{name}={most}").status_code == 200
    assert client.get(f"{address}?{name}={most + 1}&format=json").status_code == 400
    assert client.get(f"{address}?{name}=0&format=json").status_code == 400


@pytest.mark.parametrize("path", [path for path in API_PATHS if "page" in query_parameters(path)])
def test_defaults_are_those_of_the_code(client: FlaskClient, path: str) -> None:
    known = query_parameters(path)
    found = client.get(path.format(document_id="report")).get_json()
    assert (found["page"], found["limit"]) == (
        known["page"].schema["default"],
        known["limit"].schema["default"],
    )
    assert "total" in found


def test_the_default_of_suggestions_is_that_of_the_code() -> None:
    assert query_parameters("/api/v1/suggest")["limit"].schema["default"] == names.MOST


def test_the_longest_quotation_is_that_of_the_code(client: FlaskClient) -> None:
    assert query_parameters("/api/v1/quote")["text"].schema["maxLength"] == LONGEST_QUOTE
    for longer, status in ((0, 200), (1, 400)):
        words = ("trust-funds " * LONGEST_QUOTE)[: LONGEST_QUOTE - 1] + "x" * (1 + longer)
        assert client.get("/api/v1/quote", query_string={"text": words}).status_code == status


@pytest.mark.parametrize("path", API_PATHS)
def test_an_unknown_parameter_and_one_that_stands_twice_are_refused(client: FlaskClient, path: str) -> None:
    address = path.format(document_id="report", letters="aaaaaaaaaa", theme_id="trust-funds")
    single = [name for name, found in query_parameters(path).items() if not found.repeatable]
    for query in ("nothing=1", "nothing", *(f"{name}=1&{name}=1" for name in single)):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400, query
        assert response.mimetype == "application/problem+json"


def test_examples_of_answers_are_of_their_shape() -> None:
    contents = [
        content
        for item in PATHS.values()
        for response in (
            *item["get"]["responses"].values(),
            *openapi_document()["components"]["responses"].values(),
        )
        for content in response.get("content", {}).values()
        if "example" in content
    ]
    assert len(contents) >= 5
    for content in contents:
        whole = {**content["schema"], "components": openapi_document()["components"]}
        jsonschema_rs.validate(whole, content["example"])


def test_examples_name_what_is_published_here(client: FlaskClient, library: Library) -> None:
    parameters = client.get("/api/v1/openapi.json").get_json()["components"]["parameters"]
    document, letters = parameters["document_id"]["example"], parameters["letters"]["example"]
    assert client.get(f"/api/v1/passages/{document}/{letters}").get_json()["state"] == "same"
    assert client.get(f"/api/v1/themes/{parameters['theme_id']['example']}").status_code == 200


def test_the_document_is_there_before_an_index_is(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")).test_client()
    assert client.get("/api/v1/openapi.json").get_json() == openapi_document()
    assert client.get("/api/v1/themes").status_code == 503
