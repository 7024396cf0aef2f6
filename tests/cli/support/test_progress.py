"""Progress of long work on stderr: a line now and then where there is no terminal, a bar where there is one."""

from __future__ import annotations

import io

import pytest

from cli.support import progress
from cli.support.progress import IndexProgress


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_a_stage_has_a_first_and_a_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    shown = IndexProgress()
    shown.stage("reading", 3)
    for name in "abc":
        shown.step(name)
    shown.stage("writing the index", 0)
    shown.close()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "reading: 0 of 3\nreading: 3 of 3\n"


def test_slow_work_shows_more_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_EVERY", -1.0)
    shown = IndexProgress()
    shown.stage("reading", 3)
    shown.step("a")
    shown.step("b")
    assert capsys.readouterr().err == "reading: 0 of 3\nreading: 1 of 3\nreading: 2 of 3\n"


def test_a_stage_without_steps_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    shown = IndexProgress()
    shown.stage("reading", 0)
    shown.close()
    assert capsys.readouterr().err == ""


def test_on_a_terminal_there_is_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    shown = IndexProgress()
    shown.stage("reading", 2)
    shown.step("a.txt")
    shown.step("\N{RIGHT-TO-LEFT OVERRIDE}[red]b\n.txt")
    shown.close()
    drawn = terminal.getvalue()
    assert "reading" in drawn
    assert "2/2" in drawn
    assert "\x1b[?25h" in drawn
