"""Who speaks: `Mr. Perera (Sri Lanka): ...` in verbatim records. Only confident cases; a wrong speaker is worse than none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.reading.reading import DraftPassage
from search.model import PassageKind

# Turns before a document counts as a record of several speakers, so that a turn holds until the next one.
TURNS = 2
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Gen|Lt|Col|Adm|Amb|H\.E|Sir|Dame|Lord|Lady|Baroness|Professor|President|Minister|"
    r"Ambassador|General|Lieutenant|Colonel|Admiral|Secretary|Senator|Chancellor|Prime Minister|"
    r"Secretary-General|Archbishop|Prince|Princess|King|Queen|Sheikh)"
)
_PART = r"(?:[A-ZÀ-Ý][\w’'.\-]*|of|de|da|del|den|der|van|von|al|el|bin|ibn|the|and|la|le|du|dos|ul)"
_TURN = re.compile(
    rf"^(?P<name>(?:{_TITLE}\.?(?:\s+{_PART}){{1,7}}|"
    r"The (?:Acting |Deputy )?(?:President|Chair(?:man|person|woman)?|Moderator|Secretary-General|Speaker)))"
    r"(?:\s*\([^()]{2,80}\)){0,2}(?:\s*\((?:spoke|interpretation)[^()]*\))?\s?:\s+\S"
)
_CAPITALS = re.compile(r"^(?P<name>[A-ZÀ-Ý][A-ZÀ-Ý.’'\-]+(?: [A-ZÀ-Ý][A-ZÀ-Ý.’'\-]*){1,4})\s?:\s+[A-Z“\"]")
_NO_NAME = frozenset(("NOTE", "SOURCE", "FIGURE", "TABLE", "BOX", "ANNEX", "RECOMMENDATION", "CONCLUSION"))


def find_speaker(text: str) -> str | None:
    """The name at the beginning of a turn, None when the text begins none.

    >>> find_speaker("Mr. Perera (Sri Lanka): We welcome the report.")
    'Mr. Perera'
    """
    match = _TURN.match(text) or _CAPITALS.match(text)
    if not match or _NO_NAME & set(match["name"].split()):
        return None
    return str(match["name"])


def with_speakers(passages: Sequence[DraftPassage]) -> tuple[DraftPassage, ...]:
    """The passages with the speaker of each turn; in a record with several turns each holds until the next.

    A heading ends a turn, as the next item of an agenda does.
    """
    turns = [find_speaker(draft.text) if _may_speak(draft) else None for draft in passages]
    holds = sum(turn is not None for turn in turns) >= TURNS
    spoken: list[DraftPassage] = []
    current: str | None = None
    for draft, turn in zip(passages, turns, strict=True):
        if draft.kind is PassageKind.HEADING or (turn is None and not holds):
            current = None
        current = turn or current
        spoken.append(replace(draft, speaker=current) if current and _may_speak(draft) else draft)
    return tuple(spoken)


def _may_speak(draft: DraftPassage) -> bool:
    """Prose, not a heading, a table or a note."""
    return draft.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
