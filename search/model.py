"""The values that the whole project speaks of; `docs/words.md` defines each word once.

All are frozen: a passage, once built, is the same in the index, on a page and in an export. Pages are 1-based
positions in the PDF; `page_label` is what is printed on the page ("xiv"). Boxes are in PDF points from the
top left corner of the page. Spans are half-open character positions in `Passage.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from search.near_duplicates import LookAlike


class PassageKind(StrEnum):
    """What a passage is on its page."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    HEADING = "heading"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


class FindingType(StrEnum):
    """What a finding does: it advises, judges, teaches or promises."""

    RECOMMENDATION = "recommendation"
    CONCLUSION = "conclusion"
    LESSON = "lesson"
    COMMITMENT = "commitment"


class DocumentKind(StrEnum):
    """What a document is; the catalogue says it, else it is guessed and listed as such."""

    REPORT = "report"
    SPEECH = "speech"
    PRESS = "press"
    BACKGROUND = "background"
    DIGEST = "digest"


KIND_LABELS: dict[str, str] = {
    DocumentKind.REPORT.value: "Report",
    DocumentKind.SPEECH.value: "Speech",
    DocumentKind.PRESS.value: "Press text",
    DocumentKind.BACKGROUND.value: "Background paper",
    DocumentKind.DIGEST.value: "Digest",
}
"""What kinds are called where they are shown, and in references."""


class DateSource(StrEnum):
    """Where the date of a document comes from, the surest first."""

    PRINTED = "printed"  # on the document itself
    CATALOGUE = "catalogue"  # staff say so
    PAGE = "page"  # the web page or the front matter states it as data
    NAME = "name"  # the name of the file, at its precision
    FILE = "file"  # the properties of the file: when it was made, which is no date of publication


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: 1-based page, then points from the top left corner (x to the right, y down)."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One symposium. Dates are ISO 8601 days (or months) as far as they are known."""

    edition_id: str
    title: str
    place: str
    start: str | None = None
    end: str | None = None
    motto: str | None = None
    hosts: tuple[str, ...] = ()
    attendance: str | None = None
    sources: tuple[str, ...] = ()


class PageVerdict(StrEnum):
    """How far the text of a page can be trusted."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How well a page was read: the verdict with its reasons in words.

    `page` counts from 1. `confidence` is that of the OCR program in per cent, None for a page with a text layer.
    """

    page: int
    verdict: PageVerdict
    reasons: tuple[str, ...] = ()
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentQuality:
    """How well a document was read.

    `pages` are those that are not good and those that OCR read, `blank_pages` those on which nothing is printed.
    `reasons` speak of a text without pages as a whole. `characters_a_page` is the median over pages with text.
    """

    verdict: PageVerdict = PageVerdict.GOOD
    reasons: tuple[str, ...] = ()
    pages: tuple[PageQuality, ...] = ()
    blank_pages: tuple[int, ...] = ()
    characters_a_page: int | None = None
    glued_words: int = 0
    broken_words: int = 0
    lost_glyphs: int = 0

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Pages with something printed on them from which no text could be had."""
        return tuple(page.page for page in self.pages if page.verdict is PageVerdict.UNREAD)

    @property
    def doubtful_pages(self) -> tuple[PageQuality, ...]:
        """Pages whose text may be wrong."""
        return tuple(page for page in self.pages if page.verdict is PageVerdict.DOUBTFUL)

    @property
    def ocr_pages(self) -> tuple[PageQuality, ...]:
        """Pages that OCR read."""
        return tuple(page for page in self.pages if page.confidence is not None)

    @property
    def ocr_confidence(self) -> int | None:
        """The mean confidence of the pages that OCR read, in per cent; None without such pages."""
        found = [page.confidence for page in self.pages if page.confidence is not None]
        return round(sum(found) / len(found)) if found else None


@dataclass(frozen=True, slots=True)
class Document:
    """One published report, speech, press text or background paper.

    `path` is relative to the corpus folder, with forward slashes. `pages` is None for texts without pages;
    `unread_pages` are the pages without readable text. `catalogued` is False when `catalogue.toml` does not
    name the file, so that all metadata was read from the file itself. `look_alikes` are other documents of the same
    index that hold nearly the same words. `identifiers` are document symbols as printed. `date_source` says where `date`
    comes from; that of the file is no date of publication, see `published`. `withheld_pages` are those from which a passage was
    withdrawn: no picture of them is shown. `file_withheld`: readers cannot open the file itself, by the catalogue or because a
    passage of it was withdrawn.
    """

    document_id: str
    path: str
    title: str
    kind: str
    sha256: str
    media_type: str
    edition: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    source_url: str | None = None
    rights: str | None = None
    pages: int | None = None
    words: int = 0
    passages: int = 0
    unread_pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    catalogued: bool = False
    quality: DocumentQuality = field(default_factory=DocumentQuality)
    look_alikes: tuple[LookAlike, ...] = ()
    identifiers: tuple[str, ...] = ()
    date_source: DateSource | None = None
    withheld_pages: tuple[int, ...] = ()
    file_withheld: bool = False

    @property
    def published(self) -> str | None:
        """The date by which it is cited, listed and filtered; None where only the file itself has one."""
        return None if self.date_source is DateSource.FILE else self.date


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage concludes, and why that is thought: the rule that fired and the words (cue) that made it fire.

    `grade` is 2 for a strong finding, which one would copy into a table of evidence, and 1 for an opinion in passing;
    `score` from 0 to 1 says how sure its marker is and orders findings. `spans` are the half-open character spans of the
    sentences that state it, in order; none where the whole passage does. `lead_in` is the line that opens the list which
    the passage is an item of. `because` are the words of those sentences that weighed most.
    `reported`: it stands in a digest, which tells in its own words what a source found.
    """

    type: FindingType
    rule: str
    cue: str
    addressee: str | None = None
    reported: bool = False
    grade: int = 2
    score: float = 1.0
    spans: tuple[tuple[int, int], ...] = ()
    lead_in: str | None = None
    because: tuple[str, ...] = ()

    @property
    def is_strong(self) -> bool:
        """Whether one would copy it into a table of evidence."""
        return self.grade >= STRONG


STRONG, ABOUT_IT = 2, 2
"""The grade from which a finding is strong, and that from which a passage is about a theme."""

IN_HEADING, IN_DOCUMENT, BY_STAFF = "heading: ", "document: ", "staff: "
"""Stand before the cause of a theme that is a heading above the passage, its document, or the word of staff (with their
note), and not words of it."""


@dataclass(frozen=True, slots=True)
class ThemeMark:
    """One theme on one passage, with the words of the passage, or IN_HEADING and a heading, or IN_DOCUMENT, that caused it.

    `grade` is 2 where the passage is about the theme and 1 where it touches it; `score` from 0 to 1 orders passages.
    """

    theme_id: str
    because: tuple[str, ...]
    grade: int = 2
    score: float = 1.0


class LabelSource(StrEnum):
    """How the printed label of a page was found: stated by the file (`/PageLabels`), read from the page itself, or counted: a slide has its number."""

    FILE = "file"
    HEAD = "head"
    FOOT = "foot"
    SIDE = "side"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class NoteSign:
    """The sign of a footnote that is printed in a passage ("12", "*"), which its text leaves out.

    `place` is the character of the text before which it stands. `passage_id` is the footnote, None where none was found.
    """

    mark: str
    place: int
    passage_id: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, ranked, cited and linked.

    `ordinal` counts from 1 in reading order within the document. `page_end` differs from `page` when the
    passage crosses the end of a page. `label_from` says how `page_label` was found; `label_other` is the number that is
    printed on the page where the file states another. `number` is the number of the paragraph as printed ("14"),
    where paragraphs are numbered through the document; `position` counts the paragraphs of a text without pages in which none is
    numbered, headings left out. `footnotes` are the signs of notes printed in the passage; of a
    footnote, `mark` is its own sign and `note_of` the passages that carry it. `office` and `delegation` (a country or a
    body) are what stands in brackets behind the name of the `speaker`.
    """

    passage_id: str
    document_id: str
    ordinal: int
    kind: PassageKind
    text: str
    page: int | None = None
    page_end: int | None = None
    page_label: str | None = None
    heading_path: tuple[str, ...] = ()
    speaker: str | None = None
    finding: Finding | None = None
    themes: tuple[ThemeMark, ...] = ()
    boxes: tuple[Box, ...] = ()
    number: str | None = None
    position: int | None = None
    label_from: LabelSource | None = None
    label_other: str | None = None
    footnotes: tuple[NoteSign, ...] = ()
    mark: str | None = None
    note_of: tuple[str, ...] = ()
    office: str | None = None
    delegation: str | None = None


def footnote_ids(passage: Passage) -> list[str]:
    """Return the ids of a passage's footnotes in the order of their signs, each once."""
    return list(dict.fromkeys(sign.passage_id for sign in passage.footnotes if sign.passage_id))


def note_words(note: Passage) -> str:
    """Return the words of a footnote without the sign that it begins with."""
    return note.text.removeprefix(note.mark or "").lstrip("/. ") if note.mark else note.text


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A finding that says again what an earlier document said: the ids of both, and how alike they are (0 to 1)."""

    later: str
    earlier: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A controlled subject. Staff edit themes in `corpus/themes.toml`; nothing of them is code.

    `labels` are further wordings that mean the theme, `acronyms` match in exactly their letters, `hints`
    count only beside a label, a heading or a document that speaks for the theme, `forbidden` are phrases that contain
    a label but mean something else. `french` are its names in French: typed, they search the theme as its label does. `examples` and `counterexamples` are sentences that
    must and must not get the theme; a test holds the rules to them.
    """

    theme_id: str
    label: str
    scope: str = ""
    labels: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    french: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """The label and all further labels and acronyms."""
        return (self.label, *self.labels, *self.acronyms)


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes, in the order of the file, and by id."""

    all: tuple[Theme, ...] = ()
    by_id: dict[str, Theme] = field(default_factory=dict)

    @classmethod
    def of(cls, themes: tuple[Theme, ...]) -> Themes:
        """Return the themes with their index by id."""
        return cls(themes, {theme.theme_id: theme for theme in themes})

    def label(self, theme_id: str) -> str:
        """Return the label of a theme; its id when no such theme is left."""
        theme = self.by_id.get(theme_id)
        return theme.label if theme else theme_id
