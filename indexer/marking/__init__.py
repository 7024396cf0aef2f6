"""Marking: which themes a passage is about and whether it concludes something, each with the words that say so."""

from indexer.marking.findings import find_finding
from indexer.marking.theme_marker import NO_CONTEXT, RUNNING, DocumentContext, ThemeMarker, mark_themes

MARKING_VERSION = 2
"""Raised whenever the same passage and themes can get other marks; part of the fingerprint of an index."""

__all__ = [
    "MARKING_VERSION",
    "NO_CONTEXT",
    "RUNNING",
    "DocumentContext",
    "ThemeMarker",
    "find_finding",
    "mark_themes",
]
