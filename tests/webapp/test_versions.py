"""Versions of a report: the newest stands for all in lists and counts, the others are named with what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.answering.answer import Question
from search.room import ReadingRoom
from search.versions import others
from tests.indexer.corpora import Desk, small_desk
from tests.webapp.markup import read_page
from webapp.app import create_app

PARAGRAPHS = tuple(
    f"In the {word} month the harbour board heard the {word} pilot on tides, on tolls and on the {word} lamp of the outer pier."
    for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
COST = "The lamps of the harbour cost {} crowns in all, which the towns are to share by their ships."
LATER = "The board recommends that a second boat be bought before the winter begins."
THEMES = '[[themes]]\nid = "seafaring"\nlabel = "Seafaring"\nlabels = ["pilot"]\n'
OLD, NEW = "reports-harbour-v1", "reports-harbour-v2"


def report(*paragraphs: str) -> str:
    return "# Report of the harbour board\n\n" + "\n\n".join(paragraphs) + "\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = small_desk(tmp_path_factory.mktemp("versions"))
    desk.write("reports/harbour-v1.md", report(*PARAGRAPHS, COST.format("400")))
    desk.write("reports/harbour-v2.md", report(*PARAGRAPHS[:7], COST.format("4,000"), LATER))
    desk.write("themes.toml", THEMES)
    desk.run()
    return desk


@pytest.fixture(scope="module")
def room(desk: Desk) -> Iterator[ReadingRoom]:
    room = ReadingRoom(desk.settings)
    yield room
    room.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    return create_app(desk.settings).test_client()


def found(room: ReadingRoom, text: str, **how: object) -> set[str]:
    return {hit.document.document_id for hit in room.ask(Question(text, **how)).hits}  # type: ignore[arg-type]


def test_the_newest_version_answers_for_all(room: ReadingRoom) -> None:
    answer = room.ask(Question("harbour"))
    everything = room.ask(Question("harbour", versions=True))
    assert {hit.document.document_id for hit in answer.hits} == {NEW}
    assert found(room, "harbour", versions=True) == {NEW, OLD}
    assert answer.older is not None and answer.older.count == everything.total - answer.total > 0
    assert room.ask(answer.older.question).total == everything.total
    assert everything.older is None
    assert sum(value.count for value in answer.facets["kind"]) == answer.total


def test_words_that_an_older_version_alone_has_are_said_to_stand_there(room: ReadingRoom) -> None:
    answer = room.ask(Question('"eighth pilot"'))
    assert answer.total == 0
    assert answer.older is not None and answer.older.count == 1


def test_who_names_an_older_version_gets_it(room: ReadingRoom) -> None:
    assert found(room, "harbour", filters=(("document", (OLD,)),)) == {OLD}
    assert found(room, f"harbour document:{OLD}") == {OLD}
    assert found(room, f"harbour DOCUMENT:{OLD}") == {OLD}
    assert found(room, "harbour", filters=(("document", (OLD.title(),)),)) == {OLD}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("harbour -document:background-note", {NEW}),
        (f"harbour AND NOT document:{OLD}", {NEW}),
        (f"harbour OR document:{NEW}", {NEW}),
        ("harbour OR document:background-note", {NEW, "background-note"}),
        (f"exercises OR document:{OLD}", {OLD, "background-note"}),
        ('harbour "document: harbour" OR harbour', {NEW}),
        ('"of the harbour document: tolls" OR tolls', {NEW}),
    ],
)
def test_who_names_some_documents_gets_no_older_version_of_others(
    room: ReadingRoom, text: str, named: set[str]
) -> None:
    assert found(room, text) == named


def test_what_was_searched_is_counted_without_older_versions(room: ReadingRoom) -> None:
    opened = room.opened
    assert opened.searched.documents == len(opened.catalog.documents()) - 1
    older = opened.catalog.get_document(OLD).passages
    assert opened.searched.passages == opened.catalog.count_passages() - older


def test_lists_name_the_newest_and_say_how_many_are_not_counted(client: FlaskClient) -> None:
    usual, everything = client.get("/documents/").text, client.get("/documents/?versions=1").text
    assert f'href="/d/{NEW}"' in usual and f'href="/d/{OLD}"' not in usual
    assert "1 older version not counted" in usual
    assert f'href="/d/{OLD}"' in everything
    listed = client.get("/api/v1/documents").get_json()
    with_older = client.get("/api/v1/documents?versions=1").get_json()
    assert with_older["total"] == listed["total"] + 1


def kinds_of_a_list(client: FlaskClient, href: str) -> list[tuple[str, int]]:
    """The kinds that a list of documents offers, each with the address and the number that it states."""
    page = client.get(href).text
    pattern = re.compile(r'<a href="(/documents/[^"]*)">[^<]+ <span class="number">(\d+)</span></a>')
    return [(unescape(link), int(number)) for link, number in pattern.findall(page)]


@pytest.mark.parametrize(
    "href", ["/documents/", "/documents/?versions=1", "/documents/?kind=report&versions=1"]
)
def test_every_number_of_the_list_of_documents_is_that_of_the_list_behind_it(
    client: FlaskClient, href: str
) -> None:
    offered = kinds_of_a_list(client, href)
    assert offered
    for link, number in offered:
        assert ("versions=1" in link) == ("versions=1" in href)
        assert len(read_page(client.get(link).text).texts("h3")) == number, link


def test_the_list_of_documents_keeps_the_kind_when_older_versions_come_or_go(client: FlaskClient) -> None:
    newest = read_page(client.get("/documents/?kind=report").text)
    assert "/documents/?kind=report&versions=1" in newest.links
    everything = read_page(client.get("/documents/?kind=report&versions=1").text)
    assert {"/documents/?kind=report", "/documents/?versions=1"} <= set(everything.links)
    whole = len(read_page(client.get("/documents/?versions=1").text).texts("h3"))
    assert everything.texts("h1") == [f"2 documents of {whole}"]


def test_results_lead_to_what_they_leave_out(client: FlaskClient) -> None:
    page = read_page(client.get("/search?q=harbour").text)
    href = next(href for href in page.links if "versions=1" in href)
    assert f"/d/{OLD}" in client.get(href).text
    assert client.get("/api/v1/search?q=harbour").get_json()["older_versions"] > 0


def test_a_related_theme_counts_what_its_page_counts(room: ReadingRoom) -> None:
    related = room.ask(Question("pilot")).related
    theirs = Question(filters=(("theme", ("seafaring",)),))
    assert room.ask(replace(theirs, versions=True)).total > room.ask(theirs).total
    assert [(theme.theme_id, theme.count) for theme in related] == [("seafaring", room.ask(theirs).total)]


def test_each_version_names_the_other_with_what_changed(client: FlaskClient) -> None:
    older, newer = client.get(f"/d/{OLD}").text, client.get(f"/d/{NEW}").text
    assert "A newer version stands for this one" in older and f"/d/{NEW}/changes/{OLD}" in older
    assert (
        "An older version" in newer
        and "1 paragraph reworded, 1 paragraph added, 1 paragraph taken out" in newer
    )


def test_the_page_of_changes_shows_them_word_by_word(client: FlaskClient) -> None:
    page = client.get(f"/d/{NEW}/changes/{OLD}").text
    assert "<del>400</del>" in page and "<ins>4,000</ins>" in page
    assert "<ins>" + LATER + "</ins>" in page and "<del>" + PARAGRAPHS[7] + "</del>" in page
    stylesheets, others = (
        [link for link in read_page(text).all("link") if link.get("rel") == "stylesheet"]
        for text in (page, client.get("/documents/").text)
    )
    assert stylesheets == others != []
    assert PARAGRAPHS[2] not in page and "8 paragraphs unchanged" in page


def test_any_two_documents_can_be_compared_and_unknown_ones_cannot(client: FlaskClient) -> None:
    page = client.get(f"/d/{NEW}/changes/background-note")
    assert page.status_code == 200 and "Nothing shows that these two are versions" in page.text
    assert client.get(f"/d/{NEW}/changes/no-such").status_code == 404


def test_a_document_is_not_compared_with_itself(client: FlaskClient) -> None:
    assert client.get(f"/d/{NEW}/changes/{NEW}").status_code == 404
    assert client.get(f"/d/{NEW}/changes/{NEW.upper()}").status_code == 404


def test_versions_that_are_named_the_wrong_way_round_are_told_with_the_way_to_turn_them(
    client: FlaskClient,
) -> None:
    right, wrong = client.get(f"/d/{NEW}/changes/{OLD}").text, client.get(f"/d/{OLD}/changes/{NEW}").text
    assert "notice" not in right
    assert "The second of the two is the older version" in wrong
    assert f"/d/{NEW}/changes/{OLD}" in read_page(wrong).links
    assert "Nothing shows that these two are versions" not in wrong


def test_an_id_as_texts_leave_it_leads_to_the_changes_of_what_was_meant(client: FlaskClient) -> None:
    answer = client.get(f"/d/{NEW.upper()}/changes/{OLD.title()}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/d/{NEW}/changes/{OLD}")


def test_what_changed_is_worked_out_once_for_all_views_of_a_document(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/d/{NEW}").text
    monkeypatch.setattr(others, "compare_versions", None)
    assert client.get(f"/d/{NEW}").text == first


def test_changes_of_a_document_that_went_or_moved_are_answered_as_its_own_page_is(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    desk.write("reports/harbour-v1.md", report(*PARAGRAPHS, COST.format("400")))
    desk.write("reports/harbour-v2.md", report(*PARAGRAPHS[:7], COST.format("4,000"), LATER))
    desk.run()
    (desk.corpus / "reports/harbour-v1.md").unlink()
    (desk.corpus / "reports/harbour-v2.md").rename(desk.corpus / "reports/harbour-final.md")
    desk.run()
    client = create_app(desk.settings).test_client()
    moved = client.get(f"/d/{NEW}/changes/background-note")
    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        "/d/reports-harbour-final/changes/background-note",
    )
    desk.write(
        "background/harvest.md", report(*(f"The harvest of field {word} was late." for word in "abcdefgh"))
    )
    desk.run()
    (desk.corpus / "background/harvest.md").unlink()
    desk.run()
    for path in (
        "/d/background-harvest",
        "/d/background-harvest/changes/background-note",
        "/d/background-note/changes/background-harvest",
    ):
        assert client.get(path).status_code == 410, path
