"""The reader of OpenDocument texts (.odt), through odfdo.

Deleted text stands apart from the body in this format (ODF 1.3 part 3, 5.5), so leaving that part out keeps insertions
and drops deletions. Heads and feet of pages belong to the styles and are never seen.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import odfdo
from odfdo.element import Element
from odfdo.security import SecurityError
from odfdo.xmlpart import XmlPart

from indexer.layout.flowing.inline_text import InlineText
from indexer.layout.flowing.styled_text import TITLE_LEVEL, Written, written_passages
from indexer.layout.paged.tables import table_text
from indexer.readers.shared.dates import is_date_line
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.shared.properties import found_in_properties
from indexer.readers.shared.zip_package import ZIP_FAILURES, check_package
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import FoundMetadata, Reading, Reason
from search.model import PassageKind

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
# What odfdo and lxml let through on damaged files; neither has one error for all.
ODF_FAILURES = (*ZIP_FAILURES, SyntaxError, LookupError, TypeError, AttributeError, AssertionError)
_ENCRYPTED = b"encryption-data"  # stands in the manifest for each part with a password (ODF 1.3 part 2, 4.4)
_MANIFEST = "META-INF/manifest.xml"
# Styles of captions are named by what they describe; users' own are based on these.
_CAPTIONS = frozenset(("Caption", "Illustration", "Figure", "Drawing", "Table"))
_TITLE = "Title"
_LEFT_OUT = frozenset(
    (
        "text:tracked-changes",
        "text:table-of-content",
        "text:illustration-index",
        "text:table-index",
        "text:object-index",
        "text:user-index",
        "text:alphabetical-index",
        "text:bibliography-source",
        "text:sequence-decls",
        "text:variable-decls",
        "text:user-field-decls",
        "text:ruby-text",
        "text:hidden-text",
        "text:hidden-paragraph",
        "text:number",
        "text:note-citation",
        "office:annotation",
        "office:forms",
        "office:event-listeners",
        "svg:title",
        "svg:desc",
    )
)
_BLANKS = frozenset(("text:s", "text:tab", "text:line-break"))
_COMMENT = "comment"  # the name given to what is no element


def read_odt(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Return the reading of an OpenDocument text. Raises `ReadingFailed`."""
    check_package(path, limits, "content.xml")
    _check_manifest(path)
    try:
        document = odfdo.Document(str(path))
        if document.get_type() not in ("text", "text-template", "text-master"):
            raise ReadingFailed(Reason.NOT_THIS_FORMAT, f"an OpenDocument file of type {document.get_type()}")
        items = list(_Walk(_read_styles(document), limits).blocks(document.body))
        stated = _stated(document)
    except SecurityError as failure:  # odfdo's own limits: 200 times the packed size of a part, 500 MB in all
        raise ReadingFailed(Reason.TOO_LARGE, str(failure)) from failure
    except ODF_FAILURES as failure:
        raise ReadingFailed(
            Reason.DAMAGED, f"no OpenDocument text in it ({type(failure).__name__}: {failure})"[:200]
        ) from failure
    passages = written_passages(items)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits in the body")
    title = next((item.text for item in items if item.level == TITLE_LEVEL), None)
    return Reading(MEDIA_TYPE, found_in_properties(stated, title, passages), passages)


def _check_manifest(path: Path) -> None:
    """Raises `ReadingFailed` when parts are encrypted."""
    with zipfile.ZipFile(path) as package:
        manifest = package.read(_MANIFEST) if _MANIFEST in package.namelist() else b""
    if _ENCRYPTED in manifest:
        raise ReadingFailed(Reason.ENCRYPTED, "the file opens with a password only")


def _stated(document: odfdo.Document) -> FoundMetadata:
    """The properties of the file."""
    meta = document.meta
    begun = meta.creation_date
    author = meta.initial_creator or meta.creator
    return FoundMetadata(
        title=meta.title,
        date=begun.date().isoformat() if begun else None,
        authors=(author,) if author else (),
        language=meta.language,
    )


@dataclass(frozen=True, slots=True)
class _Styles:
    """Names of paragraph styles: what each is based on; and which styles of either kind are bold or hidden."""

    based_on: dict[str, str] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    shifts: dict[str, str] = field(default_factory=dict)

    def shift(self, name: str) -> str:
        """Return sup or sub for words that a style raises or lowers, else ""."""
        return next((self.shifts[style] for style in self.line(name) if style in self.shifts), "")

    def line(self, name: str) -> Iterator[str]:
        """Yield a style and those it is based on; a circle ends."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.based_on.get(name, "")


def _read_styles(document: odfdo.Document) -> _Styles:
    """The styles of both parts that hold some."""
    styles = _Styles()
    for part in ("styles.xml", "content.xml"):
        xml = document.get_part(part)
        for style in xml.get_elements("//style:style") if isinstance(xml, XmlPart) else ():
            name = style.get_attribute_string("style:name") or ""
            styles.based_on[name] = style.get_attribute_string("style:parent-style-name") or ""
            for look in style.children:
                if _name(look) == "style:text-properties":
                    if look.get_attribute_string("fo:font-weight") == "bold":
                        styles.bold.add(name)
                    if look.get_attribute_string("text:display") == "none" or _is_white(look):
                        styles.hidden.add(name)
                    position = look.get_attribute_string("style:text-position") or ""
                    if shift := _shift(position):
                        styles.shifts[name] = shift
    return styles


def _shift(position: str) -> str:
    """sup or sub by a `style:text-position` ("super 58%", "33% 66%", "-8% 100%"); "" for on the line (ODF 1.3 part 3, 20.384)."""
    first = position.split(" ", maxsplit=1)[0]
    if first in ("super", "sub"):
        return {"super": "sup", "sub": "sub"}[first]
    number = first.removesuffix("%")
    if not number.lstrip("-").isdigit() or int(number) == 0:
        return ""
    return "sub" if number.startswith("-") else "sup"


def _is_white(look: Element) -> bool:
    """White words with nothing behind them."""
    paper = look.get_attribute_string("fo:background-color") or "transparent"
    return look.get_attribute_string("fo:color") == "#ffffff" and paper in ("transparent", "#ffffff")


@dataclass(slots=True)
class _Inline(InlineText):
    """What a paragraph holds: its words, the notes in it, the shapes anchored in it, whether its words are bold."""

    notes: list[Element] = field(default_factory=list)
    shapes: list[Element] = field(default_factory=list)
    strong: list[bool] = field(default_factory=list)

    def take(self, words: str | None, *, bold: bool, shift: str = "") -> None:
        """Take words in the order of the text; `shift` is sup, sub or ""."""
        if words:
            {"sup": self.lift, "sub": self.lower}.get(shift, self.say)(words)
            if words.strip():
                self.strong.append(bold)


@dataclass(slots=True)
class _Walk:
    """Goes through the body once, in the order of the file."""

    styles: _Styles
    limits: ReadingLimits
    characters: int = 0

    def blocks(self, parent: Element) -> Iterator[Written]:
        """Yield headings, paragraphs, lists and tables below an element; sections, frames and shapes opened."""
        for child in parent.children:
            name = _name(child)
            if name == "text:p":
                yield from self._paragraph(child)
            elif name == "text:h":
                yield from self._heading(child)
            elif name == "text:list":
                yield from self._list(child)
            elif name == "table:table":
                yield from self._table(child)
            elif name not in _LEFT_OUT and name != _COMMENT and not _is_hidden_section(child):
                yield from self.blocks(child)

    def _heading(self, element: Element) -> Iterator[Written]:
        """A heading with its level."""
        found = self._gathered(element)
        level = element.get_attribute_integer("text:outline-level") or 1
        yield Written(self._counted(found), level=level, marks=tuple(found.marks))
        yield from self._belonging(found)

    def _paragraph(self, element: Element, kind: PassageKind = PassageKind.PARAGRAPH) -> Iterator[Written]:
        """A paragraph, then the notes in it, then the shapes anchored in it."""
        found = self._gathered(element)
        text = "" if _is_hidden_paragraph(element) else self._counted(found)
        line = list(self.styles.line(_style_of(element)))
        if _CAPTIONS & set(line):
            kind = PassageKind.CAPTION
        strong = bool(found.strong) and all(found.strong) and not is_date_line(text)
        level = TITLE_LEVEL if _TITLE in line else None
        yield Written(text, kind, level, strong=strong, marks=tuple(found.marks))
        yield from self._belonging(found)

    def _list(self, element: Element) -> Iterator[Written]:
        """The items; what follows the first paragraph of one is no item of its own."""
        for item in element.children:
            first = True
            for child in item.children if _name(item) in ("text:list-item", "text:list-header") else ():
                name = _name(child)
                if name == "text:p":
                    kind = PassageKind.LIST_ITEM if first else PassageKind.PARAGRAPH
                    yield from self._paragraph(child, kind)
                    first = False
                elif name == "text:h":
                    yield from self._heading(child)
                elif name == "text:list":
                    yield from self._list(child)

    def _belonging(self, found: _Inline) -> Iterator[Written]:
        """Notes and the texts of shapes."""
        for note in found.notes:
            inner = _Inline()
            for body in note.children:
                if _name(body) == "text:note-body":
                    self._gather_blocks(body, inner)
            key, sign = _note_key(note), _sign_of(note)
            yield Written(self._counted(inner), PassageKind.FOOTNOTE, mark=sign, note=key)
        for shape in found.shapes:
            yield from self.blocks(shape)

    def _table(self, table: Element) -> Iterator[Written]:
        """The rows as readable text; a table of one column is a frame around paragraphs."""
        rows = [list(_members(row, "table:table-cell")) for row in _members(table, "table:table-row")]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    yield from self.blocks(cell)
            return
        found = _Inline()
        text = table_text([self._cell(cell, found) for cell in cells] for cells in rows)
        yield Written(text, PassageKind.TABLE, marks=tuple(found.marks))
        yield from self._belonging(found)

    def _cell(self, cell: Element, belonging: _Inline) -> str:
        """The words of a cell, those of lists and tables in it included."""
        found = _Inline(notes=belonging.notes, shapes=belonging.shapes)
        self._gather_blocks(cell, found)
        belonging.marks.extend(replace(mark, place=sys.maxsize) for mark in found.marks)
        return " ".join(self._counted(found).split())

    def _gather_blocks(self, parent: Element, found: _Inline) -> None:
        """The words of all paragraphs below an element, a blank between them."""
        for child in parent.children:
            name = _name(child)
            if name in ("text:p", "text:h"):
                self._gather(child, found, bold=False)
                found.say(" ")
            elif name not in _LEFT_OUT:
                self._gather_blocks(child, found)

    def _gathered(self, element: Element) -> _Inline:
        """What one paragraph or heading holds."""
        found = _Inline()
        self._gather(element, found, bold=self._is(self.styles.bold, element))
        return found

    def _gather(self, element: Element, found: _Inline, *, bold: bool, shift: str = "") -> None:
        """The words of an element and all below it, without what is hidden or is no text."""
        shift = self.styles.shift(_style_of(element)) or shift
        found.take(element.text, bold=bold, shift=shift)
        for child in element.children:
            name = _name(child)
            if name in _BLANKS:
                found.say(" ")
            elif name == "text:note":
                found.notes.append(child)
                found.sign(_sign_of(child) or "*", _note_key(child))
            elif name.startswith("draw:"):
                found.shapes.append(child)
            elif name not in _LEFT_OUT and name != _COMMENT and not self._is(self.styles.hidden, child):
                self._gather(child, found, bold=bold or self._is(self.styles.bold, child), shift=shift)
            found.take(child.tail, bold=bold, shift=shift)

    def _is(self, marked: set[str], element: Element) -> bool:
        """The style of an element, or one it is based on, is among those marked."""
        return any(name in marked for name in self.styles.line(_style_of(element)))

    def _counted(self, found: _Inline) -> str:
        """The words as one text, within the limit of characters."""
        text = found.whole()
        self.characters += len(text)
        if self.characters > self.limits.max_characters:
            raise ReadingFailed(Reason.TOO_LARGE, f"more than {self.limits.max_characters} characters")
        return text


def _members(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in groups; tables in cells are not opened."""
    for child in parent.children:
        name = _name(child)
        if name == wanted:
            yield child
        elif name.startswith("table:") and not name.endswith("cell"):
            yield from _members(child, wanted)


def _sign_of(note: Element) -> str | None:
    """The sign of a note as the program last printed it; None where it stored none."""
    citation = next((child for child in note.children if _name(child) == "text:note-citation"), None)
    sign = (citation.text or "").strip() if citation is not None else ""
    return sign or None


def _note_key(note: Element) -> str:
    """What names a note within its file."""
    return (
        note.get_attribute_string("text:id")
        or f"{note.get_attribute_string('text:note-class')} {_sign_of(note)}"
    )


def _is_hidden_section(element: Element) -> bool:
    """A section that is not shown."""
    return _name(element) == "text:section" and element.get_attribute_string("text:display") == "none"


def _is_hidden_paragraph(element: Element) -> bool:
    """A paragraph that holds the mark by which the program does not show it."""
    marks = (child for child in element.children if _name(child) == "text:hidden-paragraph")
    return any(mark.get_attribute_string("text:is-hidden") == "true" for mark in marks)


def _style_of(element: Element) -> str:
    """The name of the style that an element names."""
    return element.get_attribute_string("text:style-name") or ""


def _name(element: Element) -> str:
    """The name with its usual prefix; "" for elements of foreign namespaces, which are opened like any other."""
    try:
        return element.tag
    except ValueError:
        return ""
    except TypeError:  # comments and processing instructions have no name
        return _COMMENT
