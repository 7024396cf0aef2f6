"""The whole path from corpus to published index: only what changed is done, and every file is accounted for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build.report import Change, IndexReport, remedy
from indexer.corpus.inventory import LeftOut
from search.errors import BadFile, CorpusMissing, IndexLocked, LedgerReadOnly
from search.permalinks import passage_ids
from search.settings import Settings
from search.store.generations import Generations
from tests.indexer.corpora import NOTE, SHIPPED, SPEECH, THEMES, Desk, small_desk

FIRST = ["background/note.md", "press/text.html", "speeches/opening.txt"]
TRUST = "The Trust Fund pays for the training of officers in partner countries."
COMMAND = [sys.executable, "-c", "from cli.main import main; main()"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus of three texts, not yet indexed."""
    return small_desk(tmp_path)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of three texts and its index, to be copied."""
    folder = tmp_path_factory.mktemp("pattern")
    small_desk(folder).run()
    return folder


@pytest.fixture
def indexed(pattern: Path, tmp_path: Path) -> Desk:
    """A corpus of three texts, indexed; of its own, for it is a copy."""
    shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
    return Desk(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", workers=2))


def paths(report: IndexReport) -> dict[str, list[str]]:
    """The lists of a report that are not empty, by their names."""
    lists: dict[str, tuple[Change, ...] | tuple[LeftOut, ...]] = {
        "added": report.added, "changed": report.changed, "removed": report.removed,
        "failed": report.failed, "skipped": report.skipped,
    }  # fmt: skip
    return {name: [item.path for item in items] for name, items in lists.items() if items}


def assert_accounts_for_every_file(desk: Desk, report: IndexReport) -> None:
    """Every file of the corpus, but staff's own, is in one list or unchanged."""
    staff = {"themes.toml", "catalogue.toml", "ledger.jsonl"}
    files = {file.relative_to(desk.corpus).as_posix() for file in desk.corpus.rglob("*") if not file.is_dir()}
    listed = paths(report)
    removed = listed.pop("removed", [])
    named = [path for items in listed.values() for path in items]
    assert len(named) == len(set(named))
    assert not set(removed) & set(named)
    assert set(named) <= files
    assert len(named) + report.unchanged == len(files - staff)


# --- first and second run --------------------------------------------------------------------------------


def test_the_first_run_reads_and_publishes_everything(desk: Desk) -> None:
    report = desk.run()
    assert paths(report) == {"added": FIRST}
    assert desk.recorder.read == FIRST
    assert report.published
    assert report.passages_added == report.passages_total == len(desk.holds()["passages"])
    assert desk.found("interoperability") == ["background-note"]
    assert_accounts_for_every_file(desk, report)


def test_a_run_without_changes_reads_and_publishes_nothing_and_is_quick(indexed: Desk) -> None:
    before = Generations(indexed.settings.index).sealed()
    started = time.monotonic()
    report = indexed.run()
    assert time.monotonic() - started < 2
    assert indexed.recorder.read == []
    assert (report.published, report.unchanged, paths(report)) == (False, 3, {})
    assert (report.passages_added, report.passages_removed) == (0, 0)
    assert Generations(indexed.settings.index).sealed() == before
    assert report.generation == before[-1]


def test_the_shipped_digests_are_all_read_and_fresh_and_grown_indexes_agree(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    digests = sorted((SHIPPED / "digests").glob("*-digest.pdf"))
    assert len(digests) == 5
    for name in ("catalogue.toml", "themes.toml"):
        shutil.copy(SHIPPED / name, desk.corpus / name)
    for digest in digests[:4]:
        desk.write(f"digests/{digest.name}", digest.read_bytes())
    first = desk.run()
    assert not first.failed
    desk.write(f"digests/{digests[4].name}", digests[4].read_bytes())
    second = desk.run()
    assert desk.recorder.read == [f"digests/{digests[4].name}"]
    assert second.passages_total == first.passages_total + second.passages_added
    documents = {d["document_id"]: d for d in desk.holds()["documents"]}
    assert documents["p360-2019-digest"]["pages"]
    assert desk.holds() == desk.afresh()
    named = [item for item in second.skipped if item.reason == "named in catalogue.toml but not there"]
    assert "press/p360-2024-sarajevo-in-brief.md" in [item.path for item in named]


# --- one thing changes -----------------------------------------------------------------------------------


def test_one_more_file_is_the_only_one_that_is_read(indexed: Desk) -> None:
    indexed.write(
        "speeches/second.txt", "Second speech\n\nZebras are not what this meeting is about at all.\n"
    )
    report = indexed.run()
    assert indexed.recorder.read == ["speeches/second.txt"]
    assert indexed.recorder.steps["indexing"] == ["speeches/second.txt"]
    assert (paths(report), report.unchanged) == ({"added": ["speeches/second.txt"]}, 3)
    assert indexed.found("zebras") == ["speeches-second"]
    assert indexed.holds() == indexed.afresh()


def test_a_changed_file_is_read_again_and_its_old_words_are_found_no_more(indexed: Desk) -> None:
    old = passage_ids("speeches-opening", [TRUST])[0]
    reworded = TRUST.replace("officers", "officers and officials")
    indexed.write("speeches/opening.txt", SPEECH.replace(TRUST, reworded))
    report = indexed.run()
    assert paths(report) == {"changed": ["speeches/opening.txt"]}
    assert report.changed[0].because == "content"
    assert (report.passages_added, report.passages_removed) == (1, 1)
    assert indexed.found('"training of officers and officials"') == ["speeches-opening"]
    assert indexed.found('"training of officers in"') == []
    assert indexed.state(old) == ("reworded", passage_ids("speeches-opening", [reworded])[0])
    assert indexed.holds() == indexed.afresh()


def test_a_removed_file_leaves_the_index_and_its_ids_answer_withdrawn(indexed: Desk) -> None:
    old = indexed.ids("background-note")
    (indexed.corpus / "background/note.md").unlink()
    report = indexed.run()
    assert paths(report) == {"removed": ["background/note.md"]}
    assert report.passages_removed == len(old)
    assert indexed.found("interoperability") == []
    assert {indexed.state(passage_id) for passage_id in old} == {("withdrawn", None)}


def test_a_renamed_file_is_not_read_again_and_its_old_ids_answer_moved(indexed: Desk) -> None:
    old = indexed.ids("background-note")
    (indexed.corpus / "background/note.md").rename(indexed.corpus / "background/exercises.md")
    report = indexed.run()
    assert indexed.recorder.read == []
    assert paths(report) == {"added": ["background/exercises.md"], "removed": ["background/note.md"]}
    new = indexed.ids("background-exercises")
    assert [indexed.state(passage_id) for passage_id in old] == [("moved", passage_id) for passage_id in new]


def test_a_file_renamed_under_one_catalogued_id_keeps_its_links_and_goes_into_no_ledger(desk: Desk) -> None:
    desk.write("catalogue.toml", '[[documents]]\npath = "background/note.md"\nid = "note"\n')
    desk.run()
    old = desk.ids("note")
    (desk.corpus / "background/note.md").rename(desk.corpus / "background/exercises.md")
    desk.write("background/exercises.md", NOTE.replace("five years", "five or six years"))
    desk.write("catalogue.toml", '[[documents]]\npath = "background/exercises.md"\nid = "note"\n')
    report = desk.run()
    assert (report.passages_added, report.passages_removed) == (1, 1)
    states = [desk.state(passage_id) for passage_id in old]
    assert [state for state, _ in states].count("same") == len(old) - 1
    assert [state for state, _ in states].count("reworded") == 1
    assert len((desk.corpus / "ledger.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_words_that_come_back_answer_for_themselves_again(indexed: Desk) -> None:
    old = indexed.ids("background-note")
    (indexed.corpus / "background/note.md").unlink()
    indexed.run()
    indexed.write("background/note.md", NOTE)
    report = indexed.run()
    assert indexed.recorder.read == []
    assert report.passages_added == len(old)
    assert {indexed.state(passage_id) for passage_id in old} == {("same", passage_id) for passage_id in old}


def test_a_link_outlives_the_index(indexed: Desk) -> None:
    old = indexed.ids("background-note")[0]
    (indexed.corpus / "background/note.md").unlink()
    indexed.run()
    shutil.rmtree(indexed.settings.index)
    indexed.run()
    assert indexed.state(old) == ("withdrawn", None)


def test_a_change_of_the_catalogue_is_taken_over_without_reading(indexed: Desk) -> None:
    old = indexed.ids("background-note")
    entry = '[[documents]]\npath = "background/note.md"\nid = "exercises"\ntitle = "On exercises"\n'
    indexed.write("catalogue.toml", entry)
    report = indexed.run()
    assert indexed.recorder.read == []
    assert [(change.path, change.because) for change in report.changed] == [
        ("background/note.md", "catalogue")
    ]
    new = indexed.ids("exercises")
    assert [indexed.state(passage_id) for passage_id in old] == [("moved", passage_id) for passage_id in new]
    assert indexed.holds() == indexed.afresh()


def test_a_change_of_the_editions_alone_is_published(indexed: Desk) -> None:
    indexed.write("catalogue.toml", '[[editions]]\nid = "e"\ntitle = "T"\nplace = "P"\n')
    report = indexed.run()
    assert (report.published, paths(report)) == (True, {})
    assert [edition.edition_id for edition in indexed.holds()["editions"]] == ["e"]
    assert not indexed.run().published


def test_a_change_of_the_themes_marks_anew_without_reading(indexed: Desk) -> None:
    indexed.write("themes.toml", THEMES + '[[themes]]\nid = "exercises"\nlabel = "Exercises"\n')
    report = indexed.run()
    assert indexed.recorder.read == []
    assert [change.because for change in report.changed] == ["themes"] * 3
    assert (report.passages_added, report.passages_removed) == (0, 0)
    assert indexed.found("theme:exercises") == ["background-note"]
    assert indexed.holds() == indexed.afresh()


def test_an_edit_that_says_the_same_changes_no_id(indexed: Desk) -> None:
    old = indexed.ids("speeches-opening")
    indexed.write("speeches/opening.txt", SPEECH.replace("Trust Fund", "trust-fund").replace(". ", ".\n"))
    report = indexed.run()
    assert (report.passages_added, report.passages_removed) == (0, 0)
    assert indexed.ids("speeches-opening") == old
    assert not (indexed.corpus / "ledger.jsonl").exists()


def test_a_file_touched_but_not_changed_is_unchanged(indexed: Desk) -> None:
    os.utime(indexed.corpus / "background/note.md", (1, 1))
    assert not indexed.run().published


def test_many_changes_in_any_order_end_like_an_index_built_afresh(indexed: Desk) -> None:
    for number in range(3):
        indexed.write(f"more/{number}.txt", f"Text {number}\n\nThis text is number {number} of three.\n")
        (indexed.corpus / f"more/{number - 1}.txt").unlink(missing_ok=True)
        indexed.write(
            "speeches/opening.txt", SPEECH + f"\nA paragraph was added in round {number} of three.\n"
        )
        indexed.run()
    assert indexed.holds() == indexed.afresh()


# --- files that cannot be read ---------------------------------------------------------------------------


def test_a_broken_file_is_named_with_reason_and_remedy_and_not_tried_again(indexed: Desk) -> None:
    indexed.write("reports/broken.pdf", b"%PDF-1.7\nnothing of a PDF")
    first = indexed.run()
    (failed,) = first.failed
    assert failed.path == "reports/broken.pdf"
    assert failed.detail
    assert remedy(failed.reason)
    assert indexed.recorder.read == ["reports/broken.pdf"]
    assert indexed.holds()["unread"] == [
        {"path": "reports/broken.pdf", "reason": failed.reason, "detail": failed.detail}
    ]
    second = indexed.run()
    assert (indexed.recorder.read, second.failed, second.published) == ([], first.failed, False)
    assert_accounts_for_every_file(indexed, second)


def test_retry_tries_files_again_that_could_not_be_read_and_only_those(indexed: Desk) -> None:
    indexed.write("reports/broken.pdf", b"nothing of a PDF")
    indexed.run()
    indexed.run(retry=True)
    assert indexed.recorder.read == ["reports/broken.pdf"]


def test_a_broken_file_is_read_when_it_was_mended(indexed: Desk) -> None:
    indexed.write("more/empty.txt", "")
    assert [item.reason for item in indexed.run().failed] == ["empty file"]
    indexed.write("more/empty.txt", "Now there are some words in this file.\n")
    report = indexed.run()
    assert paths(report) == {"added": ["more/empty.txt"]}
    assert indexed.holds()["unread"] == []


def test_a_good_file_that_breaks_leaves_the_index_and_its_links_say_so(indexed: Desk) -> None:
    old = indexed.ids("background-note")
    indexed.write("background/note.md", b"\x00\x01\x02\x03" * 300)
    report = indexed.run()
    assert [item.path for item in report.failed] == ["background/note.md"]
    assert_accounts_for_every_file(indexed, report)
    assert report.passages_removed == len(old)
    assert indexed.state(old[0]) == ("withdrawn", None)
    assert not indexed.run().published


def test_a_good_file_that_grows_above_the_limit_is_in_one_list(indexed: Desk) -> None:
    indexed.write("catalogue.toml", '[[documents]]\npath = "background/note.md"\n')
    with (indexed.corpus / "background/note.md").open("ab") as file:
        file.truncate(2 * 2**20)
    indexed.settings = replace(indexed.settings, max_mb=1)
    report = indexed.run()
    assert paths(report)["failed"] == ["background/note.md"]
    assert "removed" not in paths(report)
    assert "skipped" not in paths(report)
    assert_accounts_for_every_file(indexed, report)
    assert indexed.found("interoperability") == []


def test_everything_that_lies_in_a_corpus_is_accounted_for(indexed: Desk, tmp_path: Path) -> None:
    indexed.write("odd/.hidden.txt", "words")
    indexed.write("odd/sheet.xlsx", "words")
    indexed.write("odd/two\nlines.txt", "A name over two lines has words in it.\n")
    indexed.write("odd/-rf.txt", "A name that begins with a dash.\n")
    indexed.write("odd/=1+1.md", "A name that looks like a formula.\n")
    indexed.write("odd/fake.pdf", "no PDF")
    (indexed.corpus / "odd/out.txt").symlink_to(tmp_path / "elsewhere.txt")
    os.mkfifo(indexed.corpus / "odd/pipe.txt")
    report = indexed.run()
    assert_accounts_for_every_file(indexed, report)
    assert paths(report) == {
        "added": ["odd/-rf.txt", "odd/=1+1.md", "odd/two\nlines.txt"],
        "failed": ["odd/fake.pdf", "odd/sheet.xlsx"],
        "skipped": ["odd/.hidden.txt", "odd/out.txt", "odd/pipe.txt"],
    }
    assert indexed.found("lines") == ["odd-two-lines"]


def test_a_file_that_vanishes_while_it_is_read_is_not_remembered_as_broken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.write("more/late.txt", "Words that come and go.\n")
    hide = file.with_suffix(".away")
    stage = type(desk.recorder).stage

    def vanish(recorder: object, name: str, total: int) -> None:
        stage(recorder, name, total)  # type: ignore[arg-type]
        if name == "reading" and file.exists():
            file.rename(hide)

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.recorder), "stage", vanish)
        assert [item.reason for item in desk.run().failed] == ["file vanished or cannot be opened"]
    hide.rename(file)
    assert paths(desk.run()) == {"added": ["more/late.txt"]}


# --- the plan --------------------------------------------------------------------------------------------


def test_a_plan_says_exactly_what_the_next_run_does_and_publishes_nothing(indexed: Desk) -> None:
    indexed.write("speeches/second.txt", "Second speech\n\nIt was a short speech about nothing much.\n")
    indexed.write("speeches/opening.txt", SPEECH.replace("never forget", "always remember"))
    indexed.write("reports/broken.pdf", "no PDF")
    (indexed.corpus / "background/note.md").unlink()
    before = Generations(indexed.settings.index).sealed()
    plan = indexed.run(plan_only=True)
    assert Generations(indexed.settings.index).sealed() == before
    assert not (indexed.corpus / "ledger.jsonl").exists()
    assert not plan.published
    real = indexed.run()
    assert real.published
    assert paths(plan) == paths(real)
    assert (plan.passages_added, plan.passages_removed, plan.passages_total, plan.unchanged) == (
        real.passages_added, real.passages_removed, real.passages_total, real.unchanged,
    )  # fmt: skip
    assert real.passages_total == len(indexed.holds()["passages"])


def test_a_plan_of_a_corpus_that_was_never_indexed_publishes_nothing(desk: Desk) -> None:
    plan = desk.run(plan_only=True)
    assert paths(plan) == {"added": FIRST}
    assert plan.generation is None
    assert Generations(desk.settings.index).current_id() is None
    real = desk.run()
    assert desk.recorder.read == []
    assert real.passages_total == plan.passages_total


def test_a_plan_does_not_wait_for_a_writer(indexed: Desk) -> None:
    with Generations(indexed.settings.index).writing():
        assert indexed.run(plan_only=True).unchanged == 3
        with pytest.raises(IndexLocked):
            indexed.run()


# --- ids -------------------------------------------------------------------------------------------------


def test_two_files_of_the_same_words_are_two_documents_read_once(desk: Desk) -> None:
    desk.write("more/a.txt", SPEECH)
    desk.run()
    assert len([path for path in desk.recorder.read if path.endswith(".txt")]) == 1
    assert desk.found('"training of officers"') == ["more-a", "speeches-opening"]
    first, second = desk.ids("more-a"), desk.ids("speeches-opening")
    assert [p.rpartition("/")[2] for p in first] == [p.rpartition("/")[2] for p in second]
    assert not set(first) & set(second)


def test_a_pdf_that_comes_beside_a_page_takes_the_plain_id(indexed: Desk) -> None:
    old = indexed.ids("press-text")
    digest = next((SHIPPED / "digests").glob("*.pdf"))
    indexed.write("press/text.pdf", digest.read_bytes())
    indexed.run()
    documents = {d["path"]: d["document_id"] for d in indexed.holds()["documents"]}
    assert (documents["press/text.pdf"], documents["press/text.html"]) == ("press-text", "press-text-html")
    assert indexed.state(old[0]) == ("moved", indexed.ids("press-text-html")[0])
    assert indexed.holds() == indexed.afresh()


def test_ids_may_be_swapped_by_the_catalogue(indexed: Desk) -> None:
    entry = '[[documents]]\npath = "{}"\nid = "{}"\n'
    indexed.write(
        "catalogue.toml",
        entry.format("background/note.md", "press-text") + entry.format("press/text.html", "background-note"),
    )
    indexed.run()
    documents = {d["path"]: d["document_id"] for d in indexed.holds()["documents"]}
    assert documents["background/note.md"] == "press-text"
    assert indexed.found("interoperability") == ["press-text"]
    assert indexed.holds() == indexed.afresh()


# --- other engines, damage, bad files --------------------------------------------------------------------


def test_another_engine_builds_anew_from_the_cache_and_back(indexed: Desk) -> None:
    for engine in ("memory", "whoosh"):
        indexed.settings = replace(indexed.settings, engine=engine)
        report = indexed.run()
        assert indexed.recorder.read == []
        assert report.published
        assert f"now it is {engine}" in report.notes[0]
        assert indexed.found("interoperability") == ["background-note"]


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # whoosh leaves files open then
@pytest.mark.parametrize(
    "damage",
    ["CURRENT", "CURRENT not UTF-8", "meta.json", "format", "catalog.sqlite", "engine", "engine file"],
)
def test_a_damaged_index_is_built_anew_from_the_cache_with_a_note(indexed: Desk, damage: str) -> None:
    whole = indexed.holds()
    folder = Generations(indexed.settings.index).current().folder
    match damage:
        case "CURRENT":
            (indexed.settings.index / "CURRENT").write_text("nothing\n", encoding="utf-8")
        case "CURRENT not UTF-8":
            (indexed.settings.index / "CURRENT").write_bytes(b"\xff\xfe")
        case "meta.json":
            (folder / "meta.json").write_text("{", encoding="utf-8")
        case "format":
            (folder / "meta.json").write_text('{"format": 999}', encoding="utf-8")
        case "catalog.sqlite":
            (folder / "catalog.sqlite").write_bytes(b"garbage" * 900)
        case "engine":
            shutil.rmtree(folder / "whoosh")
        case "engine file":
            next((folder / "whoosh").glob("*.toc")).unlink()
    report = indexed.run()
    assert report.published
    assert report.notes[0].startswith("built anew: ")
    assert indexed.recorder.read == []
    assert indexed.holds() == whole
    assert indexed.found("interoperability") == ["background-note"]


def test_a_damaged_cache_entry_is_read_again(indexed: Desk) -> None:
    for entry in (indexed.settings.index / "cache").rglob("*.gz"):
        entry.write_bytes(b"\x1f\x8b garbage")
    indexed.write("themes.toml", "")
    indexed.run()
    assert indexed.recorder.read == FIRST
    assert indexed.holds() == indexed.afresh()


def test_an_empty_corpus_makes_an_empty_index(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    shutil.rmtree(desk.corpus)
    desk.corpus.mkdir()
    report = desk.run()
    assert (report.published, report.passages_total, paths(report)) == (True, 0, {})
    assert desk.found("anything") == []
    assert not desk.run().published


def test_a_corpus_that_becomes_empty_leaves_links_that_say_withdrawn(indexed: Desk) -> None:
    old = indexed.ids("background-note")[0]
    for path in FIRST:
        (indexed.corpus / path).unlink()
    assert indexed.run().passages_total == 0
    assert indexed.state(old) == ("withdrawn", None)


def test_without_a_corpus_the_old_index_stays(indexed: Desk) -> None:
    shutil.rmtree(indexed.corpus)
    with pytest.raises(CorpusMissing):
        indexed.run()
    assert indexed.found("interoperability") == ["background-note"]


@pytest.mark.parametrize("name", ["catalogue.toml", "themes.toml", "ledger.jsonl"])
def test_a_bad_file_of_staff_stops_the_run_and_the_old_index_stays(indexed: Desk, name: str) -> None:
    before = Generations(indexed.settings.index).sealed()
    (indexed.corpus / "background/note.md").unlink()
    indexed.write(name, "<<<<<<< HEAD\n")
    with pytest.raises(BadFile, match=name):
        indexed.run()
    assert Generations(indexed.settings.index).sealed() == before
    assert indexed.found("interoperability") == ["background-note"]
    assert list((indexed.settings.index / "generations").glob(".building-*")) == []


def test_where_the_ledger_cannot_be_written_nothing_is_published(indexed: Desk) -> None:
    before = Generations(indexed.settings.index).sealed()
    (indexed.corpus / "ledger.jsonl.new").mkdir()  # stands for a corpus that may not be written
    (indexed.corpus / "background/note.md").unlink()
    with pytest.raises(LedgerReadOnly, match="nothing was published"):
        indexed.run()
    assert Generations(indexed.settings.index).sealed() == before
    assert indexed.found("interoperability") == ["background-note"]


def test_a_read_only_corpus_can_be_indexed_as_long_as_no_link_breaks(desk: Desk) -> None:
    (desk.corpus / "ledger.jsonl.new").mkdir()
    assert desk.run().published
    desk.write("more/a.txt", "One more text with some words.\n")
    assert desk.run().published


# --- killed ----------------------------------------------------------------------------------------------

MARKED = 4


def mark(desk: Desk, word: str) -> None:
    """Puts a word into four texts, and a paragraph into twenty others."""
    for number in range(MARKED):
        desk.write(
            f"marked/{number}.txt", f"Text {number}\n\nThe password of text {number} is {word} today.\n"
        )
    for number in range(20):
        desk.write(
            f"other/{number}.txt", f"Text {number}\n\n" + f"Round {word[3:5]} said {number} times. " * 60
        )


def killed(desk: Desk, line: str, delay: float, *, tree: bool) -> int:
    """Kills a real `findings index` so long after its progress showed a line; how many processes it leaves."""
    where = ["--corpus", str(desk.corpus), "--index", str(desk.settings.index)]
    process = subprocess.Popen(
        [*COMMAND, *where, "index"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    with process.stderr as lines:
        said: list[str] = []
        while not (said and (said[-1].startswith(line) or not said[-1])):
            said.append(lines.readline())
        time.sleep(delay)
        if tree:
            for pid in (process.pid, *members(process.pid)):
                _kill(pid)
        process.kill()
        process.wait()
    assert said[-1], f"ended before {line!r}: {said}"
    until = time.monotonic() + 5
    while members(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    return len(members(process.pid))


def members(session: int) -> list[int]:
    """The living processes of a session, from /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return


@pytest.mark.skipif(sys.platform != "linux", reason="looks for orphans in /proc")
def test_a_run_killed_at_any_moment_leaves_the_old_index_or_the_new_one_and_no_process(
    indexed: Desk,
) -> None:
    mark(indexed, "zqvoldxk")
    indexed.run()
    published = "zqvoldxk"
    moments = [
        ("reading: 0", 0.0), ("indexing: 0", 0.0), ("indexing: 0", 0.02), ("indexing: 24", 0.0), ("indexing: 24", 0.04),
    ]  # fmt: skip
    for number, (line, delay) in enumerate(moments):
        fresh = f"zqv{'abcdefghij'[number]}xk"
        mark(indexed, fresh)
        assert killed(indexed, line, delay, tree=number % 2 == 0) == 0
        seen = {word: len(indexed.found(word)) for word in (published, fresh)}
        assert sorted(seen.values()) == [0, MARKED], (line, delay, seen)
        published = max(seen, key=lambda word: seen[word])
    mark(indexed, "zqvlastxk")
    assert indexed.run().published
    assert len(indexed.found("zqvlastxk")) == MARKED
    assert list((indexed.settings.index / "generations").glob(".building-*")) == []
    assert indexed.holds() == indexed.afresh()


def test_a_second_index_at_the_same_time_ends_with_4_and_says_why(indexed: Desk) -> None:
    where = ["--corpus", str(indexed.corpus), "--index", str(indexed.settings.index)]
    with Generations(indexed.settings.index).writing():
        second = subprocess.run(
            [*COMMAND, *where, "index", "--json"], capture_output=True, text=True, check=False
        )
    assert second.returncode == 4
    assert second.stdout == ""
    assert second.stderr.strip() == (
        f"findings: {indexed.settings.index}: another `findings index` is running on this index; wait for it to end"
    )
