from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

from indexer.layout.blocks import OutlineEntry
from indexer.readers.pdf.structure import PdfStructure, open_structure
from tests.indexer.readers.pdf_files import report_pages, write_pdf


def opened(path: Path) -> PdfStructure:
    structure = open_structure(path)
    assert structure is not None
    return structure


def rewritten(path: Path, writer: PdfWriter) -> Path:
    with path.open("wb") as file:
        writer.write(file)
    return path


def test_the_outline_comes_with_depth_and_page(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(3))))
    first = writer.add_outline_item(title="Harbours", page_number=0)
    writer.add_outline_item(title="Fog signals", page_number=1, parent=first)
    outline = opened(rewritten(tmp_path / "b.pdf", writer)).structure().outline
    assert outline == (OutlineEntry("Harbours", 1, 1), OutlineEntry("Fog signals", 2, 2))


def test_page_labels_are_those_of_the_file(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(4))))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL)
    labels = opened(rewritten(tmp_path / "b.pdf", writer)).structure().labels
    assert labels == {1: "i", 2: "ii", 3: "1", 4: "2"}


def test_a_file_without_page_labels_has_none(tmp_path: Path) -> None:
    assert opened(write_pdf(tmp_path / "a.pdf", report_pages(2))).structure().labels == {}


def test_title_and_authors_come_from_the_file(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "a.pdf", report_pages(1), title="Harbour talks of 2019", author="Ana Reef; Jon Pier"
    )
    found = opened(path).metadata()
    assert (found.title, found.authors) == ("Harbour talks of 2019", ("Ana Reef", "Jon Pier"))


@pytest.mark.parametrize(
    "title", ["Microsoft Word - draft3.docx", "untitled", "report_final.indd", "PowerPoint Presentation"]
)
def test_a_file_name_is_no_title(tmp_path: Path, title: str) -> None:
    assert opened(write_pdf(tmp_path / "a.pdf", report_pages(1), title=title)).metadata().title is None


def test_a_user_name_is_no_author(tmp_path: Path) -> None:
    assert opened(write_pdf(tmp_path / "a.pdf", report_pages(1), author="admin")).metadata().authors == ()


def test_garbage_opens_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of a file\n%%EOF")
    assert open_structure(path) is None
