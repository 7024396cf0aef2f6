"""Whom a recommendation asks to act, in the words of the passage."""

from __future__ import annotations

import re

from search.analysis.words import sentences

MOST_WORDS = 12
"""A longer stretch before the verb is a clause and no name, unless it is a list, which may have twice as many: of 91
hand-labelled addressees 89 have at most 9 words, the other two 13 and 19."""

NAME = r"(?P<who>[^.;:()]{2,160}?)"
PATTERNS = (
    re.compile(
        rf"\b(?:urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:up)?on|encourag(?:es?|ed|ing)|invit(?:es?|ed|ing)|requests?|appeals? to|"
        rf"advises?|implores?|exhorts?|(?:we|I) (?:need|want|ask)) {NAME} (?:not )?to\b"
    ),
    re.compile(
        r"\b(?:urges?|call(?:s|ed)? (?:up)?on|encourages?|invites?|requests?|appeals? to) "
        r"(?P<who>(?:all |the )?(?:[A-Z][\w’'-]+|of|and|the|States|parties|stakeholders)(?: (?:[A-Z][\w’'-]+|of|and|the|"
        r"States|parties|stakeholders|concerned))*):?$"
    ),
    re.compile(
        rf"\b(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propos(?:es|ed?)) that {NAME}(?= (?:should |must )?[a-z]+\b|:)"
    ),
)
BOUND = re.compile(
    r"\s(?:(?:also|therefore|now|thus|still|then|urgently|and) )?(?:should|must|shall|needs? to|will need to|ought to|has to|have to|"
    r"(?:is|are|was|were) (?:\w+ly )?(?:encouraged|urged|invited|requested|called upon|advised)(?: to\b|:))"
)
"""What stands behind somebody who is told to act; the first of a sentence counts."""

SAID = re.compile(
    r".*\b(?:that|believes?|implies|means|says|argues?|insists?|thinks?|if|then|what|why|because|where|when)\s",
    re.I,
)
"""What stands before a clause of its own: "The report argues that NATO" names NATO."""

LEADING = re.compile(
    r"(?i)^(?:in|to|by|as|at|on|under|with|without|for|from|of|given|since|while|although|though|if|when|once|after|before|"
    r"beyond|despite|during|through|throughout|rather|similar|like|unlike|because|where|whether|amid|against|among|alongside|"
    r"instead|first|second|third|fourth|fifth|finally|lastly|next|here|but|and|so|yet|then|also|too|more|most|moreover|"
    r"however|therefore|thus|hence|meanwhile|nevertheless|now|today|ultimately|\w+ly|\w+ing)\b"
)
"""How a piece before a comma begins that only leads up to the name: "Building on this, NATO", "Third, Allies"."""

DANGLING = re.compile(r"\b(?:the|an?|no|any|their|its|our|this|that|urgent|of|for|to)\s*$", re.I)
"""What ends no name: "the need to act" is a noun, and asks nobody."""

CONJUNCTION = re.compile(r"^(?:(?:and|but|so|yet|then|thus|also|both|what|now)\s+)+", re.I)
FOR_WHOM = re.compile(
    r"(?i)\b(?:recommendations?|proposals|next steps|priorities|actions?) (?:for|to) (?P<who>[^:;.()]{2,80})$"
)

NOBODY = re.compile(
    r"(?i)^(?:we|i|it|this|that|these|those|there|they|he|she|such|which|who|what|one|measures?|efforts?|consideration|"
    r"attention|more|priority|the need|a|an|any|each|its|their|recruitment|in|for|to|because|while|if|as|when)\b"
)
"""What stands before "should" and is nobody who could act."""

ACTOR = re.compile(
    r"(?i)\b(?:governments?|states?|countries|companies|nations|authorities|stakeholders|leaders|organi[sz]ations|"
    r"institutions|allies|partners|ministr(?:y|ies)|parliaments?|parties|business(?:es)?|community|forces|"
    r"universities|members|entities|groups?|councils?|committees?|agenc(?:y|ies)|departments?|components|teams?|staffs?|"
    r"president|minister|secretary|director|commission|congress|participants|delegations|administration|"
    r"(?!(?:numb|ord|fact|sect|bord|pap|pow|consum|hundr|oth|matt|lett|err|cent|quart|chapt)[eo]rs)[a-z]{3,}(?:[eo]rs|ists|ians))\b"
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
    told = (_told(bare[start:end]) for start, end in sentences(bare))
    return next((who for who in told if who), None)


def find_addressee_in_heading(heading: str) -> str | None:
    """Who a section of recommendations is for ("Recommendations for donors"), as printed; None where it does not say."""
    match = FOR_WHOM.search(heading)
    return match["who"].strip() if match and _can_act(match["who"].strip()) else None


def _told(sentence: str) -> str | None:
    """Who stands before the first "should" of a sentence, without the words that lead up to the name."""
    sentence = re.sub(r"\s*\([^)]*\)", "", sentence)
    bound = BOUND.search(sentence)
    if bound is None:
        return None
    before = re.split(r"[;:()]|\s[–—-]\s|—", sentence[: bound.start()])[-1]
    if DANGLING.search(before):
        return None
    pieces = SAID.sub("", before).strip(' ,“”"').split(", ")
    while len(pieces) > 1 and LEADING.match(pieces[0]):
        pieces = pieces[1:]
    if len(pieces) > 1 and not re.match(r"(?:and|or|as well as)\b", pieces[-1]):
        pieces = pieces[-1:]
    who = CONJUNCTION.sub("", ", ".join(pieces)).strip(' ,“”"')
    return who if _can_act(who) else None


def _can_act(who: str) -> bool:
    """Is it somebody, and no clause?"""
    named = ACTOR.search(who) or PROPER.search(who)
    most = MOST_WORDS * (2 if ", " in who else 1)
    return bool(named) and not NOBODY.match(who) and not LEADING.match(who) and len(who.split()) <= most
