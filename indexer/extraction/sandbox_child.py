"""What happens in the child process of `indexer.extraction.sandbox`: silence, limits, one reading, one answer."""

from __future__ import annotations

import ctypes
import json
import logging
import math
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from indexer.readers import ReadingFailed, read
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reason

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_MEGABYTE = 1_048_576
_SIGNALS = (
    signal.SIGINT,
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGALRM,
    signal.SIGCHLD,
    signal.SIGUSR1,
    signal.SIGUSR2,
)
# Python's own depth limit stays; a deep tree that recurses in C ends in a signal, which the parent reports.


def run_child(path: Path, limits: ReadingLimits, hints: ReadingHints, pipe: int, parent: int) -> NoReturn:
    """Read the file, write the outcome to the pipe, and end the process. Never returns, never raises."""
    status = 1
    try:
        _separate(pipe, parent)
        _limit(limits)

        def report_pages(count: int) -> None:
            _send(pipe, {"pages": count})

        _send(pipe, _answer(lambda: read(path, limits, report_pages, hints).to_json()))
        status = 0
    finally:
        os._exit(status)


def _answer(reading: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The reading, or the reason why there is none; the one place where any exception is caught."""
    try:
        return {"reading": reading()}
    except ReadingFailed as failure:
        return {"unreadable": [failure.reason, failure.detail]}
    except MemoryError:
        return {"unreadable": [Reason.OUT_OF_MEMORY, "the limit of memory was reached"]}
    except Exception as failure:  # noqa: BLE001  (the border: whatever a library raises is a damaged file)
        return {"unreadable": [Reason.DAMAGED, f"{type(failure).__name__}: {failure}"[:300]]}


def _separate(pipe: int, parent: int) -> None:
    """An own process group, the end with the parent, default signals, and nothing open but the pipe."""
    os.setpgid(0, 0)
    _die_with_parent()
    if os.getppid() != parent:
        os._exit(1)  # the parent was gone before the kernel knew whom to tell
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, pipe)
    os.closerange(pipe + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def _die_with_parent() -> None:
    """Asks the kernel for SIGKILL when the parent ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _limit(limits: ReadingLimits) -> None:
    """Memory beyond what the parent has, processor time and no core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = math.ceil(limits.max_seconds) + 1
    _lower(resource.RLIMIT_CPU, seconds)
    if sys.platform == "linux":  # elsewhere the limit of address space is not kept, or meets shared libraries
        _lower(resource.RLIMIT_AS, _address_space() + limits.memory_mb * _MEGABYTE)


def _lower(kind: int, value: int) -> None:
    """Sets both limits, never above the hard one that holds already."""
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _address_space() -> int:
    """Bytes of address space in use."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def _send(pipe: int, message: dict[str, Any]) -> None:
    """One line of JSON."""
    data = memoryview(json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
    while data:
        data = data[os.write(pipe, data) :]
