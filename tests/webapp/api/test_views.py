from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from search.answering.answer import Question
from search.answering.records import answer_record, finding_records
from search.room import ReadingRoom
from tests.webapp.library import LOOK_ALIKE, MOVED, REWORDED, WITHDRAWN, Library


def get(client: FlaskClient, path: str, status: int = 200) -> Any:
    response = client.get("/api/v1" + path)
    assert response.status_code == status, response.text
    return response.json


def test_search_has_the_shape_of_the_command_line(client: FlaskClient, library: Library) -> None:
    found = get(client, "/search?q=trust+funds&limit=2")
    room = ReadingRoom(library.settings)
    expected = answer_record(room.ask(Question("trust funds", limit=2)))
    room.close()
    same = {key: value for key, value in found.items() if key not in ("took_ms", "page", "limit")}
    assert same == {key: value for key, value in expected.items() if key != "took_ms"}
    assert (found["page"], found["limit"]) == (1, 2)


def test_pages_of_a_search_follow_each_other(client: FlaskClient) -> None:
    ids = [
        hit["passage_id"]
        for page in (1, 2, 3)
        for hit in get(client, f"/search?q=paragraph&limit=5&page={page}")["hits"]
    ]
    assert len(set(ids)) == 15


def test_by_document_gives_a_few_passages_of_each(client: FlaskClient) -> None:
    found = get(client, "/search?by=document&q=paragraph")
    assert len(found["hits"]) == 3


@pytest.mark.parametrize(
    "query", ["themes=trust-funds", "theme=nothing", "limit=0", "limit=1000", "page=-1", "sort=x", "since=x"]
)
def test_what_cannot_be_read_is_a_problem_and_no_wider_answer(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = response.get_json(force=True)
    assert problem["status"] == 400
    assert problem["detail"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/documents/nothing", "/documents/nothing/passages", "/passages/a/b", "/passages/a"]
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get("/api/v1" + path)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_a_passage_comes_with_its_citations(client: FlaskClient, library: Library) -> None:
    passage = library.report[1]
    found = get(client, f"/passages/{passage.passage_id}")
    assert found["state"] == "same"
    assert found["passage"]["text"] == passage.text
    assert found["passage"]["boxes"] == [[2, 50, 100, 300, 114]]
    assert set(found["citations"]) == {"plain", "chicago", "apa", "apa-text", "quotation", "markdown"}


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        (f"report/{MOVED}", "moved"),
        (f"report/{REWORDED}", "reworded"),
        (f"speech/{WITHDRAWN}", "withdrawn"),
        (f"speech/{LOOK_ALIKE}", "moved"),
    ],
)
def test_what_became_of_a_passage_is_said(client: FlaskClient, letters: str, state: str) -> None:
    found = get(client, f"/passages/{letters}")
    assert found["state"] == state
    assert found["words"]


def test_documents_can_be_narrowed_and_paged(client: FlaskClient) -> None:
    assert get(client, "/documents")["total"] == 7
    assert [d["document_id"] for d in get(client, "/documents?kind=speech")["documents"]] == ["speech"]
    assert len(get(client, "/documents?limit=2&page=4")["documents"]) == 1
    assert get(client, "/documents/report")["quality"]["unread_pages"] == [1]


def test_passages_of_a_document_come_in_reading_order(client: FlaskClient, library: Library) -> None:
    found = get(client, "/documents/report/passages")
    assert [p["passage_id"] for p in found["passages"]] == [p.passage_id for p in library.report]
    assert get(client, "/documents/long/passages?limit=1000")["total"] == 650


def test_themes_and_editions_come_with_counts(client: FlaskClient) -> None:
    themes = {theme["theme_id"]: theme["passages"] for theme in get(client, "/themes")["themes"]}
    assert themes == {"trust-funds": 3, "interoperability": 1, "hostile": 1, "unused": 0}
    editions = {
        edition["edition_id"]: edition["documents"] for edition in get(client, "/editions")["editions"]
    }
    assert editions["p360-2019"] == 1


def test_findings_are_those_of_the_export_in_its_order(client: FlaskClient, library: Library) -> None:
    room = ReadingRoom(library.settings)
    catalog = room.opened.catalog
    exported = list(finding_records(catalog, {d.document_id: d for d in catalog.documents()}))
    room.close()
    assert len(exported) == 3
    assert get(client, "/findings")["findings"] == exported
    assert [get(client, f"/findings?limit=1&page={n}")["findings"][0] for n in (1, 2, 3)] == exported
    assert get(client, "/findings?limit=1&page=4")["findings"] == []
