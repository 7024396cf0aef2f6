from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers.pdf.structure import PdfStructure, open_structure
from tests.indexer.readers.pdf_files import report_pages, write_pdf


def opened(path: Path) -> PdfStructure:
    structure = open_structure(path)
    assert structure is not None
    return structure


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
