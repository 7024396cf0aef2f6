"""Whom a recommendation asks to act, in the words of the passage."""

from __future__ import annotations

import re

MOST_WORDS = 12
"""A longer stretch before the verb is a clause and no name: of 91 hand-labelled addressees 89 have at most 9 words,
the other two 13 and 19."""

NAME = r"(?P<who>[^.;:()]{2,120}?)"
PATTERNS = (
    re.compile(
        rf"\b(?:urges?|call(?:s|ed)? (?:up)?on|encourages?|invites?|requests?|appeals? to|advises?|implores?|exhorts?) "
        rf"{NAME} (?:not )?to\b"
    ),
    re.compile(
        r"\b(?:urges?|call(?:s|ed)? (?:up)?on|encourages?|invites?|requests?|appeals? to) "
        r"(?P<who>(?:all |the )?(?:[A-Z][\w’'-]+|of|and|the|States|parties|stakeholders)(?: (?:[A-Z][\w’'-]+|of|and|the|"
        r"States|parties|stakeholders|concerned))*):?$"
    ),
    re.compile(
        rf"\b(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propos(?:es|ed?)) that {NAME}(?= (?:should |must )?[a-z]+\b|:)"
    ),
    re.compile(
        rf"(?:^|[.;,:] |\bthat |\band )(?:\d+\. )?{NAME} (?:(?:also|therefore) )?(?:should|must|needs? to|ought to|"
        r"(?:is|are|was|were) (?:\w+ly )?(?:encouraged|urged|invited|requested|called upon|advised)(?: to\b|:))"
    ),
)
NOBODY = re.compile(
    r"(?i)^(?:we|i|it|this|that|these|those|there|they|he|she|such|which|who|what|one|measures?|efforts?|consideration|"
    r"attention|more|priority|the need|a|an|any|each|its|their|recruitment|in|for|to|because|while|if|as|when)\b"
)
"""What stands before "should" and is nobody who could act."""

ACTOR = re.compile(
    r"(?i)\b(?:governments?|states?|countries|companies|nations|authorities|stakeholders|leaders|organi[sz]ations|"
    r"institutions|allies|partners|ministries|parliaments|donors|parties|businesses|community|forces|policymakers|"
    r"practitioners|commanders|universities|members|entities|groups?|council)\b"
)
"""An addressee is one of these, or has a proper name; "sound rules" and "management of water" do not act."""

PROPER = re.compile(r"^[A-Z][\w’'/-]+$|^[A-Z]{2}|\s[A-Z]")
"""A single name, an abbreviation, or a capital after the first word, which has one at the start of any sentence."""

MARK = re.compile(r"^(?:[•▪‣·*–—-]|\(?[a-zA-Z0-9]{1,4}[.)])\s+")


def find_addressee(text: str) -> str | None:
    """Who is asked, as printed; several are joined by "; "; None where nobody is named."""
    bare = MARK.sub("", text)
    for pattern in PATTERNS:
        named = (match["who"].strip(' ,“”"') for match in pattern.finditer(bare))
        found = dict.fromkeys(who for who in named if _can_act(who))
        if found:
            return "; ".join(found)
    return None


def _can_act(who: str) -> bool:
    """Is it somebody, and no clause?"""
    named = ACTOR.search(who) or PROPER.search(who)
    return bool(named) and not NOBODY.match(who) and len(who.split()) <= MOST_WORDS
