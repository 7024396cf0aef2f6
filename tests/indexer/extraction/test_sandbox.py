from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.extraction import sandbox, sandbox_child
from indexer.extraction.sandbox import read_files
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import FoundMetadata, Reading, Reason, Unreadable

Outcomes = dict[str, Reading | Unreadable]
LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel ends children of a dead parent on Linux only"
)


def outcomes(paths: list[Path], limits: ReadingLimits | None = None, workers: int = 2) -> Outcomes:
    return {path.name: outcome for path, outcome in read_files(paths, limits or ReadingLimits(), workers)}


def written(folder: Path, name: str, text: str = "The delegates agreed to meet again next year.") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def behave(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Makes every child do something else than reading (a fork has our own patched modules)."""
    return lambda act: monkeypatch.setattr(sandbox_child, "read", act)


def only(outcome: Outcomes) -> Unreadable:
    (value,) = outcome.values()
    assert isinstance(value, Unreadable)
    return value


def test_every_file_has_one_outcome(tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{n}.txt", f"Speech number {n} was short and clear.") for n in range(7)]
    result = outcomes(
        [*paths, tmp_path / "gone.txt", written(tmp_path, "a.xyz"), written(tmp_path, "empty.md", "")],
        workers=3,
    )
    assert len(result) == 10
    readings = [outcome for outcome in result.values() if isinstance(outcome, Reading)]
    assert sorted(reading.passages[0].text for reading in readings) == [
        f"Speech number {n} was short and clear." for n in range(7)
    ]
    reasons = {name: outcome.reason for name, outcome in result.items() if isinstance(outcome, Unreadable)}
    assert reasons == {
        "gone.txt": Reason.VANISHED,
        "a.xyz": Reason.UNSUPPORTED,
        "empty.md": Reason.EMPTY_FILE,
    }


def test_no_files_give_no_outcomes() -> None:
    assert outcomes([]) == {}


def test_a_loop_is_too_slow_and_ends_on_time(
    tmp_path: Path, behave: Callable[[Callable[..., Any]], None]
) -> None:
    def loop(*_: object) -> None:
        while True:
            pass

    behave(loop)
    started = time.monotonic()
    assert only(outcomes([written(tmp_path, "a.txt")], ReadingLimits(seconds=0.3))).reason is Reason.TOO_SLOW
    assert time.monotonic() - started < 5


def test_pages_give_more_time(tmp_path: Path, behave: Callable[[Callable[..., Any]], None]) -> None:
    def slow(
        path: Path, limits: ReadingLimits, report_pages: Callable[[int], None], hints: ReadingHints
    ) -> Reading:
        report_pages(100)
        time.sleep(1.0)
        return Reading("text/plain", FoundMetadata(), ())

    behave(slow)
    (outcome,) = outcomes(
        [written(tmp_path, "a.txt")], ReadingLimits(seconds=0.5, seconds_per_page=0.1)
    ).values()
    assert isinstance(outcome, Reading)


def test_a_page_count_cannot_lift_the_highest_limit(
    tmp_path: Path, behave: Callable[[Callable[..., Any]], None]
) -> None:
    def slow(
        path: Path, limits: ReadingLimits, report_pages: Callable[[int], None], hints: ReadingHints
    ) -> None:
        report_pages(10**9)
        time.sleep(60)

    behave(slow)
    limits = ReadingLimits(seconds=0.2, max_seconds=0.6)
    assert only(outcomes([written(tmp_path, "a.txt")], limits)).reason is Reason.TOO_SLOW


def test_a_crash_names_its_signal(tmp_path: Path, behave: Callable[[Callable[..., Any]], None]) -> None:
    behave(lambda *_: os.kill(os.getpid(), signal.SIGSEGV))
    crashed = only(outcomes([written(tmp_path, "a.txt")]))
    assert crashed == Unreadable(Reason.CRASHED, "killed by SIGSEGV")


def test_an_early_exit_is_a_crash(tmp_path: Path, behave: Callable[[Callable[..., Any]], None]) -> None:
    behave(lambda *_: os._exit(7))
    assert only(outcomes([written(tmp_path, "a.txt")])) == Unreadable(
        Reason.CRASHED, "ended with status 7 and no outcome"
    )


@LINUX
def test_too_much_memory_has_its_reason(tmp_path: Path, behave: Callable[[Callable[..., Any]], None]) -> None:
    behave(lambda *_: bytearray(400 << 20))
    outcome = only(outcomes([written(tmp_path, "a.txt")], ReadingLimits(memory_mb=200)))
    assert outcome.reason is Reason.OUT_OF_MEMORY


def test_an_unforeseen_error_is_a_damaged_file(
    tmp_path: Path, behave: Callable[[Callable[..., Any]], None]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by a page height of 0")

    behave(fail)
    outcome = only(outcomes([written(tmp_path, "a.txt")]))
    assert outcome == Unreadable(Reason.DAMAGED, "ZeroDivisionError: by a page height of 0")


def test_a_large_outcome_arrives_whole(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} on harbours, pilots and their lights." for n in range(20_000))
    (outcome,) = outcomes([written(tmp_path, "a.txt", text)]).values()
    assert isinstance(outcome, Reading)
    assert len(outcome.passages) == 20_000


def test_an_outcome_beyond_the_limit_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_BYTES", 10_000)
    text = "\n\n".join(f"Paragraph {n} on harbours." for n in range(5_000))
    assert only(outcomes([written(tmp_path, "a.txt", text)])).reason is Reason.TOO_LARGE


def test_children_print_nothing(
    tmp_path: Path, behave: Callable[[Callable[..., Any]], None], capfd: pytest.CaptureFixture[str]
) -> None:
    def noisy(*_: object) -> None:
        os.write(1, b"out")
        os.write(2, b"err")
        print("more", file=sys.stderr, flush=True)  # noqa: T201

    behave(noisy)
    outcomes([written(tmp_path, "a.txt")])
    assert capfd.readouterr() == ("", "")


def test_no_thread_is_needed(tmp_path: Path) -> None:
    before = threading.enumerate()  # tools of other tests may keep one
    outcomes([written(tmp_path, f"{n}.txt") for n in range(3)])
    assert threading.enumerate() == before


def test_closing_the_iterator_kills_what_runs(
    tmp_path: Path, behave: Callable[[Callable[..., Any]], None]
) -> None:
    marks = tmp_path / "pids"
    marks.mkdir()

    def wait(path: Path, *_: object) -> Reading:
        (marks / str(os.getpid())).touch()
        if path.name != "0.txt":
            time.sleep(60)
        time.sleep(0.3)
        return Reading("text/plain", FoundMetadata(), ())

    behave(wait)
    files: Iterator[Any] = read_files([written(tmp_path, f"{n}.txt") for n in range(3)], ReadingLimits(), 3)
    next(files)
    files.close()  # type: ignore[attr-defined]
    assert [pid for pid in marks.iterdir() if alive(int(pid.name))] == []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


PARENT = """
import os, sys, time
from pathlib import Path
from indexer.extraction import sandbox_child
from indexer.extraction.sandbox import ReadingLimits, read_files

def hang(path, limits, report_pages, hints):
    Path(sys.argv[1], "pid").write_text(str(os.getpid()))
    while True:
        pass

sandbox_child.read = hang
list(read_files([Path(sys.argv[1], "a.txt")], ReadingLimits(), 1))
"""


@LINUX
def test_killing_the_parent_leaves_no_child(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)])
    pid_file = tmp_path / "pid"
    wait_for(lambda: pid_file.exists() and bool(pid_file.read_text(encoding="ascii")))
    child = int(pid_file.read_text(encoding="ascii"))
    parent.kill()
    parent.wait()
    wait_for(lambda: not alive(child))


def wait_for(done: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_reading_works_with_warnings_as_errors(tmp_path: Path) -> None:
    written(tmp_path, "a.html", "<html><title>Talks</title><body><p>The delegates agreed.</p></body></html>")
    program = (
        "import sys; from pathlib import Path; from indexer.extraction.sandbox import *; "
        "print([o for _, o in read_files([Path(sys.argv[1])], ReadingLimits(), 1)])"
    )
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path / "a.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "The delegates agreed." in done.stdout
