from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from indexer.layout.blocks import Line
from indexer.readers.pdf.form_fields import with_fields
from indexer.readers.pdf.reader import read_pdf
from indexer.reading.hints import NO_HINTS
from indexer.reading.limits import ReadingLimits
from tests.indexer.printing import typed
from tests.indexer.readers.pdf_files import text_at, write_pdf


def passages(path: Path) -> list[str]:
    return [draft.text for draft in read_pdf(path, ReadingLimits(), lambda _: None, NO_HINTS).passages]


def form(canvas: Canvas) -> None:
    text_at(canvas, 72, 100, "Name of the pilot who signs for the vessel:")
    canvas.acroForm.textfield(name="pilot", value="Master of the Heron", x=72, y=660, width=300, height=20)
    text_at(canvas, 72, 200, "The board keeps this sheet for nine years.")


def test_what_is_filled_into_a_form_is_read_where_it_stands(tmp_path: Path) -> None:
    texts = " ".join(passages(write_pdf(tmp_path / "a.pdf", [form])))
    assert texts.index("signs for") < texts.index("Master of the Heron") < texts.index("nine years")


def test_an_empty_field_gives_nothing(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "Name of the pilot who signs:")
        canvas.acroForm.textfield(name="pilot", value="", x=72, y=660, width=300, height=20)

    assert passages(write_pdf(tmp_path / "a.pdf", [draw])) == ["Name of the pilot who signs:"]


def test_several_lines_of_a_field_stay_in_order() -> None:
    lines: list[Line] = [typed("Remarks:", 100), typed("Signed", 300)]
    read = with_fields(lines, [("first\nsecond", (72.0, 110.0, 300.0, 150.0))], 1)
    assert [line.text for line in read] == ["Remarks:", "first", "second", "Signed"]
