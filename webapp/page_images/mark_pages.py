"""Takes pages out of a PDF and marks words on them: a program of its own, like `webapp.page_images.render_page`, with its limits.

    python -m webapp.page_images.mark_pages SOURCE.pdf < order.json > TARGET.pdf

The order is `{"title", "note", "pages": [{"page", "label", "boxes": [[x0, y0, x1, y1], ...]}]}`: pages from 1, boxes in points from the
top left corner of the page as it is shown, as the catalog has them. The marks are highlight annotations (ISO 32000-2,
12.5.6.10), which any viewer shows, lists and can remove. Printed labels stay. It leaves with 0, or with 1 and
one line on stderr. This is the one file of the web app that imports pypdf.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from webapp.page_images.render_page import LARGEST_FILE, limit_resources

COLOUR = "ffd84d"
Box = tuple[float, float, float, float]


def to_user_space(box: Sequence[float], shown: Box, rotation: int) -> Box:
    """Return a box of the page as shown (points from the top left) in the page's own coordinates (from its bottom left).

    `shown` is the crop box (left, bottom, right, top), `rotation` the clockwise quarter turns of the page.
    """
    x0, y0, x1, y1 = box
    left, bottom, right, top = shown
    if rotation == 1:
        return left + y0, bottom + x0, left + y1, bottom + x1
    if rotation == 2:
        return right - x1, bottom + y0, right - x0, bottom + y1
    if rotation == 3:
        return right - y1, top - x1, right - y0, top - x0
    return left + x0, top - y1, left + x1, top - y0


def mark(source: str, order: dict[str, Any]) -> bytes:
    """Return the pages of an order with their marks, as a PDF. Raises ValueError for one beyond LARGEST_FILE."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - after the limits are set

    reader, writer = PdfReader(source), PdfWriter()
    if reader.is_encrypted:
        reader.decrypt("")
    for number, wanted in enumerate(order["pages"]):
        page = writer.add_page(reader.pages[wanted["page"] - 1])
        quads = [to_user_space(box, _shown(page), _turns(page)) for box in wanted["boxes"]]
        if quads:
            writer.add_annotation(number, _highlight(quads, order["note"]))
        if wanted["label"]:
            writer.set_page_label(number, number, prefix=wanted["label"])
    writer.add_metadata({"/Title": order["title"]})
    made = BytesIO()
    writer.write(made)
    if made.tell() > LARGEST_FILE:
        raise ValueError(f"the pages take more than {LARGEST_FILE // 1_000_000} MB")
    return made.getvalue()


def _shown(page: Any) -> Box:
    """The crop box, within the media box as viewers have it."""
    crop, media = page.cropbox, page.mediabox
    return (
        max(float(crop.left), float(media.left)),
        max(float(crop.bottom), float(media.bottom)),
        min(float(crop.right), float(media.right)),
        min(float(crop.top), float(media.top)),
    )


def _turns(page: Any) -> int:
    """Clockwise quarter turns."""
    return int(page.rotation or 0) // 90 % 4


def _highlight(boxes: Sequence[Box], note: str) -> Any:
    """One annotation over all boxes, with the reference as its words."""
    from pypdf.annotations import Highlight  # noqa: PLC0415
    from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject  # noqa: PLC0415

    corners = [c for x0, y0, x1, y1 in boxes for c in (x0, y1, x1, y1, x0, y0, x1, y0)]
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    made = Highlight(
        rect=around, quad_points=ArrayObject(map(FloatObject, corners)), highlight_color=COLOUR, printing=True
    )
    made[NameObject("/Contents")] = TextStringObject(note)
    return made


def main(arguments: list[str]) -> int:
    """Do what the order says; return the exit status."""
    limit_resources()
    try:
        (source,) = arguments
        sys.stdout.buffer.write(mark(source, json.load(sys.stdin)))
    except Exception as error:  # noqa: BLE001 - whatever a broken file does to the library is one line here
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
