from __future__ import annotations

from dataclasses import replace

from indexer.layout.blocks import Block, NoteMark
from indexer.layout.paged.footnotes import with_notes_last, with_notes_linked, with_typed_marks
from indexer.layout.paged.passages import build_passages
from indexer.reading.reading import DraftMark, DraftPassage
from search.model import PassageKind
from tests.indexer.printing import block, sheet

P, N, T = PassageKind.PARAGRAPH, PassageKind.FOOTNOTE, PassageKind.TABLE


def para(*marks: tuple[str, int], kind: PassageKind = P) -> DraftPassage:
    return DraftPassage(
        kind, "Words of the text.", marks=tuple(DraftMark(text, 5, page) for text, page in marks)
    )


def note(text: str, page: int = 1) -> DraftPassage:
    return DraftPassage(N, text, page)


def links(*drafts: DraftPassage) -> list[list[int | None]]:
    """For each passage with marks, the places of the notes that they lead to."""
    linked = with_notes_linked(drafts)
    places = {draft.note: place for place, draft in enumerate(linked) if draft.note}
    return [[places.get(mark.note or "") for mark in draft.marks] for draft in linked if draft.marks]


def test_a_mark_leads_to_the_note_of_its_page() -> None:
    assert links(para(("1", 1)), note("1 First."), para(("1", 2)), note("1 Other.", 2)) == [[1], [3]]


def test_a_note_that_did_not_fit_stands_on_the_next_page() -> None:
    assert links(para(("1", 1), ("2", 1)), note("1 First."), note("2 Moved.", 2)) == [[1, 2]]


def test_several_marks_may_lead_to_one_note() -> None:
    assert links(para(("*", 1)), para(("*", 1)), note("* Reissued.")) == [[2], [2]]


def test_a_later_mark_leads_back_to_the_only_note_with_its_number() -> None:
    assert links(para(("4", 1)), note("4 E/1998/76."), para(("4", 3))) == [[1], [1]]


def test_of_two_notes_a_table_has_the_one_below_it_and_the_text_that_of_the_page() -> None:
    drafts = (para(("1", 1)), para(("1", 1), kind=T), note("1 Of the table."), note("1 Of the page."))
    assert links(*drafts) == [[3], [2]]


def test_a_mark_without_a_note_keeps_none() -> None:
    assert links(para(("9", 1)), note("1 First.")) == [[None]]


def test_endnotes_below_their_heading_are_found() -> None:
    end = DraftPassage(P, "2. Survey of the estuary, 2018.", 9, heading_path=("References",))
    assert links(para(("2", 1)), end) == [[1]]
    assert with_notes_linked([para(("2", 1)), end])[1].mark == "2"


def test_marks_typed_on_the_line_are_taken_out_where_their_page_has_the_note() -> None:
    text = block("as the board decided 3/ in June.", y=100)
    marked = with_typed_marks([text, block("3/ Minutes of the board.", kind=N, y=700)])
    assert marked[0].first.text == "as the board decided in June."
    assert marked[0].first.marks == (NoteMark(len("as the board decided"), "3"),)
    assert with_typed_marks([text]) == [text]


def test_stars_glued_to_words_are_taken_out_but_not_in_tables() -> None:
    notes = block("** Not included.", kind=N, y=700)
    heading, table = block("Report of the board**"), block("All | 12** | 3", kind=T, y=200)
    found = with_typed_marks([heading, table, notes])
    assert [one.raw for one in found[:2]] == ["Report of the board", "All | 12** | 3"]


def test_notes_that_the_file_writes_first_stand_last() -> None:
    notes, text = block("1 See.", kind=N, y=700), block("The text.")
    assert with_notes_last([notes, text]) == [text, notes]


def test_passages_know_the_place_of_their_marks_in_the_final_text() -> None:
    line = replace(block("The ﬁrst pilots agreed.").first, marks=(NoteMark(23, "7"),))
    blocks = [Block(P, (line,)), block("7 See the minutes.", kind=N, y=700)]
    drafts = build_passages(blocks, [sheet([])])
    (mark,) = drafts[0].marks
    assert drafts[0].text[: mark.place] == "The first pilots agreed."
    assert (mark.note, drafts[1].mark) == (drafts[1].note, "7")
