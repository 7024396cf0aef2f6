"""The extraction cache: what reading gave, by the content of the file and all that the readers depend on.

A file that could not be read is kept as well, so that it is not tried again until it or the readers change.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from indexer.reading.reading import Reading, Reason, Unreadable

Content = tuple[str, str]
"""The sha256 of a file and its ending with what else says how it is read (`Job.content`)."""


class ReadingCache:
    """Readings below one folder. `fingerprint` stands for the readers, their libraries and their limits."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._unkept: set[str] = set()
        self._held: dict[Content, Reading | Unreadable] = {}

    def keep_in_memory(self, digests: Iterable[str]) -> None:
        """Keep readings of files with these `digests` (sha256) to the disk: they hold words that were withdrawn."""
        self._unkept |= set(digests)

    def keep_only(self, contents: Iterable[Content]) -> None:
        """Remove every reading from the disk but those of these contents."""
        kept = {self._file(*content) for content in contents if content[0] not in self._unkept}
        for file in self._folder.glob("*/*"):
            if file not in kept:
                file.unlink()

    def _file(self, sha256: str, suffix: str) -> Path:
        key = hashlib.sha256(f"{sha256} {suffix} {self._fingerprint}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json.gz"

    def find(self, sha256: str, suffix: str) -> Reading | Unreadable | None:
        """Return what was read from this content, or None when it was not read yet; a damaged entry counts as none."""
        if (sha256, suffix) in self._held:
            return self._held[sha256, suffix]
        try:
            data = json.loads(gzip.decompress(self._file(sha256, suffix).read_bytes()))
            return _unreadable(data) or Reading.from_json(data)
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
            return None

    def has(self, sha256: str, suffix: str) -> bool:
        """Return whether this content was read, without loading what it gave."""
        return (sha256, suffix) in self._held or self._file(sha256, suffix).exists()

    def store(self, sha256: str, suffix: str, result: Reading | Unreadable) -> None:
        """Keep a result; the file appears as a whole or not at all."""
        if sha256 in self._unkept:
            self._held[sha256, suffix] = result
            return
        file = self._file(sha256, suffix)
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(result, Reading):
            data = result.to_json()
        else:
            data = {"unreadable": result.reason.value, "detail": result.detail}
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.write_bytes(
            gzip.compress(json.dumps(data, ensure_ascii=False).encode("utf-8"), compresslevel=1)
        )
        fresh.replace(file)


def _unreadable(data: dict[str, Any]) -> Unreadable | None:
    """The kept failure, if this is one."""
    if "unreadable" not in data:
        return None
    return Unreadable(Reason(data["unreadable"]), data["detail"])
