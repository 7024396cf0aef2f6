"""What the catalogue says of how to read one file: its password, and the selectors of the site that it may come from."""

from __future__ import annotations

from indexer.corpus.catalogue import Catalogue, Entry
from indexer.corpus.sites import sites_for
from indexer.reading.hints import ReadingHints
from search.formats import find_format


def hints_for(entry: Entry, catalogue: Catalogue) -> ReadingHints:
    """Return what the catalogue says of reading the file of an entry; only what its reader can use."""
    format_ = find_format(entry.path)
    return ReadingHints(
        password=entry.password if format_ and format_.has_password else None,
        sites=sites_for(entry.path, entry.source_url, catalogue.sites)
        if format_ and format_.is_web_page
        else (),
    )
