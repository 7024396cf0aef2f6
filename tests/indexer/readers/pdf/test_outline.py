from __future__ import annotations

from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from indexer.layout.blocks import OutlineEntry, Structure
from indexer.readers.pdf.outline import read_information, read_structure
from tests.indexer.readers.pdf_files import report_pages, write_pdf


def structure_of(path: Path) -> Structure:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    try:
        return read_structure(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def rewritten(path: Path, writer: PdfWriter) -> Path:
    with path.open("wb") as file:
        writer.write(file)
    return path


def test_the_outline_comes_with_depth_and_page(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(3))))
    first = writer.add_outline_item(title="Harbours", page_number=0)
    writer.add_outline_item(title="Fog signals", page_number=1, parent=first)
    outline = structure_of(rewritten(tmp_path / "b.pdf", writer)).outline
    assert outline == (OutlineEntry("Harbours", 1, 1), OutlineEntry("Fog signals", 2, 2))


def test_page_labels_are_those_of_the_file(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(4))))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL)
    labels = structure_of(rewritten(tmp_path / "b.pdf", writer)).labels
    assert labels == {1: "i", 2: "ii", 3: "1", 4: "2"}


def test_a_file_without_page_labels_has_none(tmp_path: Path) -> None:
    assert structure_of(write_pdf(tmp_path / "a.pdf", report_pages(2))).labels == {}


def test_labels_are_read_from_a_nested_tree(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(3))))
    roman = DictionaryObject({NameObject("/S"): NameObject("/r")})
    arabic = DictionaryObject({NameObject("/S"): NameObject("/D"), NameObject("/St"): NumberObject(101)})
    leaves = [
        DictionaryObject(
            {
                NameObject("/Nums"): ArrayObject([NumberObject(start), style]),
                NameObject("/Limits"): ArrayObject([NumberObject(start), NumberObject(start)]),
            }
        )
        for start, style in ((0, roman), (1, arabic))
    ]
    tree = DictionaryObject({NameObject("/Kids"): ArrayObject(leaves)})
    writer.root_object[NameObject("/PageLabels")] = tree
    assert structure_of(rewritten(tmp_path / "b.pdf", writer)).labels == {1: "i", 2: "101", 3: "102"}


def test_an_outline_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(write_pdf(tmp_path / "a.pdf", report_pages(2))))
    first = writer.add_outline_item(title="Harbours", page_number=0)
    second = writer.add_outline_item(title="Fog signals", page_number=1)
    last = second.get_object()
    assert isinstance(last, DictionaryObject)
    last[NameObject("/Next")] = first
    assert len(structure_of(rewritten(tmp_path / "b.pdf", writer)).outline) == 2


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encrypted_files_keep_title_and_labels(tmp_path: Path, algorithm: str) -> None:
    pytest.importorskip("cryptography") if algorithm.startswith("AES") else None
    path = write_pdf(tmp_path / "a.pdf", report_pages(2), title="Harbour talks of 2019")
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.encrypt("", "owner", algorithm=algorithm)
    document = pdfium.FPDF_LoadDocument(str(rewritten(tmp_path / "b.pdf", writer)).encode(), None)
    try:
        assert read_information(document)["title"] == "Harbour talks of 2019"
        assert read_structure(document).labels == {1: "i", 2: "ii"}
    finally:
        pdfium.FPDF_CloseDocument(document)
