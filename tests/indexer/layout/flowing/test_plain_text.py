from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout.flowing.plain_text import prose_passages
from search.model import PassageKind


def texts(text: str) -> list[str]:
    return [draft.text for draft in prose_passages(text)]


WRAPPED = """The delegates of the port towns met on the second day of
the symposium and agreed that pilots should share their
soundings every month.
Several masters reported that the northern channel had
shifted by forty metres since the last survey was made in
the spring of that year.
The board will send a boat."""


def test_blank_lines_part_paragraphs() -> None:
    assert texts("One line\nand its rest.\n\nAnother one.") == ["One line and its rest.", "Another one."]


def test_wrapped_lines_without_blank_ones_part_where_a_line_has_room() -> None:
    found = texts(WRAPPED)
    assert [text.split()[0] for text in found] == ["The", "Several", "The"]
    assert found[0].endswith("soundings every month.")


def test_two_lines_of_ninety_columns_are_one_wrapped_paragraph() -> None:
    first = "The delegates of the port towns met on the second day of the symposium and had the charts"
    second = "of the northern channel before them, which the pilots had drawn anew in the spring of 1922."
    assert texts(f"{first}\n{second}") == [f"{first} {second}"]


def test_long_lines_are_paragraphs() -> None:
    line = (
        "A paragraph that the author never wrapped by hand because the editor did it for the reader on the screen anyway. "
        * 2
    )
    assert texts(f"{line}\n{line}\n{line}") == [line.strip()] * 3


def test_indented_lines_begin_paragraphs() -> None:
    lines = [
        "  The board met in the old custom house",
        "and agreed on the charts of the estuary.",
        "  The pilots met elsewhere on that same",
        "day and agreed on nothing at all, alas.",
        "They will meet again.",
    ]
    assert [text.split()[1] for text in texts("\n".join(lines))] == ["board", "pilots"]


def test_a_page_number_inside_of_a_sentence_goes() -> None:
    assert texts("The unit will take part in the\n23\n\noperations of the coming year.") == [
        "The unit will take part in the operations of the coming year."
    ]


def test_line_ends_of_all_systems_count() -> None:
    assert texts("One.\r\n\r\nTwo.\r\rThree.\x0c\x0cFour.") == ["One.", "Two.", "Three.", "Four."]


def test_capitals_make_headings() -> None:
    drafts = prose_passages("OPENING REMARKS\n\nThe board met.\n\nCLOSING\n\nIt rose.")
    assert [draft.kind for draft in drafts][::2] == [PassageKind.HEADING] * 2
    assert [draft.heading_path for draft in drafts[1::2]] == [("OPENING REMARKS",), ("CLOSING",)]


def test_broken_words_close() -> None:
    assert texts("The symposium of pilots met and\nthe sympo-\nsium agreed.")[-1].endswith(
        "the symposium agreed."
    )


@given(st.text(alphabet=st.sampled_from("ab A.\n-•(1)\t"), max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(draft.text for draft in prose_passages(text))
    letters = [char for char in text if char.isalpha()]
    assert [char for char in kept if char.isalpha()] == letters or any(char.isdigit() for char in text)


@pytest.mark.parametrize("width", [40, 72, 109, 117, 132, 180])
@pytest.mark.parametrize("end", ["\n", "\r\r\n"])
def test_text_wrapped_at_any_width_is_joined(width: int, end: str) -> None:
    paragraphs = [
        " ".join(f"word{(place * 7919 + n) % 9973} of{n}" for n in range(60)) + "." for place in range(4)
    ]
    wrapped = (end * 2).join(end.join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)
    assert [draft.text for draft in prose_passages(wrapped)] == paragraphs


def test_one_paragraph_a_line_stays_so() -> None:
    lines = [" ".join(f"word{n}" for n in range(size)) + "." for size in (30, 52, 41, 70, 25)]
    assert [draft.text for draft in prose_passages("\n".join(lines))] == lines
