"""`findings index`, `status` and `undo`: what staff are told, and the exit codes."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.store.generations import Generations
from search.unread_pages import ranges
from tests.cli.conftest import Run
from tests.indexer.corpora import Desk

FIRST = ["background/note.md", "press/text.html", "speeches/opening.txt"]


def test_index_lists_what_it_did_on_stdout_and_its_progress_on_stderr(fresh: Run) -> None:
    ran = fresh("index")
    assert ran.code == 0
    assert ran.out.startswith("added: 3 documents\n  background/note.md\n")
    assert "`findings undo` goes back" in ran.out
    assert "reading: 3 of 3" in ran.err
    assert "reading" not in ran.out


def test_index_again_says_that_there_is_nothing_to_do(fresh: Run) -> None:
    fresh("index")
    ran = fresh("index")
    assert (ran.code, ran.err) == (0, "")
    assert "3 documents unchanged; 0 passages come, 0 go" in ran.out
    assert "nothing to do: the index is up to date" in ran.out


def test_the_json_of_index_has_the_keys_of_the_contract(fresh: Run, desk: Desk) -> None:
    desk.write("reports/broken.pdf", "no PDF")
    desk.write("odd/picture.jpg", "words")
    ran = fresh("index", "--json")
    report = ran.json
    assert ran.code == 3
    assert report["generation"] == Generations(desk.settings.index).current_id()
    documents = report["documents"]
    assert (documents["added"], documents["changed"], documents["removed"], documents["unchanged"]) == (
        FIRST, [], [], 0,
    )  # fmt: skip
    (failed,) = documents["failed"]
    assert failed["path"] == "reports/broken.pdf"
    assert failed["reason"]
    assert failed["detail"]
    assert failed["remedy"]
    assert [(item["path"], item["reason"]) for item in documents["skipped"]] == [
        ("odd/picture.jpg", "no format of documents")
    ]
    assert set(report["passages"]) == {"added", "removed", "total"}
    assert report["passages"]["added"] == report["passages"]["total"] > 0
    assert report["seconds"] >= 0


def test_an_unreadable_file_ends_with_3_and_is_named_with_reason_and_remedy(fresh: Run, desk: Desk) -> None:
    desk.write("reports/empty.txt", "")
    ran = fresh("index")
    assert ran.code == 3
    assert "could not be read: 1 file\n  reports/empty.txt: empty file" in ran.out
    assert "put the real file there or remove it" in ran.out
    assert fresh("index").code == 3


def test_a_plan_changes_nothing(fresh: Run, desk: Desk) -> None:
    ran = fresh("index", "--plan")
    assert ran.code == 0
    assert ran.out.startswith("would add: 3 documents")
    assert ran.out.endswith("nothing was published: this was the plan\n")
    assert fresh("status").code == 4
    assert fresh("index", "--plan", "--json").json["generation"] is None


def test_a_change_says_why(fresh: Run, desk: Desk) -> None:
    fresh("index")
    desk.write("speeches/opening.txt", "Other words are in this speech now.\n")
    (desk.corpus / "background/note.md").unlink()
    ran = fresh("index", "--plan")
    assert "would change: 1 document\n  speeches/opening.txt  (content)\n" in ran.out
    assert "would remove: 1 document\n  background/note.md\n" in ran.out
    assert fresh("index", "--json").json["documents"]["because"] == {"speeches/opening.txt": "content"}


def test_a_long_list_is_cut_for_people_and_whole_in_json(fresh: Run, desk: Desk) -> None:
    for number in range(25):
        desk.write(f"more/{number}.txt", f"This is text number {number} of many.\n")
    ran = fresh("index", "--plan")
    assert "  … and 8 more (--json lists all)\n" in ran.out
    assert len(fresh("index", "--plan", "--json").json["documents"]["added"]) == 28


def test_retry_is_an_option(fresh: Run, desk: Desk) -> None:
    desk.write("reports/broken.pdf", "no PDF")
    fresh("index")
    assert "reading" not in fresh("index").err
    assert "reading: 1 of 1" in fresh("index", "--retry").err


def test_a_missing_corpus_ends_with_2_and_names_it(fresh: Run, desk: Desk) -> None:
    shutil.rmtree(desk.corpus)
    ran = fresh("index")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"findings: {desk.corpus}: no such corpus folder; name it with --corpus")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("catalogue.toml", '[[documents]]\npath = "a.txt"\nkund = "x"\n', "unknown key 'kund'"),
        ("themes.toml", '[[themes]]\nlabel = "x"\n', "line 1: a theme without id"),
        ("ledger.jsonl", "{}\n", "line 1: an entry needs"),
    ],
)
def test_a_bad_file_of_staff_ends_with_2_and_is_named(
    fresh: Run, desk: Desk, name: str, text: str, message: str
) -> None:
    file = desk.write(name, text)
    ran = fresh("index")
    assert ran.code == 2
    assert ran.out == ""
    error = ran.err.splitlines()[-1]
    assert error.startswith(f"findings: {file}")
    assert message in error


def test_a_locked_index_ends_with_4(fresh: Run, desk: Desk) -> None:
    with Generations(desk.settings.index).writing():
        for command in ("index", "undo"):
            ran = fresh(command)
            assert (ran.code, ran.out) == (4, "")
            assert "another `findings index` is running" in ran.err


def test_another_engine_is_told_as_a_note(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh("index")
    monkeypatch.setenv("FINDINGS_ENGINE", "memory")
    ran = fresh("index", "--json")
    assert ran.json["notes"] == ["built anew: the engine was whoosh, now it is memory"]
    assert json.loads(fresh("search", "peace", "--json").out)["total"] == 1


# --- status and undo -------------------------------------------------------------------------------------


def test_status_tells_what_is_published_and_what_is_not_in_it(findings: Run) -> None:
    ran = findings("status")
    assert (ran.code, ran.err) == (0, "")
    assert "4 documents, " in ran.out
    assert "not read: reports/broken.pdf: " in ran.out
    assert "engine whoosh" in ran.out


def test_the_json_of_status_is_one_object(findings: Run, library: Desk) -> None:
    status = findings("status", "--json").json
    assert status["generation"] == status["generations"][-1]
    assert (status["engine"], status["documents"], status["previous"]) == (
        "whoosh", 4, status["generations"][-2],
    )  # fmt: skip
    assert status["passages"] == len(library.holds()["passages"])
    assert [item["path"] for item in status["unread"]] == ["reports/broken.pdf"]
    assert status["unread_pages"] == {}


def test_undo_goes_back_and_ends_with_2_where_nothing_is_earlier(fresh: Run, desk: Desk) -> None:
    fresh("index")
    desk.write("more/a.txt", "Zebras came later than all others.\n")
    fresh("index")
    assert fresh("search", "zebras", "--json").json["total"] == 1
    ran = fresh("undo")
    assert ran.code == 0
    assert "answers again" in ran.out
    assert "the next `findings index` builds on" in ran.err
    assert fresh("search", "zebras", "--json").json["total"] == 0
    again = fresh("undo")
    assert (again.code, again.out) == (2, "")
    assert "no earlier generation to go back to" in again.err
    assert fresh("index", "--json").json["documents"]["added"] == ["more/a.txt"]


def test_undo_helps_where_the_published_generation_is_damaged(fresh: Run, desk: Desk) -> None:
    fresh("index")
    desk.write("more/a.txt", "One more text.\n")
    fresh("index")
    (Generations(desk.settings.index).current().folder / "meta.json").write_text("", encoding="utf-8")
    ran = fresh("search", "peace")
    assert ran.code == 4
    assert "run `findings undo`" in ran.err
    assert fresh("undo").code == 0
    assert fresh("search", "peace").code == 0


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_exactly_the_numbers(numbers: set[int]) -> None:
    named: set[int] = set()
    for part in filter(None, ranges(sorted(numbers)).split(", ")):
        first, _, last = part.partition("-")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers
    assert ranges([3, 4, 5, 9]) == "3-5, 9"
