"""Reads files in child processes that can be killed: each file in its own, within limits, whatever the file holds.

A file can make a parser loop, eat memory or crash the interpreter. So a child is forked for every file (the libraries
are already loaded, a child costs milliseconds), leads its own process group, gets limits from the kernel and is killed
when its time is up. It speaks to the parent over one pipe, in JSON lines: its page count, then the outcome. Nothing that
a library prints reaches the parent's terminal. When the parent dies, the children die (Linux: by the kernel; elsewhere
a child ends at its next line on the closed pipe or at its limits).

The parent must have one thread only while files are read: a fork copies locks that another thread may hold.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.extraction.sandbox_child import run_child
from indexer.readers import load_readers
from indexer.reading.hints import NO_HINTS, ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason, Unreadable

__all__ = ["ReadingLimits", "read_files"]

# The largest outcome that a child may send: twenty million characters with a box for each line are about 60 MB.
MOST_BYTES = 160 * 1_048_576
_CHUNK = 1_048_576
_PAGES = b'{"pages"'
# The kernel counts processor time in whole seconds and sends SIGXCPU; the wall clock ends most children earlier.
_SIGNAL_REASONS = {signal.SIGXCPU: Reason.TOO_SLOW}


@dataclass(slots=True)
class _Child:
    """A running child: its file, its pipe, what it sent so far, and when it will be killed."""

    path: Path
    pid: int
    pipe: int
    deadline: float
    allowed: float
    started: float
    received: bytearray = field(default_factory=bytearray)
    pages_seen: int = 0  # bytes of `received` already looked through for page counts


def read_files(
    paths: Sequence[Path],
    limits: ReadingLimits,
    workers: int,
    hints: Mapping[Path, ReadingHints] | None = None,
) -> Iterator[tuple[Path, Reading | Unreadable]]:
    """Read the files, `workers` at once; yield each with its outcome as soon as it is there.

    Never raises for what a file holds. Closing the iterator kills what still runs.
    """
    if not paths:
        return
    load_readers()  # here, so that no child has to
    gc.collect()
    gc.freeze()  # what is loaded stays in pages that children share; collecting would copy them
    waiting, children = deque(paths), dict[int, _Child]()
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or children:
                while waiting and len(children) < max(1, workers):
                    path = waiting.popleft()
                    child = _start(path, limits, (hints or {}).get(path, NO_HINTS))
                    children[child.pipe] = child
                    selector.register(child.pipe, selectors.EVENT_READ)
                for child in _ready(selector, children, limits):
                    selector.unregister(child.pipe)
                    yield child.path, _outcome(child, limits, children)
        finally:
            gc.unfreeze()
            for child in list(children.values()):
                _end(child, children)


def _start(path: Path, limits: ReadingLimits, hints: ReadingHints) -> _Child:
    """Forks a child that reads the file."""
    incoming, outgoing = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        run_child(path, limits, hints, outgoing, parent)
    os.close(outgoing)
    os.set_blocking(incoming, False)
    with suppress(OSError):  # the child does the same; whoever comes first
        os.setpgid(pid, pid)
    started = time.monotonic()
    allowed = limits.allowed_seconds(0)
    return _Child(path, pid, incoming, started + allowed, allowed, started)


def _ready(
    selector: selectors.BaseSelector, children: dict[int, _Child], limits: ReadingLimits
) -> list[_Child]:
    """The children that ended, sent too much or are out of time; waits until there may be one."""
    soonest = min(child.deadline for child in children.values())
    events = selector.select(max(0.0, soonest - time.monotonic()))
    over = [children[key.fd] for key, _ in events if _receive(children[key.fd], limits)]
    now = time.monotonic()
    late = [child for child in children.values() if child.deadline <= now and child not in over]
    return over + late


def _receive(child: _Child, limits: ReadingLimits) -> bool:
    """Takes what the child sent; True when it will send no more or has sent too much."""
    try:
        chunk = os.read(child.pipe, _CHUNK)
    except BlockingIOError:
        return False
    child.received += chunk
    _extend(child, limits)
    return not chunk or len(child.received) > MOST_BYTES


def _extend(child: _Child, limits: ReadingLimits) -> None:
    """Gives the child the time that its page count allows; page counts are short lines before the outcome."""
    while child.received.startswith(_PAGES, child.pages_seen):
        end = child.received.find(b"\n", child.pages_seen)
        if end < 0:
            return
        message = json.loads(child.received[child.pages_seen : end])
        child.pages_seen = end + 1
        child.allowed = limits.allowed_seconds(message["pages"])
        child.deadline = child.started + child.allowed


def _outcome(child: _Child, limits: ReadingLimits, children: dict[int, _Child]) -> Reading | Unreadable:
    """What became of a child that is through: its outcome, or the reason why there is none."""
    late = child.deadline <= time.monotonic()
    status = _end(child, children)
    if len(child.received) > MOST_BYTES:
        return Unreadable(Reason.TOO_LARGE, f"the text needs more than {MOST_BYTES >> 20} MB")
    sent = bytes(child.received[child.pages_seen :])
    if sent.endswith(b"\n"):
        return _parsed(json.loads(sent))
    if late:
        return Unreadable(Reason.TOO_SLOW, f"not done after {child.allowed:.0f} s")
    return _death(status, limits)


def _parsed(message: dict[str, Any]) -> Reading | Unreadable:
    """The outcome that a child sent."""
    if "reading" in message:
        return Reading.from_json(message["reading"])
    reason, detail = message["unreadable"]
    return Unreadable(Reason(reason), detail)


def _death(status: int, limits: ReadingLimits) -> Unreadable:
    """Why a child ended without an outcome."""
    if not os.WIFSIGNALED(status):
        return Unreadable(
            Reason.CRASHED, f"ended with status {os.waitstatus_to_exitcode(status)} and no outcome"
        )
    number = os.WTERMSIG(status)
    reason = _SIGNAL_REASONS.get(signal.Signals(number), Reason.CRASHED)
    if reason is Reason.TOO_SLOW:
        return Unreadable(reason, f"used up {limits.max_seconds:.0f} s of processor time")
    return Unreadable(reason, f"killed by {signal.Signals(number).name}")


def _end(child: _Child, children: dict[int, _Child]) -> int:
    """Kills a child with all its group, closes its pipe; returns its wait status.

    A child that has ended is not yet waited for, so its number cannot belong to another process.
    """
    children.pop(child.pipe, None)
    os.close(child.pipe)
    ended, status = _ended(child.pid)
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
    if not ended:
        with suppress(OSError):
            os.kill(child.pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        _, status = os.waitpid(child.pid, 0)
    return status


def _ended(pid: int) -> tuple[bool, int]:
    """Whether a child has ended by itself, without taking it off the process table."""
    with suppress(ChildProcessError, AttributeError):
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None, 0
    return False, 0
