"""Scans: read by OCR when it is wanted, kept so until it is given up, and never at the cost of other text."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cli.main import findings
from indexer.build.ocr import check_program, load_ocr_list, store_ocr_list
from indexer.readers import ReadingFailed, read, reading_fingerprint
from indexer.readers.pdf.ocr import make_lines, parse_table, without_marks
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reason
from search.errors import OcrLanguageMissing, OcrMissing
from search.model import PassageKind
from tests.indexer.corpora import Desk, small_desk
from tests.indexer.readers.pdf_files import Draw, report_pages, write_pdf

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract on this machine")
TITLE = "Soundings of the estuary"
LINES = (
    "The port towns agreed that pilots should share their soundings every",
    "month, and that the charts drawn from them should be open to every",
    "vessel that enters the estuary before the winter storms arrive.",
)
SENTENCE = " ".join(LINES)


def scanned(title: str = TITLE, lines: tuple[str, ...] = LINES) -> Draw:
    """A page that is nothing but the picture of a text, 200 dots an inch."""
    picture = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((200, 200), title, font=ImageFont.load_default(56), fill=0)
    for place, line in enumerate(lines):
        pen.text((200, 400 + 45 * place), line, font=ImageFont.load_default(34), fill=0)
    data = BytesIO()
    picture.save(data, "PNG")

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(BytesIO(data.getvalue())), 0, 0, 612, 792)

    return draw


OCR = ReadingLimits(ocr_languages="eng")


# --- one file --------------------------------------------------------------------------------------------


@needs_tesseract
def test_a_scan_becomes_passages_with_heading_boxes_and_confidence(tmp_path: Path) -> None:
    reading = read(write_pdf(tmp_path / "scan.pdf", [scanned()]), OCR)
    assert [(d.kind, d.text) for d in reading.passages] == [
        (PassageKind.HEADING, TITLE),
        (PassageKind.PARAGRAPH, SENTENCE),
    ]
    box = reading.passages[1].boxes[0]
    assert box.x0 == pytest.approx(72, abs=2)  # 200 of 1,700 dots of 612 points
    assert 140 < box.y0 < box.y1 < 165  # the first line begins 400 of 2,200 dots down
    assert reading.unread_pages == ()
    assert [page.page for page in reading.quality.ocr_pages] == [1]
    assert (reading.quality.ocr_confidence or 0) > 85


@needs_tesseract
def test_only_pages_without_text_are_read_by_ocr(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "mixed.pdf", [*report_pages(1), scanned("Lights on both piers"), lambda canvas: None]
    )
    plain, ocr = read(path, ReadingLimits()), read(path, OCR)
    assert plain.unread_pages == (2,)
    assert [page.page for page in ocr.quality.ocr_pages] == [2]
    assert [d.text for d in ocr.passages if d.page == 1] == [d.text for d in plain.passages if d.page == 1]
    assert SENTENCE in [d.text for d in ocr.passages]


@needs_tesseract
def test_a_picture_without_words_stays_unread_with_its_reason(tmp_path: Path) -> None:
    square: Draw = lambda canvas: canvas.rect(50, 50, 400, 500, fill=1)  # noqa: E731
    reading = read(write_pdf(tmp_path / "a.pdf", [*report_pages(1), square]), OCR)
    assert [(p.page, p.reasons) for p in reading.quality.pages] == [
        (2, ("OCR found no text in the picture",))
    ]
    with pytest.raises(ReadingFailed, match="nor did OCR find any") as failed:
        read(write_pdf(tmp_path / "b.pdf", [square]), OCR)
    assert failed.value.reason is Reason.NO_TEXT


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "mixed.pdf", [*report_pages(1), scanned()])
    assert read(path, replace(OCR, ocr_seconds=0.01)).unread_pages == (2,)


def test_ocr_adds_its_time_for_each_page() -> None:
    assert OCR.allowed_seconds(10) == ReadingLimits().allowed_seconds(10) + 300
    assert reading_fingerprint(OCR) != reading_fingerprint(ReadingLimits())


# --- the program's table ---------------------------------------------------------------------------------

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
4\t1\t1\t1\t1\t0\t100\t100\t900\t40\t-1\t
5\t1\t1\t1\t1\t1\t100\t100\t200\t40\t96.5\tpage
5\t1\t1\t1\t1\t2\t320\t100\t150\t40\t91\thead
5\t1\t1\t1\t2\t1\t100\t200\t150\t40\t12\tfirst
5\t1\t1\t1\t2\t2\t800\t200\t150\t40\t95\tsecond
5\t1\t2\t1\t1\t1\t900\t2000\t50\t30\t38\tJove
5\t1\t2\t1\t1\t2\t960\t2000\t50\t30\t95\t \x20
broken line
"""


def test_the_table_gives_words_in_points() -> None:
    words = list(parse_table(TABLE, scale=2.0))
    assert [word.text for word in words] == ["page", "head", "first", "second", "Jove"]
    assert (words[0].x0, words[0].y0, words[0].x1, words[0].y1, words[0].sure) == (50, 50, 150, 70, 96.5)


def test_a_doubtful_word_stays_in_its_line_and_goes_where_it_stands_alone() -> None:
    words = without_marks(list(parse_table(TABLE, scale=2.0)))
    assert [line.text for line in make_lines(words, 3)] == ["page head", "first second"]


def test_lines_have_one_size_whatever_letters_they_have_and_cells_at_wide_gaps() -> None:
    first, second = make_lines(without_marks(list(parse_table(TABLE, scale=2.0))), 3)
    assert first.size == second.size
    assert first.page == 3
    assert first.cells == ()
    assert [cell.text for cell in second.cells] == ["first", "second"]


# --- the rule --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus with a scan, a report with one scanned page, and three texts."""
    desk = small_desk(tmp_path)
    (desk.corpus / "reports").mkdir()
    write_pdf(desk.corpus / "reports/scan.pdf", [scanned()])
    write_pdf(desk.corpus / "reports/mixed.pdf", [*report_pages(1), scanned("Lights on both piers")])
    return desk


@needs_tesseract
def test_what_ocr_read_stays_until_it_is_given_up(desk: Desk) -> None:
    first = desk.run()
    assert [item.path for item in first.failed] == ["reports/scan.pdf"]
    plain = desk.holds()

    with_ocr = desk.run(ocr=True)
    assert [change.path for change in with_ocr.added] == ["reports/scan.pdf"]
    assert [(c.path, c.because) for c in with_ocr.changed] == [("reports/mixed.pdf", "ocr")]
    assert with_ocr.failed == ()
    assert sorted(desk.recorder.steps["reading by OCR"]) == ["reports/mixed.pdf", "reports/scan.pdf"]
    assert desk.found('"winter storms"') == ["reports-mixed", "reports-scan"]
    grown = desk.holds()

    for how in ({}, {"ocr": True}):
        again = desk.run(**how)
        assert not again.published
        assert again.failed == ()
        assert desk.recorder.steps["reading by OCR"] == []

    given_up = desk.run(ocr=False)
    assert [item.path for item in given_up.failed] == ["reports/scan.pdf"]
    assert desk.holds() == plain == desk.afresh()
    desk.run(ocr=True)
    assert desk.holds() == grown


@needs_tesseract
def test_a_fresh_index_with_ocr_holds_the_same_as_one_that_grew(desk: Desk) -> None:
    desk.run()
    desk.run(ocr=True)
    other = Desk(replace(desk.settings, index=desk.settings.index.with_name("afresh")))
    other.run(ocr=True)
    assert other.holds() == desk.holds()


@needs_tesseract
def test_a_plan_with_ocr_says_what_would_come_and_keeps_nothing(desk: Desk) -> None:
    desk.run()
    plan = desk.run(plan_only=True, ocr=True)
    assert [change.path for change in plan.added] == ["reports/scan.pdf"]
    assert load_ocr_list(desk.settings.index) == {}
    assert [item.path for item in desk.run().failed] == ["reports/scan.pdf"]


def test_without_the_program_nothing_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.run()
    before = desk.holds()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    places = ["--corpus", str(desk.settings.corpus), "--index", str(desk.settings.index)]
    outcome = CliRunner().invoke(findings, [*places, "index", "--ocr"])
    assert isinstance(outcome.exception, OcrMissing)
    assert outcome.exception.exit_code == 2
    assert "apt-get install tesseract-ocr" in str(outcome.exception)
    assert desk.holds() == before


@needs_tesseract
def test_a_language_that_is_not_installed_is_named() -> None:
    check_program("eng")
    with pytest.raises(OcrLanguageMissing, match="'tlh'"):
        check_program("eng+tlh")


def test_a_damaged_list_counts_as_none(tmp_path: Path) -> None:
    store_ocr_list(tmp_path, {})
    assert load_ocr_list(tmp_path) == {}
    store_ocr_list(tmp_path, {"ab": "eng"})
    assert load_ocr_list(tmp_path) == {"ab": "eng"}
    for text in ("{", json.dumps([1])):
        (tmp_path / "cache" / "ocr.json").write_text(text)
        assert load_ocr_list(tmp_path) == {}


@needs_tesseract
def test_status_tells_what_ocr_read(desk: Desk) -> None:
    desk.run(ocr=True)
    places = ["--corpus", str(desk.settings.corpus), "--index", str(desk.settings.index)]
    told = CliRunner().invoke(findings, [*places, "status"]).output
    assert "reports/scan.pdf: read by OCR, confidence 9" in told
    quality = json.loads(CliRunner().invoke(findings, [*places, "status", "--json"]).output)["quality"]
    assert [page for page, _ in quality["reports/mixed.pdf"]["ocr_pages"]] == [2]
