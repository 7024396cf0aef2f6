"""Text and Markdown of drafts: quotations over paragraphs, lazy lines, notes and links that are no words."""

from __future__ import annotations

from search.drafts.plain_text import blocks_of
from search.drafts.quotations import find_quotations


def found(text: str) -> list[str]:
    return [" ".join(q.text.split()) for q in find_quotations(blocks_of(text)).found]


def test_a_quotation_that_is_opened_anew_in_each_paragraph_is_read_in_each() -> None:
    assert found("They say:\n\n“One two three four five.\n\n“Six seven eight nine ten.” So.") == [
        "One two three four five.",
        "Six seven eight nine ten.",
    ]
    assert found('They say: "One two three four five.\n\n"Six seven eight nine ten."') == [
        "One two three four five.",
        "Six seven eight nine ten.",
    ]


def test_a_line_without_its_sign_belongs_to_the_block_above() -> None:
    assert found("> One two three\nfour five six.\n\nSeven eight nine ten.") == [
        "One two three four five six."
    ]


def test_links_emphasis_and_signs_of_notes_are_no_words_of_a_quotation() -> None:
    text = "He said “The *tide* [tables](http://x.example/a) hang in the porch[^1] of the church”.\n\n[^1]: There, p. 3."
    assert found(text) == ["The tide tables hang in the porch of the church"]
    block = blocks_of(text)[0]
    assert [pointer.target for pointer in (*block.links, *block.notes)] == ["http://x.example/a", "1"]
    assert blocks_of(text)[1].note == "1"


def test_swedish_and_japanese_marks_are_read() -> None:
    assert found("Hon sade ”ett två tre fyra fem” igen.") == ["ett två tre fyra fem"]
    assert found("彼は「港の灯は消えない」と言った。") == ["港の灯は消えない"]


def test_what_is_not_looked_up_is_listed_with_its_reason() -> None:
    left = find_quotations(blocks_of("A “so-called” thing.")).left_out
    assert [(one.text, one.reason) for one in left] == [("so-called", "fewer than 4 words")]
