"""`findings check`: every quotation of a draft, in each format it may come in and each form of report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from cli.support.draft_worker import read_upload
from search.errors import BadFile
from tests.cli.conftest import Run
from tests.indexer.corpora import SPEECH, Desk

RIGHT = "The Trust Fund pays for the training of officers"
ALTERED = "pays for the training of 12 officers in partner countries"
INVENTED = "zebras graze quietly upon distant hillsides"
TEXT = (
    f"The speech says “{RIGHT}” there.\n\nIt also says “{ALTERED}”, or so.\n\nAnd “{INVENTED}”, “a phrase”."
)
CLEAN = f"The speech says “{RIGHT}” there.\n"


def write_docx(path: Path) -> None:
    document = docx.Document()
    for paragraph in TEXT.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(path))


def write_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    for i, paragraph in enumerate(TEXT.split("\n\n")):
        canvas.drawString(60, 780 - 60 * i, paragraph.replace("“", '"').replace("”", '"'))
    canvas.save()


def draft(folder: Path, suffix: str) -> Path:
    """The draft in a format."""
    path = folder / f"draft{suffix}"
    if suffix == ".docx":
        write_docx(path)
    elif suffix == ".pdf":
        write_pdf(path)
    elif suffix == ".html":
        body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
        path.write_text(f"<html><body><article>{body}</article></body></html>", encoding="utf-8")
    else:
        path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".docx", ".pdf"])
def test_every_quotation_of_a_draft_is_checked_in_each_format(
    findings: Run, tmp_path: Path, suffix: str
) -> None:
    ran = findings("check", str(draft(tmp_path, suffix)), "--json")
    assert (ran.code, ran.err) == (3, "")
    record = ran.json
    assert [c["outcome"] for c in record["checked"]] == ["found", "altered", "missing"]
    assert (record["found"], record["altered"], record["missing"], record["skipped"]) == (1, 1, 1, 1)
    right, altered, _ = record["checked"]
    assert right["citation"].endswith(f"para. 2. {right['matches'][0]['url']}")
    assert altered["matches"][0]["differences"] == [{"quoted": "12", "source": "", "kind": "number"}]


def test_a_clean_draft_ends_with_0(findings: Run, tmp_path: Path) -> None:
    file = tmp_path / "clean.md"
    file.write_text(CLEAN, encoding="utf-8")
    ran = findings("check", str(file))
    assert ran.code == 0
    assert "1 quotation: 1 found, 0 altered, 0 missing" in ran.out


def test_people_see_what_was_altered_and_how_many_were_skipped(findings: Run, tmp_path: Path) -> None:
    ran = findings("check", str(draft(tmp_path, ".md")))
    assert f"altered (para. 2): {ALTERED}\n    number: 12 / —\n" in ran.out
    assert ran.err == "1 quotation of fewer than four words not looked up:\n    para. 3: a phrase\n"


def test_the_table_and_the_page_hold_the_same_quotations(findings: Run, tmp_path: Path) -> None:
    file = str(draft(tmp_path, ".md"))
    rows = list(csv.DictReader(io.StringIO(findings("check", file, "--format", "csv").out)))
    assert [row["outcome"] for row in rows] == ["found", "altered", "missing"]
    assert rows[1]["differences"] == "number: 12 / —"
    page = findings("check", file, "--format", "html").out
    assert all(row["quotation"] in page for row in rows)
    assert "<ins>12</ins>" in page
    assert page.startswith("<!doctype html>")


def test_block_quotations_of_markdown_and_html_are_checked(findings: Run, tmp_path: Path) -> None:
    markdown, html = tmp_path / "a.md", tmp_path / "a.html"
    markdown.write_text(
        f"# A draft\n\nAs was said:\n\n> {RIGHT}\n> in partner *countries*.\n", encoding="utf-8"
    )
    html.write_text(
        f"<html><body><article><p>As was said in the hall by the speaker of the day:</p><blockquote><p>{RIGHT}</p>"
        "</blockquote><p>And so on.</p></article></body></html>",
        encoding="utf-8",
    )
    for file in (markdown, html):
        (checked,) = findings("check", str(file), "--json").json["checked"]
        assert (checked["marks"], checked["outcome"]) == ("block", "found")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xyz", b"text", "a.xyz: drafts are read as .pdf"),
        ("a.docx", b"no zip", "a.docx: content is not what the file name says"),
        ("a.txt", b"", "a.txt: empty file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    findings: Run, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = findings("check", str(tmp_path / name))
    assert ran.code == 2
    assert message in ran.err
    with pytest.raises(BadFile, match=message):
        read_upload(content, name)


def test_an_upload_is_read_by_a_program_of_its_own(tmp_path: Path) -> None:
    file = draft(tmp_path, ".docx")
    read = read_upload(file.read_bytes(), "My draft.docx")
    assert read.name == "My draft.docx"
    assert [block.text for block in read.blocks] == TEXT.split("\n\n")


def test_words_of_an_earlier_version_are_told_with_its_day_and_not_as_never_published(
    desk: Desk, fresh: Run, tmp_path: Path
) -> None:
    fresh("index")
    desk.write("speeches/opening.txt", SPEECH.replace("pays for the training of officers", "builds a school"))
    fresh("index")
    text = tmp_path / "draft.md"
    text.write_text(f"The speech said “{RIGHT}” then.\n", encoding="utf-8")
    ran = fresh("check", str(text), "--json")
    (quotation,) = ran.json["checked"]
    assert quotation["earlier"]["passage_id"].startswith("speeches-opening/")
    assert "stood in Opening speech until 20" in fresh("check", str(text)).out
    (desk.corpus / "speeches" / "opening.txt").unlink()
    fresh("index")
    assert "stood in Opening speech until 20" in fresh("check", str(text)).out
