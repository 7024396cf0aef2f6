"""Reading PDF files, beside `pdftotext` and plain pypdf on the same files in the same run.

    python -m benchmarks.reading [FOLDER]     (by default corpus/digests)

Prints pages a second for each and the ratio to ours. Ours gives passages with headings, boxes and printed page labels
from a child process within limits; the peers give bare text: `pdftotext` is a C++ program, pypdf a library in Python. All
read one file after the other on one core.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from indexer.extraction.sandbox import read_files
from indexer.readers import load_readers
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading

PATIENCE = 60  # seconds for one file of a peer
Read = Callable[[Sequence[Path]], None]


def main() -> None:
    """Run all readers and prints the table."""
    parser = argparse.ArgumentParser(description="Pages a second beside pdftotext and plain pypdf.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("corpus/digests"))
    files = sorted(parser.parse_args().folder.rglob("*.pdf"))
    load_readers()
    pages = {file: found for file in files if (found := _pages(file))}
    if not pages:
        sys.exit("no readable PDF there")
    total = sum(pages.values())
    print(f"{len(pages)} files, {total} pages ({len(files) - len(pages)} files without text are left out)")
    seconds = {name: _seconds(read, list(pages)) for name, read in _readers().items()}
    for name, taken in seconds.items():
        ratio = seconds["findings"] / taken
        print(f"{name:>10}  {total / taken:8.1f} pages/s   {ratio:6.2f} times ours")


def _pages(file: Path) -> int:
    """How many pages we read of a file, 0 when it cannot be read."""
    outcome = dict(read_files([file], ReadingLimits(), 1))[file]
    return (outcome.pages or 0) if isinstance(outcome, Reading) else 0


def _readers() -> Mapping[str, Read]:
    """What is compared; pdftotext only where it is installed."""
    readers: dict[str, Read] = {"findings": _read_ours, "pypdf": _read_pypdf}
    if shutil.which("pdftotext"):
        readers["pdftotext"] = _read_pdftotext
    else:
        print("pdftotext is not installed (Debian: apt-get install poppler-utils): left out")
    return readers


def _seconds(read: Read, files: Sequence[Path]) -> float:
    """Return the wall time for all files."""
    started = time.perf_counter()
    read(files)
    return time.perf_counter() - started


def _read_ours(files: Sequence[Path]) -> None:
    """Our reader, one child at a time."""
    for _ in read_files(files, ReadingLimits(), 1):
        pass


def _read_pypdf(files: Sequence[Path]) -> None:
    """The text of every page through pypdf, which logs what it thinks of a file."""
    logging.disable(logging.CRITICAL)
    for file in files:
        try:
            for page in PdfReader(file).pages:
                page.extract_text()
        except (PyPdfError, ValueError, TypeError, LookupError) as error:
            print(f"pypdf gave up on {file.name}: {type(error).__name__}", file=sys.stderr)


def _read_pdftotext(files: Sequence[Path]) -> None:
    """The text of every page through pdftotext."""
    for file in files:
        command = ["pdftotext", str(file), "-"]
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603


if __name__ == "__main__":
    main()
