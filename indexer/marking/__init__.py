"""Marking: which themes a passage is about and whether it concludes something, each with the words that say so."""

from indexer.marking.findings import find_finding
from indexer.marking.learned import (
    OWN_WEIGHTS,
    DocumentText,
    LearnedMarker,
    TextUnit,
    find_lead_ins,
    load_own_weights,
    shipped_weights,
)
from indexer.marking.telling import find_told
from indexer.marking.theme_marker import NO_CONTEXT, RUNNING, DocumentContext, ThemeMarker, mark_themes

MARKING_VERSION = 11
"""Raised whenever the same passage and themes can get other marks; part of the fingerprint of an index."""

__all__ = [
    "MARKING_VERSION",
    "NO_CONTEXT",
    "OWN_WEIGHTS",
    "RUNNING",
    "DocumentContext",
    "DocumentText",
    "LearnedMarker",
    "TextUnit",
    "ThemeMarker",
    "find_finding",
    "find_lead_ins",
    "find_told",
    "load_own_weights",
    "mark_themes",
    "shipped_weights",
]
