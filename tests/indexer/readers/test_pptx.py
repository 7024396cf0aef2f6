"""Presentations: a slide is a page, its title a heading, what was not shown is not read."""

from __future__ import annotations

from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Inches

from indexer.readers import ReadingFailed, read
from indexer.readers.pptx import NOTES
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reason
from search.citations.references import locator
from search.model import LabelSource, Passage, PassageKind
from tests.indexer.readers.office_files import write_pptx


def passages(path: Path) -> tuple[DraftPassage, ...]:
    return read(path, ReadingLimits()).passages


def test_a_slide_is_a_page_and_its_title_the_heading_of_its_items(tmp_path: Path) -> None:
    path = write_pptx(
        tmp_path / "deck.pptx",
        ("Harbour talks", ("Pilots share their soundings.", "Charts are open to all.")),
        ("What follows", ("The towns meet again in spring.",)),
    )
    reading = read(path, ReadingLimits())
    assert reading.pages == 2
    assert [(d.kind, d.page, d.heading_path, d.text) for d in reading.passages] == [
        (PassageKind.HEADING, 1, (), "Harbour talks"),
        (PassageKind.LIST_ITEM, 1, ("Harbour talks",), "Pilots share their soundings."),
        (PassageKind.LIST_ITEM, 1, ("Harbour talks",), "Charts are open to all."),
        (PassageKind.HEADING, 2, (), "What follows"),
        (PassageKind.PARAGRAPH, 2, ("What follows",), "The towns meet again in spring."),
    ]


def test_a_passage_of_a_slide_is_cited_by_the_slide() -> None:
    passage = Passage(
        "deck/aaaaaaaaaa", "deck", 3, PassageKind.PARAGRAPH, "Words.", 4, 4, "4", label_from=LabelSource.SLIDE
    )
    assert locator(passage) == "slide 4"


def test_notes_stand_apart_below_a_heading_of_their_own(tmp_path: Path) -> None:
    path = write_pptx(
        tmp_path / "deck.pptx", ("Talks", ("Shown words.",)), notes="Say this slowly to the hall."
    )
    note = passages(path)[-1]
    assert (note.text, note.heading_path) == ("Say this slowly to the hall.", ("Talks", NOTES))


def test_shapes_are_read_from_the_top_whatever_the_order_in_which_they_were_drawn(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for top, words in ((5, "Drawn first and stands below."), (1, "Drawn last and stands above.")):
        slide.shapes.add_textbox(Inches(1), Inches(top), Inches(5), Inches(1)).text_frame.text = words
    deck.save(str(tmp_path / "deck.pptx"))
    assert [d.text for d in passages(tmp_path / "deck.pptx")] == [
        "Drawn last and stands above.",
        "Drawn first and stands below.",
    ]


def test_a_table_and_a_group_are_read_and_a_hidden_slide_is_not(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Port", "Depth"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1)).text_frame.text = "Words in a group."
    hidden = deck.slides.add_slide(deck.slide_layouts[6])
    hidden.shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame.text = "Nobody was shown this."
    hidden.element.set("show", "0")
    deck.save(str(tmp_path / "deck.pptx"))
    assert [(d.kind, d.text) for d in passages(tmp_path / "deck.pptx")] == [
        (PassageKind.TABLE, "Port | Depth"),
        (PassageKind.PARAGRAPH, "Words in a group."),
    ]


def test_a_word_file_by_the_name_of_a_presentation_is_refused_with_its_reason(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "deck.pptx"))
    with pytest.raises(ReadingFailed) as failed:
        read(tmp_path / "deck.pptx", ReadingLimits())
    assert failed.value.reason is Reason.NOT_THIS_FORMAT


def test_more_slides_than_a_document_may_have_pages_are_too_large(tmp_path: Path) -> None:
    path = write_pptx(tmp_path / "deck.pptx", ("One", ("a",)), ("Two", ("b",)))
    with pytest.raises(ReadingFailed) as failed:
        read(path, ReadingLimits(max_pages=1))
    assert failed.value.reason is Reason.TOO_LARGE
