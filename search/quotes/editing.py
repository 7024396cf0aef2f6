"""What a writer puts into a quotation: "[sic]", "[emphasis added]", "[T]he", "[the Council]", "[3]". It is no word of the source.

Remarks on the quotation itself go before anything is compared. Words in brackets may stand in the source or stand for words of
it; so they are compared as they are first, and as an omission when that finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_REMARKS = (
    # said of the words as they stand
    r"sic!?|[?!]{1,3}"
    r"|(?:my|our|the author['\u2019]s|original|own)\s+(?:emphas[ie]s|italics|underlining|translation|highlighting)"
    r"|(?:emphas[ie]s|italics|underlining|highlighting|bold)(?:\s+(?:is|are|was|were))?\s+(?:added|mine|ours|supplied|omitted"
    r"|removed|(?:in|from)\s+(?:the\s+)?original|by the authors?)"
    r"|(?:translated|translation)\s+by\s+[^\])]{1,40}|(?:own|unofficial|free)\s+translation|translation"
    r"|(?:foot|end)?notes?\s+(?:omitted|removed)|(?:internal\s+)?(?:citations?|references?|quotation marks?|quotes)\s+omitted"
    r"|spelling\s+(?:as in|of)\s+(?:the\s+)?original"
    r"|(?:Hervorhebung(?:en)?|Herv\.|Kursivierung)[^\])]{0,40}|(?:eigene|meine)\s+(?:Hervorhebung|Übersetzung)|Übers\.[^\])]{0,30}"
    r"|(?:c['\u2019]est\s+)?(?:nous|moi qui|nous qui)\s+(?:soulignons|souligne)|(?:les\s+)?italiques?\s+[^\])]{1,30}"
    r"|(?:notre|ma)\s+traduction|traduction\s+[^\])]{1,30}|soulign[ée]\s+[^\])]{1,30}"
    r"|(?:énfasis|cursivas?|subrayado|negrita)\s+[^\])]{1,30}|traducción\s+[^\])]{1,30}"
    r"|(?:corsivo|enfasi|grassetto)\s+[^\])]{1,30}|(?:grifo|itálico|tradução)\s+[^\])]{1,30}|nadruk\s+[^\])]{1,30}"
    r"|выделено\s+[^\])]{1,30}|курсив\s+[^\])]{1,30}"
)
_REMARK = re.compile(rf"\s*(?:\[\s*(?:{_REMARKS})\s*\.?\]|\(\s*(?:{_REMARKS})\s*\.?\))", re.IGNORECASE)
_NOTE = re.compile(r"\[(?:\^[\w-]{1,30}|\d{1,3}|[*†‡§]{1,3})\](?!\w)")
_BRACKETED = re.compile(r"\[([^\]\s]{1,3})\]")
_INSERTED = re.compile(r"\[(?!\s*(?:\u2026|\.))([^\[\]]{2,120})\]")
GAP = " [\u2026] "


def without_remarks(text: str) -> str:
    """Return a quotation without the remarks of the one who quotes, and without signs of notes in brackets."""
    return _NOTE.sub("", _REMARK.sub("", text))


def unbracketed(text: str) -> str:
    """Return a quotation with "[T]he" written as "The"."""
    return _BRACKETED.sub(r"\1", text)


def without_insertions(text: str) -> str:
    """Return a quotation with words in brackets written as an omission: "[the Council] decides" for "it decides"."""
    return _INSERTED.sub(GAP, text)


def editing_kinds(text: str) -> Iterator[str]:
    """Yield what a writer put into a quotation, by name."""
    if _REMARK.search(text):
        yield "editorial remarks"
    bare = _REMARK.sub("", text)
    if _NOTE.search(bare):
        yield "note signs"
    if "[" in re.sub(r"\[\s*(?:\u2026|\.\s?\.\s?\.)\s*\]", "", _NOTE.sub("", bare)):
        yield "brackets"
