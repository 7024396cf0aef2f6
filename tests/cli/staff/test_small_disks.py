"""`findings index` on a disk that is full, and on one that can only be read: a sentence, the old index, and on again with room."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.webapp.small_disk import FILL, LOCK, can_mount, on_small_disk

pytestmark = pytest.mark.skipif(not can_mount(), reason="no small file system can be mounted here")
ROOT = Path(__file__).parents[3]
FINDINGS = (
    f"env FINDINGS_MEANING=off PYTHONPATH={ROOT} {sys.executable} -c 'from cli.main import main; main()'"
)
GENERATION = re.compile(r"\d{8}T\d+-\w{6}|\.building.*")
ROOM = "Trust funds pay for the training of {n} officers in the harbour towns every year. "


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "first.md").write_text("# First\n\nThe first harbour report says this.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    run = f"{FINDINGS} --corpus {corpus} --index {folder} index"
    subprocess.run(["sh", "-c", run], check=True, capture_output=True)
    return folder


def with_more(corpus: Path, folder: Path) -> Path:
    """The corpus with one more, large report."""
    shutil.copytree(corpus, folder)
    paragraphs = "\n\n".join(ROOM.format(n=number) * 3 + f"Number {number}." for number in range(600))
    (folder / "second.md").write_text(f"# Second\n\n{paragraphs}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("size", "trouble", "reason"),
    [
        ("8m", FILL, "No space left on device"),
        ("700k", "true", "No space left on device"),  # full in the midst of a build
        ("8m", LOCK, "Read-only file system"),
    ],
    ids=["full", "full while writing", "read-only"],
)
def test_a_disk_that_takes_no_more_is_told_in_a_sentence_and_the_old_index_answers(
    corpus: Path, index: Path, tmp_path: Path, size: str, trouble: str, reason: str
) -> None:
    more, disk = with_more(corpus, tmp_path / "more"), tmp_path / "disk"
    disk.mkdir()
    findings = f"{FINDINGS} --corpus {more} --index {disk}"
    script = f"{trouble}; {findings} index; echo code $?; {findings} search harbour; ls -A generations"
    if trouble == "true":
        script += f"; mount -o remount,size=50m .; {findings} index; echo then $?"
    done = subprocess.run(
        on_small_disk(disk, index, script, size), capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert "code 2" in done.stdout, said
    assert reason in done.stderr, said
    assert str(disk) in done.stderr, said
    assert "The first harbour report" in done.stdout, said
    generations = [line for line in done.stdout.splitlines() if GENERATION.fullmatch(line)]
    assert len(generations) == 1, "what was begun on the full disk is gone"
    assert trouble != "true" or "then 0" in done.stdout, said
