"""The readers: one file per format and one line in a table.

`read` reads in this process; `indexer.extraction.sandbox` does so in a child that can be killed, which is what the pipeline uses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from indexer.layout.words.delivery_notes import without_delivery
from indexer.layout.words.paragraph_numbers import with_numbers
from indexer.readers.shared.failure import ReadingFailed
from indexer.reading.hints import NO_HINTS, ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.quality import assess_text
from indexer.reading.reading import Reading, Reason
from search.formats import SUFFIXES

__all__ = [
    "READERS",
    "Reader",
    "ReadingFailed",
    "load_readers",
    "read",
    "reader_for",
    "reading_fingerprint",
]


class Reader(Protocol):
    """Reads one file within limits, telling how many pages it has as soon as that is known.

    Raises `ReadingFailed` with a named reason, OSError when the file cannot be opened, MemoryError.
    """

    def __call__(
        self, path: Path, limits: ReadingLimits, report_pages: Callable[[int], None], hints: ReadingHints, /
    ) -> Reading:
        """The reading of the file."""
        ...


READERS: Mapping[str, str] = {
    ".pdf": "pdf.reader:read_pdf",
    ".docx": "docx.reader:read_docx",
    ".odt": "odt:read_odt",
    ".rtf": "text.rich:read_rtf",
    ".pptx": "pptx:read_pptx",
    ".html": "html.reader:read_html",
    ".htm": "html.reader:read_html",
    ".txt": "text.plain:read_plain",
    ".md": "text.markdown:read_markdown",
}
"""Where each format's reader stands: file and function. A run in which nothing is new loads none of their libraries."""

# Raise the number of a step when it gives other passages for the same file: cached readings are then made anew.
STEP_VERSIONS: Mapping[str, int] = {
    "pdf": 9,
    "docx": 3,
    "odt": 3,
    "rtf": 1,
    "pptx": 1,
    "html": 3,
    "plain": 5,
    "markdown": 3,
    "cleaning": 7,
    "layout": 12,
    "speakers": 2,
    "numbering": 2,
    "delivery": 2,
    "quality": 3,
    "ocr": 1,
}
LIBRARIES = (
    "beautifulsoup4",
    "chardet",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "odfdo",
    "pypdf",
    "pypdfium2",
    "python-docx",
    "python-pptx",
    "striprtf",
    "trafilatura",
    "webencodings",
)
_MEGABYTE = 1_048_576


def reader_for(suffix: str) -> Reader | None:
    """Return the reader of files with this ending (in small letters), or None."""
    if suffix not in READERS:
        return None
    module, _, function = READERS[suffix].partition(":")
    reader: Reader = getattr(import_module(f"indexer.readers.{module}"), function)
    return reader


def load_readers() -> None:
    """Load all readers with their libraries."""
    for suffix in READERS:
        reader_for(suffix)


def reading_fingerprint(limits: ReadingLimits) -> str:
    """Return a short text that changes whenever a file might be read otherwise: steps, libraries, limits."""
    libraries = {name: version(name) for name in LIBRARIES}
    parts = [sorted(STEP_VERSIONS.items()), sorted(libraries.items()), sorted(asdict(limits).items())]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def read(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None] = lambda _: None,
    hints: ReadingHints = NO_HINTS,
) -> Reading:
    """Read a file in this process. Raises `ReadingFailed`; limits of time and memory are the sandbox's business."""
    reader = reader_for(path.suffix.lower())
    if reader is None:
        raise ReadingFailed(Reason.UNSUPPORTED, f"endings read are {', '.join(SUFFIXES)}")
    try:
        size = path.stat().st_size
        if size == 0:
            raise ReadingFailed(Reason.EMPTY_FILE, "0 bytes")
        if size > limits.max_mb * _MEGABYTE:
            raise ReadingFailed(
                Reason.TOO_LARGE, f"{size / _MEGABYTE:.0f} MB, the limit is {limits.max_mb} MB"
            )
        reading = reader(path, limits, report_pages, hints)
    except OSError as failure:
        raise ReadingFailed(Reason.VANISHED, failure.strerror or str(failure)) from failure
    return _finished(reading)


def _finished(reading: Reading) -> Reading:
    """The steps that are the same for all formats: notes on delivery, numbers of paragraphs, quality of texts without pages."""
    passages, notes = without_delivery(reading.passages)
    reading = replace(reading, passages=with_numbers(passages), notes=(*reading.notes, *notes))
    return (
        reading
        if reading.pages
        else replace(reading, quality=assess_text(reading.passages, reading.quality.reasons))
    )
