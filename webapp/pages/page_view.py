"""A page image with boxes over it, as a template draws it: no script, no inline style, numbers in points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.citations.item import bare_label
from search.citations.references import locator
from search.errors import FindingsError, NothingToShow
from search.model import Box, Document, Passage
from search.permalinks import page_path
from webapp.page_images.cache import PDF, PageImages

AROUND = 16.0  # points shown around the marks where only these lines are
MARGIN = 1.5  # points that a mark is larger than its line on each side


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A mark in points from the top left corner of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be shown. `problem` says why there is no picture; width and height are in points."""

    page: int
    alt: str
    source: str = ""
    width: float = 0.0
    height: float = 0.0
    marks: tuple[Rectangle, ...] = ()
    problem: str | None = None

    @property
    def around(self) -> Rectangle | None:
        """The marks with some white around them, within the page; None where nothing is marked."""
        if not self.marks:
            return None
        left = max(0.0, min(mark.x for mark in self.marks) - AROUND)
        top = max(0.0, min(mark.y for mark in self.marks) - AROUND)
        right = min(self.width, max(mark.x + mark.width for mark in self.marks) + AROUND)
        bottom = min(self.height, max(mark.y + mark.height for mark in self.marks) + AROUND)
        return Rectangle(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


def make_sheet(images: PageImages, document: Document, page: int, passages: Iterable[Passage] = ()) -> Sheet:
    """Return a page of a document with the passages' boxes marked on it; with the problem where it cannot be drawn."""
    marked = list(passages)
    alt = f"Page {page} of {document.title}"
    if marked:
        alt += f", {locator(marked[0])} marked"
    try:
        width, height = images.sizes(document)[page - 1]
    except FindingsError as error:
        return Sheet(page, alt, problem=str(error))
    except IndexError:
        return Sheet(page, alt, problem=f"{document.path} has no page {page}")
    boxes = (box for passage in marked for box in passage.boxes if box.page == page)
    marks = tuple(_rectangle(box) for box in boxes)
    return Sheet(page, alt, image_address(document, page), width, height, marks)


def passage_sheets(images: PageImages, document: Document, passage: Passage) -> list[Sheet]:
    """Return the pages that a passage stands on, with its words marked; none for texts without pages."""
    if passage.page is None or document.media_type != PDF:
        return []
    pages = range(passage.page, (passage.page_end or passage.page) + 1)
    return [make_sheet(images, document, page, [passage]) for page in pages]


@dataclass(frozen=True, slots=True)
class SmallPage:
    """A page among all pages of a document: its names, the address of its small picture, and what is wrong with its text."""

    page: int
    label: str | None
    source: str
    remark: str


def small_pages(images: PageImages, document: Document, passages: Iterable[Passage]) -> list[SmallPage]:
    """Return all pages of a document; none where its pages cannot be drawn."""
    try:
        images.source(document)
    except NothingToShow:
        return []
    labels: dict[int | None, str] = {}
    for passage in passages:
        if passage.page_label:
            labels.setdefault(passage.page, bare_label(passage.page_label))
    remarks = {page.page: "may be misread" for page in document.quality.doubtful_pages}
    remarks |= dict.fromkeys(document.unread_pages, "not read")
    return [
        SmallPage(page, labels.get(page), small_address(document, page), remarks.get(page, ""))
        for page in range(1, (document.pages or 0) + 1)
    ]


def small_address(document: Document, page: int) -> str:
    """Return the address of a page's small picture, which may be kept for good, too."""
    return f"{page_path(document.document_id, page)}/small.png?v={document.sha256[:16]}"


def image_address(document: Document, page: int) -> str:
    """Return the address of a page's picture; it names the file's content, so that browsers may keep it for good."""
    return f"{page_path(document.document_id, page)}.png?v={document.sha256[:16]}"


def _rectangle(box: Box) -> Rectangle:
    """A box with a margin."""
    return Rectangle(
        round(box.x0 - MARGIN, 1),
        round(box.y0 - MARGIN, 1),
        round(box.x1 - box.x0 + 2 * MARGIN, 1),
        round(box.y1 - box.y0 + 2 * MARGIN, 1),
    )
