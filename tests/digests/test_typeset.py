"""The typesetter and the writers of Word files and presentations: the same bytes every time, a label on page 1, numbers that a reader can cite."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pptx
import pypdf
import pytest

from digests import slides, word
from digests.shipping import TARGET
from digests.source import BadDigest, PartKind, load_digest, parse_parts
from digests.typeset import render_digest, sources

FRONT = "---\ntitle: T\nshort: S\nauthor: A\ndate: 2026-01-02\nlanguage: en\nsubject: J\n---\n"


def _pdf(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_digest(load_digest(path))))


def test_there_is_one_digest_for_each_edition() -> None:
    years = [path.stem[5:9] for path in sources() if path.stem.endswith("-digest")]
    assert years == ["2018", "2019", "2022", "2023", "2024"]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_typesetting_twice_gives_the_same_bytes(source: Path) -> None:
    digest = load_digest(source)
    assert render_digest(digest) == render_digest(digest)


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_the_shipped_pdf_is_what_the_script_makes(source: Path) -> None:
    shipped = (TARGET / f"{source.stem}.pdf").read_bytes()
    assert shipped == render_digest(load_digest(source)), "run: python -m digests.typeset"


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_page_1_says_that_it_is_a_digest_written_for_this_knowledge_base(source: Path) -> None:
    words = " ".join(_pdf(source).pages[0].extract_text().split())
    assert "a digest written for this knowledge base from public sources" in words
    assert "not an official document" in words


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_the_printed_page_number_is_the_label_of_the_page(source: Path) -> None:
    pdf = _pdf(source)
    labels = ["i", *(str(n) for n in range(1, len(pdf.pages)))]
    assert pdf.page_labels == labels
    for label, page in zip(labels, pdf.pages, strict=True):
        assert label in page.extract_text().split("\n")[:4]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_the_file_says_its_title_author_language_and_the_date_of_writing(source: Path) -> None:
    pdf, head = _pdf(source), load_digest(source).head
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == (head["title"], head["author"])
    assert str(pdf.metadata["/CreationDate"]) == f"D:{head['date'].replace('-', '')}000000Z"
    assert str(pdf.root_object["/Lang"]) == head["language"]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_every_heading_is_in_the_outline(source: Path) -> None:
    headings = [
        part.text for part in load_digest(source).body if part.kind in (PartKind.SECTION, PartKind.SUBSECTION)
    ]
    assert _titles(_pdf(source).outline) == headings


@pytest.mark.parametrize("source", word.sources(), ids=lambda path: path.stem)
def test_the_shipped_word_file_is_what_the_script_makes(source: Path) -> None:
    shipped = (TARGET / f"{source.stem}.docx").read_bytes()
    assert shipped == word.render_word(load_digest(source)), "run: python -m digests.word"


@pytest.mark.parametrize("source", word.sources(), ids=lambda path: path.stem)
def test_the_word_file_has_every_part_in_order_and_says_what_it_is(source: Path) -> None:
    digest = load_digest(source)
    made = docx.Document(io.BytesIO(word.render_word(digest)))
    words = [paragraph.text for paragraph in made.paragraphs]
    assert words == [digest.head["title"], *(part.text for part in (*digest.cover, *digest.body))]
    assert "a digest written for this knowledge base from public sources" in words[1]
    properties = made.core_properties
    assert (properties.title, properties.author) == (digest.head["title"], digest.head["author"])
    assert properties.language == digest.head["language"]
    assert properties.created is not None
    assert properties.created.date().isoformat() == digest.head["date"]


@pytest.mark.parametrize("source", slides.sources(), ids=lambda path: path.stem)
def test_the_shipped_presentation_is_what_the_script_makes(source: Path) -> None:
    shipped = (TARGET / f"{source.stem}.pptx").read_bytes()
    assert shipped == slides.render_slides(load_digest(source)), "run: python -m digests.slides"


@pytest.mark.parametrize("source", slides.sources(), ids=lambda path: path.stem)
def test_the_presentation_shows_every_part_in_order_below_the_title_of_its_section(source: Path) -> None:
    digest = load_digest(source)
    deck = pptx.Presentation(io.BytesIO(slides.render_slides(digest)))
    shown = [[shape.text_frame.text for shape in slide.placeholders] for slide in deck.slides]
    assert shown[0] == [digest.head["title"], "\n".join(part.text for part in digest.cover)]
    told = [(title, text) for title, body in shown[1:] for text in body.split("\n")]
    section, wanted = "", []
    for part in digest.body:
        if part.kind is PartKind.SECTION:
            section = part.text
        else:
            wanted.append((section, part.text))
    assert told == wanted
    assert all(len(body.split("\n")) <= slides.BULLETS for _, body in shown[1:-1])
    properties = deck.core_properties
    assert (properties.title, properties.author) == (digest.head["title"], digest.head["author"])


def test_a_table_of_a_digest_is_a_table_in_the_word_file(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text(FRONT + "| a | b |\n| --- | --- |\n| c | d |\n\n## H\n\nbody\n", encoding="utf-8")
    (table,) = docx.Document(io.BytesIO(word.render_word(load_digest(source)))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    "source", [*sources(), *word.sources(), *slides.sources()], ids=lambda path: path.stem
)
def test_every_number_in_the_text_names_a_source_of_the_list(source: Path) -> None:
    body = load_digest(source).body
    listed = {part.text.split(".")[0] for part in body if part.kind is PartKind.SOURCE}
    named = {
        piece.split("]")[0]
        for part in body
        if part.kind is not PartKind.SOURCE
        for piece in part.text.split("[")[1:]
    }
    assert named == listed


def test_lines_are_joined_until_an_empty_line_or_a_bullet() -> None:
    kinds = [(part.kind, part.text) for part in parse_parts("one\ntwo\n\n- a\n  b\n- c\n\n1. s")]
    assert kinds == [
        (PartKind.PARAGRAPH, "one two"),
        (PartKind.BULLET, "a b"),
        (PartKind.BULLET, "c"),
        (PartKind.SOURCE, "1. s"),
    ]


def test_a_table_has_no_row_for_its_rule() -> None:
    (table,) = parse_parts("| a | b |\n| --- | --- |\n| c | d |")
    assert table.rows == (("a", "b"), ("c", "d"))


def test_signs_that_mean_something_in_markup_are_printed(tmp_path: Path) -> None:
    source = tmp_path / "x.md"
    source.write_text(FRONT + "A < B & C\n\n## H\n\nbody\n", encoding="utf-8")
    assert "A < B & C" in _pdf(source).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "reason"), [("no front", "no front matter"), ("---\ntitle: T\n---\n", "lacks short")]
)
def test_a_source_without_its_front_matter_is_refused_with_the_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    source = tmp_path / "x.md"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(BadDigest, match=reason):
        load_digest(source)


def _titles(outline: object) -> list[str]:
    if isinstance(outline, list):
        return [title for item in outline for title in _titles(item)]
    return [str(outline["/Title"])]  # type: ignore[index]
