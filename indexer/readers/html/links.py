"""Links inside a page: signs of notes, and the arrows that lead back from a note to its sign."""

from __future__ import annotations

import re

from bs4 import Tag

from indexer.readers.html.shown import classes_of

_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivxl]{1,5}|[*†‡§¶#]{1,4})[\])]?")
_BRACKETED = re.compile(r"[\[(].*[\])]")
_NOTE_ID = re.compile(
    r"^_*(?:user-content-)?(?:sd|ft|ed)?(?:foot|end)?(?:fn|ftn|edn|n|note|notes|ref|cite|cite_note|footnote|endnote)[-_:.]*\w{0,12}$",
    re.IGNORECASE,
)
_NOTE_CLASS = re.compile(
    r"^(?:note-?ref|footnote(?:-?ref)?|endnote(?:-?ref)?|fn-?ref|reference|sdfootnoteanc|sdendnoteanc)$"
)
_BACK = re.compile(r"[\s↩↑⤴⬆←^︎️]+|\[?(?:back|return|retour|zurück)(?: to text)?\]?", re.IGNORECASE)


def target_of(tag: Tag) -> str:
    """Return the id of the element of the same page that `tag`, or a link in or around it, leads to; "" for none."""
    link = tag if tag.name == "a" else tag.find("a", href=True) or tag.find_parent("a", href=True)
    href = str(link.get("href") or "") if isinstance(link, Tag) else ""
    return href.partition("#")[2] if "#" in href else ""


def is_note_link(tag: Tag, *, raised: bool) -> bool:
    """Return whether `tag` is a link that shows the sign of a note: in brackets, `raised`, or to what is named as a note."""
    if tag.name != "a" or not tag.get("href"):
        return False
    target, text = target_of(tag), tag.get_text().strip()
    if not target or not _SIGN.fullmatch(text):
        return False
    stated = tag.get("role") == "doc-noteref" or any(map(_NOTE_CLASS.match, classes_of(tag)))
    inside = tag.find("sup") is not None
    return bool(raised or stated or inside or _BRACKETED.fullmatch(text) or _NOTE_ID.match(target))


def is_back_link(tag: Tag) -> bool:
    """Return whether `tag` is a link that only leads back to where one came from."""
    return tag.name == "a" and bool(target_of(tag)) and bool(_BACK.fullmatch(tag.get_text()))
