"""The file of a document, as it lies in the corpus and as it was indexed: what readers may open, and pages are drawn from."""

from __future__ import annotations

from functools import lru_cache
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from search.errors import OriginalMissing, OriginalWithheld
from search.model import Document
from search.permalinks import document_path

PDF = "application/pdf"


def find_indexed_file(corpus: Path, document: Document) -> Path:
    """Return the file of a `document` below the folder `corpus`, if it still is the one that was indexed (by its sha256).

    Raises OriginalMissing when it is gone, lies elsewhere, or has changed since.
    """
    root = corpus.resolve()
    path = (root / document.path).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise OriginalMissing(f"{document.path} is not in the corpus folder any more")
    state = path.stat()
    if _sha256(path, state.st_size, state.st_mtime_ns, state.st_ino) != document.sha256:
        raise OriginalMissing(
            f"{document.path} has changed since it was indexed, so it is not shown; run `findings index`"
        )
    return path


def find_offered_file(corpus: Path, document: Document) -> Path:
    """Return the file of a `document` that readers may open. Raises OriginalWithheld, or what `find_indexed_file` raises."""
    if document.file_withheld:
        raise OriginalWithheld(
            f"The file of “{document.title}” is not offered here. Its passages are, with their links."
        )
    return find_indexed_file(corpus, document)


def original_link(corpus: Path, document: Document, page: int | None = None) -> str | None:
    """Return the path of the file of a `document`, at a `page` (from 1) of a PDF; None where it cannot be opened now."""
    try:
        find_offered_file(corpus, document)
    except (OriginalWithheld, OriginalMissing):
        return None
    place = f"#page={page}" if page and document.media_type == PDF else ""
    return f"{document_path(document.document_id)}{suffix_of(document)}{place}"


def suffix_of(document: Document) -> str:
    """Return the ending of a document's file in small letters, with its dot."""
    return PurePosixPath(document.path).suffix.lower()


@lru_cache(maxsize=4096)
def _sha256(path: Path, size: int, modified: int, inode: int) -> str:
    """The sha256 of a file, computed again when its size, time or inode change."""
    del size, modified, inode  # they stand for the content
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
