"""What is merely deleted keeps its words for as long as the setting says, then its id, title and days alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.corpus.ledger import load_ledger
from search.store.generations import Generations
from tests.cli.staff.test_withdraw import holding
from tests.indexer.corpora import SPEECH, Desk, small_desk
from webapp.app import create_app

SECRET = "The Trust Fund pays for the training of officers"
TITLE = "Opening speech"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus whose speech was deleted, with the generation that had it, kept readings, and a ledger."""
    desk = small_desk(tmp_path)
    desk.run()
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    assert holding(desk.settings.index, SECRET) and holding(desk.corpus, SECRET) == ["ledger.jsonl"]
    return desk


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """A server that is never started again."""
    return create_app(desk.settings).test_client()


def grow_old(desk: Desk, since: str = "2020-02-01") -> list[str]:
    """Moves the days of the ledger back; returns the ids in it."""
    file = desk.corpus / "ledger.jsonl"
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    lines = (json.dumps({**entry, "since": since}, ensure_ascii=False) + "\n" for entry in entries)
    file.write_text("".join(lines), encoding="utf-8")
    return [entry["passage_id"] for entry in entries]


def test_words_of_a_deleted_document_are_kept_for_the_time_that_the_setting_says(
    desk: Desk, client: FlaskClient
) -> None:
    report = desk.run()
    assert not report.published and report.notes == ()
    (passage_id,) = [p for p, e in load_ledger(desk.corpus).items() if SECRET in e["text"]]
    assert "training of officers" in client.get(f"/p/{passage_id}").text
    assert TITLE in client.get("/d/speeches-opening").text


def test_a_plan_tells_what_will_be_let_go_and_lets_nothing_go(desk: Desk) -> None:
    grow_old(desk)
    (note,) = desk.run(plan_only=True).notes
    assert "the words of a deleted document would be let go after 365 days (FINDINGS_DELETED_DAYS)" in note
    assert "speeches-opening" in note
    assert holding(desk.settings.index, SECRET) and holding(desk.corpus, SECRET)


def test_after_that_time_the_words_stand_nowhere_and_id_title_and_days_stay(
    desk: Desk, client: FlaskClient
) -> None:
    ids = grow_old(desk)
    assert client.get("/d/speeches-opening").status_code == 410
    report = desk.run()
    assert report.published and "were let go" in report.notes[0]
    for words in (SECRET, "never forget", "Ladies and gentlemen"):
        assert holding(desk.settings.index, words) == holding(desk.corpus, words) == []
    assert len(Generations(desk.settings.index).sealed()) == 1
    for path in (f"/p/{ids[1]}", "/d/speeches-opening"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "1 February 2020" in answer.text and "officers" not in answer.text
        assert "let go on" in answer.text
    assert TITLE in client.get("/d/speeches-opening").text
    told = client.get(f"/api/v1/passages/{ids[1]}").get_json()
    assert (told["state"], told["words"], told["since"], told["reason"]) == (
        "withdrawn",
        "",
        "2020-02-01",
        None,
    )
    assert told["emptied"] is not None
    assert "officers" not in client.get("/corrections.atom").text
    assert TITLE in client.get("/corrections.atom").text


def test_letting_go_is_done_once(desk: Desk) -> None:
    grow_old(desk)
    desk.run()
    after = desk.run()
    assert not after.published and after.notes == ()


def test_a_run_that_was_killed_before_the_traces_went_is_done_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow_old(desk)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("indexer.build.letting_go.erase_traces", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.run()
    assert holding(desk.settings.index, SECRET)
    desk.run()
    assert holding(desk.settings.index, SECRET) == []


def test_the_setting_says_how_long(desk: Desk) -> None:
    grow_old(desk)
    long = Desk(replace(desk.settings, deleted_days=100_000))
    assert long.run().notes == ()
    assert holding(desk.corpus, SECRET)


def test_words_of_a_document_that_stays_and_words_that_stand_elsewhere_are_no_matter_of_it(
    tmp_path: Path,
) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    desk.write("speeches/opening.txt", SPEECH.replace("never forget", "always know"))
    desk.run()
    (desk.corpus / "background" / "note.md").rename(desk.corpus / "background" / "renamed.md")
    desk.run()
    ids = grow_old(desk)
    assert len(ids) > 3
    report = desk.run()
    assert not report.published and report.notes == ()
    assert all(entry["text"] for entry in load_ledger(desk.corpus).values())


def test_earlier_wordings_of_a_deleted_document_go_with_it_and_not_before(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    desk.write("speeches/opening.txt", SPEECH.replace("never forget", "never once forget"))
    desk.run()
    grow_old(desk)
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    assert desk.run().notes == (), "the document went today, whatever the day of an earlier wording"
    assert all(entry["title"] == TITLE for entry in load_ledger(desk.corpus).values())
    grow_old(desk)
    assert desk.run().published
    for words in ("must never forget", "never once forget", SECRET):
        assert holding(desk.settings.index, words) == holding(desk.corpus, words) == []


def test_words_that_stand_in_several_places_are_not_let_go_again_and_again(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    for name in ("first", "second"):
        desk.write(f"background/{name}.txt", SPEECH)
    (desk.corpus / "speeches" / "opening.txt").unlink()
    desk.run()
    grow_old(desk)
    report = desk.run()
    assert not report.published and report.notes == ()


def test_links_answer_again_where_the_document_comes_back_under_any_id(
    desk: Desk, client: FlaskClient
) -> None:
    ids = grow_old(desk)
    desk.run()
    desk.write("speeches/again.txt", SPEECH)
    desk.run()
    moved = client.get(f"/p/{ids[1]}")
    assert moved.status_code == 301 and "speeches-again" in moved.location
    desk.write("speeches/opening.txt", SPEECH)
    (desk.corpus / "speeches" / "again.txt").unlink()
    desk.run()
    assert client.get(f"/p/{ids[1]}").status_code == 200


def test_what_was_let_go_can_be_withdrawn_with_its_title(desk: Desk, client: FlaskClient) -> None:
    grow_old(desk)
    desk.run()
    table = '[[withdrawn]]\nid = "speeches-opening"\non = 2026-11-27\nreason = "by order"\n'
    desk.write("corrections.toml", table)
    desk.run()
    assert holding(desk.corpus, TITLE) == holding(desk.settings.index, TITLE) == []
    assert "by order" in client.get("/d/speeches-opening").text


def test_a_link_that_moved_and_was_let_go_is_kept_where_the_ledger_alone_is_left(desk: Desk) -> None:
    """The ledger belongs to the corpus: an index built anew from it lets nothing come back."""
    ids = grow_old(desk)
    desk.run()
    other = Desk(replace(desk.settings, index=desk.settings.index.with_name("afresh")))
    other.run()
    assert other.state(ids[1]) == ("withdrawn", None)
    assert holding(other.settings.index, SECRET) == []
    assert not other.run().published
