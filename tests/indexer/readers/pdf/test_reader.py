from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from reportlab.pdfgen.canvas import Canvas

from indexer.facts.settling import find_facts
from indexer.readers import ReadingFailed, read
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reading, Reason
from search.model import PassageKind
from tests.indexer.readers.pdf_files import HEADINGS, prose, report_pages, text_at, write_pdf


@pytest.fixture
def report(tmp_path: Path) -> Reading:
    return read(write_pdf(tmp_path / "report.pdf", report_pages(4)), ReadingLimits())


def having(reading: Reading, words: str) -> list[DraftPassage]:
    return [draft for draft in reading.passages if words in draft.text]


def test_paragraphs_are_whole_and_on_their_page(report: Reading) -> None:
    drafts = having(report, "pilots should share")
    assert [draft.page for draft in drafts] == [1, 2, 3, 4]
    assert drafts[0].text.endswith("open to every vessel that enters the estuary.")


def test_a_paragraph_across_a_page_end_is_one_passage(report: Reading) -> None:
    first = having(report, "fog signal")[0]
    assert (first.page, first.page_end) == (1, 2)
    assert first.text.endswith("great care, and which the ports will settle before the winter storms arrive.")
    assert {box.page for box in first.boxes} == {1, 2}


def test_running_heads_and_page_numbers_are_left_out(report: Reading) -> None:
    assert not having(report, "Harbour Review")
    assert not [draft for draft in report.passages if draft.text.strip().isdigit()]


def test_printed_numbers_become_labels(report: Reading) -> None:
    assert [draft.page_label for draft in having(report, "pilots should share")] == ["1", "2", "3", "4"]


def test_passages_stand_below_their_heading(report: Reading) -> None:
    drafts = having(report, "northern channel")
    assert [draft.heading_path for draft in drafts] == [(heading,) for heading in HEADINGS]


def test_boxes_hold_each_printed_line(report: Reading) -> None:
    boxes = having(report, "northern channel")[0].boxes
    assert len(boxes) == 2
    assert boxes[0].y1 <= boxes[1].y1
    assert all(box.x0 >= 71 and box.x1 <= 541 for box in boxes)


def test_the_largest_heading_is_the_title_of_a_file_without_one(report: Reading) -> None:
    assert find_facts(report, "reports/a.pdf", "report").title == HEADINGS[0]


def test_an_author_counts_when_printed(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas, ["A paper by Ana Reef about harbours and the pilots who know them best of all people."])

    path = write_pdf(tmp_path / "a.pdf", [draw], title="Harbours and pilots", author="Ana Reef; Typ Ist")
    assert read(path, ReadingLimits()).found.authors == ("Ana Reef",)


def test_small_print_at_the_page_bottom_is_a_footnote(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        prose(
            canvas, ["The harbour board agreed to publish the soundings of every month in the year that"] * 4
        )
        text_at(canvas, 72, 700, "1", 5)
        text_at(canvas, 76, 703, "See the minutes of the board, volume two.", 8)

    kinds = {
        draft.kind: draft.text
        for draft in read(write_pdf(tmp_path / "a.pdf", [draw]), ReadingLimits()).passages
    }
    assert kinds[PassageKind.FOOTNOTE] == "1 See the minutes of the board, volume two."


def test_rows_of_cells_are_one_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        prose(canvas, ["The tonnage of the three piers is given below for the two years of the survey."])
        for place, row in enumerate(
            (("Pier", "2018", "2019"), ("North", "120", "135"), ("South", "90", "94"), ("West", "7", "8"))
        ):
            for column, text in enumerate(row):
                text_at(canvas, 72 + 150 * column, 130 + 14 * place, text)

    tables = [
        d
        for d in read(write_pdf(tmp_path / "a.pdf", [draw]), ReadingLimits()).passages
        if d.kind is PassageKind.TABLE
    ]
    assert [draft.text for draft in tables] == [
        "Pier | 2018 | 2019; North | 120 | 135; South | 90 | 94; West | 7 | 8"
    ]


def test_a_table_of_contents_gives_no_passage(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text_at(canvas, 72, 90, "Contents", 14, "Times-Bold")
        prose(canvas, [f"Chapter about harbours {n} {'.' * 60} {n + 3}" for n in range(8)])

    path = write_pdf(tmp_path / "a.pdf", [draw, *report_pages(2)])
    assert not [draft for draft in read(path, ReadingLimits()).passages if draft.page == 1]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["The first column of the", "page ends in the middle", "of a sentence which the"]
    right = ["second column brings to", "its end. A new sentence", "follows it at once here."]

    def draw(canvas: Canvas) -> None:
        prose(canvas, left, x=72)
        prose(canvas, right, x=320)

    (draft,) = read(write_pdf(tmp_path / "a.pdf", [draw]), ReadingLimits()).passages
    assert draft.text == " ".join(left + right)


def test_an_empty_password_opens(tmp_path: Path) -> None:
    assert read(write_pdf(tmp_path / "a.pdf", report_pages(1), password=""), ReadingLimits()).passages


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY_FILE),
        (b"<html><p>no PDF at all</p></html>", Reason.NOT_THIS_FORMAT),
        (b"%PDF-1.7\nbroken beyond repair", Reason.DAMAGED),
    ],
)
def test_what_is_no_pdf_has_its_reason(tmp_path: Path, content: bytes, reason: Reason) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadingFailed) as failed:
        read(path, ReadingLimits())
    assert failed.value.reason is reason


def test_the_password_of_the_catalogue_opens_the_file(tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "a.pdf", report_pages(2), title="Talks of the port towns", password="tides")
    opened = read(locked, ReadingLimits(), hints=ReadingHints(password="tides"))
    assert opened.pages == 2
    assert opened.found.title == "Talks of the port towns"
    with pytest.raises(ReadingFailed) as failed:
        read(locked, ReadingLimits(), hints=ReadingHints(password="ebb"))
    assert failed.value.reason is Reason.ENCRYPTED
    assert "ebb" not in str(failed.value)


def test_a_password_that_is_not_needed_does_not_matter(tmp_path: Path) -> None:
    plain = write_pdf(tmp_path / "a.pdf", report_pages(2))
    assert read(plain, ReadingLimits(), hints=ReadingHints(password="tides")) == read(plain, ReadingLimits())


def test_a_password_that_nobody_gave_is_encrypted(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", report_pages(1), password="secret")
    with pytest.raises(ReadingFailed) as failed:
        read(path, ReadingLimits())
    assert failed.value.reason is Reason.ENCRYPTED


def test_a_scan_has_no_text_and_a_mixed_file_names_its_pages(tmp_path: Path) -> None:
    blank = write_pdf(tmp_path / "blank.pdf", [lambda canvas: canvas.rect(72, 72, 100, 100)])
    with pytest.raises(ReadingFailed) as failed:
        read(blank, ReadingLimits())
    assert failed.value.reason is Reason.NO_TEXT
    mixed = write_pdf(
        tmp_path / "mixed.pdf", [lambda canvas: canvas.rect(72, 72, 100, 100), *report_pages(1)]
    )
    assert read(mixed, ReadingLimits()).unread_pages == (1,)


@pytest.mark.parametrize(
    "limits", [ReadingLimits(max_pages=3), ReadingLimits(max_characters=500), ReadingLimits(max_mb=0)]
)
def test_limits_hold(tmp_path: Path, limits: ReadingLimits) -> None:
    path = write_pdf(tmp_path / "a.pdf", report_pages(4))
    with pytest.raises(ReadingFailed) as failed:
        read(path, limits)
    assert failed.value.reason is Reason.TOO_LARGE


def test_pages_are_reported_before_the_text_is_read(tmp_path: Path) -> None:
    counts: list[int] = []
    read(write_pdf(tmp_path / "a.pdf", report_pages(3)), ReadingLimits(), counts.append)
    assert counts == [3]


def test_labels_of_the_file_go_before_printed_numbers(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(4))))
    writer.set_page_label(0, 3, prefix="A-", style=PageLabelStyle.DECIMAL)
    with (tmp_path / "b.pdf").open("wb") as file:
        writer.write(file)
    drafts = having(read(tmp_path / "b.pdf", ReadingLimits()), "pilots should share")
    assert [draft.page_label for draft in drafts] == ["A-1", "A-2", "A-3", "A-4"]
