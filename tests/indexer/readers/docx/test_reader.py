"""Word files: what a reader of the printed page would see, in its order."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pytest

from indexer.readers import ReadingFailed, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason
from search.model import PassageKind
from tests.indexer.readers.office_files import W, p, with_parts, write_docx

BODY = "The port towns agreed that pilots should share their soundings every month."
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def written(folder: Path, *blocks: tuple[str, str]) -> Reading:
    return read(write_docx(folder / "a.docx", *blocks), ReadingLimits())


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(draft.kind.value, draft.text) for draft in reading.passages]


def test_headings_nest_by_their_styles(tmp_path: Path) -> None:
    reading = written(
        tmp_path,
        ("Title", "Harbour talks"),
        ("Heading 1", "Channels"),
        ("Heading 2", "Northern channel"),
        ("Normal", BODY),
        ("Heading 1", "Tides"),
        ("Normal", "The tide tables were printed late this year."),
    )
    assert reading.found.title == "Harbour talks"
    assert reading.passages[3].heading_path == ("Harbour talks", "Channels", "Northern channel")
    assert reading.passages[5].heading_path == ("Harbour talks", "Tides")


def test_an_own_style_based_on_a_heading_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    own = document.styles.add_style("Chapter of ours", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Channels", style=own)
    document.add_paragraph(BODY)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx", ReadingLimits()).passages[1].heading_path == ("Channels",)


def test_lists_captions_and_tables_keep_their_kind(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Charts for all vessels", style="List Bullet")
    document.add_paragraph("Figure 1. Depths", style="Caption")
    table = document.add_table(2, 2)
    for place, text in enumerate(("Port", "Depth", "Northhaven", "9 m")):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("(b) Pilots on call")
    document.save(str(tmp_path / "a.docx"))
    assert texts(read(tmp_path / "a.docx", ReadingLimits())) == [
        ("list_item", "Charts for all vessels"),
        ("caption", "Figure 1. Depths"),
        ("table", "Port | Depth; Northhaven | 9 m"),
        ("list_item", "(b) Pilots on call"),
    ]


def test_a_table_of_one_cell_is_a_frame_around_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = BODY
    document.save(str(tmp_path / "a.docx"))
    assert texts(read(tmp_path / "a.docx", ReadingLimits())) == [("paragraph", BODY)]


def test_deletions_are_left_out_and_insertions_kept(tmp_path: Path) -> None:
    changed = (
        '<w:p><w:r><w:t xml:space="preserve">Pilots </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>may</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>shall</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> share soundings.</w:t></w:r></w:p>'
    )
    assert texts(written(tmp_path, ("xml", changed))) == [("paragraph", "Pilots shall share soundings.")]


def test_a_paragraph_whose_end_was_deleted_runs_on(tmp_path: Path) -> None:
    ended = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    reading = written(tmp_path, ("xml", p("Pilots share ", ended) + p("their soundings.")))
    assert texts(reading) == [("paragraph", "Pilots share their soundings.")]


def test_hidden_text_and_field_codes_are_not_shown(tmp_path: Path) -> None:
    markup = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>Seen</w:t><w:tab/><w:t>words</w:t></w:r></w:p>"
    )
    assert texts(written(tmp_path, ("xml", markup))) == [("paragraph", "Seen words")]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('Words in a box.')}</w:txbxContent>"
    markup = (
        "<w:p><w:r><w:t>Beside the box.</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(written(tmp_path, ("xml", markup))) == [
        ("paragraph", "Beside the box."),
        ("paragraph", "Words in a box."),
    ]


def test_content_controls_are_opened_and_contents_left_out(tmp_path: Path) -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Channels 3')}</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
    assert texts(written(tmp_path, ("xml", contents + control))) == [("paragraph", "In a control.")]


def test_heads_and_feet_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Running foot"
    document.add_paragraph(BODY)
    document.save(str(tmp_path / "a.docx"))
    assert texts(read(tmp_path / "a.docx", ReadingLimits())) == [("paragraph", BODY)]


def with_footnote(path: Path) -> Path:
    """The file with one footnote, whose id is 2."""
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("Survey of 2018.")}</w:footnote></w:footnotes>'
    return with_parts(
        path,
        {
            "word/footnotes.xml": lambda _: notes.encode(),
            "[Content_Types].xml": lambda data: data.replace(
                b"</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTES_TYPE}"/></Types>'.encode(),
            ),
            "word/_rels/document.xml.rels": lambda data: data.replace(
                b"</Relationships>",
                f'<Relationship Id="rId99" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>'.encode(),
            ),
        },
    )


def test_a_footnote_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    markup = '<w:p><w:r><w:t>Charts are open.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    path = write_docx(tmp_path / "a.docx", ("xml", markup), ("Normal", "Tides follow."))
    with_footnote(path)
    reading = read(path, ReadingLimits())
    assert texts(reading) == [
        ("paragraph", "Charts are open."),
        ("footnote", "Survey of 2018."),
        ("paragraph", "Tides follow."),
    ]
    (sign,) = reading.passages[0].marks
    assert (sign.text, sign.place, sign.note) == ("1", len("Charts are open."), reading.passages[1].note)
    assert reading.passages[1].mark == "1"


def test_a_typed_sign_of_a_note_is_no_part_of_the_sentence(tmp_path: Path) -> None:
    reference = '<w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t>'
    markup = f"<w:p><w:r><w:t>Charts</w:t></w:r><w:r>{reference}</w:r><w:r><w:t> are open.</w:t></w:r></w:p>"
    path = with_footnote(write_docx(tmp_path / "a.docx", ("xml", markup)))
    passages = read(path, ReadingLimits()).passages
    assert [draft.text for draft in passages] == ["Charts are open.", "Survey of 2018."]
    assert [(sign.text, sign.place) for sign in passages[0].marks] == [("*", len("Charts"))]


def test_bold_lines_are_headings_where_no_style_says_so(tmp_path: Path) -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Northern channel</w:t></w:r></w:p>"
    assert written(tmp_path, ("xml", bold + p(BODY))).passages[1].heading_path == ("Northern channel",)
    styled = written(tmp_path, ("Heading 1", "Channels"), ("xml", bold + p(BODY)))
    assert styled.passages[2].heading_path == ("Channels",)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Talks of the port towns", "Talks of the port towns"),
        ("Microsoft Word - a.docx", "Channels"),
        ("", "Channels"),
    ],
)
def test_the_title_is_one_that_a_person_wrote(tmp_path: Path, stated: str, title: str) -> None:
    document = docx.Document()
    document.core_properties.title = stated
    document.add_paragraph("Channels", style="Heading 1")
    document.add_paragraph(BODY)
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx", ReadingLimits()).found.title == title


@pytest.mark.parametrize(("printed", "day"), [("12 June 2019", "2019-06-12"), ("In June", "2020-03-04")])
def test_a_printed_date_goes_before_the_day_the_file_was_begun(
    tmp_path: Path, printed: str, day: str
) -> None:
    document = docx.Document()
    document.core_properties.author = "Ana Reyes"
    document.core_properties.created = datetime(2020, 3, 4)
    document.add_paragraph("Ana Reyes, harbour master")
    document.add_paragraph(printed)
    document.add_paragraph(BODY)
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path / "a.docx", ReadingLimits()).found
    assert (found.date, found.authors) == (day, ("Ana Reyes",))


def failure(path: Path, limits: ReadingLimits | None = None) -> Reason:
    with pytest.raises(ReadingFailed) as failed:
        read(path, limits or ReadingLimits())
    return failed.value.reason


def test_a_file_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert failure(path) is Reason.ENCRYPTED


def test_an_old_word_file_is_not_this_format(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert failure(path) is Reason.NOT_THIS_FORMAT


def test_a_bomb_is_too_large_before_it_is_unpacked(tmp_path: Path) -> None:
    path = with_parts(
        write_docx(tmp_path / "a.docx", ("Normal", BODY)), {"bomb.xml": lambda _: b" " * 3_000_000}
    )
    assert failure(path, ReadingLimits(max_mb=2)) is Reason.TOO_LARGE


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    declared = b'<!DOCTYPE w [<!ENTITY a "laugh"><!ENTITY b "&a;&a;&a;">]>'
    path = with_parts(
        write_docx(tmp_path / "a.docx", ("Normal", BODY)),
        {"word/document.xml": lambda data: data.replace(b"?>", b"?>" + declared, 1)},
    )
    assert failure(path) is Reason.DAMAGED


def test_a_cut_file_and_a_broken_part_are_damaged(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", ("Normal", BODY))
    (tmp_path / "cut.docx").write_bytes(path.read_bytes()[:-900])
    assert failure(tmp_path / "cut.docx") is Reason.DAMAGED
    assert failure(with_parts(path, {"word/document.xml": lambda data: data[:-200]})) is Reason.DAMAGED


def test_another_kind_of_zip_is_not_this_format(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("words.txt", BODY)
    assert failure(tmp_path / "a.docx") is Reason.NOT_THIS_FORMAT


def test_a_file_without_words_has_no_text(tmp_path: Path) -> None:
    assert failure(write_docx(tmp_path / "a.docx", ("Normal", " - "))) is Reason.NO_TEXT


def test_a_turn_gives_its_speaker(tmp_path: Path) -> None:
    reading = written(tmp_path, ("Normal", f"Mr. Perera (Sri Lanka): {BODY}"))
    assert reading.passages[0].speaker == "Mr. Perera"
    assert reading.passages[0].kind is PassageKind.PARAGRAPH


RUN = "<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def run(text: str, look: str = "") -> str:
    """A `w:r` with its look."""
    return RUN.format(text=text, look=look)


def read_runs(folder: Path, *runs: str, styles: str = "") -> str:
    """The text of one paragraph with these runs."""
    path = write_docx(folder / "a.docx", ("Normal", "HERE"))

    def put(data: bytes) -> bytes:
        start, end = data.index(b"<w:r>"), data.index(b"</w:r>") + len(b"</w:r>")
        return data[:start] + "".join(runs).encode() + data[end:]

    def with_style(data: bytes) -> bytes:
        return data.replace(b"</w:styles>", styles.encode() + b"</w:styles>")

    with_parts(path, {"word/document.xml": put, "word/styles.xml": with_style})
    return read(path, ReadingLimits()).passages[0].text


def test_raised_runs_are_powers_ordinals_or_signs_of_notes(tmp_path: Path) -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    runs = [
        run("45"),
        run("1", up),
        run("2", up),
        run(" grants, 10"),
        run("6", up),
        run(" t of CO"),
        run("2", down),
        run(", the 19"),
        run("th", up),
    ]
    assert read_runs(tmp_path, *runs) == "45 grants, 10⁶ t of CO₂, the 19th"


@pytest.mark.parametrize(
    "look",
    ["<w:vanish/>", '<w:rStyle w:val="Unseen"/>', '<w:rStyle w:val="Sub"/>', '<w:color w:val="FFFFFF"/>'],
)
def test_words_hidden_by_themselves_or_by_a_style_are_not_read(tmp_path: Path, look: str) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Unseen"/></w:style>'
    )
    runs = run("The ferry is "), run("never ", look), run("safe.")
    assert read_runs(tmp_path, *runs, styles=styles) == "The ferry is safe."


@pytest.mark.parametrize(
    "look", ['<w:vanish w:val="0"/>', '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>']
)
def test_words_that_are_not_hidden_after_all_are_read(tmp_path: Path, look: str) -> None:
    assert (
        read_runs(tmp_path, run("The ferry is "), run("always ", look), run("safe."))
        == "The ferry is always safe."
    )


def test_signs_of_symbol_fonts_and_formulas_are_letters(tmp_path: Path) -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    typed = run("\uf0b1", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = f"<m:oMath {m}><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    assert read_runs(tmp_path, run("a "), sign, run(" 2 "), typed, run(" 1, "), power) == "a ≥ 2 ± 1, x²"
