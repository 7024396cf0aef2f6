"""The reader of presentations (.pptx), through python-pptx: a slide is a page, its title a heading, its notes stand apart.

Shapes are read from top to bottom and from left to right; a file lists them in the order in which they were drawn.
Dates, footers and slide numbers are the house's, hidden slides nobody was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from indexer.layout.flowing.styled_text import Written, written_passages
from indexer.layout.paged.tables import table_text
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.shared.properties import found_in_properties
from indexer.readers.shared.zip_package import ZIP_FAILURES, check_package
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.quality import assess_text
from indexer.reading.reading import DraftPassage, FoundMetadata, Reading, Reason
from search.model import LabelSource, PassageKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# What python-pptx and lxml let through on damaged files; neither has one error for all.
PPTX_FAILURES = (
    *ZIP_FAILURES,
    PythonPptxError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)
_TITLES = frozenset((PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE))
_FURNITURE = frozenset(
    (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
)
_BREAK = "\v"  # how python-pptx gives a line break inside a paragraph
_OWN_AUTHOR = "Steve Canny"  # stands in files made with python-pptx's template
NOTES = "Speaker notes"
"""The heading below which what stands under a slide is kept apart from what was shown."""
TITLE_LEVEL, NOTES_LEVEL = 1, 2


def read_pptx(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Read a presentation. Raises `ReadingFailed`."""
    check_package(path, limits, "ppt/presentation.xml")
    try:
        deck = pptx.Presentation(str(path))
        slides = list(deck.slides)
        _check_count(slides, limits)
        report_pages(len(slides))
        walk = _Walk(limits)
        passages = tuple(
            draft for number, slide in enumerate(slides, 1) for draft in walk.passages(slide, number)
        )
        stated = _stated(deck.core_properties)
    except PPTX_FAILURES as failure:
        raise ReadingFailed(
            Reason.DAMAGED, f"no presentation in it ({type(failure).__name__}: {failure})"[:200]
        ) from failure
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits on its slides")
    found = found_in_properties(stated, None, passages)
    return Reading(MEDIA_TYPE, found, passages, pages=len(slides), quality=assess_text(passages))


def _check_count(slides: list[Any], limits: ReadingLimits) -> None:
    """Raise `ReadingFailed` when there are more slides than a document may have pages."""
    if len(slides) > limits.max_pages:
        raise ReadingFailed(Reason.TOO_LARGE, f"{len(slides)} slides, the limit is {limits.max_pages}")


def _stated(properties: Any) -> FoundMetadata:
    """Return what the properties of the file say."""
    author = properties.author if properties.author != _OWN_AUTHOR else ""
    begun = properties.created
    return FoundMetadata(
        title=properties.title,
        date=begun.date().isoformat() if begun else None,
        authors=(author,) if author else (),
        language=properties.language,
    )


@dataclass
class _Walk:
    """Goes through slides and counts characters against the limit."""

    limits: ReadingLimits
    characters: int = 0

    def passages(self, slide: Any, number: int) -> Iterator[DraftPassage]:
        """Yield the passages of one slide, counted from 1; nothing for a hidden one."""
        if slide.element.get("show") == "0":  # ECMA-376 part 1, 19.3.1.38
            return
        for draft in written_passages([*self._shown(slide), *self._notes(slide)]):
            yield replace(
                draft, page=number, page_end=number, page_label=str(number), label_from=LabelSource.SLIDE
            )

    def _shown(self, slide: Any) -> Iterator[Written]:
        """Yield the title, then what the other shapes say."""
        shapes = list(_flat(slide.shapes))
        for shape in (s for s in shapes if _role(s) in _TITLES):
            yield Written(self._counted(_words(shape.text_frame)), level=TITLE_LEVEL)
        for shape in sorted((s for s in shapes if _role(s) not in _TITLES), key=_place):
            yield from self._items(shape)

    def _items(self, shape: Any) -> Iterator[Written]:
        """Yield the table or the paragraphs of a shape; several paragraphs of a placeholder are a list."""
        if getattr(shape, "has_table", False):
            rows = [[_words(cell.text_frame) for cell in row.cells] for row in shape.table.rows]
            yield Written(self._counted(table_text(rows)), PassageKind.TABLE)
            return
        if not shape.has_text_frame or _role(shape) in _FURNITURE:
            return
        paragraphs = [
            text for paragraph in shape.text_frame.paragraphs if (text := _one_line(paragraph.text))
        ]
        is_list = shape.is_placeholder and len(paragraphs) > 1
        for text in paragraphs:
            yield Written(self._counted(text), PassageKind.LIST_ITEM if is_list else PassageKind.PARAGRAPH)

    def _notes(self, slide: Any) -> Iterator[Written]:
        """Yield a heading and the paragraphs of the notes below a slide."""
        frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        paragraphs = (
            [_one_line(paragraph.text) for paragraph in frame.paragraphs] if frame is not None else []
        )
        if any(paragraphs):
            yield Written(NOTES, level=NOTES_LEVEL)
            yield from (Written(self._counted(text)) for text in paragraphs if text)

    def _counted(self, text: str) -> str:
        """Return the text when it is within the limit of characters. Raises `ReadingFailed`."""
        self.characters += len(text)
        if self.characters > self.limits.max_characters:
            raise ReadingFailed(Reason.TOO_LARGE, f"more than {self.limits.max_characters} characters")
        return text


def _flat(shapes: Any) -> Iterator[Any]:
    """Yield all shapes, groups opened."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _role(shape: Any) -> Any:
    """Return what a placeholder is for, None for a shape that is none."""
    return shape.placeholder_format.type if shape.is_placeholder else None


def _place(shape: Any) -> tuple[int, int]:
    """Return top and left in English Metric Units; a placeholder without a place of its own has its layout's."""
    return shape.top or 0, shape.left or 0


def _words(frame: Any) -> str:
    """Return all paragraphs of a text frame as one line."""
    return " ".join(text for paragraph in frame.paragraphs if (text := _one_line(paragraph.text)))


def _one_line(text: str) -> str:
    """Return a paragraph with its line breaks as blanks."""
    return " ".join(text.replace(_BREAK, " ").split())
