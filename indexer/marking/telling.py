"""What a digest tells of its source: "The auditors found that ...", "The Allies agreed to ...". The verb says the type.

A digest retells. Whether a fact is a finding is there no matter of its own words, which may be as dry as "the fund
started late", but of the verb with which the digest says that somebody found, advised or promised it.
"""

from __future__ import annotations

import re

from indexer.marking.addressees import find_addressee
from search.model import Finding, FindingType

TOLD = "told"
"""The rule that a finding names which was recognised here."""

NOBODY_TELLS = re.compile(r"\b(?:be|been|is|are|was|were|an?|the) (?:\w+ly )?$", re.IGNORECASE)
"""What "was recently found in a copy" and "a noted author" have in front of the verb."""

CLAUSE = r"(?=\b[^.;]{0,160}?\bthat\b)"
"""A meeting "concluded" on a day; somebody concluded *that* something is so."""

AT_ONCE = r"(?=(?: \([^)]*\)|[^.;]{0,100},)? that\b)"
"""A word that means other things, too ("held office"), tells only with its clause at once or behind a comma."""

VERBS: tuple[tuple[FindingType, re.Pattern[str]], ...] = (
    (
        FindingType.RECOMMENDATION,
        re.compile(r"\b(?:recommended|urged|advised|proposed|called (?:up)?on|called for)\b"),
    ),
    (
        FindingType.COMMITMENT,
        re.compile(
            r"\b(?:decided|undertook|pledged|promised|reaffirmed|agreed\b(?=[^.;]{0,80}?\b(?:to|on|that)\b)|plans to|intends to|"
            r"committed (?:itself|themselves|to))\b|\b(?:is|are|remains?) committed to\b|\bstated\b(?=[^.;]*\bwill\b)"
        ),
    ),
    (FindingType.LESSON, re.compile(rf"\blearn(?:ed|t)\b{CLAUSE}")),
    (
        FindingType.CONCLUSION,
        re.compile(
            rf"\b(?:found\b|(?:concluded|judged|observed|warned|showed|stated){CLAUSE}|(?:argued|held|noted){AT_ONCE})"
        ),
    ),
)
"""The verbs of each type, in the past, as one tells what others did."""


def find_told(text: str) -> Finding | None:
    """Return what a passage of a digest tells as found, advised or promised, or None when it has no verb of telling.

    The first such verb of `text` decides: in "the Council agreed to what the auditors recommended" it is a promise.
    """
    told = [
        (match.start(), type_, match)
        for type_, verb in VERBS
        for match in verb.finditer(text)
        if not NOBODY_TELLS.search(text, 0, match.start())
    ]
    if not told:
        return None
    start, type_, match = min(told, key=lambda found: found[0])
    advice = text[start:].partition(" that ")[2] or text[start:]
    asks = type_ is FindingType.RECOMMENDATION
    return Finding(type_, TOLD, match[0], find_addressee(advice) if asks else None)
