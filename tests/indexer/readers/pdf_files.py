"""Small PDF files made by reportlab for the tests of the PDF reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

HEIGHT = 792.0
HEADINGS = (
    "Soundings of the estuary",
    "Lights on both piers",
    "Fog over the outer mole",
    "Storms and what they cost",
)
TOWNS = ("ports", "towns along the coast", "masters of the larger vessels")
Draw = Callable[[Canvas], None]


def write_pdf(
    path: Path, pages: Sequence[Draw], *, title: str = "", author: str = "", password: str | None = None
) -> Path:
    """A file with one page for each drawing function, US letter."""
    encryption = StandardEncryption(password, ownerPassword="owner") if password is not None else None
    canvas = Canvas(str(path), pagesize=(612.0, HEIGHT), encrypt=encryption, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text_at(
    canvas: Canvas, x: float, top: float, text: str, size: float = 10.0, font: str = "Times-Roman"
) -> None:
    """One line whose baseline is `top` points below the page top."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - top, text)


def prose(
    canvas: Canvas, lines: Sequence[str], top: float = 100.0, x: float = 72.0, step: float = 12.0
) -> None:
    """Lines one below the other."""
    for place, line in enumerate(lines):
        text_at(canvas, x, top + step * place, line)


def report_pages(count: int = 4) -> list[Draw]:
    """A report with a running head, page numbers, a heading, and one paragraph that crosses each page end."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            text_at(canvas, 72, 40, "Harbour Review, a quarterly of the port towns", 8)
            text_at(canvas, 300, 760, str(number), 8)
            text_at(canvas, 72, 90, HEADINGS[number - 1], 14, "Times-Bold")
            prose(canvas, _OPENING, 120)
            prose(canvas, _MIDDLE, 180)
            prose(canvas, _CROSSING if number < count else _CLOSING, 240)

        return draw

    def lead(number: int) -> Draw:
        body = page(number)

        def draw(canvas: Canvas) -> None:
            text_at(
                canvas,
                72,
                70,
                f"and which the {TOWNS[number - 2]} will settle before the winter storms arrive.",
            )
            body(canvas)

        return draw

    return [page(1), *(lead(number) for number in range(2, count + 1))]


_OPENING = (
    "The port towns agreed that pilots should share their soundings every month, and that",
    "the charts drawn from them should be open to every vessel that enters the estuary.",
)
_MIDDLE = (
    "Several masters reported that the northern channel had shifted by forty metres since",
    "the last survey. The harbour board will send a boat to measure the new depth there.",
)
_CROSSING = (
    "The board also heard a proposal to move the fog signal to the outer mole, a question",
    "on which opinions differed, which the engineers have promised to study with great care,",
)
_CLOSING = ("The meeting closed with thanks to the pilots.",)


def write_tagged_pdf(path: Path, elements: Sequence[tuple[str, Sequence[tuple[float, str]]]]) -> Path:
    """A tagged file of one page: for each (role, [(top, text), ...]) one element of the structure tree."""
    content = "".join(
        f"/{role} <</MCID {number}>> BDC BT /F 10 Tf "
        + " ".join(f"1 0 0 1 72 {HEIGHT - top} Tm ({text}) Tj" for top, text in lines)
        + " ET EMC\n"
        for number, (role, lines) in enumerate(elements)
    )
    first = 7
    kids = " ".join(f"{first + number} 0 R" for number in range(len(elements)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/StructParents 0"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}endstream",
        f"<</Type/StructTreeRoot/K[6 0 R]/ParentTree<</Nums[0[{kids}]]>>>>",
        f"<</Type/StructElem/S/Document/P 5 0 R/K[{kids}]>>",
        *(
            f"<</Type/StructElem/S/{role}/P 6 0 R/Pg 3 0 R/K {number}>>"
            for number, (role, _) in enumerate(elements)
        ),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    path.write_bytes(data + f"{end}startxref\n{len(data)}\n%%EOF".encode())
    return path
