"""`findings withdraw`: the words are gone from everything, while a server runs, and stay gone; id, day and reason stay."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.store.generations import Generations
from tests.cli.conftest import Run
from tests.indexer.corpora import SPEECH, Desk
from tests.webapp.library import draw_pdf
from webapp.app import create_app

SECRET = "The trust fund pays for the training of officers"
MORE = "We must never forget"
REASON = "names a minor"


def holding(folder: Path, words: str) -> list[str]:
    """The files below a folder that hold words, packed or not."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            data = gzip.decompress(data) if file.suffix == ".gz" else data
            if words.casefold().encode() in data.lower():
                found.append(str(file.relative_to(folder)))
    return found


@pytest.fixture
def client(desk: Desk, fresh: Run) -> FlaskClient:
    """A server over an index with three generations, a ledger and cached readings: it is never started again."""
    assert fresh("index").code == 0
    desk.write("speeches/opening.txt", SPEECH.replace("never forget", "never once forget"))
    assert fresh("index").code == 0
    desk.write("speeches/opening.txt", SPEECH)
    assert fresh("index").code == 0
    client = create_app(desk.settings).test_client()
    assert "officers" in client.get("/search?q=officers").text
    return client


def passage_with(desk: Desk, words: str) -> str:
    """The id of the passage with these words."""
    return next(
        str(p["passage_id"]) for p in desk.holds()["passages"] if words.casefold() in p["text"].casefold()
    )


def test_a_withdrawn_document_is_gone_from_every_file_and_answer(
    desk: Desk, fresh: Run, client: FlaskClient
) -> None:
    passage_id = passage_with(desk, SECRET)
    assert holding(desk.settings.index, SECRET) and holding(desk.corpus, SECRET)
    ran = fresh("withdraw", "speeches-opening", "--reason", REASON)
    assert ran.code == 0, ran.err
    for words in (SECRET, MORE, "never once forget"):
        assert holding(desk.settings.index, words) == holding(desk.corpus, words) == []
        assert fresh("withdraw", "--check", words).code == 0
    for path in ("/d/speeches-opening", f"/p/{passage_id}"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert REASON in answer.text and "officers" not in answer.text
    api = client.get(f"/api/v1/passages/{passage_id}").get_json()
    assert (api["state"], api["words"], api["reason"]) == ("withdrawn", "", REASON)
    for path in ("/corrections.atom", "/feed.atom", "/search?q=officers&format=json", "/documents/"):
        assert "training of officers" not in client.get(path).text
    shown = fresh("show", passage_id)
    assert REASON in shown.out and "officers" not in shown.out


def test_nothing_leads_back_behind_a_withdrawal(desk: Desk, fresh: Run, client: FlaskClient) -> None:
    assert client.get("/d/speeches-opening").status_code == 200
    fresh("withdraw", "speeches-opening", "--reason", REASON)
    undone = fresh("undo")
    assert undone.code == 2 and "Traceback" not in undone.err
    assert len(Generations(desk.settings.index).sealed()) == 1
    desk.write("speeches/opening.txt", SPEECH)  # it comes back by mistake
    ran = fresh("index")
    assert "withdrawn on" in ran.out and REASON in ran.out
    assert client.get("/d/speeches-opening").status_code == 410
    assert holding(desk.settings.index, SECRET) == []
    assert fresh("withdraw", "--check", SECRET).code == 3


def test_a_withdrawn_passage_goes_alone_and_its_neighbours_stay(
    desk: Desk, fresh: Run, client: FlaskClient
) -> None:
    passage_id, other = passage_with(desk, SECRET), passage_with(desk, MORE)
    ran = fresh("withdraw", passage_id, "--reason", REASON)
    assert ran.code == 0 and "still holds the words" in ran.err
    assert holding(desk.settings.index, SECRET) == []
    assert client.get(f"/p/{passage_id}").status_code == 410
    assert client.get(f"/p/{other}").status_code == 200
    assert desk.run().published is False
    desk.write("speeches/opening.txt", SPEECH + "\nOne more sentence that nobody had said before.\n")
    desk.run()
    assert holding(desk.settings.index, SECRET) == []
    assert client.get(f"/p/{passage_id}").status_code == 410


def test_a_plain_index_does_what_the_file_says(desk: Desk, fresh: Run, client: FlaskClient) -> None:
    table = f'[[withdrawn]]\nid = "speeches-opening"\non = 2026-11-27\nreason = "{REASON}"\n'
    desk.write("corrections.toml", table)
    plan = fresh("index", "--plan").out
    assert f"withdrawn on 2026-11-27 ({REASON})" in plan and "4 go" in plan
    assert holding(desk.settings.index, SECRET)
    assert fresh("index").code == 0
    assert holding(desk.settings.index, SECRET) == []
    assert client.get("/d/speeches-opening").status_code == 410


def test_taking_a_withdrawal_back_brings_the_words_again(desk: Desk, fresh: Run, client: FlaskClient) -> None:
    passage_id = passage_with(desk, SECRET)
    fresh("withdraw", passage_id, "--reason", REASON)
    (desk.corpus / "corrections.toml").unlink()
    fresh("index")
    assert client.get(f"/p/{passage_id}").status_code == 200


def status(client: FlaskClient, picture: str) -> int:
    """What the server says of a picture of the PDF."""
    with client.get(f"/d/reports-two/page/{picture}") as answer:
        return answer.status_code


def test_no_picture_is_shown_of_a_page_with_a_withdrawn_passage(desk: Desk, fresh: Run) -> None:
    draw_pdf(
        desk.corpus / "reports" / "two.pdf", [SECRET + " and others.", "The second page says something else."]
    )
    assert fresh("index").code == 0
    client = create_app(desk.settings).test_client()
    assert status(client, "1.png") == 200
    first = next(p["passage_id"] for p in desk.holds()["passages"] if p["document_id"] == "reports-two")
    fresh("withdraw", first, "--reason", REASON)
    for picture in ("1.png", "1/small.png"):
        assert status(client, picture) == 404
    assert status(client, "2.png") == 200
    assert status(client, "2/small.png") == 200


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["speeches-opening"], "give the id of a document or passage, and --reason"),
        (["--reason", "x"], "give the id"),
        (["speeches-opening", "--reason", "  "], "give the id"),
        (["no-such", "--reason", "x"], "no document"),
        (["speeches-opening/aaaaaaaaaa", "--reason", "x"], "no passage"),
        (["speeches-opening", "--check", "x"], "--check stands alone"),
        (["--check", "..."], "nothing to look for"),
        (["http://[x", "--reason", "x"], "no passage"),
        (["--check", "a " * 61], "give at most"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    desk: Desk, fresh: Run, client: FlaskClient, arguments: list[str], message: str
) -> None:
    ran = fresh("withdraw", *arguments)
    assert ran.code == 2 and message in ran.err.lower() and "Traceback" not in ran.err
    assert not (desk.corpus / "corrections.toml").exists()
    assert client.get("/d/speeches-opening").status_code == 200


def test_the_same_words_under_an_earlier_id_of_the_file_go_too(desk: Desk, fresh: Run) -> None:
    fresh("index")
    former = passage_with(desk, SECRET)
    (desk.corpus / "speeches" / "opening.txt").rename(desk.corpus / "speeches" / "renamed.txt")
    fresh("index")
    fresh("withdraw", "speeches-renamed", "--reason", REASON)
    assert "officers" not in fresh("show", former).out
    assert holding(desk.settings.index, SECRET) == holding(desk.corpus, SECRET) == []


def test_former_words_can_be_withdrawn_and_what_took_their_place_stays(desk: Desk, fresh: Run) -> None:
    fresh("index")
    former = passage_with(desk, SECRET)
    desk.write("speeches/opening.txt", SPEECH.replace("pays for the training", "paid for the schooling"))
    fresh("index")
    assert fresh("withdraw", former, "--reason", REASON).code == 0
    assert holding(desk.settings.index, SECRET) == holding(desk.corpus, SECRET) == []
    assert passage_with(desk, "paid for the schooling")


def test_what_was_taken_back_can_be_withdrawn_again(desk: Desk, fresh: Run, client: FlaskClient) -> None:
    passage_id = passage_with(desk, SECRET)
    for _ in range(2):
        fresh("withdraw", passage_id, "--reason", REASON)
        assert holding(desk.settings.index, SECRET) == []
        (desk.corpus / "corrections.toml").unlink()
        fresh("index")
        assert client.get(f"/p/{passage_id}").status_code == 200


def test_a_withdrawn_heading_is_no_title_any_more(desk: Desk, fresh: Run) -> None:
    desk.write(
        "background/plan.md",
        "# The quokka plan of Berlin\n\nA sentence of some length stands below it here.\n",
    )
    fresh("index")
    fresh("withdraw", passage_with(desk, "quokka"), "--reason", REASON)
    assert holding(desk.settings.index, "quokka plan") == []
    assert fresh("withdraw", "--check", "quokka PLAN").code == 3  # the file has it


def test_nothing_is_noted_or_removed_while_another_run_builds(
    desk: Desk, fresh: Run, client: FlaskClient
) -> None:
    with Generations(desk.settings.index).writing():
        ran = fresh("withdraw", "speeches-opening", "--reason", REASON)
    assert ran.code == 4
    assert (desk.corpus / "speeches" / "opening.txt").exists()
    assert not (desk.corpus / "corrections.toml").exists()


def test_a_mistake_in_the_corrections_costs_no_file(desk: Desk, fresh: Run, client: FlaskClient) -> None:
    written = '[[corrections]]\npassage = "a/aaaaaaaaaa"\nfindin = "none"\n'
    desk.write("corrections.toml", written)
    assert fresh("withdraw", "speeches-opening", "--reason", REASON).code == 2
    assert (desk.corpus / "speeches" / "opening.txt").exists()


@pytest.mark.parametrize("reason", ["a\x7fb", "a\udcffb", 'say "no" \\ now', "a\nb"])
def test_any_reason_can_be_read_again(desk: Desk, fresh: Run, client: FlaskClient, reason: str) -> None:
    assert fresh("withdraw", "/d/speeches-opening", "--reason", reason).code == 0
    assert fresh("index").code == 0


@pytest.mark.parametrize("what", ["speeches-opening/", "speeches-opening/*", "SPEECHES-OPENING", ".", "/d/"])
def test_an_id_is_never_repaired_where_something_would_be_lost(
    desk: Desk, fresh: Run, client: FlaskClient, what: str
) -> None:
    assert fresh("withdraw", what, "--reason", REASON).code == 2
    assert (desk.corpus / "speeches" / "opening.txt").exists()


def test_a_withdrawal_of_nothing_is_told(desk: Desk, fresh: Run) -> None:
    desk.write("corrections.toml", '[[withdrawn]]\nid = "no-such"\non = 2026-11-27\nreason = "x"\n')
    assert "nothing was ever published as no-such" in fresh("index").err


@pytest.mark.parametrize("written", ["Zu\u0308rich met", "ZÜRICH MET", "Zü\u00adrich met"])
def test_the_check_finds_every_way_to_write_the_words(desk: Desk, fresh: Run, written: str) -> None:
    desk.write("background/place.txt", f"The {written} Geneva and nobody said a word about it.\n")
    fresh("index")
    assert fresh("withdraw", "--check", "zürich met").code == 3


def test_a_withdrawn_passage_stays_withdrawn_where_its_file_gets_another_name(desk: Desk, fresh: Run) -> None:
    fresh("index")
    fresh("withdraw", passage_with(desk, SECRET), "--reason", REASON)
    (desk.corpus / "speeches" / "opening.txt").rename(desk.corpus / "speeches" / "renamed.txt")
    fresh("index")
    assert desk.ids("speeches-renamed")
    assert holding(desk.settings.index, SECRET) == []


def test_the_same_report_in_another_format_is_not_withdrawn_with_it(desk: Desk, fresh: Run) -> None:
    draw_pdf(desk.corpus / "reports" / "x.pdf", ["One page of a report that goes for good."])
    desk.write(
        "reports/x.html",
        "<!doctype html><main><h1>X</h1><p>The page of the same name stays where it was.</p></main>",
    )
    fresh("index")
    fresh("withdraw", "reports-x", "--reason", REASON)
    assert desk.ids("reports-x-html")
    fresh("index")
    assert desk.ids("reports-x-html") and not (desk.corpus / "reports" / "x.pdf").exists()
