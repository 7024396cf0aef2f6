"""Uploaded drafts, read by a program of its own (`indexer.extraction.draft`): the server that asks has many threads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from indexer.extraction.draft import LIMITS, draft_of
from search.drafts.quotations import Draft
from search.errors import BadFile
from search.formats import DRAFT_SUFFIXES

AT_ONCE = threading.BoundedSemaphore(2)  # programs at work; each may take a gigabyte
PATIENCE = 20  # seconds that an upload waits for its turn
SECONDS = LIMITS.max_seconds + 20  # loading the readers takes two


def read_upload(content: bytes, name: str) -> Draft:
    """Return an uploaded file as a draft. Raises BadFile with the reason when it cannot be read."""
    suffix = Path(name).suffix.lower()
    if suffix not in DRAFT_SUFFIXES:
        raise BadFile(name, f"drafts are read as {', '.join(DRAFT_SUFFIXES)}; save it as one of these")
    with tempfile.TemporaryDirectory(prefix="findings-draft-") as folder:
        file = Path(folder) / f"draft{suffix}"
        file.write_bytes(content)
        if not AT_ONCE.acquire(timeout=PATIENCE):
            raise BadFile(name, "other drafts are being read; try again in a minute")
        try:
            return _run(file, name)
        finally:
            AT_ONCE.release()


def _run(file: Path, name: str) -> Draft:
    """Runs the program in a process group of its own, killed as a whole when its time is up."""
    with subprocess.Popen(  # noqa: S603 - our own program; the file has a name of ours
        [sys.executable, "-m", "indexer.extraction.draft", str(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, complaint = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise BadFile(name, f"reading took more than {SECONDS:.0f} seconds; check it in parts") from error
    if process.returncode:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:]
        reason = last[0].partition(": ")[2] if last else "the reader ended without a word"
        raise BadFile(name, reason)
    record = json.loads(output)
    return draft_of({**record, "name": name})
