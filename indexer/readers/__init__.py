"""The readers: one file per format and one line in a table.

`read` reads in this process; `indexer.sandbox` does so in a child that can be killed, which is what the pipeline uses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from indexer.limits import ReadingLimits
from indexer.readers.failure import ReadingFailed
from indexer.readers.html import read_html
from indexer.readers.markdown import read_markdown
from indexer.readers.pdf import read_pdf
from indexer.readers.plain import read_plain
from indexer.reading import Reading, Reason

__all__ = ["READERS", "SUFFIXES", "Reader", "ReadingFailed", "read", "reading_fingerprint"]


class Reader(Protocol):
    """Reads one file within limits, telling how many pages it has as soon as that is known.

    Raises `ReadingFailed` with a named reason, OSError when the file cannot be opened, MemoryError.
    """

    def __call__(self, path: Path, limits: ReadingLimits, report_pages: Callable[[int], None], /) -> Reading:
        """The reading of the file."""
        ...


READERS: Mapping[str, Reader] = {
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_plain,
    ".md": read_markdown,
}
SUFFIXES = frozenset(READERS)

# Raise the number of a step when it gives other passages for the same file: cached readings are then made anew.
STEP_VERSIONS: Mapping[str, int] = {
    "pdf": 1,
    "html": 1,
    "plain": 1,
    "markdown": 1,
    "cleaning": 1,
    "layout": 1,
    "speakers": 1,
}
LIBRARIES = ("beautifulsoup4", "lxml", "markdown-it-py", "pypdf", "pypdfium2", "trafilatura")
_MEGABYTE = 1_048_576


def reading_fingerprint(limits: ReadingLimits) -> str:
    """A short text that changes whenever a file might be read otherwise: steps, libraries, limits."""
    libraries = {name: version(name) for name in LIBRARIES}
    parts = [sorted(STEP_VERSIONS.items()), sorted(libraries.items()), sorted(asdict(limits).items())]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def read(path: Path, limits: ReadingLimits, report_pages: Callable[[int], None] = lambda _: None) -> Reading:
    """Reads a file in this process. Raises `ReadingFailed`; limits of time and memory are the sandbox's business."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadingFailed(Reason.UNSUPPORTED, f"endings read are {', '.join(sorted(SUFFIXES))}")
    try:
        size = path.stat().st_size
        if size == 0:
            raise ReadingFailed(Reason.EMPTY_FILE, "0 bytes")
        if size > limits.max_mb * _MEGABYTE:
            raise ReadingFailed(
                Reason.TOO_LARGE, f"{size / _MEGABYTE:.0f} MB, the limit is {limits.max_mb} MB"
            )
        return reader(path, limits, report_pages)
    except OSError as failure:
        raise ReadingFailed(Reason.VANISHED, failure.strerror or str(failure)) from failure
