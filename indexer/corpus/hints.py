"""What the catalogue says of how to read one file: its password, and the selectors of the site that it may come from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath

from indexer.corpus.catalogue import Catalogue, Entry
from indexer.corpus.sites import Site, sites_for

_LOCKABLE = frozenset((".pdf",))  # formats whose reader can open a file with a password
_WEB = frozenset((".html", ".htm"))


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """For one file. The password is never shown, not even by `repr`."""

    password: str | None = field(default=None, repr=False)
    sites: tuple[Site, ...] = ()

    @property
    def digest(self) -> str:
        """A short text that differs where reading may differ; "" when there are no hints."""
        if self == NO_HINTS:
            return ""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


NO_HINTS = ReadingHints()


def hints_for(entry: Entry, catalogue: Catalogue) -> ReadingHints:
    """What the catalogue says of reading the file of an entry; only what its reader can use."""
    ending = PurePosixPath(entry.path).suffix.lower()
    return ReadingHints(
        password=entry.password if ending in _LOCKABLE else None,
        sites=sites_for(entry.path, entry.source_url, catalogue.sites) if ending in _WEB else (),
    )
