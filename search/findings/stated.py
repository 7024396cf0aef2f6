"""The words of a passage that state its finding."""

from __future__ import annotations

from search.model import Passage

BETWEEN = " … "
"""Stands where words of the passage are left out between two sentences that state the finding."""


def stated_words(passage: Passage) -> str:
    """Return the sentences that state a passage's finding; the whole passage where they are not known, or where all of them do."""
    spans = passage.finding.spans if passage.finding else ()
    if not spans:
        return passage.text
    words, reached = "", spans[0][0]
    for start, end in spans:
        skipped = passage.text[reached:start]
        words += (BETWEEN if skipped.strip() else skipped) + passage.text[start:end].strip()
        reached = end
    return words.strip() or passage.text
