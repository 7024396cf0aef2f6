"""Many questions at once, on a page: pasted or uploaded, shown or saved, with clear limits."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.room import ReadingRoom
from tests.webapp.markup import read_page
from webapp.many_questions.handed_in import MOST_QUESTIONS


def ask(client: FlaskClient, questions: str = "", **more: object) -> tuple[int, str]:
    response = client.post("/batch", data={"questions": questions, **more})
    return response.status_code, response.text


def upload(client: FlaskClient, content: bytes, name: str = "questions.csv", **more: str) -> tuple[int, str]:
    return ask(client, file=(io.BytesIO(content), name), **more)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_each_line_is_a_question_with_its_count_and_best_passages(client: FlaskClient) -> None:
    status, text = ask(client, "trust fund\n\nzzzzzz\n")
    page = read_page(text)
    assert status == 200
    assert "2 questions" in page.texts("h2")
    assert page.texts("th")[3:] == ["trust fund", "zzzzzz"]
    assert "nothing" in page.texts("span")


def test_the_link_of_a_question_gives_as_many_passages(client: FlaskClient) -> None:
    page = read_page(ask(client, "trust funds\nreform")[1])
    links = [link for link in page.links if link.startswith("/search?q=")]
    counts = [read_page(client.get(link).text).texts("strong")[0] for link in links]
    assert [count.split()[0] for count in counts] == page.texts("td")[0::2]


def test_answers_are_saved_as_a_table_with_the_same_hits(client: FlaskClient) -> None:
    status, text = ask(client, "trust fund", format="csv", limit="2")
    assert status == 200
    assert [(row["id"], row["query"], row["rank"]) for row in rows(text)] == [
        ("1", "trust fund", "1"),
        ("1", "trust fund", "2"),
    ]


def test_a_table_is_read_by_its_columns_whether_pasted_or_uploaded(client: FlaskClient) -> None:
    table = "id,query\nx7,trust fund\n"
    for status, text in (
        upload(client, table.encode("utf-8-sig"), format="csv"),
        ask(client, table, format="csv"),
    ):
        assert status == 200
        assert {row["id"] for row in rows(text)} == {"x7"}


def test_a_saved_question_without_passages_has_a_row_of_its_own(client: FlaskClient) -> None:
    _, text = ask(client, "id,query\nx1,trust fund\nx2,zzzzzz\nx3,\nx4,   \n", format="csv", limit="1")
    found = [(row["id"], row["query"], row["total"], row["match"], row["note"]) for row in rows(text)]
    assert found[1:] == [
        ("x2", "zzzzzz", "0", "all", ""),
        ("x3", "", "0", "", "empty question"),
        ("x4", "   ", "0", "", "empty question"),
    ]
    assert [row["passage_id"] + row["rank"] + row["text"] for row in rows(text)[1:]] == ["", "", ""]


def test_saved_answers_say_how_many_passages_match_and_how(client: FlaskClient) -> None:
    asked = "trust fund\ntrust zzzzzz\n"
    totals = read_page(ask(client, asked)[1]).texts("td")[0::2]
    _, text = ask(client, asked, format="csv", limit="1")
    assert [(row["total"], row["match"]) for row in rows(text)] == [
        (totals[0], "all"),
        (totals[1].split()[0], "any"),
    ]
    assert "any of the words" in totals[1]
    _, text = ask(client, asked, format="csv", limit="1", match="any")
    assert {row["match"] for row in rows(text)} == {"any"}


def test_an_empty_question_of_a_table_is_shown_as_empty_and_leads_nowhere(client: FlaskClient) -> None:
    page = read_page(ask(client, "id,query\nx1,trust fund\nx2,\n")[1])
    assert page.texts("th")[3:] == ["trust fund", "empty question (x2)"]
    assert page.texts("td")[2:] == ["0", "nothing"]
    assert len([link for link in page.links if link.startswith("/search?")]) == 1


def test_empty_questions_alone_are_none(client: FlaskClient) -> None:
    assert ask(client, "id,query\nx1,\nx2,\n")[0] == 400


def test_a_question_without_words_leads_nowhere(client: FlaskClient) -> None:
    page = read_page(ask(client, "&")[1])
    assert page.texts("th")[3:] == ["&"]
    assert page.texts("td") == ["0 no words", "nothing"]
    assert not [link for link in page.links if link.startswith("/search?")]


def test_operators_that_were_read_as_words_are_named_with_the_way_to_use_them(client: FlaskClient) -> None:
    page = read_page(ask(client, 'NOT trust\n"trust fund"\ntrust fund (TF)\n', match="all")[1])
    said = "Its operators were read as words. Search with them"
    assert page.texts("th")[3:] == [f"NOT trust {said}", f'"trust fund" {said}', "trust fund (TF)"]
    ways = [link for link in page.links if link.startswith("/search?") and "without=" not in link]
    assert ways == ["/search?q=NOT%20trust&match=all", "/search?q=%22trust%20fund%22&match=all"]
    _, text = ask(client, "NOT trust\ntrust", format="csv", limit="1")
    assert [row["note"] for row in rows(text)] == ["operators read as words", ""]


def test_a_count_that_ran_out_of_time_is_the_least_there_is(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_in_time = ReadingRoom.ask
    monkeypatch.setattr(ReadingRoom, "ask", lambda *of: replace(ask_in_time(*of), complete=False))
    assert read_page(ask(client, "trust")[1]).texts("td")[0].startswith("at least ")
    _, text = ask(client, "trust", format="csv", limit="1")
    assert [row["note"] for row in rows(text)] == ["time ran out, total is the least there is"]


def test_the_page_says_what_it_leaves_out(client: FlaskClient) -> None:
    for text in (client.get("/batch").text, ask(client, "trust")[1]):
        (said,) = [words for words in read_page(text).texts("p") if "labels of themes" in words]
        assert said.startswith("Only the words themselves are searched here")


def test_operators_are_plain_words(client: FlaskClient) -> None:
    _, text = ask(client, 'NOT "trust (fund', format="csv")
    assert {row["query"] for row in rows(text)} == {'NOT "trust (fund'}


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    _, text = ask(client, "=payload", format="csv")
    found = rows(text)
    assert found
    assert not [cell for row in found for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ("", "No question: write one a line"),
        ("x\n" * (MOST_QUESTIONS + 1), "201 questions; at most 200"),
        ("query,id\n" + "x,\n" * 100 + ",y\n" * 101, "201 questions (101 of them empty); at most 200"),
        ("y\n" + "x" * 2_001, "line 2: a question may have 2000 characters"),
        ('id,query\n1,"unclosed', None),
    ],
)
def test_what_cannot_be_asked_is_said(client: FlaskClient, questions: str, message: str | None) -> None:
    status, text = ask(client, questions)
    assert status == (400 if message else 200)
    assert message is None or message in " ".join(read_page(text).text.split())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"text\ntrust\n", "no column 'query'"),
        (b"query\n\xff\xfe\n", "not UTF-8"),
        (b"", "no column 'query'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(client: FlaskClient, content: bytes, message: str) -> None:
    status, text = upload(client, content)
    assert status == 400
    assert "Questions.csv" in read_page(text).text
    assert message in read_page(text).text


@pytest.mark.parametrize(
    "pair", [("limit", "21"), ("limit", "x"), ("match", "some"), ("format", "xlsx"), ("theme", "x")]
)
def test_a_wrong_choice_is_said(client: FlaskClient, pair: tuple[str, str]) -> None:
    assert ask(client, "trust", **{pair[0]: pair[1]})[0] == 400


def test_more_than_a_page_takes_is_refused_with_a_way_on(client: FlaskClient) -> None:
    status, text = ask(client, "x" * 300_000)
    assert status == 413
    assert "Split it" in text


@pytest.mark.parametrize(
    "questions", ["\x00", "<script>alert(1)</script>", "a\ud800", "query\n\x00", "é\r\n信任\r\n"]
)
def test_awkward_questions_are_no_defect(client: FlaskClient, questions: str) -> None:
    body = questions.encode("utf-8", "surrogatepass")
    for name in ("x.csv", "x.txt"):
        assert upload(client, body, name)[0] in (200, 400)
    assert "<script>alert" not in ask(client, questions.encode("utf-8", "replace").decode())[1]
