"""Whom findings address, as names to filter and count by: "the Allies and all partner countries" are two."""

from __future__ import annotations

import re

LONGEST_NAME = (
    6  # words; of 99 hand-labelled addressees the 12 longer ones are clauses or lists of such names
)
_BETWEEN = re.compile(r"\s*(?:;|,(?:\s*(?:and|or)\b)?|\b(?:and|or|as well as|together with)\b)\s*")
_DETERMINER = re.compile(r"^(?:(?:the|all|these|those|each|every|both|other|any|of)\s+)+", re.I)
_NOBODY = re.compile(
    r"(?i)^(?:its|their|our|his|her|your|we|us|they|them|it|you|ourselves|everyone|everybody|who|which|that|including|in|for|to)\b"
)
"""What begins so names somebody only together with what stands before it."""
_COMMON = re.compile(r"(?i)\b(?:member (?:states|nations|countries)|(?:states|state) parties)\b")
"""Names of many texts that some print with capitals and some without; here they have capitals."""


def addressee_names(printed: str | None) -> tuple[str, ...]:
    """Return the names in an addressee as printed, each once: without article, with a capital at the start; none in None."""
    parts = (_DETERMINER.sub("", part.strip(" .:“”\"'")) for part in _BETWEEN.split(printed or ""))
    kept = (part for part in parts if part and not _NOBODY.match(part) and len(part.split()) <= LONGEST_NAME)
    return tuple(dict.fromkeys(map(_as_name, kept)))


def _as_name(words: str) -> str:
    """A name in one line with its capitals."""
    line = " ".join(words.split())
    return _COMMON.sub(lambda found: found[0].title(), line[0].upper() + line[1:])
