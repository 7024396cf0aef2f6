"""From a reading and the catalogue's entry to a document with its marked passages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from indexer.corpus.catalogue import Entry
from indexer.corpus.catalogue_values import WITHHELD
from indexer.corpus.inventory import SourceFile
from indexer.enrichment.near_duplicates import make_sketch
from indexer.facts.settling import find_facts
from indexer.marking import (
    RUNNING,
    DocumentText,
    LearnedMarker,
    TextUnit,
    find_finding,
    find_lead_ins,
    find_told,
)
from indexer.reading.reading import DraftPassage, Reading
from search.analysis.words import forms
from search.formats import find_format
from search.model import (
    DateSource,
    Document,
    DocumentKind,
    Finding,
    NoteSign,
    Passage,
    PassageKind,
    ThemeMark,
)
from search.permalinks import passage_ids

ASSEMBLY_VERSION = 13  # raise it when the same reading gives another document or other passages

_KIND_OF_FOLDER = {
    "reports": DocumentKind.REPORT,
    "speeches": DocumentKind.SPEECH,
    "press": DocumentKind.PRESS,
    "background": DocumentKind.BACKGROUND,
    "digests": DocumentKind.DIGEST,
}
SOURCE_SIGN = re.compile(r"\[\d{1,3}\]")
"""How a digest names the source of a passage: "[3]", the number in its list of sources."""

_LONGEST_TITLE = 400  # characters; a longer "title" is a paragraph


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document, its passages in reading order, and the sketch by which it is compared with others."""

    document: Document
    passages: tuple[Passage, ...]
    sketch: bytes


def assemble(
    document_id: str, source: SourceFile, reading: Reading, entry: Entry, marker: LearnedMarker
) -> Assembled:
    """Return the document with its passages; the catalogue's word goes before the file's."""
    ids = passage_ids(document_id, (draft.text for draft in reading.passages))
    lead_ins = tuple(find_lead_ins((draft.kind, draft.text) for draft in reading.passages))
    found = reading.found
    kind = entry.kind or find_kind(found.kind, bool(found.speakers), source.path)
    facts = find_facts(reading, source.path, kind)
    title = entry.title or _title(facts.title, reading, source.path)
    positions = _positions(reading)
    units = tuple(
        TextUnit(draft.kind, draft.text, draft.heading_path, draft.speaker, lead_in)
        for draft, lead_in in zip(reading.passages, lead_ins, strict=True)
    )
    marks = marker.mark(DocumentText(title, units))
    passages = _with_notes(
        (
            _passage(passage_id, document_id, ordinal, draft, *marked)
            for ordinal, (passage_id, draft, marked) in enumerate(
                zip(ids, reading.passages, marks, strict=True), 1
            )
        ),
        reading.passages,
    )
    passages = tuple(replace(p, position=n) for p, n in zip(passages, positions, strict=True))
    if kind == DocumentKind.DIGEST:
        passages = tuple(map(_reported, passages, lead_ins))
    words = [form for passage in passages for form in forms(passage.text)]
    document = Document(
        document_id=document_id,
        path=source.path,
        title=title,
        kind=kind,
        sha256=source.sha256,
        media_type=reading.media_type,
        edition=entry.edition,
        date=entry.date or facts.date,
        date_source=DateSource.CATALOGUE if entry.date else facts.date_source,
        identifiers=facts.identifiers,
        authors=entry.authors or facts.authors,
        speakers=entry.speakers or facts.speakers,
        language=entry.language or facts.language,
        publisher=entry.publisher or facts.publisher,
        source_url=entry.source_url or found.source_url,
        rights=entry.rights,
        file_withheld=entry.file == WITHHELD,
        pages=reading.pages,
        words=len(words),
        passages=len(passages),
        unread_pages=reading.unread_pages,
        notes=reading.notes,
        catalogued=entry != Entry(source.path),
        quality=reading.quality,
    )
    return Assembled(document, passages, make_sketch(words))


def _reported(passage: Passage, lead_in: str) -> Passage:
    """A passage of a digest. A digest retells and explains: what names its source, itself or in the line that opens its
    list, is found by that source and reported here; what names none is the digest's own word, and no finding. The verb
    of telling decides, then the rules; the weights, learned from documents that conclude, only say where and how surely."""
    ruled = find_finding(passage.kind, passage.text, passage.heading_path, passage.speaker, lead_in)
    told = find_told(passage.text) if passage.kind in RUNNING else None
    rule = told or ruled
    if rule is None or not SOURCE_SIGN.search(f"{passage.text} {lead_in}"):
        return replace(passage, finding=None)
    finding = passage.finding or rule
    if told:
        finding = replace(finding, type=told.type, rule=told.rule, cue=told.cue, addressee=told.addressee)
    return replace(passage, finding=replace(finding, reported=True, grade=2))


def _with_notes(passages: Iterable[Passage], drafts: Sequence[DraftPassage]) -> tuple[Passage, ...]:
    """The passages with their footnotes by id, and the footnotes with the passages that carry their signs."""
    made = tuple(passages)
    notes = {draft.note: p.passage_id for draft, p in zip(drafts, made, strict=True) if draft.note}
    carriers: dict[str, list[str]] = {}
    for draft, passage in zip(drafts, made, strict=True):
        for note in dict.fromkeys(mark.note for mark in draft.marks if mark.note):
            carriers.setdefault(note, []).append(passage.passage_id)
    return tuple(
        replace(
            passage,
            footnotes=tuple(NoteSign(m.text, m.place, notes.get(m.note or "")) for m in draft.marks),
            mark=draft.mark,
            note_of=tuple(carriers.get(draft.note or "", ())),
        )
        for draft, passage in zip(drafts, made, strict=True)
    )


def _positions(reading: Reading) -> list[int | None]:
    """Each passage's number among the paragraphs of a text without pages; None throughout where numbers are printed."""
    if reading.pages is not None or any(draft.number for draft in reading.passages):
        return [None] * len(reading.passages)
    found: list[int | None] = []
    reached = 0
    for draft in reading.passages:
        counts = draft.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
        reached += counts
        found.append(reached if counts else None)
    return found


def _passage(
    passage_id: str,
    document_id: str,
    ordinal: int,
    draft: DraftPassage,
    finding: Finding | None,
    themes: tuple[ThemeMark, ...],
) -> Passage:
    """One passage with its themes and its finding."""
    return Passage(
        passage_id=passage_id,
        document_id=document_id,
        ordinal=ordinal,
        kind=draft.kind,
        text=draft.text,
        page=draft.page,
        page_end=draft.page_end if draft.page_end is not None else draft.page,
        page_label=draft.page_label,
        label_from=draft.label_from,
        label_other=draft.label_other,
        heading_path=draft.heading_path,
        speaker=draft.speaker,
        office=draft.office,
        delegation=draft.delegation,
        finding=finding,
        themes=themes,
        boxes=draft.boxes,
        number=draft.number,
    )


def _title(found: str | None, reading: Reading, path: str) -> str:
    """The file's own title, else its first heading, else its name in words."""
    if found and found.strip():
        return _cut(found.strip())
    for draft in reading.passages:
        if draft.kind is PassageKind.HEADING and len(draft.text) <= _LONGEST_TITLE:
            return draft.text
    return re.sub(r"[-_.\s]+", " ", PurePosixPath(path).stem).strip() or path


def _cut(title: str) -> str:
    """A title within the limit; what is cut has a mark."""
    if len(title) <= _LONGEST_TITLE:
        return title
    start = title[: _LONGEST_TITLE - 1]
    return (start.rpartition(" ")[0] or start) + "…"


def find_kind(found: str | None, has_speakers: bool, path: str) -> str:
    """Return the kind of document that the file states (`found`), else a guess by its folder, its speakers and its format."""
    if found in set(DocumentKind):
        return str(found)
    for folder in reversed(PurePosixPath(path).parts[:-1]):
        if folder.lower() in _KIND_OF_FOLDER:
            return _KIND_OF_FOLDER[folder.lower()].value
    if has_speakers:
        return DocumentKind.SPEECH.value
    format_ = find_format(path)
    return (format_.usual_kind if format_ else DocumentKind.PRESS).value
