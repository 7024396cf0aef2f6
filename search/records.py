"""Model values as plain JSON objects and back: one shape for the catalog, the exports and the API.

The shapes are a contract: keys may be added, none is renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from search.model import Box, Document, Edition, Finding, FindingType, Passage, PassageKind, Theme, ThemeMark

Record = dict[str, Any]


def passage_record(passage: Passage) -> Record:
    """A passage as it is kept and exported; the export adds the path of its document."""
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
        "themes": [{"id": mark.theme_id, "because": list(mark.because)} for mark in passage.themes],
        "speaker": passage.speaker,
        "boxes": [[box.page, box.x0, box.y0, box.x1, box.y1] for box in passage.boxes],
    }


def finding_record(finding: Finding | None) -> Record | None:
    """A finding, or None."""
    if finding is None:
        return None
    return {
        "type": finding.type.value,
        "addressee": finding.addressee,
        "rule": finding.rule,
        "cue": finding.cue,
    }


def passage_of(record: Mapping[str, Any]) -> Passage:
    """The passage of `passage_record`."""
    finding = record["finding"]
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
        finding=finding
        and Finding(FindingType(finding["type"]), finding["rule"], finding["cue"], finding["addressee"]),
        themes=tuple(ThemeMark(mark["id"], tuple(mark["because"])) for mark in record["themes"]),
        boxes=tuple(Box(*box) for box in record["boxes"]),
    )


def document_record(document: Document) -> Record:
    """A document as it is kept and exported."""
    record = _plain(asdict(document))
    record["quality"] = {"unread_pages": record.pop("unread_pages"), "notes": record.pop("notes")}
    return record


def document_of(record: Mapping[str, Any]) -> Document:
    """The document of `document_record`."""
    return Document(**_tuples({**record, **record["quality"]}, Document))


def edition_of(record: Mapping[str, Any]) -> Edition:
    """The edition whose `asdict` this is."""
    return Edition(**_tuples(record, Edition))


def theme_of(record: Mapping[str, Any]) -> Theme:
    """The theme whose `asdict` this is."""
    return Theme(**_tuples(record, Theme))


def _plain(values: Mapping[str, Any]) -> Record:
    """Tuples as lists, as JSON has them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _tuples(record: Mapping[str, Any], kind: type[Document] | type[Edition] | type[Theme]) -> Record:
    """The fields of a dataclass from a record, lists as tuples; other keys are left."""
    names = {item.name for item in fields(kind)}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in record.items() if k in names}
