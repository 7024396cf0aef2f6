from __future__ import annotations

from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.layout.blocks import BROKEN_WORD, Page
from indexer.readers.pdf.runs import read_page
from tests.indexer.readers.pdf_files import HEIGHT, Draw, prose, text_at, write_pdf


def first_page(path: Path, draw: Draw) -> Page:
    write_pdf(path, [draw])
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    handle = pdfium.FPDF_LoadPage(document, 0)
    try:
        return read_page(handle, 1)
    finally:
        pdfium.FPDF_ClosePage(handle)
        pdfium.FPDF_CloseDocument(document)


def test_lines_come_with_text_size_and_weight(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 90, "A heading", 14, "Times-Bold")
        text_at(canvas, 72, 110, "Plain words below it.")

    heading, plain = first_page(tmp_path / "a.pdf", draw).lines
    assert (heading.text, heading.size, heading.bold) == ("A heading", 14, True)
    assert (plain.text, plain.size, plain.bold) == ("Plain words below it.", 10, False)


def test_boxes_cover_the_printed_line_from_the_top_left(tmp_path: Path) -> None:
    line = first_page(tmp_path / "a.pdf", lambda canvas: text_at(canvas, 72, 200, "Covered words")).lines[0]
    assert line.x0 == pytest.approx(72, abs=1)
    assert line.y0 < 200 - 6
    assert line.y1 > 200 + 2
    assert line.y1 - line.y0 < 14


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_boxes_follow_the_rotation_of_the_page_as_shown(tmp_path: Path, quarter: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90 * quarter)
        turns: dict[int, tuple[float, float, int]] = {
            0: (72, 692, 0),
            1: (100, 72, 90),
            2: (540, 100, 180),
            3: (692, 540, 270),
        }
        x, y, angle = turns[quarter]
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(0, 0, "Upright as shown")

    page = first_page(tmp_path / "a.pdf", draw)
    line = page.lines[0]
    assert (page.width, page.height) == (612, HEIGHT)  # reportlab turns the page box as well
    assert not line.slanted
    assert line.x0 == pytest.approx(72, abs=1)
    assert line.baseline == pytest.approx(100, abs=1)


def test_a_cropped_page_counts_from_its_shown_corner(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 562, 742))
        text_at(canvas, 72, 150, "Shown in part")

    line = first_page(tmp_path / "a.pdf", draw).lines[0]
    assert (round(line.x0), round(line.baseline)) == (22, 100)


def test_wide_gaps_part_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for x, text in ((72, "North pier"), (250, "1,200"), (400, "1,350")):
            text_at(canvas, x, 100, text)

    assert [cell.text for cell in first_page(tmp_path / "a.pdf", draw).lines[0].cells] == [
        "North pier",
        "1,200",
        "1,350",
    ]


def test_a_raised_figure_is_no_part_of_the_sentence(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "The board agreed.")
        text_at(canvas, 72 + canvas.stringWidth("The board agreed.", "Times-Roman", 10), 96, "12", 6)
        text_at(canvas, 160, 100, "Pilots did not.")

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == [
        "The board agreed. Pilots did not."
    ]


def test_a_square_metre_keeps_its_exponent(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "a basin of 40 m")
        text_at(canvas, 72 + canvas.stringWidth("a basin of 40 m", "Times-Roman", 10), 96, "2", 6)

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["a basin of 40 m²"]


def test_a_line_that_begins_with_a_raised_mark_is_a_note(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 697, "3", 5)
        text_at(canvas, 76, 700, "See the minutes of the harbour board.", 8)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert line.marked
    assert line.text == "3 See the minutes of the harbour board."


def test_words_broken_at_line_ends_stay_on_their_lines(tmp_path: Path) -> None:
    lines = first_page(
        tmp_path / "a.pdf", lambda canvas: prose(canvas, ["the pilots of the estu-", "ary agreed"])
    ).lines
    assert [line.text for line in lines] == [f"the pilots of the estu{BROKEN_WORD}", "ary agreed"]


def test_text_that_runs_upwards_is_slanted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(40, 400)
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(0, 0, "25-01234 printed up the margin")

    assert all(line.slanted for line in first_page(tmp_path / "a.pdf", draw).lines)


def test_letters_of_a_dingbat_font_are_bullets(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "\u25a0", 10, "ZapfDingbats")
        text_at(canvas, 86, 100, "lights on both piers")

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert line.text[0] in "\u25a0\u2022n" and line.text.endswith("lights on both piers")


def test_a_line_up_the_side_is_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(40, 300)
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(0, 0, "Harbour review of the towns")
        canvas.restoreState()

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert (line.text, line.slanted) == ("Harbour review of the towns", True)


def test_a_raised_figure_in_brackets_stays_with_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "The board agreed (")
        width = canvas.stringWidth("The board agreed (", "Times-Roman", 10)
        text_at(canvas, 72 + width, 96, "4", 6)
        text_at(canvas, 72 + width + 4, 100, ").")

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert "⁴" in line.text and not line.marks


def test_a_sideways_page_is_turned_and_its_lines_come_in_order(tmp_path: Path) -> None:
    lines = [f"The wardens of the {n}th quay told the board what they had seen." for n in range(4, 9)]

    def draw(canvas: Canvas) -> None:
        canvas.translate(100, 40)
        canvas.rotate(90)
        for place, line in enumerate(lines):
            canvas.drawString(0, -14 * place, line)

    page = first_page(tmp_path / "a.pdf", draw)
    assert [line.text for line in page.lines] == lines
    assert page.turned == 1
    left, top, right, bottom = page.as_shown(
        page.lines[0].x0, page.lines[0].y0, page.lines[0].x1, page.lines[0].y1
    )
    assert left < 100 < right + 5
    assert top == pytest.approx(HEIGHT - 40 - 300, abs=90)
    assert bottom == pytest.approx(HEIGHT - 40, abs=3)


def test_text_outside_of_the_crop_box_is_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 560, 740))
        text_at(canvas, 72, 20, "Slug line of the printer")
        text_at(canvas, 72, 200, "The board met.")

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["The board met."]


@pytest.mark.parametrize("how", ["white", "no ink", "transparent"])
def test_text_that_nobody_sees_is_not_read(tmp_path: Path, how: str) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 100, "The board did not agree.")
        text = canvas.beginText(72, HEIGHT - 140)
        if how == "white":
            text.setFillColorRGB(1, 1, 1)
        elif how == "no ink":
            text.setTextRenderMode(3)
        else:
            canvas.setFillAlpha(0)
        text.textOut("The board agreed.")
        canvas.drawText(text)

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["The board did not agree."]


def test_white_text_in_a_dark_box_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, HEIGHT - 120, 300, 40, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        text_at(canvas, 72, 100, "The board agreed.")

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["The board agreed."]


def test_the_invisible_text_over_a_scan_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(0, 0, 612, HEIGHT, fill=1, stroke=0)
        text = canvas.beginText(72, HEIGHT - 140)
        text.setTextRenderMode(3)
        text.textOut("The board agreed.")
        canvas.drawText(text)

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["The board agreed."]


def test_letter_spaced_type_is_closed_to_words_by_its_gaps(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("PILOT", "TRAINING", "2019"):
            for letter in word:
                text_at(canvas, x, 100, letter)
                x += canvas.stringWidth(letter, "Times-Roman", 10) + 5
            x += 9

    assert [line.text for line in first_page(tmp_path / "a.pdf", draw).lines] == ["PILOT TRAINING 2019"]


def test_raised_and_lowered_figures_keep_their_height(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        for part, rise in (
            ("3.2 × 10", 0),
            ("5", 4),
            (" tons of CO", 0),
            ("2", -2),
            (" in 2019", 0),
            ("7", 4),
        ):
            text.setFont("Times-Roman", 6 if rise else 10)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert (line.text, [mark.text for mark in line.marks]) == ("3.2 × 10⁵ tons of CO₂ in 2019", ["7"])


def test_a_raised_letter_is_the_sign_of_a_note_unless_it_ends_an_ordinal(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        for part, rise in (("the 19", 0), ("th", 4), (" total", 0), ("a", 4), (" of the 2", 0), ("e", 4)):
            text.setFont("Times-Roman", 6 if rise else 10)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert (line.text, [mark.text for mark in line.marks]) == ("the 19th total of the 2e", ["a"])


def test_an_accent_drawn_over_its_letter_is_one_letter_with_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 90, "Ver¨offentlichung")
        text_at(canvas, 72, 120, "Jo¨")
        text_at(canvas, 72 + canvas.stringWidth("Jo", "Times-Roman", 10) - 0.8, 120, "erg")

    beside, over = first_page(tmp_path / "a.pdf", draw).lines
    assert beside.text == "Ver¨offentlichung"
    assert over.text == "Joërg"


def test_an_accent_drawn_after_the_line_goes_back_over_its_letter(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        before = canvas.stringWidth("T. Schull", "Times-Roman", 10)
        text_at(canvas, 72, 90, "T. Schuller and T. Oguz asked")
        middle = 72 + canvas.stringWidth("T. Sch", "Times-Roman", 10) + 0.8
        text_at(canvas, middle, 90, "¨")
        text_at(canvas, 72 + before + 200, 90, "for oil")

    assert "T. Schüller and T. Oguz asked" in " ".join(
        line.text for line in first_page(tmp_path / "a.pdf", draw).lines
    )


def test_a_blank_for_which_there_is_no_room_is_none(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont("Times-Roman", 10)
        back = -canvas.stringWidth(" ", "Times-Roman", 10)
        text._code.append(f"[(NO ) {-back * 100:.1f} (TE of the keeper)] TJ")
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert line.text == "NOTE of the keeper"


def test_a_raised_o_behind_n_is_the_sign_of_a_number(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        for part, rise in (("Supplement n", 0), ("o", 4), (" 17 of the pilots", 0)):
            text.setFont("Times-Roman", 6 if rise else 10)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert (line.text, line.marks) == ("Supplement nº 17 of the pilots", ())


def test_a_note_may_begin_with_its_raised_sign_in_brackets(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        for part, rise in (("(1)", 4), (" The tolls of the bar", 0)):
            text.setFont("Times-Roman", 6 if rise else 10)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert (line.text, line.marked) == ("1 The tolls of the bar", True)


def test_blanks_of_type_that_is_set_tight_stay(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont("Times-Roman", 11)
        text.setCharSpace(-2.4)
        text.textOut("Credit for the Pilots of the Outer Harbour")
        canvas.drawText(text)

    (line,) = first_page(tmp_path / "a.pdf", draw).lines
    assert line.text == "Credit for the Pilots of the Outer Harbour"
