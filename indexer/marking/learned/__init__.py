"""The learned marker: small linear models over words, rules and form that say which passages are findings, and of what."""

from indexer.marking.learned.document_text import DocumentText, TextUnit, find_lead_ins
from indexer.marking.learned.marker import OWN_WEIGHTS, LearnedMarker, load_own_weights, shipped_weights

__all__ = [
    "OWN_WEIGHTS",
    "DocumentText",
    "LearnedMarker",
    "TextUnit",
    "find_lead_ins",
    "load_own_weights",
    "shipped_weights",
]
