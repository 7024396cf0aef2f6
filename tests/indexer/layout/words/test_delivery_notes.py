"""Notes on delivery and marks of applause: taken out, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout.words.delivery_notes import find_note, without_delivery, without_marks
from indexer.reading.reading import DraftPassage
from search.model import PassageKind

MARKS = [
    "[Applause]",
    "(Applause.)",
    "(Laughter)",
    "[Laughter and applause.]",
    "(Prolonged applause)",
    "[APPLAUSE]",
]
KEPT = [
    "(Applause broke out in the hall.)",
    "[sic]",
    "(laughter is the best medicine)",
    "[the Council]",
    "(see annex)",
    "(Applause",
    "applause",
    "(and)",
]


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We are ready. (Applause.) So are you.", "We are ready. So are you."),
        ("We are ready [Applause].", "We are ready."),
        ("(Laughter) We are ready.", "We are ready."),
        ("We are ready. [Laughter and applause]", "We are ready."),
        ("ready(Applause)again", "ready again"),
    ],
)
def test_a_mark_is_taken_out_with_its_blanks(text: str, wanted: str) -> None:
    assert without_marks(text) == wanted


@pytest.mark.parametrize("words", KEPT)
def test_other_words_stay(words: str) -> None:
    assert without_marks(f"We are {words} ready.") == f"We are {words} ready."


@given(
    st.lists(
        st.sampled_from([*MARKS, *KEPT, "Pilots share soundings.", "so", ",", "“yes”", "."]), max_size=12
    )
)
def test_no_other_letters_are_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    clean = without_marks(text)
    assert letters(clean) == letters(" ".join(part for part in parts if part not in MARKS))
    assert without_marks(clean) == clean
    assert clean == re.sub(r"\s+", " ", clean)


@given(st.text())
def test_a_text_without_marks_is_not_touched(text: str) -> None:
    if not re.search("applau|laugh|cheer|ovation|clapping", text, re.IGNORECASE):
        assert without_marks(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "Check against delivery",
        "CHECK AGAINST DELIVERY",
        "(As delivered)",
        "*As prepared for delivery*",
        "Remarks as delivered",
        "[As delivered in person before a joint session]",
        "Embargoed until delivery – Check against delivery",
    ],
)
def test_a_line_on_the_delivery_is_a_note(line: str) -> None:
    note = find_note(line)
    assert note is not None
    assert letters(note) == letters(line)


@pytest.mark.parametrize(
    "text",
    [
        "The goods were checked against delivery notes.",
        "As delivered to the port, the charts were wrong.",
        "The charts (as delivered) were wrong.",
        "Opening remarks (As delivered)",
    ],
)
def test_other_words_with_deliveries_stay(text: str) -> None:
    assert find_note(text) is None


def test_the_note_leaves_passages_and_the_headings_above_them() -> None:
    passages = [
        DraftPassage(PassageKind.PARAGRAPH, "(As delivered)"),
        DraftPassage(PassageKind.HEADING, "Opening remarks"),
        DraftPassage(PassageKind.HEADING, "Check against delivery", heading_path=("Opening remarks",)),
        DraftPassage(
            PassageKind.PARAGRAPH,
            "We are ready. (Applause.)",
            heading_path=("Opening remarks", "Check against delivery"),
        ),
        DraftPassage(PassageKind.PARAGRAPH, "[Applause]"),
    ]
    kept, notes = without_delivery(passages)
    assert [(draft.text, draft.heading_path) for draft in kept] == [
        ("Opening remarks", ()),
        ("We are ready.", ("Opening remarks",)),
    ]
    assert notes == (
        "the text says of itself: “As delivered”",
        "the text says of itself: “Check against delivery”",
    )


def test_a_text_that_is_nothing_else_stays() -> None:
    passages = (DraftPassage(PassageKind.PARAGRAPH, "[Applause]"),)
    assert without_delivery(passages) == (passages, ())
