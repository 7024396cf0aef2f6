"""Where a fetched document goes: below the corpus, whole or not at all, and never over what others put there."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

from indexer.fetching.reasons import NotFetched, Reason
from indexer.fetching.state import Kept


def find_place(corpus: Path, path: str) -> Path:
    """Return the file of a path, there or not. Raises NotFetched: OUTSIDE over links, OCCUPIED by what is no file."""
    place = corpus / path
    if place.is_symlink() or not place.parent.resolve().is_relative_to(corpus.resolve()):
        raise NotFetched(Reason.OUTSIDE, path)
    if place.exists() and not place.is_file():
        raise NotFetched(Reason.OCCUPIED, "it is a folder")
    between = (folder for folder in place.parents if folder != corpus and corpus in folder.parents)
    if blocked := next((folder for folder in between if folder.exists() and not folder.is_dir()), None):
        raise NotFetched(Reason.OCCUPIED, f"{blocked.relative_to(corpus)} is a file")
    return place


def digest_of(place: Path) -> str | None:
    """Return the sha256 of a file, None where there is none. Raises OSError when it cannot be read."""
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def check_may_replace(on_disk: str, url: str, kept: Kept | None) -> None:
    """Raise NotFetched (OCCUPIED) unless the file with this digest is as it was fetched from this address."""
    if kept is None or kept.url != url:
        raise NotFetched(
            Reason.OCCUPIED, "it is not known to come from this address, and differs from what came"
        )
    if kept.sha256 != on_disk:
        raise NotFetched(
            Reason.OCCUPIED, "it was changed here since it was fetched, and differs from what came"
        )


def write_whole(place: Path, body: IO[bytes]) -> None:
    """Put a body into its place in one step. Raises NotFetched (NOT_WRITTEN)."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")  # hidden: an indexing run leaves it out
    body.seek(0)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            shutil.copyfileobj(body, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise NotFetched(Reason.NOT_WRITTEN, f"{error.filename or place}: {error.strerror}") from error
