"""Entries of lists of sources: they look like running text and state nothing by themselves."""

from __future__ import annotations

import re

from indexer.marking.learned.document_text import TextUnit

SOURCES = re.compile(
    r"^\W*(?:\d+\.?\s+)?(?:sources?|references|bibliography|further reading|works cited|(?:end)?notes)\W*$",
    re.IGNORECASE,
)
"""Headings of lists of sources, whose entries are about what their own words say."""

MOST_WORDS = 70
"""Words of the longest entry of a list of sources; a longer passage that names a source also says something."""

PLACE_OF_SOURCE = re.compile(
    r"https?://|\bwww\.|\bdoi\b|\bISBN\b|\bpp?\. ?\d|\b[Vv]ol\. ?\d|\bno\. \d|\bet al\.|\baccessed\b|\bUniversity Press\b|\bibid\b"
)
AUTHOR_FIRST = re.compile(
    r"^\W*(?:\d{1,3}[.)]?\s+)?(?:[A-Z][\w'’-]+,? (?:(?:[A-Z]\.\s?)+|[A-Z][\w'’-]+)(?:,| and| &|\.| \()|[“\"‘'])"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_source(unit: TextUnit) -> bool:
    """Return whether a passage of running text is an entry of a list of sources."""
    if any(SOURCES.match(heading) for heading in unit.heading_path[-1:]):
        return True
    text = unit.text
    named = AUTHOR_FIRST.match(text) and YEAR.search(text) and PLACE_OF_SOURCE.search(text)
    return bool(named and len(text.split()) <= MOST_WORDS)
