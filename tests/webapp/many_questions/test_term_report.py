"""The search term report as a page and as files: counts, links with the same number, and what was searched."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.webapp.markup import read_page
from webapp.many_questions.handed_in import MOST_QUESTIONS

COLUMNS = 5  # cells of a query behind its own


def count(client: FlaskClient, questions: str, **more: str) -> tuple[int, str]:
    response = client.post("/batch/report", data={"questions": questions, **more})
    return response.status_code, response.text


def results(client: FlaskClient, link: str) -> str:
    """How many passages a page of results says it has."""
    return read_page(client.get(link).text).texts("strong")[0].split()[0]


def test_the_form_is_led_to_from_the_questions_and_back(client: FlaskClient) -> None:
    assert "/batch/report" in read_page(client.get("/batch").text).links
    assert "/batch" in read_page(client.get("/batch/report").text).links


def test_each_query_links_to_results_of_the_same_number(client: FlaskClient) -> None:
    status, text = count(client, '"trust fund" AND NOT women\nreform OR training')
    page = read_page(text)
    assert status == 200
    links = [link for link in page.links if link.startswith("/search?q=") and "document=" not in link]
    numbers = [results(client, link) for link in links]
    assert len(links) == 2 and numbers[0] != numbers[1]
    assert [page.texts("td")[0], page.texts("td")[COLUMNS]] == numbers


def test_each_document_of_a_query_links_to_results_of_the_same_number(client: FlaskClient) -> None:
    page = read_page(count(client, "trust OR discussion", since="2018", exact="1")[1])
    links = [link for link in page.links if link.startswith("/search?q=") and "document=" in link]
    said = [item.rsplit(" ", 1)[1] for item in page.texts("li") if item.rsplit(" ", 1)[-1].isdigit()]
    assert len(links) > 1
    assert said == [results(client, link) for link in links]


def test_the_page_says_what_was_searched(client: FlaskClient) -> None:
    page = read_page(count(client, "reform\ntraining", since="2018", exact="1")[1])
    said = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert said["From"] == "2018"
    assert said["Words"] == "only in the form typed"
    assert said["Queries"] == "2"
    assert said["Generation of the index"]


def test_a_query_that_cannot_be_read_is_named_beside_those_that_can(client: FlaskClient) -> None:
    status, text = count(client, '"trust fund\nreform')
    assert status == 200
    assert "not searched" in " ".join(read_page(text).texts("small"))


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_files_hold_the_generation_and_the_queries(client: FlaskClient, form: str) -> None:
    response = client.post("/batch/report", data={"questions": "reform\n=training", "format": form})
    assert response.status_code == 200
    assert f"search-term-report.{form}" in response.headers["Content-Disposition"]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
        assert [row["query"] for row in rows if row["part"] == "query"] == ["reform", "'=training"]
    elif form == "json":
        assert [one["query"] for one in json.loads(response.text)["queries"]] == ["reform", "=training"]
    else:
        assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(response.data)).namelist()


@pytest.mark.parametrize(
    ("questions", "more", "said"),
    [
        ("", {}, "no question"),
        ("a\n" * (MOST_QUESTIONS + 1), {}, "at most"),
        ("reform", {"format": "doc"}, "format is one of"),
        ("reform", {"since": "soon"}, "since"),
        ("reform", {"theme": "nonsense"}, "nonsense"),
        ("reform", {"themes": "trust-funds"}, "no parameter &#39;themes&#39;"),
        ("reform", {"match": "most"}, "match=most"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    client: FlaskClient, questions: str, more: dict[str, str], said: str
) -> None:
    status, text = count(client, questions, **more)
    assert status == 400
    assert said in text.lower()


def test_a_filter_is_kept_for_the_next_count(client: FlaskClient) -> None:
    text = count(client, "reform", kind="report")[1]
    assert '<input type="hidden" name="kind" value="report">' in text
