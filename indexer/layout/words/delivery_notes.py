"""What a speech says of its own delivery: `Check against delivery`, `(As delivered)`, `[Applause]`. Only confident cases.

A note on the delivery is kept as a note of the document; marks of applause and laughter are no words of the speaker and
are taken out of the text. Any other words in brackets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.reading.reading import DraftPassage

_SOUND = r"(?:applause|laughter|laughs|cheers|cheering|ovation|clapping)"
_MANNER = r"(?:loud|long|prolonged|sustained|warm|general|scattered|standing|light|more|great|renewed|thunderous|and|continues)"
_MARK = re.compile(
    rf"(?P<before>\s*)(?P<mark>\[\s*(?:{_MANNER}[\s,]+)*{_SOUND}(?:[\s,]+(?:{_MANNER}|{_SOUND}))*\s*[.!]?\s*\]"
    rf"|\(\s*(?:{_MANNER}[\s,]+)*{_SOUND}(?:[\s,]+(?:{_MANNER}|{_SOUND}))*\s*[.!]?\s*\))(?P<after>\s*)",
    re.IGNORECASE,
)
_CLOSING = frozenset(".,;:!?’”)]")  # signs that stand close behind a word
_NOTE = (
    r"(?:please\s+)?check(?:ed)?\s+against\s+(?:the\s+)?delivery"
    r"|(?:(?:remarks|speech|statement|address|text)\s+)?as\s+(?:actually\s+)?(?:delivered|prepared(?:\s+for\s+delivery)?)"
    r"|embargoed\s+until\s+delivery"
)
_AROUND = r"[\s*_\[\](){}–—\-:;,./|!]*"
_LINE = re.compile(rf"{_AROUND}(?:{_NOTE})(?:{_AROUND}(?:{_NOTE}))*{_AROUND}", re.IGNORECASE)
# Alone in a paragraph and in brackets a note may say more: "[As delivered in person before a joint session]".
_LONGER = re.compile(r"[\[(]\s*(?:as\s+)?delivered\b[^()\[\]]{0,80}[\])]", re.IGNORECASE)
_TRIMMED = " \t*_[](){}–—-:;,.|!"


def without_marks(text: str) -> str:
    """Return the text without marks of applause and laughter; idempotent.

    >>> without_marks("We are ready. (Applause.) So are you [Laughter and applause].")
    'We are ready. So are you.'
    """
    while match := _MARK.search(text):
        following = text[match.end() : match.end() + 1]
        inside = bool(text[: match.start()]) and bool(following) and following not in _CLOSING
        spaced = bool(match["before"] or match["after"]) or inside
        text = text[: match.start()] + (" " if inside and spaced else "") + text[match.end() :]
    return text


def find_note(text: str) -> str | None:
    """Return the note on its delivery that a whole line is, without what stands around it; None for any other line.

    >>> find_note("(As delivered)"), find_note("The charts (as delivered) were wrong.")
    ('As delivered', None)
    """
    whole = _LINE.fullmatch(text) or _LONGER.fullmatch(text)
    return text.strip(_TRIMMED) if whole else None


def without_delivery(
    passages: Sequence[DraftPassage],
) -> tuple[tuple[DraftPassage, ...], tuple[str, ...]]:
    """Return the passages without notes on the delivery and marks of applause, and the notes. Passages left empty go."""
    kept: list[DraftPassage] = []
    notes: list[str] = []
    for draft in passages:
        if note := find_note(draft.text):
            notes.append(note)
            continue
        text = without_marks(draft.text)
        if any(char.isalnum() for char in text):
            path = tuple(title for title in map(_heading, draft.heading_path) if title)
            kept.append(replace(draft, text=text, heading_path=path))
    if not kept:
        return tuple(passages), ()
    once = {note.casefold(): note for note in reversed(notes)}  # in the form that comes first
    return tuple(kept), tuple(f"the text says of itself: “{note}”" for note in reversed(once.values()))


def _heading(title: str) -> str:
    """A heading as it stands above passages: without what was taken out of it as a passage."""
    return "" if find_note(title) else without_marks(title)
