"""Which files OCR reads, and whether its program is there: the rule behind `findings index --ocr`.

With `--ocr`, every PDF with pages that have no text layer is read by OCR. Which contents that were is kept in
`cache/ocr.json` beside the readings, with the languages, so that a later run without the option keeps the text: whatever was
read by OCR stays so until `--no-ocr` gives it up. An index built from nothing without the option has no such list and
reads no file by OCR; with the option it holds the same as one that grew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from indexer.build.plan import Job, with_ocr
from indexer.extraction.cache import ReadingCache
from indexer.reading.reading import Reading, Reason, Unreadable
from search.errors import OcrLanguageMissing, OcrMissing

PROGRAM = "tesseract"
FORMATS = frozenset({".pdf"})
"""Endings of files that may hold pictures of pages."""
_PATIENCE = 20  # seconds for a list of languages, which takes less than one


def check_program(languages: str) -> None:
    """Raise OcrMissing without the program and OcrLanguageMissing when it cannot read one of the languages."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise OcrMissing(PROGRAM)
    told = subprocess.run(  # noqa: S603
        [program, "--list-langs"], capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    known = set(told.stdout.split()) | set(told.stderr.split())
    for language in languages.split("+"):
        if language not in known:
            raise OcrLanguageMissing(language)


def choose_ocr(
    jobs: Iterable[Job], cache: ReadingCache, languages: str, read: Callable[[Iterable[Job]], object]
) -> dict[str, str]:
    """Return the contents (sha256) that OCR reads, with its languages: those that lack text and where it did no harm.

    `read` reads what is not cached. A file that has some text stays as it is when OCR of its other pages fails.
    """
    paged = [job for job in jobs if PurePosixPath(job.source.path).suffix.lower() in FORMATS]
    read(paged)
    lacking = [job for job in paged if lacks_text(cache.find(*job.content))]
    tried = with_ocr(lacking, {job.source.sha256: languages for job in lacking})
    read(tried)
    return {
        job.source.sha256: languages
        for job, plain in zip(tried, lacking, strict=True)
        if isinstance(cache.find(*job.content), Reading) or isinstance(cache.find(*plain.content), Unreadable)
    }


def lacks_text(found: Reading | Unreadable | None) -> bool:
    """Return whether OCR may find what reading did not."""
    if isinstance(found, Reading):
        return bool(found.unread_pages)
    return found is not None and found.reason is Reason.NO_TEXT


def load_ocr_list(folder: Path) -> dict[str, str]:
    """Return what OCR read before: sha256 to languages; nothing when the list is not there or damaged."""
    try:
        listed = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in listed.items()} if isinstance(listed, dict) else {}


def store_ocr_list(folder: Path, chosen: Mapping[str, str]) -> None:
    """Keep the list; the file changes as a whole or not at all."""
    file = _file(folder)
    if not chosen and not file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.write_text(json.dumps(chosen, sort_keys=True, indent=0), encoding="utf-8")
    fresh.replace(file)


def _file(folder: Path) -> Path:
    """Where the list lies below the folder of the index."""
    return folder / "cache" / "ocr.json"
