"""What lies in the corpus folder: every file, as a document to be read or left out with a reason."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.catalogue import FILE_NAME as CATALOGUE
from indexer.corpus.not_documents import IGNORE_NAME, Ignored, folder_kind, leftover_kind, load_ignored
from indexer.reading.reading import Reason
from search.errors import CorpusMissing
from search.formats import FORMATS, SUFFIXES

STAFF_FILES = frozenset(
    {
        CATALOGUE,
        "themes.toml",
        "synonyms.toml",
        "corrections.toml",
        "sources.toml",
        "ledger.jsonl",
        IGNORE_NAME,
        "marker.npz",
    }
)
"""Files of the corpus folder itself that say something about documents and are none."""

_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a reader exists for. `path` is relative to the corpus; `sha256` is of its content."""

    path: str
    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not read, and why."""

    path: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All files of a corpus, each in exactly one list, by path."""

    sources: tuple[SourceFile, ...]
    failed: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]


def take_inventory(corpus: Path, max_mb: int) -> Inventory:
    """Return all files below the corpus folder. Raises CorpusMissing, and BadFile for patterns that cannot be read."""
    if not corpus.is_dir():
        raise CorpusMissing(corpus)
    ignored = load_ignored(corpus)
    sources: list[SourceFile] = []
    failed: list[LeftOut] = []
    skipped: list[LeftOut] = []
    unlistable: list[OSError] = []
    for path, file in sorted(_files(corpus, unlistable)):
        found = _passed_over(path, file, ignored) or _look_at(path, file, corpus, max_mb)
        if isinstance(found, SourceFile):
            sources.append(found)
        else:
            (skipped if found.reason in _SKIPS else failed).append(found)
    failed.extend(_unlistable(error, corpus) for error in unlistable)
    return Inventory(tuple(sources), tuple(sorted(failed, key=lambda item: item.path)), tuple(skipped))


_HIDDEN = "hidden file"
_LEFTOVER = "no document"
_IGNORED = f"left out by {IGNORE_NAME}"
_LINK = "link that leads out of the corpus"
_NAME = "file name is not UTF-8"
_FOLDER = "link to a folder"
_SPECIAL = "no ordinary file"
_NO_DOCUMENT_FORMAT = "no format of documents"
_SKIPS = (_HIDDEN, _LEFTOVER, _IGNORED, _LINK, _FOLDER, _SPECIAL, _NO_DOCUMENT_FORMAT)
# Formats that documents come in and that no reader takes: they are missed, pictures and scripts are not.
_ENDINGS = (
    ".doc .dot .docm .dotx .wpd .wps .pages .ppt .pps .ppsx .odp .xls .xlsx .xlsm .ods .numbers .epub .mobi .azw3"
    " .djvu .xps .tex .mht .mhtml .xhtml .eml .msg .zip"
)
_DOCUMENT_FORMATS = frozenset(_ENDINGS.split())


def _files(corpus: Path, unlistable: list[OSError]) -> Iterator[tuple[str, Path]]:
    """(path relative to the corpus, file) of every file and of every link; staff's own files are left out.

    A folder that as a whole holds no documents comes itself, once, and is not entered.
    """
    for folder, folders, names in os.walk(corpus, onerror=unlistable.append):
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        whole = [name for name in folders if name not in links and folder_kind(Path(folder) / name)]
        folders[:] = [name for name in folders if name not in whole]
        for name in (*names, *links, *whole):
            file = Path(folder) / name
            path = file.relative_to(corpus).as_posix()
            if path not in STAFF_FILES:
                yield path, file


def _unlistable(error: OSError, corpus: Path) -> LeftOut:
    """A folder whose files cannot be listed."""
    folder = Path(error.filename or corpus).relative_to(corpus).as_posix()
    return LeftOut(f"{_printable(folder)}/", Reason.VANISHED, error.strerror or str(error))


def _passed_over(path: str, file: Path, ignored: Ignored) -> LeftOut | None:
    """Why a file is no document at all, by its name or by the word of staff; None where it may be one."""
    if not file.is_symlink() and file.is_dir():
        return LeftOut(f"{_printable(path)}/", _LEFTOVER, folder_kind(file) or "")
    if kind := leftover_kind(file.name):
        return LeftOut(_printable(path), _LEFTOVER, kind)
    return LeftOut(_printable(path), _IGNORED) if ignored.covers(_printable(path)) else None


def _printable(path: str) -> str:
    """A path with question marks for bytes that are no UTF-8."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _look_at(path: str, file: Path, corpus: Path, max_mb: int) -> SourceFile | LeftOut:
    """One file: a source with its digest, or the reason why it is none."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return LeftOut(_printable(path), _NAME, "rename it")
    if any(part.startswith(".") for part in path.split("/")):
        return LeftOut(path, _HIDDEN)
    if file.is_symlink() and file.is_dir():
        return LeftOut(path, _FOLDER, "put the files themselves into the corpus")
    if file.suffix.lower() not in FORMATS:
        return LeftOut(path, _unread_reason(file), f"readers exist for {' '.join(SUFFIXES)}")
    if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(corpus.resolve()):
        return LeftOut(path, _LINK)
    return _digested(path, file, max_mb)


def _unread_reason(file: Path) -> str:
    """A document that no reader takes is missed; what is no format of documents is only named."""
    return Reason.UNSUPPORTED.value if file.suffix.lower() in _DOCUMENT_FORMATS else _NO_DOCUMENT_FORMAT


def _digested(path: str, file: Path, max_mb: int) -> SourceFile | LeftOut:
    """A source with the digest of its content, unless it is too large or cannot be opened."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever
            return LeftOut(path, _SPECIAL)
        size = found.st_size
        if size > max_mb * 2**20:
            return LeftOut(path, Reason.TOO_LARGE, f"{size / 2**20:.0f} MB, read are files up to {max_mb} MB")
        digest = hashlib.sha256()
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        return LeftOut(path, Reason.VANISHED, error.strerror or str(error))
    return SourceFile(path, file, digest.hexdigest())
