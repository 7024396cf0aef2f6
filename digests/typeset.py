"""Typesets the digests: `python -m digests.typeset` makes `corpus/digests/<name>.pdf` of each `digests/<name>.md`.

The same sources give the same bytes on every machine: reportlab's invariant mode, no compression (zlib builds
differ), only fonts that every PDF viewer has (so nothing is embedded), and the date of the front matter as
date of creation. Page 1 is the cover with the label "i"; the body counts from 1, as printed in its foot.
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from digests.shipping import HERE, ship, sources_in
from digests.source import Digest, Part, PartKind

MARGIN = 72.0
"""White space on all four sides, in points (one inch)."""

COVER_LABEL = "i"
INK = colors.HexColor("#1b2733")
QUIET = colors.HexColor("#5a6672")

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=7, textColor=INK)
STYLES = {
    PartKind.SECTION: ParagraphStyle(
        "section", BODY, fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=14, keepWithNext=1
    ),
    PartKind.SUBSECTION: ParagraphStyle(
        "subsection", BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, keepWithNext=1
    ),
    PartKind.PARAGRAPH: BODY,
    PartKind.BULLET: ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=4, spaceAfter=4),
    PartKind.SOURCE: ParagraphStyle(
        "source", BODY, fontSize=10, leading=13, leftIndent=18, firstLineIndent=-18, spaceAfter=4
    ),
}
TITLE = ParagraphStyle(
    "title", BODY, fontName="Helvetica-Bold", fontSize=24, leading=29, alignment=TA_LEFT, spaceAfter=16
)
CELL = ParagraphStyle("cell", BODY, fontName="Helvetica", fontSize=9.5, leading=12.5, spaceAfter=0)


class DigestTemplate(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    """A4 pages, one column; puts every heading into the outline of the PDF."""

    def __init__(self, target: io.BytesIO, head: dict[str, str]) -> None:
        super().__init__(
            target,
            pagesize=A4,
            pageCompression=0,
            invariant=1,
            lang=head["language"],
            title=head["title"],
            author=head["author"],
            subject=head["subject"],
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
        )
        frame = Frame(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN, id="column")
        furnish = partial(_furnish, head=head)
        self.addPageTemplates(
            [PageTemplate("cover", [frame], onPage=furnish), PageTemplate("body", [frame], onPage=furnish)]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (reportlab's name)
        """Add a heading to the outline, with a bookmark where it stands."""
        levels = {"section": 0, "subsection": 1}
        level = levels.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is None:
            return
        key = f"h{self.canv.getPageNumber()}-{flowable.getPlainText()}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level)


def _furnish(canvas: Canvas, _template: Any, head: dict[str, str]) -> None:
    """Running head and printed page number; on the cover also the date of the file and the page labels."""
    page = canvas.getPageNumber()
    canvas.setFillColor(QUIET)
    canvas.setFont("Helvetica", 8.5)
    if page == 1:
        stamp = f"D:{head['date'].replace('-', '')}000000Z"
        canvas.setDateFormatter(lambda *_clock: stamp)
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(1, style="ARABIC", start=1)
    else:
        canvas.drawString(MARGIN, A4[1] - 45, head["short"])
        canvas.drawRightString(A4[0] - MARGIN, A4[1] - 45, "Findings: digests")
    canvas.drawCentredString(A4[0] / 2, 40, COVER_LABEL if page == 1 else str(page - 1))


def _flowable(part: Part) -> Flowable:
    """The reportlab element of a part."""
    if part.kind is PartKind.TABLE:
        return _table(part.rows)
    bullet = "•" if part.kind is PartKind.BULLET else None
    return Paragraph(escape(part.text), STYLES[part.kind], bulletText=bullet)


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    """A ruled table whose first column is narrower than the rest."""
    width = A4[0] - 2 * MARGIN
    rest = len(rows[0]) - 1
    table = Table(
        [[Paragraph(escape(cell), CELL) for cell in row] for row in rows],
        colWidths=[width * 0.28] + [width * 0.72 / rest] * rest,
        spaceBefore=6,
        spaceAfter=12,
    )
    table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, QUIET), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def render_digest(digest: Digest) -> bytes:
    """Return the PDF of a digest; the same digest always gives the same bytes."""
    target = io.BytesIO()
    story: list[Flowable] = [NextPageTemplate("body"), Spacer(1, 60), Paragraph(digest.head["title"], TITLE)]
    story += [_flowable(part) for part in digest.cover]
    story.append(PageBreak())
    story += [_flowable(part) for part in digest.body]
    DigestTemplate(target, digest.head).build(story)
    return target.getvalue()


def sources() -> list[Path]:
    """Return the digests' sources, in order of their names."""
    return sources_in(HERE)


if __name__ == "__main__":
    raise SystemExit(ship(HERE, ".pdf", render_digest))
