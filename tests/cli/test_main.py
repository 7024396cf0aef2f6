"""The command itself: help, settings, the one place of errors, and exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import COMMANDS
from search.store.generations import INDEX_FORMAT
from tests.cli.conftest import Run
from tests.indexer.corpora import Desk

PROGRAM = [sys.executable, "-c", "from cli.main import main; main()"]
READERS = [
    ("search", "peace"), ("batch", "{file}"), ("show", "a/aaaaaaaaaa"), ("quote", "some words"),
    ("export", "passages"), ("status",), ("undo",),
]  # fmt: skip


def test_help_names_every_command(anywhere: Run) -> None:
    ran = anywhere("--help")
    assert ran.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(anywhere: Run, name: str) -> None:
    ran = anywhere(name, "-h")
    assert (ran.code, ran.err) == (0, "")
    assert name == "themes" or "Example" in ran.out or name in ("status", "undo")


def test_the_version_is_that_of_the_package(anywhere: Run) -> None:
    assert "findings, version 0." in anywhere("--version").out


@pytest.mark.parametrize(
    "arguments", [("serch",), ("search",), ("search", "--limit", "0", "x"), ("export", "all")]
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(anywhere: Run, arguments: tuple[str, ...]) -> None:
    ran = anywhere(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err
    assert "Error:" in ran.err


@pytest.mark.parametrize("arguments", READERS)
def test_without_an_index_every_reader_ends_with_4_and_says_what_to_do(
    anywhere: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "text": "x"}\n', encoding="utf-8")
    ran = anywhere(
        "--index", str(tmp_path / "none"), *(a.format(file=tmp_path / "q.jsonl") for a in arguments)
    )
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == f"findings: {tmp_path / 'none'}: no index yet; run `findings index`\n"


@pytest.mark.parametrize("arguments", [("search", "peace"), ("show", "a/aaaaaaaaaa"), ("status", "--json")])
def test_an_index_of_another_format_ends_with_4(fresh: Run, desk: Desk, arguments: tuple[str, ...]) -> None:
    fresh("index")
    (meta,) = desk.settings.index.glob("generations/*/meta.json")
    meta.write_text('{"format": 99}', encoding="utf-8")
    ran = fresh(*arguments)
    assert (ran.code, ran.out) == (4, "")
    wanted = f"index format 99, this version reads {INDEX_FORMAT}; run `findings index` to build it anew"
    assert wanted in ran.err


def test_an_unknown_setting_ends_with_2_and_the_nearest_name(
    findings: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_CORPS", "x")
    ran = findings("status")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("findings: unknown setting FINDINGS_CORPS; did you mean FINDINGS_CORPUS?")


def test_a_bad_setting_ends_with_2(findings: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINDINGS_PORT", "many")
    assert findings("status").err == "findings: FINDINGS_PORT='many': wanted is a port from 0 to 65535\n"


def test_the_environment_names_the_folders_and_options_go_before_it(
    anywhere: Run, library: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FINDINGS_INDEX", str(library.settings.index))
    assert anywhere("status").code == 0
    assert anywhere("--index", str(tmp_path), "status").code == 4


def test_an_index_folder_that_cannot_be_made_is_no_defect_of_ours(fresh: Run, desk: Desk) -> None:
    desk.settings.index.write_text("a file where the folder should be", encoding="utf-8")
    ran = fresh("index")
    assert ran.code == 2
    assert str(desk.settings.index) in ran.err
    assert "nothing was published" in ran.err and "Traceback" not in ran.err


def test_results_go_to_stdout_and_nothing_is_printed_when_the_reader_has_gone(library: Desk) -> None:
    where = ["--corpus", str(library.corpus), "--index", str(library.settings.index)]
    shell = subprocess.run(
        ["bash", "-c", '"$@" | true; exit ${PIPESTATUS[0]}', "bash", *PROGRAM, *where, "export", "passages"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (shell.returncode, shell.stdout, shell.stderr) == (0, "", "")
