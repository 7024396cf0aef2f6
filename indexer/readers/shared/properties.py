"""Titles, names and days as programs write them into the properties of a file: which of them a person meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.layout.words.cleaning import clean
from indexer.readers.shared.dates import find_date
from indexer.reading.reading import DraftPassage, FoundMetadata
from search.model import DateSource, PassageKind

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|tex|dvi|p65|qxd|wpd|rtf)\b", re.IGNORECASE)
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) - |powerpoint presentation$|word document$|untitled|document\d*$)",
    re.I,
)
_DATE = re.compile(r"^D?:?(?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])")
_AUTHORS = re.compile(r"\s*[;|]\s*|\s+and\s+|,\s+(?=[A-Z][\w.’'-]+\s+[A-Z])")
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
# The date of a document without pages stands in a short line among its first passages.
HEAD, DATE_LINE = 8, 160


def plausible_title(text: str) -> str | None:
    """Return a title that a person wrote: no file name, no name of a program, several words.

    >>> plausible_title("Microsoft Word - report_final.docx"), plausible_title("Harbour talks")
    (None, 'Harbour talks')
    """
    text = _PROGRAM.sub("", text).strip()
    plausible = sum(char.isalpha() for char in text) >= 3 and " " in text and len(text) <= 300
    return text if plausible and not _FILE_NAME.search(text) else None


def plausible_authors(text: str) -> tuple[str, ...]:
    """Return name with a given name; user names such as `admin` are no authors."""
    names = (name.strip() for name in _AUTHORS.split(text))
    return tuple(
        dict.fromkeys(name for name in names if " " in name and name[:1].isupper() and len(name) <= 120)
    )


def plausible_day(text: str) -> str | None:
    """Return `D:20240131...` or `2024-01-31T...` as 2024-01-31."""
    match = _DATE.match(text)
    return f"{match['year']}-{match['month']}-{match['day']}" if match else None


def printed_authors(authors: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the stated authors whose names are printed in these texts: the others are mostly who typed the file."""
    printed = " ".join(texts).casefold()
    return tuple(name for name in authors if name.casefold() in printed)


def found_in_properties(
    stated: FoundMetadata, printed_title: str | None, passages: Sequence[DraftPassage]
) -> FoundMetadata:
    """Return what the properties of a word processor's file state, checked against what is printed in it.

    The day printed in the head goes before the day on which the file was begun.
    """
    head = [draft.text for draft in passages[:HEAD]]
    first = next((draft.text for draft in passages if draft.kind is PassageKind.HEADING), None)
    printed_day = next((day for text in head if len(text) <= DATE_LINE and (day := find_date(text))), None)
    language = clean(stated.language or "")
    made = plausible_day(stated.date or "")
    return FoundMetadata(
        title=plausible_title(clean(stated.title or "")) or printed_title or first,
        date=printed_day or made,
        date_source=DateSource.PRINTED if printed_day else DateSource.FILE if made else None,
        authors=printed_authors(plausible_authors("; ".join(map(clean, stated.authors))), head),
        language=language if LANGUAGE.match(language) else None,
    )
