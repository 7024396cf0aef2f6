"""OpenDocument texts: what a reader of the printed page would see, in its order."""

from __future__ import annotations

from pathlib import Path

import odfdo
import pytest

from indexer.readers import ReadingFailed, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason
from tests.indexer.readers.office_files import with_parts, write_odt

BODY = "The port towns agreed that pilots should share their soundings every month."


def written(folder: Path, *blocks: str) -> Reading:
    return read(write_odt(folder / "a.odt", *blocks), ReadingLimits())


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(draft.kind.value, draft.text) for draft in reading.passages]


def test_headings_nest_by_their_outline(tmp_path: Path) -> None:
    reading = written(
        tmp_path,
        '<text:p text:style-name="Title">Harbour talks</text:p>',
        '<text:h text:outline-level="1">Channels</text:h>',
        '<text:h text:outline-level="2">Northern channel</text:h>',
        f"<text:p>{BODY}</text:p>",
    )
    assert reading.found.title == "Harbour talks"
    assert reading.passages[-1].heading_path == ("Harbour talks", "Channels", "Northern channel")


def test_lists_captions_and_tables_keep_their_kind(tmp_path: Path) -> None:
    reading = written(
        tmp_path,
        "<text:list><text:list-item><text:p>Charts</text:p><text:p>for all.</text:p>"
        "<text:list><text:list-item><text:p>Inner</text:p></text:list-item></text:list></text:list-item></text:list>",
        '<text:p text:style-name="Caption">Figure 1. Depths</text:p>',
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Port</text:p>"
        "</table:table-cell><table:table-cell><text:p>Depth</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>Northhaven</text:p></table:table-cell>"
        "<table:table-cell><text:p>9 m</text:p></table:table-cell></table:table-row></table:table>",
    )
    assert texts(reading) == [
        ("list_item", "Charts"),
        ("paragraph", "for all."),
        ("list_item", "Inner"),
        ("caption", "Figure 1. Depths"),
        ("table", "Port | Depth; Northhaven | 9 m"),
    ]


def test_notes_and_text_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    reading = written(
        tmp_path,
        "<text:p>Charts<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Survey of 2018."
        "</text:p></text:note-body></text:note> are<text:s/>open.<draw:frame><draw:text-box><text:p>In a box.</text:p>"
        "</draw:text-box></draw:frame></text:p>",
        "<text:p>Tides follow.</text:p>",
    )
    assert texts(reading) == [
        ("paragraph", "Charts are open."),
        ("footnote", "Survey of 2018."),
        ("paragraph", "In a box."),
        ("paragraph", "Tides follow."),
    ]
    (sign,) = reading.passages[0].marks
    assert (sign.text, sign.place, sign.note) == ("1", len("Charts"), reading.passages[1].note)
    assert reading.passages[1].mark == "1"


def test_deletions_comments_and_contents_are_left_out(tmp_path: Path) -> None:
    reading = written(
        tmp_path,
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>may</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>",
        "<text:table-of-content><text:index-body><text:p>Channels 3</text:p></text:index-body></text:table-of-content>",
        '<text:p>Pilots <text:change text:change-id="c"/>shall<office:annotation><text:p>why?</text:p>'
        "</office:annotation> share.</text:p>",
        "<text:section><text:p>In a section.</text:p></text:section>",
    )
    assert texts(reading) == [("paragraph", "Pilots shall share."), ("paragraph", "In a section.")]


def test_properties_are_checked_against_what_is_printed(tmp_path: Path) -> None:
    document = odfdo.Document(
        str(write_odt(tmp_path / "a.odt", "<text:p>By Ana Reyes</text:p>", f"<text:p>{BODY}</text:p>"))
    )
    document.meta.title = "Talks of the port towns"
    document.meta.initial_creator = "Ana Reyes"
    document.meta.language = "en-GB"
    document.save()
    found = read(tmp_path / "a.odt", ReadingLimits()).found
    assert (found.title, found.authors, found.language) == (
        "Talks of the port towns",
        ("Ana Reyes",),
        "en-GB",
    )


def failure(path: Path, limits: ReadingLimits | None = None) -> Reason:
    with pytest.raises(ReadingFailed) as failed:
        read(path, limits or ReadingLimits())
    return failed.value.reason


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("META-INF/manifest.xml", b"</manifest", b"<manifest:encryption-data/></manifest", Reason.ENCRYPTED),
        ("content.xml", b"?>", b'?><!DOCTYPE a [<!ENTITY a "b">]>', Reason.DAMAGED),
        ("content.xml", b"</office:body>", b"", Reason.DAMAGED),
        ("mimetype", b"opendocument.text", b"opendocument.spreadsheet", Reason.NOT_THIS_FORMAT),
    ],
)
def test_what_cannot_be_read_has_its_reason(
    tmp_path: Path, part: str, old: bytes, new: bytes, reason: Reason
) -> None:
    path = write_odt(tmp_path / "a.odt", f"<text:p>{BODY}</text:p>")
    assert failure(with_parts(path, {part: lambda data: data.replace(old, new, 1)})) is reason


def test_a_bomb_is_too_large_before_it_is_unpacked(tmp_path: Path) -> None:
    path = with_parts(
        write_odt(tmp_path / "a.odt", f"<text:p>{BODY}</text:p>"), {"bomb": lambda _: bytes(3_000_000)}
    )
    assert failure(path, ReadingLimits(max_mb=2)) is Reason.TOO_LARGE


def test_raised_words_and_hidden_paragraphs_are_read_as_printed(tmp_path: Path) -> None:
    path = write_odt(
        tmp_path / "a.odt",
        '<text:p>paid 45<text:span text:style-name="Up">4</text:span> crowns for 10<text:span text:style-name="Up">6</text:span> t'
        ' of CO<text:span text:style-name="Down">2</text:span></text:p>',
        '<text:p><text:hidden-paragraph text:condition="1" text:is-hidden="true"/>never</text:p>',
    )
    looks = (
        b'<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        b'<style:style style:name="Down" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    )

    def put(data: bytes) -> bytes:
        for empty in (b"<office:automatic-styles/>", b"<office:automatic-styles></office:automatic-styles>"):
            data = data.replace(empty, b"<office:automatic-styles></office:automatic-styles>")
        assert b"</office:automatic-styles>" in data
        return data.replace(b"</office:automatic-styles>", looks + b"</office:automatic-styles>")

    reading = read(with_parts(path, {"content.xml": put}), ReadingLimits())
    assert [draft.text for draft in reading.passages] == ["paid 45 crowns for 10⁶ t of CO₂"]
