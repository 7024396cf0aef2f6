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
    BROKEN,
    CONVENTIONS,
    GLUED,
    LOST,
    NOT_PRINTED,
    NOTE,
    ORDER,
    RAISED,
    compare,
)
from indexer.readers import load_readers, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading
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
        (lambda text: text.replace("asked for some", "askedfor some"), BROKEN),
        (lambda text: text.replace("cost", "cöst"), ACCENT),
    ],
)
def test_the_readers_conventions_are_told_from_faults(
    reading: tuple[Path, Reading], change: Callable[[str], str], cause: str
) -> None:
    found = causes(*reading, change)
    assert cause in found and not found & {NOT_PRINTED, GLUED}


def test_a_sign_of_a_note_that_left_the_text_is_said_to_have(reading: tuple[Path, Reading]) -> None:
    assert NOTE in causes(*reading)
