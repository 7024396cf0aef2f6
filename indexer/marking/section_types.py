"""What a heading promises of the passages under it.

The nearest heading that names a kind of finding decides; a heading that names background closes what stands
above it. A kind must be what the heading is about: "Report ratings, audit issues, and recommendations" is a list
of subjects, not a section of recommendations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search.model import FindingType

NUMBER = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*|\([a-z0-9]+\))[.)]?\s+(?=\S)")
"""The number before a heading: "XII. ", "B. ", "2.1 "."""

FEW = r"(?:[\w’'-]+ ){0,3}"
"""At most three words before the word that decides: "key policy recommendations", "main points and conclusions"."""

SECTIONS: tuple[tuple[FindingType | None, re.Pattern[str]], ...] = (
    (
        FindingType.RECOMMENDATION,
        re.compile(
            rf"^{FEW}recommendations?(?: \d+)?(?: (?:for|to|on|of) .*)?$|^calls? (?:to|for) action$|^(?:proposed )?(?:way forward|way ahead|next steps|actions? required)$|^proposals?$|^recommended \w+$"
        ),
    ),
    (
        FindingType.LESSON,
        re.compile(
            rf"^{FEW}lessons?(?: (?:learn(?:ed|t)|identified|from .*|for .*))?$|^{FEW}(?:good|best|promising) practices?(?: .*)?$|^examples of (?:\w+ )?(?:action|practice|success|good practice)\b.*$|^success stories$|^what worked\b.*$"
        ),
    ),
    (
        FindingType.COMMITMENT,
        re.compile(
            rf"^{FEW}(?:commitments?|pledges?|decisions?)(?: (?:made|taken|by|of) .*)?$|^announcements?$"
        ),
    ),
    (
        FindingType.CONCLUSION,
        re.compile(
            rf"^{FEW}(?:conclusions?|observations|(?:key )?findings|takeaways?|take-aways|highlights|insights|key messages|main points|outcomes?|challenges and opportunities|challenges & opportunities|summary of discussions?)(?: (?:and|&|of|from) .*)?$|^assessment$|^concluding remarks$"
        ),
    ),
    (
        None,
        re.compile(
            r"^(?:introduction|background|methodology|scope|sources?|references|agenda|annex.*|acknowledge?ments|about this .*|list of .*|contents|participants)$"
        ),
    ),
)
"""Headings in small letters without their number. None: background, nothing is promised."""


@dataclass(frozen=True, slots=True)
class Section:
    """What the headings promise (None: nothing), and the heading that says so, as printed."""

    type: FindingType | None
    heading: str
    background: bool = False


NO_SECTION = Section(None, "")


@lru_cache(maxsize=4_096)
def find_section(heading_path: tuple[str, ...]) -> Section:
    """Return the promise of the nearest heading that makes one; NO_SECTION when none does."""
    for heading in reversed(heading_path):
        bare = NUMBER.sub("", heading.strip()).rstrip(" :.").lower()
        for type_, pattern in SECTIONS:
            if pattern.match(bare):
                return Section(type_, heading, background=type_ is None)
    return NO_SECTION
