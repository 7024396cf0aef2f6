"""What reading one file gives: the seam between the readers and the pipeline.

A `Reading` is made in a child process, kept in the extraction cache by the file's content, and turned into
passages by the pipeline. It holds no third-party value and is plain JSON on disk. An `Unreadable` is its
counterpart: kept as well, so that a broken file is not tried again until it, the reader or its limits change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from search.model import Box, DateSource, DocumentQuality, LabelSource, PassageKind
from search.store.records import quality_of, quality_record


class Reason(StrEnum):
    """Why a file could not be read. Each has one sentence for people in `REMEDIES`."""

    EMPTY_FILE = "empty file"
    NOT_THIS_FORMAT = "content is not what the file name says"
    DAMAGED = "damaged file"
    ENCRYPTED = "password needed"
    NO_TEXT = "no readable text"
    TOO_SLOW = "reading took too long"
    TOO_LARGE = "larger than the limit"
    OUT_OF_MEMORY = "reading needs too much memory"
    CRASHED = "the reader crashed"
    UNSUPPORTED = "no reader for this format"
    VANISHED = "file vanished or cannot be opened"


REMEDIES: Mapping[Reason, str] = {
    Reason.EMPTY_FILE: "put the real file there or remove it",
    Reason.NOT_THIS_FORMAT: "check the download; the ending must fit the content",
    Reason.DAMAGED: "fetch it again or save it anew from its program",
    Reason.ENCRYPTED: "name its password in catalogue.toml or store a copy without",
    Reason.NO_TEXT: "it is probably a scan: read it with `findings index --ocr`, or store a copy with a text layer",
    Reason.TOO_SLOW: "save it anew from its program, or raise FINDINGS_READ_SECONDS and use --retry",
    Reason.TOO_LARGE: "split it, or raise FINDINGS_MAX_MB and use --retry",
    Reason.OUT_OF_MEMORY: "save it anew from its program, or raise FINDINGS_READ_MB and use --retry",
    Reason.CRASHED: "save it anew from its program; use --retry to try again",
    Reason.UNSUPPORTED: "convert it to PDF, HTML, Markdown or text",
    Reason.VANISHED: "check the file and its permissions, then run again",
}


@dataclass(frozen=True, slots=True)
class DraftMark:
    """The mark of a footnote that a passage carries: as printed, and the character of the text before which it stands.

    `page` is where it is printed. `note` is the key of the footnote (`DraftPassage.note`), None where none was found.
    """

    text: str
    place: int
    page: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """A passage before it has an id, themes or a finding; in reading order.

    `number`, `label_from`, `label_other`, `office` and `delegation` are those of `search.model.Passage`. Of a footnote, `mark` is its mark as printed and `note` the key by which the marks in other passages name it.
    """

    kind: PassageKind
    text: str
    page: int | None = None
    page_end: int | None = None
    page_label: str | None = None
    heading_path: tuple[str, ...] = ()
    speaker: str | None = None
    boxes: tuple[Box, ...] = ()
    number: str | None = None
    marks: tuple[DraftMark, ...] = ()
    mark: str | None = None
    note: str | None = None
    label_from: LabelSource | None = None
    label_other: str | None = None
    office: str | None = None
    delegation: str | None = None


@dataclass(frozen=True, slots=True)
class FoundMetadata:
    """What a file says of itself; None and () where it says nothing. `date` is ISO 8601, `date_source` where it stands, None on a page or in its front matter."""

    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    source_url: str | None = None
    kind: str | None = None
    date_source: DateSource | None = None


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A printed line, or the part of one between wide gaps: where it stands in points from the top left, the height of its type.

    `slanted` lines do not run across the page.
    """

    page: int
    text: str
    size: float
    bold: bool
    x0: float
    y0: float
    x1: float
    y1: float
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """The lines of the first pages and of the last one of a paged document, in which its facts are printed.

    `body_size` is the height of the type of its text in points; `width` and `height` are those of its first page, 0 where
    nothing is known of places. `last` is the number of the last page when it is none of the first ones, else 0.
    """

    lines: tuple[FrontLine, ...] = ()
    body_size: float = 10.0
    width: float = 0.0
    height: float = 0.0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave. `unread_pages` are 1-based pages from which no text could be had.

    `front` are the lines of the first pages, None for texts without pages.
    """

    media_type: str
    found: FoundMetadata
    passages: tuple[DraftPassage, ...]
    pages: int | None = None
    unread_pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    quality: DocumentQuality = field(default_factory=DocumentQuality)
    front: Front | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a plain JSON object; `from_json` is its inverse."""
        return asdict(self) | {"quality": quality_record(self.quality)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """Return the reading that `to_json` wrote."""
        return cls(
            media_type=data["media_type"],
            found=_found(data["found"]),
            passages=tuple(_draft(item) for item in data["passages"]),
            pages=data["pages"],
            unread_pages=tuple(data["unread_pages"]),
            notes=tuple(data["notes"]),
            quality=quality_of(data["quality"]),
            front=_front(data["front"]) if data["front"] else None,
        )


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave nothing: a named reason, and the detail a curator needs."""

    reason: Reason
    detail: str


def _found(data: Mapping[str, Any]) -> FoundMetadata:
    """Metadata from JSON: lists become tuples again."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    source = values["date_source"]
    return FoundMetadata(**{**values, "date_source": DateSource(source) if source else None})


def _front(data: Mapping[str, Any]) -> Front:
    """The front from JSON."""
    return Front(**{**data, "lines": tuple(FrontLine(**line) for line in data["lines"])})


def _draft(data: Mapping[str, Any]) -> DraftPassage:
    """A draft passage from JSON."""
    return DraftPassage(
        kind=PassageKind(data["kind"]),
        text=data["text"],
        page=data["page"],
        page_end=data["page_end"],
        page_label=data["page_label"],
        heading_path=tuple(data["heading_path"]),
        speaker=data["speaker"],
        boxes=tuple(Box(**box) for box in data["boxes"]),
        number=data["number"],
        marks=tuple(DraftMark(**mark) for mark in data["marks"]),
        mark=data["mark"],
        note=data["note"],
        label_from=LabelSource(data["label_from"]) if data["label_from"] else None,
        label_other=data["label_other"],
        office=data["office"],
        delegation=data["delegation"],
    )
