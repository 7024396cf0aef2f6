"""Domain values to what templates need. Marked text is a list of (words, reason) parts, never HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from urllib.parse import quote

from search.analysis.words import sentences
from search.answering.highlights import Mark, Snippet
from search.citations.item import bare_label
from search.citations.references import STYLES, Citation, cite
from search.model import (
    BY_STAFF,
    IN_DOCUMENT,
    IN_HEADING,
    Document,
    Edition,
    Finding,
    LabelSource,
    Passage,
    PassageKind,
    ThemeMark,
)
from search.permalinks import document_path, page_path, passage_path
from search.query.names import Names
from search.versions.differences import ChangeKind
from webapp.pages.dates import written_date

FINDING_SIGNS = {"recommendation": "◆", "conclusion": "●", "lesson": "▲", "commitment": "■"}
"""Told by word and sign, so that they differ without colour."""
FINDING_TYPES = tuple(FINDING_SIGNS)
STYLE_LABELS = {
    "plain": "Reference",
    "chicago": "Chicago",
    "apa": "APA",
    "apa-text": "APA, in the text",
    "quotation": "Quotation with reference",
}
NEIGHBOUR, SLACK = (
    260,
    80,
)  # characters shown of a neighbour in context; one that is little longer is shown whole
MOST_COMPARED = 5_000  # words; longer texts are shown one after the other, not word by word


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text, why they are marked (None: they are not), and whether their whole sentence has no mark.

    `note` is set for the sign of a footnote, which is no part of the text: its path, "" where no note was found.
    """

    words: str
    reason: str | None = None
    dim: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A theme on a passage. `because` are its causes in words: “trust fund”, the heading “Trust Funds”."""

    theme_id: str
    label: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingTag:
    """A finding's sign and word."""

    type: str
    sign: str
    label: str
    finding: Finding


def marked_parts(text: str, marks: Iterable[Mark]) -> list[Part]:
    """Return the text cut at its marks."""
    parts, reached = [], 0
    for mark in marks:
        parts += [Part(text[reached : mark.start]), Part(text[mark.start : mark.end], mark.reason.value)]
        reached = mark.end
    return [part for part in (*parts, Part(text[reached:])) if part.words]


def with_note_signs(parts: Iterable[Part], passage: Passage) -> list[Part]:
    """Return the parts of a passage's whole text with the signs of its footnotes where they are printed."""
    signs = sorted(passage.footnotes, key=lambda sign: sign.place)
    shown: list[Part] = []
    reached = 0
    for part in parts:
        end, cut = reached + len(part.words), 0
        while signs and signs[0].place <= end:
            sign = signs.pop(0)
            at = max(sign.place - reached, cut)
            path = passage_path(sign.passage_id) if sign.passage_id else ""
            shown += [replace(part, words=part.words[cut:at]), Part(sign.mark, note=path)]
            cut = at
        shown.append(replace(part, words=part.words[cut:]))
        reached = end
    return [part for part in shown if part.words]


_FOUND_IN = {
    LabelSource.FILE: "as the file numbers its pages",
    LabelSource.HEAD: "read at the head of the page",
    LabelSource.FOOT: "read at the foot of the page",
    LabelSource.SIDE: "read at the side of the page",
    LabelSource.SLIDE: "the number of the slide",
}


def label_origin(passage: Passage) -> str | None:
    """Return how the printed page number is known, in words; None where none is known, or nothing is known of it."""
    if passage.page_label is None or passage.label_from is None:
        return None
    found = f"Page number {bare_label(passage.page_label)}, {_FOUND_IN[passage.label_from]}"
    return f"{found}; the page itself says {passage.label_other}" if passage.label_other else found


def snippet_parts(snippet: Snippet) -> list[Part]:
    """Return a snippet's parts; sentences without any mark are dimmed beside those with one."""
    text, marks = snippet.text, snippet.marks
    if not marks:
        return [Part(text)]
    cuts = [start for start, _ in sentences(text)[1:]]
    cuts = [cut for cut in cuts if not any(mark.start < cut < mark.end for mark in marks)]
    return list(_by_sentence(snippet, [0, *cuts, len(text)]))


def _by_sentence(snippet: Snippet, edges: Sequence[int]) -> Iterator[Part]:
    """The parts of each sentence between two edges."""
    for start, end in pairwise(edges):
        inside = [
            Mark(m.start - start, m.end - start, m.reason) for m in snippet.marks if start <= m.start < end
        ]
        if inside:
            yield from marked_parts(snippet.text[start:end], inside)
        else:
            yield Part(snippet.text[start:end], dim=True)


def theme_tags(marks: Iterable[ThemeMark], names: Names) -> list[ThemeTag]:
    """Return the themes of a passage with their labels."""
    return [ThemeTag(m.theme_id, names.label("theme", m.theme_id), causes(m.because)) for m in marks]


def causes(because: Iterable[str]) -> tuple[str, ...]:
    """Return what caused a theme, in words; the passage itself first, then its headings, then its document."""
    listed = list(because)
    own = [f"“{words}”" for words in listed if not words.startswith((IN_HEADING, IN_DOCUMENT, BY_STAFF))]
    above = [f"the heading “{w.removeprefix(IN_HEADING)}”" for w in listed if w.startswith(IN_HEADING)]
    whole = [f"the document: {w.removeprefix(IN_DOCUMENT)}" for w in listed if w.startswith(IN_DOCUMENT)]
    staff = [f"the word of staff: {w.removeprefix(BY_STAFF)}" for w in listed if w.startswith(BY_STAFF)]
    return tuple(staff + own + above + whole)


def headings_above(passage: Passage, document: Document) -> tuple[str, ...]:
    """Return the heading path without the document's own title, which stands there already."""
    path = passage.heading_path
    return path[1:] if path and path[0].casefold() == document.title.casefold() else path


def finding_tag(finding: Finding | None) -> FindingTag | None:
    """Return the sign and word of a finding, or None."""
    if finding is None:
        return None
    kind = finding.type.value
    return FindingTag(kind, FINDING_SIGNS[kind], kind.capitalize(), finding)


def letters_of(passage: Passage) -> str:
    """Return the part of a passage's id that names it within its document."""
    return passage.passage_id.rpartition("/")[2]


def page_link(passage: Passage) -> str | None:
    """Return the address of the passage's page with its words marked; None in texts without pages."""
    if passage.page is None:
        return None
    return f"{page_path(passage.document_id, passage.page)}?passage={letters_of(passage)}"


def document_facts(document: Document, names: Names) -> list[str]:
    """Return kind, date, length: what stands below a document's title."""
    facts = [names.label("kind", document.kind), written_date(document.published)]
    if document.pages:
        facts.append(counted(document.pages, "page"))
    else:
        facts.append(counted(document.words, "word"))
    if document.speakers:
        facts.append(", ".join(document.speakers))
    return [fact for fact in facts if fact]


def counted(number: int, thing: str, things: str = "") -> str:
    """Return "1 page", "1,204 pages"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


CHANGES_SAID = {
    ChangeKind.REWORDED: "reworded",
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "taken out",
    ChangeKind.MOVED: "moved",
}


def counted_changes(counts: Mapping[ChangeKind, int]) -> str:
    """Return how many paragraphs changed from one version to another, in words."""
    listed = (f"{counted(number, 'paragraph')} {CHANGES_SAID[kind]}" for kind, number in counts.items())
    return ", ".join(listed) or "no word changed"


@dataclass(frozen=True, slots=True)
class Reference:
    """One style of a citation."""

    style: str
    label: str
    text: str


def references(
    document: Document, edition: Edition | None, passage: Passage | None, site_url: str
) -> list[Reference]:
    """Return the reference to a passage or document in every style."""
    citation = Citation(document, edition, passage, site_url)
    return [
        Reference(style, STYLE_LABELS.get(style, style.capitalize()), cite(citation, style))
        for style in STYLES
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that two texts share ("same"), or that only the later ("added") or the earlier one has ("removed")."""

    kind: str
    words: str


def difference(before: str, after: str, key: Callable[[str], str] = str) -> list[Change]:
    """Return the word-level difference of two texts in reading order, without white space at their ends.

    Words are the same that have the same key; then those of the later text are shown.
    """
    old, new = before.split(), after.split()
    if len(old) + len(new) > MOST_COMPARED:
        return [Change("removed", before), Change("added", after)]
    matcher = SequenceMatcher(None, [*map(key, old)], [*map(key, new)], autojunk=False)
    changes = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            changes.append(Change("same", " ".join(new[k:m])))
            continue
        changes += [Change("removed", " ".join(old[i:j])), Change("added", " ".join(new[k:m]))]
    return [change for change in changes if change.words]


def ending(text: str) -> str:
    """Return the end of a neighbour's text, cut between words: what leads up to a passage."""
    if len(text) <= NEIGHBOUR + SLACK:
        return text
    return "… " + text[text.find(" ", -NEIGHBOUR) + 1 :][-NEIGHBOUR - SLACK :]


def beginning(text: str) -> str:
    """Return the beginning of a neighbour's text, cut between words: what follows a passage."""
    if len(text) <= NEIGHBOUR + SLACK:
        return text
    return text[:NEIGHBOUR].rpartition(" ")[0] + " …"


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in a document's contents: its depth from 1, and its passage."""

    depth: int
    passage: Passage


def contents(passages: Iterable[Passage]) -> list[Entry]:
    """Return the headings of a document in reading order."""
    return [
        Entry(min(len(passage.heading_path) + 1, 6), passage)
        for passage in passages
        if passage.kind is PassageKind.HEADING
    ]


def theme_path(theme_id: str) -> str:
    """Return the path of a theme's page."""
    return f"/themes/{quote(theme_id, safe='')}"


def edition_path(edition_id: str) -> str:
    """Return the path of an edition's page."""
    return f"/editions/{quote(edition_id, safe='')}"


LINKS = {
    "document_path": document_path,
    "passage_path": passage_path,
    "page_path": page_path,
    "theme_path": theme_path,
    "edition_path": edition_path,
}
"""Addresses that templates may make."""
