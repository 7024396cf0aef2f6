"""Who speaks: `Mr. Perera (Sri Lanka): ...` in verbatim records. Only confident cases; a wrong speaker is worse than none.

Name, office and country are kept apart; a name is written in composed letters (NFC), and in one document one person has one name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.reading.reading import DraftPassage
from search.model import PassageKind

# Turns before a document counts as a record of several speakers, so that a turn holds until the next one.
TURNS = 2
_ADDRESS = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Gen|Lt|Col|Adm|Amb|H\.E|Sir|Dame|Lord|Lady|Baroness|Professor|President|Minister|"
    r"Ambassador|General|Lieutenant|Colonel|Admiral|Secretary|Senator|Chancellor|Prime Minister|"
    r"Secretary-General|Archbishop|Prince|Princess|King|Queen|Sheikh|M|MM|Mme|Mlle|Sr|Sra|Srta|Herr|Frau)"
)
_LETTER = r"[^\W\d_]"
_MARKS = "\u0300-\u036f"  # accents that no composed letter holds
_PART = rf"(?:{_LETTER}[\w{_MARKS}’'.\-]*|of|de|da|del|den|der|van|von|al|el|bin|ibn|the|and|la|le|du|dos|ul)"
_BRACKET = r"\((?:[^()]|\([^()]*\)){2,100}\)"  # "(Iran (Islamic Republic of))" has brackets inside
_CHAIR = (
    r"The (?:Acting |Deputy |Temporary |Vice-)?(?:President|Chair(?:man|person|woman)?|Moderator|Secretary-General|Speaker|Rapporteur)|"
    r"(?:Le|La) (?:Président|Présidente|Secrétaire général|Secrétaire générale)|(?:El|La) (?:Presidente|Presidenta|Secretario General)"
)
_BEHIND = rf"(?P<behind>(?:\s*{_BRACKET}){{0,3}})\s?:(?=\s+\S)"
_TURN = re.compile(rf"^(?P<name>(?:{_ADDRESS}\.?(?:\s+{_PART}){{1,7}}|{_CHAIR})){_BEHIND}")
_CAPITALS = re.compile(
    rf"^(?P<name>(?:{_LETTER}[\w{_MARKS}.’'\-]+)(?: {_LETTER}[\w{_MARKS}.’'\-]*){{1,4}}){_BEHIND}(?=\s+[^\W\d_a-z]|\s+[“\"])"
)
# What begins a turn that is not read: it ends the turn before, since whoever speaks now is somebody else.
_ANY_TURN = re.compile(
    rf"^(?:{_ADDRESS}\.?\s[^:]{{1,90}}|[^\W\d_a-z][^:()]{{1,60}}{_BRACKET}|Q|A|Question|Answer|Réponse|Pregunta|Respuesta|Frage|Antwort)"
    r"\s?:\s+\S"
)
_PARTICLES = frozenset(
    [
        "of",
        "de",
        "da",
        "del",
        "den",
        "der",
        "van",
        "von",
        "al",
        "el",
        "bin",
        "ibn",
        "the",
        "and",
        "la",
        "le",
        "du",
        "dos",
        "ul",
    ]
)
_NO_NAME = frozenset(("NOTE", "SOURCE", "FIGURE", "TABLE", "BOX", "ANNEX", "RECOMMENDATION", "CONCLUSION"))
_LANGUAGE = re.compile(r"\b(?:spoke|interpretation|parle|habla|spricht|interprétation)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:chair\w*|president|vice|rapporteur|spokes\w+|secretary|minister|director|moderator|facilitator|head|commander|"
    r"coordinator|representative|commissioner|chief|adviser|officer|président\w*|presidente|leader)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The beginning of a turn: the name in composed letters, and of what stands in brackets the office and the country or body."""

    name: str
    office: str | None = None
    delegation: str | None = None


def find_turn(text: str) -> Turn | None:
    """Return the speaker at the beginning of `text`, None when it begins no turn.

    >>> find_turn("Mr. Perera (Sri Lanka): We welcome the report.")
    Turn(name='Mr. Perera', office=None, delegation='Sri Lanka')
    """
    text = unicodedata.normalize("NFC", text)
    match = _TURN.match(text)
    if match is None:
        match = _CAPITALS.match(text)
        if match and not match["name"].isupper():
            match = None
    if not match or _NO_NAME & set(match["name"].split()) or not _is_name(match["name"]):
        return None
    told = [part[1:-1] for part in re.findall(_BRACKET, match["behind"]) if not _LANGUAGE.search(part)]
    office = next((part for part in told if _OFFICE.search(part)), None)
    return Turn(match["name"], office, next((part for part in told if part != office), None))


def _is_name(name: str) -> bool:
    """Every word begins with a capital letter or is one that stands small in names."""
    return all(not word[:1].islower() or word in _PARTICLES for word in name.split())


def with_speakers(passages: Sequence[DraftPassage]) -> tuple[DraftPassage, ...]:
    """Return the passages with the speaker of each turn; in a record with several turns each holds until the next.

    A heading ends a turn, as the next item of an agenda does, and so does what looks like a turn and is not read.
    """
    turns = [find_turn(draft.text) if _may_speak(draft) else None for draft in passages]
    holds = sum(turn is not None for turn in turns) >= TURNS
    spoken: list[DraftPassage] = []
    known: dict[str, Turn] = {}
    current: Turn | None = None
    for draft, turn in zip(passages, turns, strict=True):
        if draft.kind is PassageKind.HEADING or (turn is None and (not holds or _ends_turn(draft))):
            current = None
        if turn:
            current = known.setdefault(_person(turn.name), turn)
        spoken.append(_spoken(draft, current) if current and _may_speak(draft) else draft)
    return tuple(spoken)


def _spoken(draft: DraftPassage, turn: Turn) -> DraftPassage:
    """A passage with who speaks it."""
    return replace(draft, speaker=turn.name, office=turn.office, delegation=turn.delegation)


def _ends_turn(draft: DraftPassage) -> bool:
    """Whether somebody else begins to speak in a passage, whoever it is."""
    return _may_speak(draft) and _ANY_TURN.match(unicodedata.normalize("NFC", draft.text)) is not None


def _person(name: str) -> str:
    """A name by which one person is known again: without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalpha())


def _may_speak(draft: DraftPassage) -> bool:
    """Prose, not a heading, a table or a note."""
    return draft.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
