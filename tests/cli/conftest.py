"""The `findings` command, run in this process with its real exit codes, over a small indexed corpus."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.indexer.corpora import NOTE, SPEECH, THEMES, Desk, small_desk

CATALOGUE = """[[editions]]
id = "p360-2022"
title = "Third symposium"
place = "Geneva, Switzerland"
start = 2022-07-11

[[documents]]
path = "speeches/opening.txt"
id = "opening"
title = "=Opening speech"
edition = "p360-2022"
date = 2022-07-11
speakers = ["Ms Ana"]
"""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout; anything beside it is an error."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON values on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `findings` with these arguments."""

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["findings", *arguments])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return run


def on(desk: Desk, run: Run) -> Run:
    """Runs `findings` on a corpus and its index."""
    where = ("--corpus", str(desk.corpus), "--index", str(desk.settings.index))
    return lambda *arguments: run(*where, *arguments)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An indexed corpus with ids that moved, were reworded and withdrawn; tests only read it."""
    desk = small_desk(tmp_path_factory.mktemp("cli"))
    desk.write("catalogue.toml", CATALOGUE)
    desk.write("themes.toml", THEMES)
    desk.write("background/old.md", "# Old\n\nThese words will move to another file of the corpus.\n")
    desk.run()
    desk.write("background/note.md", NOTE.replace("five years", "six years"))
    (desk.corpus / "background/old.md").rename(desk.corpus / "background/new.md")
    desk.write("speeches/opening.txt", SPEECH.partition("We must never")[0])
    desk.write("reports/broken.pdf", "no PDF at all")
    desk.run()
    return desk


@pytest.fixture
def findings(library: Desk, anywhere: Run) -> Run:
    """Runs `findings` on the indexed corpus."""
    return on(library, anywhere)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus of its own, not yet indexed."""
    return small_desk(tmp_path)


@pytest.fixture
def fresh(desk: Desk, anywhere: Run) -> Run:
    """Runs `findings` on the corpus of its own."""
    return on(desk, anywhere)
