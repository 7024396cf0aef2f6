"""What a finding sounds like: one table of rules, each with a name, the type it speaks for and its words.

A rule looks at one sentence at a time. Its weight says how far the words alone carry: SURE words make the passage a
finding of that type wherever they stand; FAIR words do when nothing surer speaks for another type; HINT words
only add to a passage that judges anyway.

The words are the genre's own: operative and preambular verbs of resolutions, the modal verbs of recommendations,
the reporting verbs of conference reports, the first person of observations and speeches. On 389 hand-labelled
passages of twenty documents they reach F1 .91 for "a finding or not" and .82 in the mean of the four types. The
rules were written with these passages in view, so other documents will show less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.marking.rule_parts import (
    ACTOR,
    ADDRESSED,
    ADVERBS,
    PEOPLE,
    PREAMBLE,
    PROMISED,
    SPEAKS,
    SPOKE,
    URGE,
    URGES,
    WEIGHTY,
)
from indexer.marking.rule_triggers import TRIGGERS
from search.model import FindingType

SURE, FAIR, HINT = 3, 2, 1
"""How far words carry; see above."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; it is searched in a sentence, and what it matches is the cue. One of `triggers` stands in every
    sentence that it matches; without any, all sentences are searched."""

    name: str
    type: FindingType
    weight: int
    pattern: re.Pattern[str]
    triggers: tuple[str, ...] = ()


def _rules(type_: FindingType, *rows: tuple[str, int, str]) -> tuple[Rule, ...]:
    """Rules of one type from (name, weight, pattern)."""
    return tuple(
        Rule(name, type_, weight, re.compile(pattern), TRIGGERS.get(name, ()))
        for name, weight, pattern in rows
    )


ITEM = r"^(?:\W|\d|\([a-z]+\))*"
"""What may stand before the first word: bullets, numbers, quote marks."""

COURTESY = r"(?:like|have|be (?:noted|recalled|mentioned|stressed|remembered|able)|also be noted|add|say|admit|point out)"
"""After "should" these ask nobody to act: "it should be noted", "I should like to"."""

RECOMMENDATIONS = _rules(
    FindingType.RECOMMENDATION,
    ("urges", SURE, rf"\b(?:I|[Ww]e)(?: would| must| can only)? {ADVERBS}{URGE}\b(?! attention)"),
    ("reiterates its call", SURE, r"\b(?:reiterate|repeat|renew) (?:my|our|the|its) (?:call|appeal|plea)\b"),
    ("operative verb", SURE, rf"{ITEM}(?:(?:Strongly|Also|Further|Once again) )?(?i:{URGES})\b"),
    (
        "body urges",
        SURE,
        rf"\b(?:[A-Z][\w’'-]+|that|it|she|he) {ADVERBS}(?:urges|recommends|calls (?:up)?on|appeals to)\b"
        rf"|\band {ADVERBS}{URGES}\b",
    ),
    (
        "is urged to",
        SURE,
        r"\b(?:is|are) (?:\w+ly )?(?:encouraged|urged|invited|requested|called upon|advised|recommended)(?: to\b|:)",
    ),
    (
        "it is recommended",
        SURE,
        r"\b[Ii]t (?:is|was) (?:(?:\w+ly|therefore|also|thus|hereby|further) )*(?:recommended|suggested|proposed) (?:that|to)\b|\bis recommended\b",
    ),
    (
        "people urged",
        SURE,
        rf"\b{PEOPLE}(?: \w+){{0,3}} (?:recommended|urged|called (?:up)?on|called for|suggested|proposed|advised)\b",
    ),
    (
        "it is imperative that they",
        SURE,
        rf"\b(?:{WEIGHTY}) (?:that|for) (?:\w+ ){{1,6}}?(?:return|take|act|ensure|be|to take|to act|to ensure|to work)\b",
    ),
    (
        "somebody should",
        SURE,
        rf"(?:^|[\s“\"(,;])(?:{ACTOR}|{ADDRESSED}) (?:also |therefore )?(?:should|must|ought to|needs? to)\b"
        r"(?! (?:have|like|be noted|be able))(?: not| also)? \w+",
    ),
    ("consideration should be given", SURE, r"\bconsideration (?:should|could|needs to) be given\b"),
    ("it is necessary to", FAIR, r"\bit is (?:also |therefore )?(?:necessary|imperative) to \w+"),
    (
        "should",
        FAIR,
        rf"(?<![Ww]hy )(?<![Hh]ow )\b(?:should|must|ought to)\b(?! {COURTESY}\b)(?: not| also)? \w+",
    ),
    (
        "needs to act",
        FAIR,
        r"(?<!will )(?<!would )\b(?:needs?|will need|has|have) to (?!do with)(?:be |not )?\w+",
    ),
    ("let us", FAIR, r"\b[Ll]et us \w+"),
    ("asks", FAIR, r"\bI (?:[\w’]+ ){1,9}?ask (?:the|all|our|you|every|each|those) (?:[\w’-]+ ){1,9}?to \w+"),
    (
        "could be better",
        HINT,
        r"\bcould be (?:further )?(?:strengthened|improved|enhanced|expanded|considered)\b",
    ),
)

COMMITMENTS = _rules(
    FindingType.COMMITMENT,
    (
        "we reaffirm our commitment",
        SURE,
        r"\b(?:I|[Ww]e) (?:(?:wish|want|would like) to )?(?:once again )?(?:re)?affirm (?:my|our) (?:[\w-]+ ){0,2}commitment\b",
    ),
    (
        "reaffirms commitment",
        FAIR,
        r"\breaffirm(?:s|ed|ing)? (?:my|our|its|their|his|her) (?:\w+ ){0,2}commitment\b",
    ),
    (
        "will",
        FAIR,
        rf"(?:^|[\s“\"(])(?:{ACTOR}) (?:will|shall)(?: also| not| soon| therefore| continue to)* "
        r"(?!(?:be (?:able|needed|required|more|less|affected|possible|difficult)|need|have to|find|benefit|lose|become|face|"
        r"remain|celebrate|mark|see|mean|depend|enhance|enable|allow|affect|suffer|know|likely|never)\b)\w+",
    ),
    (
        "committed to",
        FAIR,
        r"\b(?:is|are|remains?|am|stands?) (?:\w+ly )?(?:committed|determined|resolved|dedicated|ready|prepared) to\b",
    ),
    ("agreed to", FAIR, rf"\b{PROMISED} to (?!be\b)\w+"),
    (
        "signed",
        FAIR,
        r"\b(?:signed|signing of) (?:an?|two|three|several) (?:[\w’-]+ ){0,4}?"
        r"(?:[Mm]emorandum|[Aa]greement|[Aa]rrangement|[Dd]eclaration|[Tt]reaty|[Aa]ccord|[Pp]rotocol)\b",
    ),
    ("announced", FAIR, r"\b(?:announced|will announce|pledged) (?:that|an?|the|its|their|new)\b"),
    (
        "plans to",
        FAIR,
        r"\b(?:[Gg]overnment|[Aa]dministration|[Pp]resident|[Mm]inist(?:er|ry)|[Aa]gency|NATO|Alliance|Union|[Cc]ountry) "
        r"(?:[\w’]+ ){0,2}?(?:plans?|intends?) to \w+",
    ),
    (
        "action will be taken",
        FAIR,
        r"\bwill (?:also |still |soon |then )*(?:be (?:\w+ly )?(?:responsible for|established|set up|launched|reviewed|provided|deployed|"
        r"prohibited|made available|opened|organi[sz]ed|held|created|implemented|lifted|withdrawn|published|submitted)|soon \w+)\b",
    ),
)

LESSONS = _rules(
    FindingType.LESSON,
    (
        "lesson",
        SURE,
        r"\b(?:(?:[Aa]|[Oo]ne|[Tt]he|[Aa]nother|[Kk]ey|[Mm]ain|[Ff]irst|[Cc]entral|[Ii]mportant) )+(?:\w+ )?lessons?\b"
        r"(?: (?:learn(?:ed|t)|identified|drawn))?(?: \w+){0,5}? (?:is|was|are|were|has been)\b",
    ),
    (
        "lesson learned",
        FAIR,
        rf"{ITEM}[Ll]essons? (?:learn(?:ed|t)|identified)\b|\b[Ee]xperience (?:has shown|shows|showed|teaches|taught)\b"
        r"|\b(?:have|has|had) (?:\w+ )?learn(?:ed|t) (?:that|from|the lesson)\b",
    ),
    (
        "good practice",
        FAIR,
        r"\b(?:[Gg]ood|[Bb]est|[Ee]merging) practices? (?:\w+ ){0,6}?(?:include[ds]?|is|are|was|were|identified)\b"
        r"|\bidentified (?:\w+ ){0,6}?(?:good|best) practices?\b"
        r"|\bproved (?:to be )?(?:useful|effective|successful|valuable)\b",
    ),
)

CONCLUSIONS = _rules(
    FindingType.CONCLUSION,
    (
        "first person judges",
        SURE,
        r"\b(?:I|[Ww]e) (?:(?:also|once again|strongly|deeply|remain|am|are|were|wish to|would like to|must|can|fully|"
        r"truly) )*(?:welcome|commend|condemn|deplore|regret|applaud|encouraged|concerned|alarmed|troubled|convinced|"
        r"pleased|gratified|glad|saddened|disappointed|believe|consider|think|affirm|stress|underline|emphasi[sz]e|"
        rf"acknowledge|recogni[sz]e|support|hope|note|see|know|{SPEAKS})\b",
    ),
    ("preamble", SURE, rf"{ITEM}(?:(?:Also|Further|Deeply|Gravely) )*{PREAMBLE}\b"),
    ("people said", SURE, rf"\b{PEOPLE}(?: \w+){{0,3}} {SPOKE}\b"),
    ("body says", FAIR, rf"\b{PEOPLE}(?: also| further| therefore| rightly)? {SPEAKS}\b(?! (?:on|to)\b)"),
    (
        "name said",
        FAIR,
        r"\b(?:[A-Z]\w+|[Hh]e|[Ss]he|[Tt]hey) (?:(?:also|has|have|further) )*"
        r"(?:said|says|argued|argues|believes?|believed|warned|stressed|(?:is|was) of the view|insists|called it)\b",
    ),
    (
        "it is important",
        FAIR,
        rf"\b[Ii]t (?:is|was|remains|became|has become) (?:\w+ )?"
        rf"(?:{WEIGHTY}|regretted|regrettable|sad|a fact|true|hoped|timely|time)\b",
    ),
    (
        "is essential",
        FAIR,
        rf"\b(?:is|are|remains?|be) (?:an? |the |of )?(?:\w+ )?(?:{WEIGHTY}|concerning|insufficient|severe|"
        r"a (?:\w+ )?(?:problem|challenge|concern|priority|threat|obstacle))\b",
    ),
    (
        "remains a challenge",
        FAIR,
        r"\b(?:remain(?:s|ed)?|poses?|constitut(?:es|ed?)|presents?) (?:an? |the )?(?:\w+ ){0,2}"
        r"(?:challenges?|concerns?|obstacles?|priority|threats?|risks?|gaps?|problem|component|cause)\b",
    ),
    (
        "need for",
        FAIR,
        r"\b(?:the|an?|urgent|clear|for) (?:\w+ )?(?:need|necessity) (?:for|to)\b"
        r"|\b(?:importance|relevance|urgency) of\b",
    ),
    ("is needed", FAIR, r"\b(?:is|are) (?:\w+ )?(?:needed|lacking)\b|\brequires?\b"),
    (
        "role to play",
        FAIR,
        r"\b(?:ha(?:s|ve)|play(?:s|ed)?) (?:an? |the )?(?:\w+ )?(?:role|part)\b|\bkey (?:role|driver|finding)s?\b",
    ),
    (
        "shows that",
        FAIR,
        r"\b(?:underscor(?:es|ed|ing)|underlin(?:es|ed|ing)|demonstrat(?:es|ed|ing)|illustrat(?:es|ed)|"
        r"highlight(?:s|ed|ing)|reveal(?:s|ed)|suggests?|confirm(?:s|ed)|indicat(?:es|ed)|show(?:s|ed|n)) "
        r"(?:that|the|how|an?)\b",
    ),
    (
        "weighs on",
        FAIR,
        r"\b(?:severely|significantly|seriously|gravely|adversely|further|deeply) (?:\w+ )?(?:affect(?:s|ed)?|compromised?|"
        r"undermin(?:es?|ed)|constrain(?:s|ed)?|hamper(?:s|ed)?|limit(?:s|ed)?|weaken(?:s|ed)?|imped(?:es?|ed))\b"
        r"|\brais(?:es?|ed|ing) (?:\w+ )?(?:questions?|concerns?|doubts?)\b"
        r"|\b(?:is|are|was|were) (?:of|a matter of|a source of|a cause for) (?:\w+ ){0,2}concern\b",
    ),
    (
        "it appears",
        FAIR,
        r"\b[Ii]t (?:is|was|seems|appears|remains) (?:\w+ )?(?:that|clear|likely|unlikely|doubtful)\b|\bseem(?:s|ed)? (?:to be )?(?:insufficient|inadequate|unlikely)\b",
    ),
    ("opinion", HINT, r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b"),
    (
        "weighs",
        HINT,
        r"\b(?:[Ll]ack of|[Aa]bsence of|(?:is|are) required|hamper(?:s|ed|ing)?|undermin(?:es?|ed|ing)|insufficient|"
        r"inadequate|significant(?:ly)?|effective(?:ly|ness)?|crucial|essential|challeng(?:e|es|ing)|however|"
        r"nevertheless|despite|although|while|limited|progress|improv(?:e|ed|ements?)|help(?:s|ed)?|"
        r"contribut(?:es?|ed)|can|could|may|critical|serious(?:ly)?|benefits?)\b",
    ),
)

RULES = (*RECOMMENDATIONS, *COMMITMENTS, *LESSONS, *CONCLUSIONS)
"""All rules. Of the types that they speak for, the one with the most weight wins."""

_TRIGGERED: dict[str, set[int]] = {}
for _number, _rule in enumerate(RULES):
    for _letters in _rule.triggers or ("",):
        _TRIGGERED.setdefault(_letters, set()).add(_number)


def find_candidates(sentence: str) -> list[Rule]:
    """Find the rules that can fire in a `sentence` because their triggers stand in it, in the order of the table."""
    lowered = sentence.lower()
    numbers: set[int] = set()
    for letters, triggered in _TRIGGERED.items():
        if letters in lowered:
            numbers |= triggered
    return [RULES[number] for number in sorted(numbers)]


ORDER = (FindingType.RECOMMENDATION, FindingType.COMMITMENT, FindingType.LESSON, FindingType.CONCLUSION)
"""Which type wins when two weigh the same: a request outweighs the praise before it."""

NOTHING = re.compile(
    r"\b(?:gratitude|thank (?:you|all|the)|honou?r (?:for|to)|pleasure to|I (?:now )?give the floor|"
    r"express my (?:\w+ )?(?:appreciation|thanks))\b"
    rf"|{ITEM}(?:Having (?:considered|met)|Pursuant|Guided by|Acting under)\b"
    r"|\bfollowing recommendations? (?:is|are) expected\b"
    r"|\b(?:[Mm]ention of such a symbol|designations employed|expression of any opinion (?:whatsoever )?on the part)\b"
)
"""Courtesies, recitals, imprints and lead-ins: they look like conclusions and are none. Sure words of other types still count."""

RECITAL = re.compile(
    rf"{ITEM}(?:(?:Also |Further )?[Rr]ecall(?:s|ing)\b|I recall\b|(?:Also )?[Aa]t (?:the|its) (?:same|\w+) (?:\w+ )?meeting,)"
)
"""What opens a passage that cites an earlier text or tells how a meeting went: what was asked there is not asked here."""
