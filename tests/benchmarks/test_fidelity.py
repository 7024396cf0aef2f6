"""The comparison of passages with printed characters finds faults that are put in, and none where there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.fidelity import (
    ACCENT,
    ADDRESS,
    BROKEN,
    CONVENTIONS,
    GLUED,
    JOINED,
    LOST,
    NOT_PRINTED,
    NOTE,
    ORDER,
    PIECES,
    RAISED,
    Sheet,
    compare,
    differences_of,
)
from benchmarks.printed_words import Glyph, put_together
from indexer.readers import load_readers, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, Reading
from search.model import PassageKind
from tests.indexer.readers.pdf_files import write_pdf

HEIGHT = 792.0
LINES = (
    "The harbour board gave 45 grants to keepers of lamps in 2019 and it asked",
    "for some 30 km of new rope. The pilots of the outer bar were thanked for their long",
    "watch in the winter storms, and the towns were asked to share the cost of oil.",
)


@pytest.fixture
def reading(tmp_path: Path) -> tuple[Path, Reading]:
    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(LINES):
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(72, HEIGHT - 100 - 12 * place, text)
        canvas.setFont("Times-Roman", 6)
        before = canvas.stringWidth(LINES[0][: LINES[0].index(" grants")], "Times-Roman", 10)
        canvas.drawString(72 + before + 0.2, HEIGHT - 96, "4")

    load_readers()
    path = write_pdf(tmp_path / "a.pdf", [draw])
    return path, read(path, ReadingLimits())


def causes(path: Path, reading: Reading, change: Callable[[str], str] = str) -> set[str]:
    passages = tuple(replace(draft, text=change(draft.text)) for draft in reading.passages)
    return {found.cause for found in compare(path, replace(reading, passages=passages), Counter())}


def test_what_is_read_as_printed_has_no_fault(reading: tuple[Path, Reading]) -> None:
    assert causes(*reading) <= set(CONVENTIONS)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda text: text.replace("45", "454"), GLUED),
        (lambda text: text.replace("pilots", "pirates"), NOT_PRINTED),
        (lambda text: text.replace("outer ", ""), LOST),
        (lambda text: text.replace("thanked for their long", "long their for thanked"), ORDER),
        (lambda text: text.replace("outer bar", "outerbar"), JOINED),
        (lambda text: text.replace("asked for some", "askedfor some"), JOINED),
        (lambda text: text.replace("cost", "cöst"), NOT_PRINTED),
    ],
)
def test_faults_that_are_put_in_are_found(
    reading: tuple[Path, Reading], change: Callable[[str], str], cause: str
) -> None:
    assert cause in causes(*reading, change)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda text: text.replace("45", "45 ⁴"), RAISED),
    ],
)
def test_the_readers_conventions_are_told_from_faults(
    reading: tuple[Path, Reading], change: Callable[[str], str], cause: str
) -> None:
    found = causes(*reading, change)
    assert cause in found and not found & {NOT_PRINTED, GLUED}


def test_a_sign_of_a_note_that_left_the_text_is_said_to_have(reading: tuple[Path, Reading]) -> None:
    assert NOTE in causes(*reading)


@pytest.mark.parametrize(
    ("drawn", "read_as", "cause"),
    [
        (("of the har-", "bour board"), "of the harbour board", BROKEN),
        (("at www.pilots.org/lam", "ps and oil"), "at www.pilots.org/lamps and oil", ADDRESS),
        (("of the har", "bour board"), "of the harbour board", JOINED),
        (("of the harbour-board", "met"), "of the harbourboard met", JOINED),
        (("the N O R T H bar", "met"), "the NORTH bar met", PIECES),
        (("R´union of the board", "met"), "Réunion of the board met", NOT_PRINTED),
        (("Re´union of the board", "met"), "Réunion of the board met", ACCENT),
    ],
)
def test_words_are_put_together_only_where_the_page_says_so(
    drawn: tuple[str, str], read_as: str, cause: str
) -> None:
    glyphs = [
        glyph
        for line, text in enumerate(drawn)
        for glyph in [
            None if char == " " else Glyph(char, 5.0 * at, 5.0 * at + 5, 700.0 - 12 * line, 10.0)
            for at, char in enumerate(text)
        ]
        + [None]
    ]
    draft = DraftPassage(text=read_as, kind=PassageKind.PARAGRAPH, page=1)
    found = differences_of(draft, Sheet.of(list(put_together(glyphs))))
    assert {difference.cause for difference in found} == {cause}
