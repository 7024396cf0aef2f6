"""What lies in a corpus: every file in exactly one list, and what is left out has a reason."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from indexer.corpus.inventory import Inventory, take_inventory
from search.errors import CorpusMissing


def written(folder: Path, path: str, text: str = "words") -> Path:
    """A file with these words."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def taken(folder: Path, max_mb: int = 200) -> Inventory:
    """The inventory of a folder."""
    return take_inventory(folder, max_mb)


def left_out(inventory: Inventory) -> dict[str, str]:
    """Path to reason of what is not read."""
    return {item.path: item.reason for item in (*inventory.failed, *inventory.skipped)}


def test_a_corpus_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match=r"nowhere: no such corpus folder; name it with --corpus"):
        taken(tmp_path / "nowhere")
    with pytest.raises(CorpusMissing):
        taken(written(tmp_path, "file.txt"))


def test_an_empty_corpus_has_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path) == Inventory((), (), ())


def test_documents_come_by_path_with_the_digest_of_their_content(tmp_path: Path) -> None:
    for name in ("b/deep/er.PDF", "a.txt", "c.htm"):
        written(tmp_path, name, name)
    sources = taken(tmp_path).sources
    assert [source.path for source in sources] == ["a.txt", "b/deep/er.PDF", "c.htm"]
    assert [source.sha256 for source in sources] == [
        hashlib.sha256(source.path.encode()).hexdigest() for source in sources
    ]


def test_staff_s_own_files_are_no_documents_but_only_at_the_top(tmp_path: Path) -> None:
    for name in ("catalogue.toml", "themes.toml", "sources.toml", "corrections.toml", "ledger.jsonl"):
        written(tmp_path, name)
    written(tmp_path, "sub/themes.toml")
    assert left_out(taken(tmp_path)) == {"sub/themes.toml": "no format of documents"}


def test_hidden_files_are_left_out_whatever_they_are(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/config", "a/.b/c.pdf"):
        written(tmp_path, name)
    inventory = taken(tmp_path)
    assert inventory.sources == ()
    assert left_out(inventory) == dict.fromkeys((".git/config", ".hidden.txt", "a/.b/c.pdf"), "hidden file")


def test_a_document_without_a_reader_is_missed_and_the_readers_are_named(tmp_path: Path) -> None:
    for name in ("sheet.xlsx", "old.doc", "no-ending", "picture.jpg"):
        written(tmp_path, name)
    inventory = taken(tmp_path)
    assert [(item.path, item.reason) for item in inventory.failed] == [
        ("old.doc", "no reader for this format"),
        ("sheet.xlsx", "no reader for this format"),
    ]
    assert [item.path for item in inventory.skipped] == ["no-ending", "picture.jpg"]
    assert ".pdf" in inventory.failed[0].detail


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("~$report.docx", "lock of an open document"),
        ("old/~$nutes.docx", "lock of an open document"),
        ("~WRL0003.tmp", "lock of an open document"),
        ("report.pdf.crdownload", "unfinished download"),
        ("report.pdf.part", "unfinished download"),
        ("notes.txt~", "backup of an editor"),
        ("notes.md.bak", "backup of an editor"),
        ("#notes.md#", "backup of an editor"),
        ("Thumbs.db", "file of the operating system"),
        ("desktop.ini", "file of the operating system"),
        ("._report.docx", "file of the operating system"),
        (".DS_Store", "file of the operating system"),
    ],
)
def test_what_programs_leave_beside_documents_is_none(tmp_path: Path, name: str, kind: str) -> None:
    written(tmp_path, name)
    inventory = taken(tmp_path)
    assert [(item.path, item.reason, item.detail) for item in inventory.skipped] == [
        (name, "no document", kind)
    ]
    assert not inventory.failed


def test_the_parts_of_a_saved_page_are_named_once(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/a.html", "page_files/deep/b.txt", "other_files/c.txt"):
        written(tmp_path, name)
    inventory = taken(tmp_path)
    assert [source.path for source in inventory.sources] == ["other_files/c.txt", "page.html"]
    assert [(item.path, item.detail) for item in inventory.skipped] == [
        ("page_files/", "parts of the saved page page.html")
    ]


def test_staff_leave_out_files_by_patterns(tmp_path: Path) -> None:
    for name in ("a.txt", "drafts/b.txt", "drafts/keep.txt", "c.md"):
        written(tmp_path, name)
    written(tmp_path, ".findingsignore", "# not ready\ndrafts/*\n!drafts/keep.txt\n*.md\n")
    inventory = taken(tmp_path)
    assert [source.path for source in inventory.sources] == ["a.txt", "drafts/keep.txt"]
    assert left_out(inventory) == dict.fromkeys(("c.md", "drafts/b.txt"), "left out by .findingsignore")


def test_links_are_followed_inside_the_corpus_only(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    written(corpus, "real.txt")
    (corpus / "inside.txt").symlink_to(corpus / "real.txt")
    (corpus / "outside.txt").symlink_to(written(tmp_path, "secret.txt"))
    (corpus / "dangling.txt").symlink_to(corpus / "gone.txt")
    (corpus / "dangling-out.txt").symlink_to(tmp_path / "gone.txt")
    inventory = taken(corpus)
    assert [source.path for source in inventory.sources] == ["inside.txt", "real.txt"]
    assert left_out(inventory) == {
        "outside.txt": "link that leads out of the corpus",
        "dangling-out.txt": "link that leads out of the corpus",
        "dangling.txt": "file vanished or cannot be opened",
    }


def test_a_link_to_itself_is_reported_not_followed_for_ever(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert list(left_out(taken(tmp_path))) == ["loop.txt"]


def test_a_corpus_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    written(tmp_path / "real", "a.txt")
    (tmp_path / "corpus").symlink_to(tmp_path / "real")
    assert [source.path for source in taken(tmp_path / "corpus").sources] == ["a.txt"]


def test_linked_folders_are_not_followed_and_said_so(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    written(corpus, "a.txt")
    written(tmp_path, "elsewhere/b.txt")
    (corpus / "linked").symlink_to(tmp_path / "elsewhere")
    (corpus / "circle").symlink_to(corpus)
    assert left_out(taken(corpus)) == {"circle": "link to a folder", "linked": "link to a folder"}


def test_a_name_that_cannot_be_read_is_a_failure_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words", encoding="utf-8")
    (tmp_path / os.fsdecode(b"fol\xe9der")).mkdir()
    (tmp_path / os.fsdecode(b"fol\xe9der") / "a.txt").write_text("words", encoding="utf-8")
    failed = taken(tmp_path).failed
    assert {(item.path, item.reason, item.detail) for item in failed} == {
        ("caf?.txt", "file name is not UTF-8", "rename it"),
        ("fol?der/a.txt", "file name is not UTF-8", "rename it"),
    }


def test_a_name_with_a_line_end_is_a_name(tmp_path: Path) -> None:
    written(tmp_path, "two\nlines.txt")
    assert [source.path for source in taken(tmp_path).sources] == ["two\nlines.txt"]


def test_a_file_above_the_limit_is_a_failure_that_says_how_large_it_is(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(2 * 2**20 + 1)
    written(tmp_path, "small.txt")
    inventory = taken(tmp_path, max_mb=2)
    assert [source.path for source in inventory.sources] == ["small.txt"]
    (big,) = inventory.failed
    assert (big.reason, big.detail) == ("larger than the limit", "2 MB, read are files up to 2 MB")


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(2**20)
    assert len(taken(tmp_path, max_mb=1).sources) == 1


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert left_out(taken(tmp_path)) == {"pipe.txt": "no ordinary file"}


def test_a_folder_with_the_ending_of_a_document_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "report.pdf/a.txt")
    assert [source.path for source in taken(tmp_path).sources] == ["report.pdf/a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_a_failure_with_the_reason(tmp_path: Path) -> None:
    written(tmp_path, "closed.txt").chmod(0)
    written(tmp_path, "shut/a.txt")
    (tmp_path / "shut").chmod(0)
    try:
        failed = taken(tmp_path).failed
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert [(item.path, item.detail) for item in failed] == [
        ("closed.txt", "Permission denied"),
        ("shut/", "Permission denied"),
    ]
