"""Feeds begin with what the reading room got last, whatever its date; one removal is one entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.store.received import FILE_NAME
from tests.indexer.corpora import SPEECH, Desk, small_desk
from webapp.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
OLD = """---
date: 1999-04-01
---

# An old paper on lighthouses

A trust fund once paid for the keepers of the lighthouses on the northern coast.

The keepers of the lighthouses wrote letters to the ministry every month.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus that was indexed, the time of which lies back a year."""
    desk = small_desk(tmp_path)
    desk.run()
    age(desk)
    return desk


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """A server that is never started again."""
    return create_app(desk.settings).test_client()


def age(desk: Desk) -> None:
    """Moves back when everything came."""
    file = desk.settings.index / FILE_NAME
    noted = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(dict.fromkeys(noted, "2025-01-01T00:00:00+00:00")), encoding="utf-8")


def entries(client: FlaskClient, path: str) -> Iterator[dict[str, str]]:
    """The entries of a feed."""
    for entry in ElementTree.fromstring(client.get(path).data).findall(f"{ATOM}entry"):
        yield {child.tag.removeprefix(ATOM): child.text or "" for child in entry}


def test_an_old_paper_that_came_today_stands_first_in_every_feed(desk: Desk, client: FlaskClient) -> None:
    desk.write("background/lighthouses.md", OLD)
    desk.run()
    for path in (
        "/feed.atom",
        "/search?q=trust&format=atom",
        "/search?q=trust&sort=newest&format=atom",
        "/search?format=atom",
    ):
        first, *others = entries(client, path)
        assert "background-lighthouses" in first["id"], path
        assert first["published"] == "1999-04-01T00:00:00Z"
        assert first["updated"] > "2026"
        assert all(
            other["updated"].startswith("2025-01-01") for other in others if "lighthouses" not in other["id"]
        )


def test_a_document_that_was_changed_or_renamed_did_not_come_again(desk: Desk, client: FlaskClient) -> None:
    desk.write("background/lighthouses.md", OLD)
    desk.run()
    desk.write("speeches/opening.txt", SPEECH + "\nOne more sentence that was not there before.\n")
    (desk.corpus / "background" / "note.md").rename(desk.corpus / "background" / "renamed.md")
    desk.run()
    listed = list(entries(client, "/feed.atom"))
    assert "lighthouses" in listed[0]["id"]
    assert {entry["updated"] for entry in listed[1:]} == {"2025-01-01T00:00:00+00:00"}


def test_when_documents_came_outlives_every_generation(desk: Desk) -> None:
    before = (desk.settings.index / FILE_NAME).read_text(encoding="utf-8")
    for generation in (desk.settings.index / "generations").iterdir():
        (generation / "meta.json").write_text("damaged", encoding="utf-8")
    desk.run()
    assert (desk.settings.index / FILE_NAME).read_text(encoding="utf-8") == before


def test_an_index_of_an_earlier_version_counts_its_documents_from_its_own_day(
    desk: Desk, client: FlaskClient
) -> None:
    (desk.settings.index / FILE_NAME).unlink()
    assert len(list(entries(client, "/feed.atom"))) == 3
    desk.write("background/lighthouses.md", OLD)
    desk.run()
    noted = json.loads((desk.settings.index / FILE_NAME).read_text(encoding="utf-8"))
    assert max(noted, key=noted.__getitem__) == "background-lighthouses" or len(set(noted.values())) == 1


def test_pages_of_a_feed_have_every_passage_once(
    desk: Desk, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.search.IN_A_FEED", 2)
    total = int(client.get("/search?format=atom").headers["X-Total-Count"])
    listed = [
        e["id"]
        for page in range(1, total // 2 + 2)
        for e in entries(client, f"/search?format=atom&page={page}")
    ]
    assert len(listed) == len(set(listed)) == total > 8


def test_a_deleted_document_is_one_entry_of_the_corrections(desk: Desk, client: FlaskClient) -> None:
    passages = len(desk.ids("speeches-opening"))
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    (removal,) = entries(client, "/corrections.atom")
    assert removal["title"] == "No longer published: Opening speech"
    assert removal["id"].endswith("/d/speeches-opening")
    assert f"{passages} passages" in removal["content"]
    assert "training of officers" in removal["content"]


def test_a_withdrawn_document_is_one_entry_with_the_reason_and_without_the_words(
    desk: Desk, client: FlaskClient
) -> None:
    table = '[[withdrawn]]\nid = "speeches-opening"\non = 2026-11-27\nreason = "by order"\n'
    desk.write("corrections.toml", table)
    desk.run()
    (removal,) = entries(client, "/corrections.atom")
    assert "Withdrawn: by order" in removal["content"]
    assert "officers" not in removal["content"] and "Opening speech" not in removal["title"]


def test_fifty_removals_fit_however_many_passages_each_took(desk: Desk, client: FlaskClient) -> None:
    text = "\n\n".join(
        f"Sentence number {n} speaks of nothing but the weather of one day." for n in range(60)
    )
    desk.write("background/weather.txt", f"Weather\n\n{text}\n")
    desk.run()
    (desk.corpus / "background" / "weather.txt").unlink()
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    assert len(list(entries(client, "/corrections.atom"))) == 2


def test_rewordings_stay_entries_of_their_own(desk: Desk, client: FlaskClient) -> None:
    desk.write(
        "speeches/opening.txt",
        SPEECH.replace("never forget", "never once forget").replace("pays for", "paid for"),
    )
    desk.run()
    listed = list(entries(client, "/corrections.atom"))
    assert [entry["title"].partition(":")[0] for entry in listed] == ["Reworded", "Reworded"]
