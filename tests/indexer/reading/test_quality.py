"""How well a page was read: each verdict with the case that it was made for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import ReadingFailed, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.quality import (
    FEWEST_CHARACTERS,
    PageView,
    assess_pages,
    assess_text,
    is_unread,
    view_page,
)
from indexer.reading.reading import DraftPassage, Reason
from search.model import DocumentQuality, PageVerdict, PassageKind
from search.store.records import quality_of, quality_record
from tests.indexer.readers.pdf_files import prose, report_pages, text_at, write_pdf

PROSE = (
    "The port towns agreed that pilots should share their soundings every month, and that the charts drawn from "
    "them should be open to every vessel that enters the estuary before the winter storms arrive from the north."
)
GERMAN = (
    "Die Hafenstädte vereinbarten, dass die Lotsen ihre Messungen jeden Monat austauschen und dass die daraus "
    "gezeichneten Karten allen Schiffen offenstehen, die vor den Winterstürmen in die Mündung einlaufen wollen."
)
ARABIC = (
    "اتفقت مدن الموانئ على أن يتبادل المرشدون قياساتهم كل شهر وأن تكون الخرائط مفتوحة لكل سفينة تدخل المصب "
    * 2
)


def shifted(text: str) -> str:
    """The text as a broken font table gives it: each letter 29 places off, as seen in files of real programs."""
    return "".join(chr(ord(char) - 29) if char.isascii() and char.isalpha() else char for char in text)


def draft(text: str, page: int | None = 1) -> DraftPassage:
    return DraftPassage(PassageKind.PARAGRAPH, text, page, page)


def assessed(*texts: str) -> DocumentQuality:
    """The quality of a document with these texts, one a page."""
    views = [view_page(number, text) for number, text in enumerate(texts, 1)]
    return assess_pages(views, [draft(text, number) for number, text in enumerate(texts, 1)])


def reasons(quality: DocumentQuality) -> list[tuple[int, tuple[str, ...]]]:
    return [(page.page, page.reasons) for page in quality.doubtful_pages]


@pytest.mark.parametrize("text", [PROSE, GERMAN, ARABIC], ids=["English", "German", "Arabic"])
def test_prose_of_any_language_is_good(text: str) -> None:
    assert assessed(text).verdict is PageVerdict.GOOD
    assert assess_text([draft(text, None)]).verdict is PageVerdict.GOOD


def test_letters_of_a_broken_font_are_doubtful_although_every_word_recurs() -> None:
    quality = assessed(PROSE, shifted(PROSE), shifted(PROSE))
    why = ("letters do not make words: the font of the file is broken",)
    assert reasons(quality) == [(2, why), (3, why)]
    assert quality.verdict is PageVerdict.DOUBTFUL


def test_glued_words_are_doubtful_and_names_of_products_are_not() -> None:
    glued = " ".join(PROSE.title().split()).replace(" ", "", 20)
    assert reasons(assessed(PROSE, glued + " " + PROSE)) != []
    names = "LiveCycle and PostScript were shown by the makers. "
    assert reasons(assessed(names + PROSE, names + PROSE)) == []


def test_words_cut_at_hyphens_are_doubtful_and_pairs_with_and_are_not() -> None:
    cut = PROSE.replace("sound", "sound- ").replace("ever", "ev- er").replace("char", "cha- r")
    assert reasons(assessed(cut + " " + cut)) == [(1, ("words are cut at hyphens",))]
    assert reasons(assessed(PROSE + " Short- and long-term, pre- and post-war." * 4)) == []


def test_signs_without_a_character_are_doubtful_and_a_few_bullets_are_not() -> None:
    assert reasons(assessed(PROSE.replace("s", "\ufffd"))) == [(1, ("signs that no font names",))]
    assert reasons(assessed("\uf0b7 " + PROSE)) == []
    assert assessed("(cid:12)(cid:34)(cid:7) " + PROSE).lost_glyphs == 3


@pytest.mark.parametrize(
    ("view", "unread"),
    [
        (PageView(1, 0, ink=0.19), True),  # a scan
        (PageView(1, 2, ink=0.57), True),  # a photograph with a page number
        (PageView(1, 0, ink=None), True),  # a page that could not be opened
        (PageView(1, 0, ink=0.0), False),  # left empty on purpose
        (PageView(1, 7, ink=0.0002), False),  # empty but for the symbol of the document
        (PageView(1, FEWEST_CHARACTERS, ink=0.15), False),  # a map with a caption
    ],
)
def test_a_page_is_unread_when_more_is_printed_than_was_read(view: PageView, unread: bool) -> None:
    assert is_unread(view) is unread
    assert assess_pages([view], []).unread_pages == ((1,) if unread else ())


def test_a_page_on_which_nothing_is_printed_is_blank() -> None:
    assert assess_pages([PageView(1, 0, ink=0.0), PageView(2, 900)], []).blank_pages == (1,)


def test_low_confidence_of_ocr_is_doubtful_and_confidence_is_kept() -> None:
    views = [
        PageView(1, 900, confidence=96),
        PageView(2, 900, confidence=70),
        PageView(3, 0, ink=0.5, confidence=0),
    ]
    quality = assess_pages(views, [draft(PROSE, 1), draft(PROSE, 2)])
    assert reasons(quality) == [(2, ("OCR is not sure of its words",))]
    assert [(page.page, page.confidence) for page in quality.ocr_pages] == [(1, 96), (2, 70)]
    assert quality.ocr_confidence == 83
    assert quality.unread_pages == (3,)


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_has_a_quality_that_survives_its_record(texts: Sequence[str]) -> None:
    quality = assessed(*texts)
    assert quality_of(quality_record(quality)) == quality
    assert set(quality.unread_pages).isdisjoint(quality.blank_pages)


def test_records_of_an_older_index_have_the_plain_quality() -> None:
    assert quality_of({"unread_pages": [], "notes": []}) == DocumentQuality()


def test_a_pdf_tells_blank_pages_from_pictures_and_from_text(tmp_path: Path) -> None:
    pages = [
        *report_pages(1),
        lambda canvas: None,
        lambda canvas: canvas.rect(50, 50, 400, 500, fill=1),
        lambda canvas: text_at(canvas, 300, 400, "Annex I", 14),
    ]
    reading = read(write_pdf(tmp_path / "a.pdf", pages), ReadingLimits())
    assert reading.unread_pages == (3,)
    assert reading.quality.unread_pages == (3,)
    assert reading.quality.blank_pages == (2,)
    assert (reading.quality.characters_a_page or 0) > 300


def test_a_pdf_without_any_text_is_never_read(tmp_path: Path) -> None:
    with pytest.raises(ReadingFailed) as failed:
        read(
            write_pdf(tmp_path / "a.pdf", [lambda canvas: canvas.rect(50, 50, 400, 500, fill=1)]),
            ReadingLimits(),
        )
    assert failed.value.reason is Reason.NO_TEXT


def test_a_shifted_page_of_a_pdf_is_named(tmp_path: Path) -> None:
    lines = [shifted(PROSE)[start : start + 80] for start in range(0, len(PROSE), 80)]
    pages = [*report_pages(1), lambda canvas: prose(canvas, lines)]
    reading = read(write_pdf(tmp_path / "a.pdf", pages), ReadingLimits())
    assert [page.page for page in reading.quality.doubtful_pages] == [2]
