"""The structure tree of tagged PDF files, through pdfium: which element each piece of marked content belongs to.

Word processors write it on export; of 51 reports 27 are tagged, and the tree covers 91 to 99 % of their letters.
It knows what geometry can only guess: paragraphs, headings with levels, tables, notes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from indexer.layout.blocks import HEADING_ROLES, Tag

# Elements whose whole content is one thing, whatever stands inside (ISO 32000-1, 14.8.4, and PDF 2.0's FENote).
_WHOLE = {
    **dict.fromkeys(("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"), "Table"),
    "Figure": "Table",  # labels of a chart
    "Formula": "P",
    "Note": "Note",
    "FENote": "Note",
    "Caption": "Caption",
    "TOC": "TOC",
    "TOCI": "TOC",
    "Index": "TOC",
}
_INLINE = frozenset(
    (
        "Span",
        "Link",
        "Reference",
        "Quote",
        "Em",
        "Strong",
        "Sub",
        "Annot",
        "BibEntry",
        "Code",
        "Ruby",
        "Warichu",
        "NonStruct",
    )
)
_GROUPS = frozenset(
    ("Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "L", "Aside", "Private", "BlockQuote")
)
_IN_ITEM = frozenset(("Lbl", "LBody"))
_DEEPEST = 60  # levels; deeper nesting says nothing more of text, damaged trees run in circles
_MOST = 100_000  # elements of a page; also what parts the numbers of two pages


@dataclass(slots=True)
class PageTags:
    """The tags of one page by the number of the marked content."""

    page: int
    tags: dict[int, Tag] = field(default_factory=dict)
    _elements: int = 0

    def take(self, element: Any, above: Tag | None, depth: int = 0) -> None:
        """Take an element and all below it; `above` is the tag that holds where it stands."""
        tag = self._tag(_text(pdfium.FPDF_StructElement_GetType, element), above)
        for place in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                if depth < _DEEPEST and self._elements < _MOST:
                    self.take(child, tag, depth + 1)
            elif tag is not None:
                content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
                if content >= 0:
                    self.tags[content] = tag

    def _tag(self, role: str, above: Tag | None) -> Tag | None:
        """The tag of an element: its own, or that of the element it is part of."""
        self._elements += 1
        if (
            above is not None
            and above.role in ("Table", "Note", "Caption", "TOC")
            and role not in ("Note", "FENote")
        ):
            return above
        if role in _INLINE or role in _IN_ITEM:
            return above
        if role in _GROUPS:
            return None
        if role == "P" and above is not None and above.role == "LI":
            return above
        return Tag(
            self.page * _MOST + self._elements,
            _WHOLE.get(role, role if role in HEADING_ROLES or role == "LI" else "P"),
        )


def read_tags(page: Any, number: int) -> dict[int, Tag]:
    """Return the tags of an open page by the number of the marked content; {} when it has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found = PageTags(number)
    try:
        for element in _roots(tree):
            found.take(element, None)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found.tags


def _roots(tree: Any) -> Iterator[Any]:
    """The outermost elements of a tree."""
    for place in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
        element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, place)
        if element:
            yield element


def _text(get: Callable[[Any, Any, int], int], element: Any) -> str:
    """A text of an element (UTF-16, with a final zero)."""
    length = get(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
