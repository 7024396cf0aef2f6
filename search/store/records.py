"""Model values as plain JSON objects and back: one shape for the catalog, the exports and the API.

The shapes are a contract: keys may be added, none is renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from search.model import (
    Box,
    DateSource,
    Document,
    DocumentQuality,
    Edition,
    Finding,
    FindingType,
    LabelSource,
    NoteSign,
    PageQuality,
    PageVerdict,
    Passage,
    PassageKind,
    Theme,
    ThemeMark,
)
from search.near_duplicates import LookAlike, Relation

Record = dict[str, Any]


def passage_record(passage: Passage) -> Record:
    """Return a passage as it is kept and exported; the export adds the path of its document."""
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "ordinal": passage.ordinal,
        "kind": passage.kind.value,
        "page": passage.page,
        "page_end": passage.page_end,
        "page_label": passage.page_label,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "finding": finding_record(passage.finding),
        "themes": [theme_mark_record(mark) for mark in passage.themes],
        "speaker": passage.speaker,
        "office": passage.office,
        "delegation": passage.delegation,
        "number": passage.number,
        "position": passage.position,
        "label_from": passage.label_from and passage.label_from.value,
        "label_other": passage.label_other,
        "footnotes": [asdict(sign) for sign in passage.footnotes],
        "mark": passage.mark,
        "note_of": list(passage.note_of),
        "boxes": [[box.page, box.x0, box.y0, box.x1, box.y1] for box in passage.boxes],
    }


def finding_record(finding: Finding | None) -> Record | None:
    """Return a finding, or None."""
    if finding is None:
        return None
    return {
        "type": finding.type.value,
        "addressee": finding.addressee,
        "rule": finding.rule,
        "cue": finding.cue,
        "reported": finding.reported,
        "grade": finding.grade,
        "score": finding.score,
        "spans": [list(span) for span in finding.spans],
        "lead_in": finding.lead_in,
        "because": list(finding.because),
    }


def finding_of(record: Mapping[str, Any] | None) -> Finding | None:
    """Make a finding of its `finding_record`; what an older record does not say has its default."""
    if record is None:
        return None
    return Finding(
        type=FindingType(record["type"]),
        rule=record["rule"],
        cue=record["cue"],
        addressee=record["addressee"],
        grade=record.get("grade", 2),
        score=record.get("score", 1.0),
        spans=tuple((start, end) for start, end in record.get("spans", ())),
        lead_in=record.get("lead_in"),
        because=tuple(record.get("because", ())),
        reported=record.get("reported", False),
    )


def theme_mark_record(mark: ThemeMark) -> Record:
    """Make a record of one theme of a passage."""
    return {"id": mark.theme_id, "because": list(mark.because), "grade": mark.grade, "score": mark.score}


def theme_mark_of(record: Mapping[str, Any]) -> ThemeMark:
    """Make a theme of its `theme_mark_record`; what an older record does not say has its default."""
    return ThemeMark(record["id"], tuple(record["because"]), record.get("grade", 2), record.get("score", 1.0))


def passage_of(record: Mapping[str, Any]) -> Passage:
    """Return the passage of `passage_record`."""
    return Passage(
        passage_id=record["passage_id"],
        document_id=record["document_id"],
        ordinal=record["ordinal"],
        kind=PassageKind(record["kind"]),
        text=record["text"],
        page=record["page"],
        page_end=record["page_end"],
        page_label=record["page_label"],
        heading_path=tuple(record["heading_path"]),
        speaker=record["speaker"],
        finding=finding_of(record["finding"]),
        themes=tuple(theme_mark_of(mark) for mark in record["themes"]),
        boxes=tuple(Box(*box) for box in record["boxes"]),
        number=record.get("number"),
        position=record.get("position"),
        label_from=LabelSource(record["label_from"]) if record.get("label_from") else None,
        label_other=record.get("label_other"),
        footnotes=tuple(NoteSign(**sign) for sign in record.get("footnotes", ())),
        mark=record.get("mark"),
        note_of=tuple(record.get("note_of", ())),
        office=record.get("office"),
        delegation=record.get("delegation"),
    )


def document_record(document: Document) -> Record:
    """Return a document as it is kept and exported."""
    record = _plain(asdict(document))
    lists = {"unread_pages": record.pop("unread_pages"), "notes": record.pop("notes")}
    record["quality"] = lists | quality_record(document.quality)
    record["look_alikes"] = [asdict(look) for look in document.look_alikes]
    return record


def document_of(record: Mapping[str, Any]) -> Document:
    """Return the document of `document_record`."""
    quality = record["quality"]
    lists = {name: quality[name] for name in ("unread_pages", "notes")}
    others = tuple(look_alike_of(look) for look in record.get("look_alikes", ()))
    source = record.get("date_source")
    dated = {"date_source": DateSource(source) if source else None}
    changed = {**lists, **dated, "quality": quality_of(quality), "look_alikes": others}
    return Document(**_tuples({**record, **changed}, Document))


def look_alike_of(record: Mapping[str, Any]) -> LookAlike:
    """Return the look-alike whose `asdict` this is."""
    return LookAlike(**{**record, "relation": Relation(record["relation"])})


def quality_record(quality: DocumentQuality) -> Record:
    """Return how well a document was read; doubtful pages and OCR pages also stand in short lists of their own."""
    return {
        **_plain(asdict(quality)),
        "pages": [_plain(asdict(page)) for page in quality.pages],
        "doubtful_pages": [[page.page, list(page.reasons)] for page in quality.doubtful_pages],
        "ocr_pages": [[page.page, page.confidence] for page in quality.ocr_pages],
        "ocr_confidence": quality.ocr_confidence,
    }


def quality_of(record: Mapping[str, Any]) -> DocumentQuality:
    """Return the quality of `quality_record`; what an older record does not say has its default."""
    values = _tuples(record, DocumentQuality)
    values["verdict"] = PageVerdict(values.get("verdict", PageVerdict.GOOD))
    values["pages"] = tuple(_page_quality(page) for page in values.get("pages", ()))
    return DocumentQuality(**values)


def _page_quality(record: Mapping[str, Any]) -> PageQuality:
    """One page of a quality record."""
    return PageQuality(
        record["page"], PageVerdict(record["verdict"]), tuple(record["reasons"]), record["confidence"]
    )


def edition_of(record: Mapping[str, Any]) -> Edition:
    """Return the edition whose `asdict` this is."""
    return Edition(**_tuples(record, Edition))


def theme_of(record: Mapping[str, Any]) -> Theme:
    """Return the theme whose `asdict` this is."""
    return Theme(**_tuples(record, Theme))


def _plain(values: Mapping[str, Any]) -> Record:
    """Tuples as lists, as JSON has them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _tuples(
    record: Mapping[str, Any], kind: type[Document] | type[DocumentQuality] | type[Edition] | type[Theme]
) -> Record:
    """The fields of a dataclass from a record, lists as tuples; other keys are left."""
    names = {item.name for item in fields(kind)}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in record.items() if k in names}
