"""Is a passage a finding, and of which type? By its section, its wording and the line that leads in to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.marking.addressees import find_addressee, find_addressee_of_list
from indexer.marking.finding_rules import FAIR, HINT, NOTHING, ORDER, RECITAL, SURE, find_candidates
from indexer.marking.section_types import NO_SECTION, Section, find_section
from search.analysis.words import sentences
from search.model import Finding, FindingType, PassageKind

KINDS = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
"""Only running text concludes something; headings, tables, captions and footnotes are never findings."""

FEWEST_WORDS = 3
"""Shorter passages are labels and names. In the hand-labelled passages no finding has fewer than five."""

ITEM_MARK = re.compile(r"^\s*(?:[•▪‣·*–—-]|\(?[a-zA-Z0-9]{1,4}[.)])\s+")
"""A bullet or number in front: "• ", "(iv) ", "12. "."""

IMPERATIVE = re.compile(
    r"(?:Accelerate|Adapt|Adopt|Address|Allocate|Apply|Assess|Avoid|Bring|Build|Call|Clarify|Conduct|Consider|Continue|"
    r"Coordinate|Create|Deepen|Define|Deliver|Develop|Encourage|Engage|Enhance|Ensure|Establish|Examine|Expand|"
    r"Explore|Facilitate|Find|Focus|Foster|Give|Harmoni[sz]e|Help|Identify|Implement|Improve|Include|Increase|"
    r"Integrate|Invest|Involve|Keep|Launch|Maintain|Make|Optimi[sz]e|Organi[sz]e|Pay|Prepare|Prevent|Prioriti[sz]e|"
    r"Promote|Protect|Provide|Pursue|Raise|Reduce|Reform|Refrain|Reinforce|Remove|Review|Revise|Seek|Set|Share|"
    r"Simplify|Streamline|Strengthen|Support|Sustain|Take|Tailor|Train|Update|Use|Work)\b(?! (?:is|are|was|of)\b)"
)
INFINITIVE = re.compile(r"To (?:\w+ly )?[a-z]+\b")

SECTION_WEIGHT, CONTESTED_WEIGHT = 2.0, 0.5
"""What a section's promise adds: as much as FAIR words, but little where words speak for another type. With 1.5 for
a section half of the labelled lessons are lost; from 0 to 1 for a contested one nothing changes."""

BONUS = {SURE: 0.3, FAIR: 0.2, HINT: 0.15}
BONUS_LIMIT = 0.9
"""What each further cue of the same type adds, and how much all of them may: less than the step from HINT to FAIR,
so that many weak words do not outweigh a strong one."""

CALL_WEIGHT = 3.0
"""An explicit call to somebody outweighs any praise or worry before it, however long. From 2 on it always does;
with 1 five of 94 labelled recommendations turn into conclusions."""

SPEAKER_WEIGHT = 1.0
"""What somebody says in his own name is an opinion sooner than what a report tells; without it the labelled
quotations lose one conclusion."""

THRESHOLD = 2.0
"""A type needs this much weight: one FAIR cue or a section. On the labelled passages F1 for "a finding or not" is .88
with 1.5 and with 2, and falls to .78 with 2.5."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule that fired, and where its words stand: a half-open character span, empty for the line before a list."""

    rule: str
    type: FindingType
    weight: int
    start: int
    end: int


def find_finding(
    kind: PassageKind,
    text: str,
    heading_path: tuple[str, ...],
    speaker: str | None,
    lead_in: str = "",
) -> Finding | None:
    """Return what the passage concludes, or None.

    `speaker` is whoever speaks the passage: opinions in the first person then count. `lead_in` is the text of the
    paragraph that opens the list which holds a list item ("The Council is invited:"), if known.
    """
    if kind not in KINDS or len(text.split()) < FEWEST_WORDS:
        return None
    fired = [cue for start, end in sentences(text) for cue in find_cues(text, start, end)]
    return judge(kind, text, heading_path, speaker, lead_in, fired)


def judge(
    kind: PassageKind,
    text: str,
    heading_path: tuple[str, ...],
    speaker: str | None,
    lead_in: str,
    fired: Sequence[Cue],
) -> Finding | None:
    """Judge a passage of running text by the cues that `fired` in its sentences, as `find_finding` does."""
    section = find_section(heading_path)
    cues = [*fired, *_item_cues(kind, text, lead_in)]
    section, cues = _heeded(text, section, cues)
    weights = {type_: _weight(type_, cues, section) for type_ in ORDER}
    if speaker and weights[FindingType.CONCLUSION]:
        weights[FindingType.CONCLUSION] += SPEAKER_WEIGHT
    best = max(ORDER, key=lambda type_: weights[type_])  # the first of equals: ORDER is a ranking
    if weights[best] < THRESHOLD:
        return None
    return _finding(best, text, cues, section, lead_in)


def _heeded(text: str, section: Section, cues: list[Cue]) -> tuple[Section, list[Cue]]:
    """What still counts: sure words only in background, no conclusion in a line that opens a list, nothing but
    sure calls and promises in a courtesy."""
    if section.background:
        cues = [cue for cue in cues if cue.weight == SURE]
    if RECITAL.search(text):
        return NO_SECTION, []
    opens_list = text.rstrip().endswith(":")
    if opens_list:
        section = NO_SECTION if section.type is FindingType.RECOMMENDATION else section
    if NOTHING.search(text):
        section, cues = NO_SECTION, [cue for cue in cues if cue.weight == SURE]
        opens_list = True
    if opens_list:
        cues = [cue for cue in cues if cue.type is not FindingType.CONCLUSION]
    return section, cues


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """Find every rule that fires in the sentence from `start` to `end` (half-open) of a `text`."""
    sentence = text[start:end]
    fired = ((rule, rule.pattern.search(sentence)) for rule in find_candidates(sentence))
    return [
        Cue(rule.name, rule.type, rule.weight, start + match.start(), start + match.end())
        for rule, match in fired
        if match
    ]


@lru_cache(maxsize=256)
def _led_by(lead_in: str) -> Finding | None:
    """What the line that opens a list concludes; asked for by each of its items."""
    return find_finding(PassageKind.PARAGRAPH, lead_in, (), None)


def _item_cues(kind: PassageKind, text: str, lead_in: str) -> Iterator[Cue]:
    """What the form of a list item says: "To develop ...", "Ensure that ...", or the line that opens the list."""
    if kind is not PassageKind.LIST_ITEM:
        return
    mark = ITEM_MARK.match(text)
    start = mark.end() if mark else 0
    for name, pattern in (("infinitive item", INFINITIVE), ("imperative item", IMPERATIVE)):
        match = pattern.match(text, start)
        if match:
            yield Cue(name, FindingType.RECOMMENDATION, FAIR, start, match.end())
    led = _led_by(lead_in) if lead_in else None
    if led:
        yield Cue(f"led in by {led.rule}", led.type, SURE, start, start)


def _weight(type_: FindingType, cues: list[Cue], section: Section) -> float:
    """How much speaks for a type: its strongest cue, a bit for each further one, and the section."""
    mine = sorted((cue.weight for cue in cues if cue.type is type_), reverse=True)
    weight = mine[0] + min(sum(BONUS[further] for further in mine[1:]), BONUS_LIMIT) if mine else 0.0
    if section.type is type_:
        contested = any(cue.type is not type_ and cue.weight >= FAIR for cue in cues)
        weight += CONTESTED_WEIGHT if contested else SECTION_WEIGHT
    if type_ is FindingType.RECOMMENDATION and mine and mine[0] == SURE:
        weight += CALL_WEIGHT
    return weight


def _finding(type_: FindingType, text: str, cues: list[Cue], section: Section, lead_in: str) -> Finding:
    """The finding with its strongest cue; the section's heading where no words speak for the type."""
    mine = [cue for cue in cues if cue.type is type_]
    addressee = None
    if type_ is FindingType.RECOMMENDATION:
        addressee = find_addressee_of_list(lead_in) or find_addressee(text)
    if not mine or (section.type is type_ and max(cue.weight for cue in mine) < FAIR):
        return Finding(type_, "section", section.heading, addressee)
    cue = max(mine, key=lambda cue: cue.weight)
    words = ITEM_MARK.sub("", text[cue.start : cue.end]).strip(' “"(,;')
    return Finding(type_, cue.rule, words or lead_in, addressee)
