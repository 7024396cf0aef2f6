"""The reader of Word files (.docx), through python-docx: styles, properties and notes from it, the body walked here.

python-docx leaves out text boxes, content controls and tracked changes; so the elements of the body are walked in their
order, by their names without namespace (ECMA-376 part 1, chapter 17).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError

from indexer.layout.flowing.inline_text import InlineText
from indexer.layout.flowing.styled_text import Written, written_passages
from indexer.layout.paged.tables import table_text
from indexer.readers.docx.formulas import FORMULAS, formula_text
from indexer.readers.docx.notes import NOTES, Key, NoteSigns, is_typed_sign, read_notes, typed_sign
from indexer.readers.docx.numbering import Numbering, read_numbering
from indexer.readers.docx.runs import RunStyles, in_font, is_on_white, read_run_styles, sign_of
from indexer.readers.docx.styles import WORD, Look, Styles, local, read_styles, switched, value_of
from indexer.readers.shared.dates import is_date_line
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.shared.properties import found_in_properties
from indexer.readers.shared.zip_package import ZIP_FAILURES, check_package
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftMark, FoundMetadata, Reading, Reason
from search.model import PassageKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What python-docx and lxml let through on damaged files; neither has one error for all.
DOCX_FAILURES = (
    *ZIP_FAILURES,
    OpcError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)
_OWN_AUTHOR = "python-docx"  # stands in files made with its template
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "rt", "sdtPr")
)
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_DRAWN = frozenset(("AlternateContent", "drawing", "pict", "object"))
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_CONTENTS = "Table of Contents"  # the gallery of Word's own building block


def read_docx(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Return the reading of a Word file. Raises `ReadingFailed`."""
    check_package(path, limits, "[Content_Types].xml")
    try:
        document = docx.Document(str(path))
        walk = _Walk(
            read_styles(document.styles.element),
            read_run_styles(document.styles.element),
            read_notes(document),
            limits,
            numbering=read_numbering(document),
        )
        items = list(walk.all(document.element.body))
        stated = _stated(document)
    except DOCX_FAILURES as failure:
        raise ReadingFailed(
            Reason.DAMAGED, f"no Word document in it ({type(failure).__name__}: {failure})"[:200]
        ) from failure
    passages = written_passages(items)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits in the body")
    title = next((item.text for item in items if item.level == 0), None)
    return Reading(MEDIA_TYPE, found_in_properties(stated, title, passages), passages)


def _stated(document: Any) -> FoundMetadata:
    """The core properties; those of python-docx's own template say nothing."""
    core = document.core_properties
    own = core.author == _OWN_AUTHOR
    return FoundMetadata(
        title=core.title or None,
        date=core.created.date().isoformat() if core.created and not own else None,
        authors=() if own or not core.author else (core.author,),
        language=core.language or None,
    )


@dataclass(slots=True)
class _Inline(InlineText):
    """What a paragraph holds: its words, the notes it refers to, the text boxes anchored in it."""

    notes: list[Key] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    strong: list[bool] = field(default_factory=list)
    style_id: str = ""
    on_white: bool = False

    def number(self, label: str) -> None:
        """Put the automatic number before the words."""
        if label:
            self.parts.append(f"{label} ")


@dataclass(slots=True)
class _Walk:
    """Goes through the body once, in the order of the file."""

    styles: Styles
    runs: RunStyles
    notes: Mapping[Key, Any]
    limits: ReadingLimits
    characters: int = 0
    held: str = ""  # the words of paragraphs whose end was deleted: they belong to the next one
    held_marks: tuple[DraftMark, ...] = ()
    signs: NoteSigns = field(default_factory=NoteSigns)
    numbering: Numbering = field(default_factory=Numbering)

    def all(self, body: Any) -> Iterator[Written]:
        """Yield everything in the body."""
        yield from self.blocks(body)
        yield Written(self.held)

    def blocks(self, parent: Any) -> Iterator[Written]:
        """Yield paragraphs and tables below an element, wrappers opened, tables of contents left out."""
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _WRAPPERS and not _is_contents(child):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Written]:
        """A paragraph, then the notes it refers to, then the text boxes anchored in it."""
        look = self.styles.look(paragraph)
        found = _Inline(style_id=look.style_id, on_white=is_on_white(paragraph))
        label = self._label(look)
        found.number(label)
        self._gather(paragraph, found)
        text = self._counted(found)
        text = "" if text.strip() == label else text  # a number without words
        moved = (replace(mark, place=mark.place + len(self.held)) for mark in found.marks)
        marks = (*self.held_marks, *moved)
        if look.end_deleted:
            self.held, self.held_marks = self.held + text, marks
        elif not look.in_contents:
            text, self.held, self.held_marks = self.held + text, "", ()
            strong = bool(found.strong) and all(found.strong) and not is_date_line(text)
            yield Written(text, look.kind, look.level, strong=strong, marks=marks)
        yield from self._belonging(found)

    def _label(self, look: Look) -> str:
        """Return the automatic number of a paragraph; paragraphs of a table of contents have none of their own."""
        num_id, level = look.listing.num_id, look.listing.level
        if num_id is None or num_id == "0" or look.in_contents:
            return ""
        if level is None:
            level = self.numbering.level_of_style(num_id, look.style_id)
        return self.numbering.next_label(num_id, level)

    def _belonging(self, found: _Inline) -> Iterator[Written]:
        """Notes and text boxes."""
        for key in found.notes:
            if key in self.notes and self.signs.is_new(key):
                yield self._note(key)
        for box in found.boxes:
            yield from self.blocks(box)

    def _note(self, key: Key) -> Written:
        """A footnote or endnote as one text."""
        found = _Inline()
        for paragraph in self.notes[key].iter(f"{WORD}p"):
            self._gather(paragraph, found)
            found.say(" ")
        return Written(
            self._counted(found), PassageKind.FOOTNOTE, mark=self.signs.sign(key), note=" ".join(key)
        )

    def _table(self, table: Any) -> Iterator[Written]:
        """The rows as readable text; a table of one column is a frame around paragraphs."""
        rows = [list(_members(row, "tc")) for row in _members(table, "tr") if not _is_deleted(row)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    yield from self.blocks(cell)
            return
        found = _Inline()
        text = table_text([self._cell(cell, found) for cell in cells] for cells in rows)
        yield Written(text, PassageKind.TABLE, marks=tuple(found.marks))
        yield from self._belonging(found)

    def _cell(self, cell: Any, belonging: _Inline) -> str:
        """The words of a cell, those of a table in it included. The signs of its notes stand at the end of the table."""
        found = _Inline(notes=belonging.notes, boxes=belonging.boxes)
        for paragraph in _paragraphs(cell):
            found.number(self._label(self.styles.look(paragraph)))
            self._gather(paragraph, found)
            found.say(" ")
        belonging.marks.extend(replace(mark, place=sys.maxsize) for mark in found.marks)
        return " ".join(self._counted(found).split())

    def _gather(self, element: Any, found: _Inline) -> None:
        """The words below an element, without what was deleted, hidden or is no text."""
        for child in element:
            name = local(child)
            if name == "r":
                self._gather_run(child, found)
            elif name in FORMULAS:
                found.say(formula_text(child))
            elif name in NOTES:
                self._refer(child, (NOTES[name], child.get(f"{WORD}id", "")), found)
            elif name in _DRAWN:
                found.boxes.extend(_text_boxes(child))
            elif name not in _LEFT_OUT:
                self._gather(child, found)

    def _gather_run(self, run: Any, found: _Inline) -> None:
        """The words of a run as they are printed; a run of white words on white paper is hidden."""
        look = self.runs.look(run, found.style_id)
        if look.hidden or (look.white and found.on_white):
            return
        say = {"sup": found.lift, "sub": found.lower}.get(look.shift or "", found.say)
        for child in run:
            name = local(child)
            if name == "t" and not is_typed_sign(child):
                say(in_font(child.text or "", look.font))
                if (child.text or "").strip():
                    found.strong.append(_is_bold(run))
            elif name == "sym":
                say(sign_of(child))
            elif name in _SIGNS:
                found.say(_SIGNS[name])
            elif name != "t":
                self._gather([child], found)

    def _refer(self, reference: Any, key: Key, found: _Inline) -> None:
        """A reference to a note: its sign, where it stands in the paragraph."""
        found.notes.append(key)
        if key in self.notes:
            found.sign(self.signs.sign(key, typed_sign(reference)), " ".join(key))

    def _counted(self, found: _Inline) -> str:
        """The words as one text, within the limit of characters."""
        text = found.whole()
        self.characters += len(text)
        if self.characters > self.limits.max_characters:
            raise ReadingFailed(Reason.TOO_LARGE, f"more than {self.limits.max_characters} characters")
        return text


def _members(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls."""
    for child in parent:
        name = local(child)
        if name == wanted:
            yield child
        elif name in _WRAPPERS:
            yield from _members(child, wanted)


def _paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell, tables in it opened, text boxes not."""
    for child in cell:
        name = local(child)
        if name == "p":
            yield child
        elif name in _WRAPPERS or name in ("tbl", "tr", "tc"):
            yield from _paragraphs(child)


def _text_boxes(drawn: Any) -> Iterator[Any]:
    """The outermost text boxes of a drawing. Of alternative forms of one drawing the first that has words counts."""
    for child in drawn:
        name = local(child)
        if name == "txbxContent":
            yield child
            continue
        below = list(_text_boxes(child))
        yield from below
        if below and local(drawn) == "AlternateContent":
            return


def _is_contents(element: Any) -> bool:
    """The element is Word's own table of contents."""
    return any(
        value_of(mark) == _CONTENTS
        for mark in element.findall(f"{WORD}sdtPr/{WORD}docPartObj/{WORD}docPartGallery")
    )


def _is_deleted(row: Any) -> bool:
    """The row is deleted, the deletion not yet accepted."""
    return row.find(f"{WORD}trPr/{WORD}del") is not None


def _is_bold(run: Any) -> bool:
    """The run itself is set bold."""
    return switched(run.find(f"{WORD}rPr/{WORD}b"))
