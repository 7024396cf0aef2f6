"""What the words at the beginning and the end of a line tell: marks of lists, numbers of headings, ends of sentences."""

from __future__ import annotations

import re

# Bullets of text fonts and of the private fonts of word processors (Wingdings and Symbol map to U+F000-F0FF).
BULLETS = "•▪▫◦‣●○■□◆◇▶►➢➤✓✔⇒·∙⁃❖✦⦁\uf000-\uf0ff"
_BULLET = re.compile(rf"^[{BULLETS}]|^[–—\-*o]\s+(?=\S)")
_LETTERED = re.compile(r"^\(?(?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,2})\)\s+\S|^(?:[a-z]|[ivx]{2,5})\.\s+\S")
_NUMBERED = re.compile(r"^(?:\d{1,3}\.(?:\d{1,2}\.?){0,3}|[A-Z]\.|[IVXLC]{1,6}\.)\s+\S")
_MARKER = re.compile(
    rf"^(?:[{BULLETS}–—\-*o]|\(?(?:[a-z]{{1,2}}|[ivxl]{{1,6}}|\d{{1,3}})[).]|\d{{1,3}}\.\d{{1,2}}\.?|[A-Z]\.|[IVXL]+\.)$"
)
# A figure behind the stop is a footnote mark; not so behind the point of a number ("55.8", "v1.2").
_FIGURE_BEHIND = r"(?:(?:\s|(?<!\d[.:]))\d{1,3}(?:,\s?\d{1,3})*)?$"
_ENDED = re.compile(rf"[.?!:;…。！？][\"'”’»)\]]*{_FIGURE_BEHIND}")
_SENTENCE_ENDED = re.compile(rf"[.?!…。！？][\"'”’»)\]]*{_FIGURE_BEHIND}")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|No|Nos|Gen|Lt|Col|Prof|cf|vs|art|arts|para|paras|p|pp|e\.g|i\.e|[A-Z])\.$"
)
# Words that end no sentence, no heading and no item of a list.
_HANGING = re.compile(
    r"(?:^|\s)(?:the|a|an|of|and|or|to|in|for|with|by|at|from|as|that|which|its|their|than|per)$"
)
_RULE = re.compile(r"^[_\-–—=.*\s~]{3,}$")
_DOTS = r"(?:(?:\.\s?){4,}|…{2,}\s?|(?:·\s?){4,})"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_DECIMAL = re.compile(
    rf"^(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}})(?:\.\s*(?=[^\W\d])|\.\s+(?=\S)|\s+(?!{_MONTHS})(?=[^\W\d]))",
    re.IGNORECASE,
)
_LEADER = re.compile(
    rf"{_DOTS}(?:[A-Z]{{1,2}}[-–.])?(?:\d{{1,4}}(?:[-–]\d{{1,4}})?|[ivxlc]{{1,7}})$|_{{4,}}\s*\d+$"
)
_OPEN_LEADER = re.compile(rf"{_DOTS}$")
_NUMBER_END = re.compile(r"\s(?:\d{1,4}(?:[-–]\d{1,4})?|[ivxlc]{1,7})$")

_FIGURE = re.compile(
    r"^(?:figures?|fig\.|tables?|charts?|graphs?|maps?|box|photo|exhibit|plate|diagram)\s+"
    r"(?-i:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,2})*|[A-Z])(?:\s*(?:[.:|–—-]|$)|\s+(?-i:(?=[A-Z]|\([^)]*\)(?:$|\s+(?:Figure|Table)\b))))",
    re.IGNORECASE,
)

# Numbering of headings, outermost first where the document says nothing else.
_SCHEMES = (
    ("part", re.compile(r"^(?:part|chapter|annex|appendix|title)\s+(?:[ivxlc]+|\d+|[a-z])\b", re.IGNORECASE)),
    (
        "roman",
        re.compile(r"^(?![LC]\.)[IVXLC]{1,6}\.\s"),
    ),  # a lone C is the third letter, not the hundredth section
    ("letter", re.compile(r"^[A-Z]\.\s")),
    ("decimal3", re.compile(r"^\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s")),
    ("decimal2", re.compile(r"^\d{1,2}\.\d{1,2}\.?\s")),
    ("decimal1", re.compile(r"^\d{1,2}\.?\s")),
    ("bracket", re.compile(r"^\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s")),
)


# What says where a table or picture is from.
SOURCE = re.compile(r"^(?:sources?|notes?|photo credit|credit|©)\s*:?\s", re.IGNORECASE)


def has_bullet(text: str) -> bool:
    """Return the line begins with a bullet or a dash used as one."""
    return bool(_BULLET.match(text))


def starts_item(text: str) -> bool:
    """Return the line begins with what begins an item of a list: a bullet, (a), (iv), b., 2)."""
    return has_bullet(text) or bool(_LETTERED.match(text))


def is_marker(text: str) -> bool:
    """Return nothing but a bullet, the mark of an item, or the number of a paragraph."""
    return bool(_MARKER.match(text))


def starts_numbered(text: str) -> bool:
    """Return the line begins with the number of a paragraph or heading: 12., 3.1, IV., B."""
    return bool(_NUMBERED.match(text))


def ends_sentence(text: str) -> bool:
    """Return a sentence may end here; an abbreviation such as `Mr.` ends none."""
    text = text.rstrip()
    return bool(_SENTENCE_ENDED.search(text)) and not _ABBREVIATED.search(text)


def ends_clause(text: str) -> bool:
    """Return a sentence, a lead-in or an item of a list may end here."""
    text = text.rstrip()
    return bool(_ENDED.search(text)) and not _ABBREVIATED.search(text)


def is_hanging(text: str) -> bool:
    """Return the text breaks off in the middle of a sentence: after an article, a preposition or the like."""
    return bool(_HANGING.search(text.rstrip()))


def is_rule(text: str) -> bool:
    """Return nothing but a line made of signs."""
    return bool(_RULE.match(text)) or not any(char.isalnum() for char in text)


def has_leader(text: str) -> bool:
    """Return dots lead to a page number, as in a table of contents; not to the cells of a table or to nothing."""
    return bool(_LEADER.search(text.rstrip()))


def has_open_leader(text: str) -> bool:
    """Return dots at the end lead to something that stands elsewhere, or are an ellipsis."""
    return bool(_OPEN_LEADER.search(text.rstrip()))


def ends_with_number(text: str) -> bool:
    """Return the last word may be a page number."""
    return bool(_NUMBER_END.search(text))


def scheme_of(text: str) -> str:
    """Return the numbering of a heading: part, roman, letter, decimal1..3, bracket, or "" for none.

    >>> scheme_of("II. Governance"), scheme_of("2.1 Costs"), scheme_of("Costs")
    ('roman', 'decimal2', '')
    """
    return next((name for name, pattern in _SCHEMES if pattern.match(text)), "")


def decimal_depth(text: str) -> int:
    """Return how many numbers the decimal number of a heading has; 0 for a heading without one.

    >>> decimal_depth("2. Costs"), decimal_depth("2.1 Costs"), decimal_depth("2.1.4. Costs"), decimal_depth("2019 report")
    (1, 2, 3, 0)
    """
    match = _DECIMAL.match(text)
    return match["number"].count(".") + 1 if match else 0


def is_capitals(text: str) -> bool:
    """Return whether there are at least four capitals and no small letter; scripts without capitals (Thai, Arabic, Han) say nothing by them."""
    return sum(map(str.isupper, text)) >= 4 and not any(map(str.islower, text))


def match_figure(text: str) -> re.Match[str] | None:
    """Return what names a figure or table at the beginning of its caption: `Table 3:`."""
    return _FIGURE.match(text)


def names_figure(text: str) -> bool:
    """Return the line begins the caption of a figure or table."""
    return match_figure(text) is not None
