"""What is known of a document in the end: staff's word, else what is printed, else what the page, the name or the file says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.facts.authors import find_authors, find_orator, find_orator_in_name, find_signatures
from indexer.facts.front import folded, front_of
from indexer.facts.language import find_language
from indexer.facts.name_date import find_name_date
from indexer.facts.printed_date import find_printed_date
from indexer.facts.publisher import find_publisher
from indexer.facts.symbols import find_identifiers
from indexer.facts.title import TitleGroup, find_printed_title, is_one_of_several
from indexer.reading.reading import DraftPassage, FoundMetadata, Front, Reading
from search.dates import ISO_DATE
from search.model import DateSource, DocumentKind, PassageKind

_LETTERS = ("letter", "lettre", "carta", "note verbale", "identical letters", "schreiben", "письмо")
_ADDRESS_NAME = re.compile(
    r"[a-z\d]+(?:-[a-z\d]+)*"
)  # "green-party": how an address writes a name, which is no person's
_SAYS_ENOUGH = 3  # words of a stated title that counts before a heading of the text
_FIRST_LINES = 10
_READ_FOR_WORDS = 400  # passages from which common words are gathered


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file itself tells of the document; None and () for what it does not tell."""

    title: str | None
    date: str | None
    date_source: DateSource | None
    authors: tuple[str, ...]
    speakers: tuple[str, ...]
    identifiers: tuple[str, ...]
    publisher: str | None
    language: str | None


def find_facts(reading: Reading, path: str, kind: str) -> Facts:
    """Return the facts of a document from its `reading`, the `path` of its file and its `kind`."""
    found, front = reading.found, front_of(reading.front, reading.passages)
    prose = [draft.text for draft in reading.passages if draft.kind is PassageKind.PARAGRAPH]
    language = find_language(prose or [draft.text for draft in reading.passages], found.language)
    group = find_printed_title(front)
    title = _title(group, found, front)
    identifiers = find_identifiers(front)
    printed = find_publisher(front, identifiers, title)
    date, source = _date(found, front, path, language)
    return Facts(
        title=title,
        date=date,
        date_source=source,
        authors=_authors(found, front, group, title, reading.passages),
        speakers=found.speakers or _orator(title, front, path, kind),
        identifiers=identifiers,
        publisher=printed or found.publisher if reading.front else found.publisher or printed,
        language=language,
    )


def _title(group: TitleGroup | None, found: FoundMetadata, front: Front) -> str | None:
    """The printed title, else the one that the file states; of two alike the one that says more, or has small letters."""
    stated, printed = found.title, group.text if group else None
    if not stated or not printed or group is None:
        return printed or stated
    one, other = folded(stated), folded(printed)
    whole = folded(" ".join(line.text for line in front.lines))
    if one == other:
        return stated if printed.isupper() else printed
    if other in one and one in whole:
        return stated
    says_enough = len(stated.split()) >= _SAYS_ENOUGH
    return stated if says_enough and is_one_of_several(group, front) else printed


def _date(
    found: FoundMetadata, front: Front, path: str, language: str | None
) -> tuple[str | None, DateSource | None]:
    """The date with where it comes from, the surest first."""
    stated = found.date if ISO_DATE.fullmatch(found.date or "") else None
    source = found.date_source or DateSource.PAGE
    if stated and source is not DateSource.FILE:
        return stated, source
    if printed := find_printed_date(front, language):
        return printed, DateSource.PRINTED
    if named := find_name_date(path):
        return named, DateSource.NAME
    return stated, source if stated else None


def _authors(
    found: FoundMetadata,
    front: Front,
    group: TitleGroup | None,
    title: str | None,
    passages: Sequence[DraftPassage],
) -> tuple[str, ...]:
    """The persons that the page states, that are printed as authors, that sign a letter, or that the file states."""
    stated = tuple(name for name in found.authors if not _ADDRESS_NAME.fullmatch(name))
    if not front.height and stated:
        return stated
    words = frozenset(
        word.strip(".,;:()“”\"'’")
        for draft in passages[:_READ_FOR_WORDS]
        for word in draft.text.split()
        if word[:1].islower()
    )
    printed = find_authors(front, group, words)
    signed = (
        find_signatures(line.text for line in front.lines)
        if (title or "").casefold().startswith(_LETTERS)
        else ()
    )
    return printed or signed or stated


def _orator(title: str | None, front: Front, path: str, kind: str) -> tuple[str, ...]:
    """Who gives a speech, by its title, by the first lines of a text, or by the name of its file."""
    if kind != DocumentKind.SPEECH:
        return ()
    heads = [line.text for line in front.lines[:_FIRST_LINES] if not front.height]
    named = (find_orator(text, is_title=False) for text in heads)
    name = find_orator(title or "") or next(filter(None, named), None) or find_orator_in_name(path)
    return (name,) if name else ()
