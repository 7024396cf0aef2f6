"""What the catalogue says of how to read one file: its password, and the selectors of the site that it may come from."""

from __future__ import annotations

from pathlib import PurePosixPath

from indexer.corpus.catalogue import Catalogue, Entry
from indexer.corpus.sites import sites_for
from indexer.reading.hints import ReadingHints

_LOCKABLE = frozenset((".pdf",))  # formats whose reader can open a file with a password
_WEB = frozenset((".html", ".htm"))


def hints_for(entry: Entry, catalogue: Catalogue) -> ReadingHints:
    """What the catalogue says of reading the file of an entry; only what its reader can use."""
    ending = PurePosixPath(entry.path).suffix.lower()
    return ReadingHints(
        password=entry.password if ending in _LOCKABLE else None,
        sites=sites_for(entry.path, entry.source_url, catalogue.sites) if ending in _WEB else (),
    )
