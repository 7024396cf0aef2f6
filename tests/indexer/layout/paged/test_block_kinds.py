from __future__ import annotations

import pytest

from indexer.layout.blocks import Block
from indexer.layout.paged.block_kinds import with_kinds
from indexer.layout.paged.type_metrics import Shape
from search.model import PassageKind
from tests.indexer.printing import block, sheet

SHAPE = Shape(10.0, {10.0: 12.0})
BODY = block("The delegates met on the second day.", y=300)


def kinds(*blocks: Block) -> list[PassageKind]:
    return [one.kind for one in with_kinds(blocks, sheet([]), SHAPE)]


def test_small_print_below_the_body_is_a_footnote() -> None:
    assert kinds(BODY, block("1 See the charts.", y=700, size=8))[1] is PassageKind.FOOTNOTE


def test_the_second_paragraph_of_a_footnote_is_one() -> None:
    notes = [block("1 See the charts.", y=690, size=8), block("Available in print.", y=705, size=8)]
    assert kinds(BODY, *notes)[1:] == [PassageKind.FOOTNOTE] * 2


def test_a_rule_tells_where_notes_begin() -> None:
    rule = block("_" * 20, y=500)
    note = block("* Reissued for technical reasons.", y=520, size=9)
    assert kinds(BODY, rule, note) == [PassageKind.PARAGRAPH, PassageKind.FOOTNOTE]


def test_small_print_above_the_body_is_none() -> None:
    assert kinds(block("2 pilots came late.", y=100, size=8), BODY)[0] is PassageKind.PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3. Lights of the estuary",
        "Table 2",
        "Fig. 1: Depths",
        "Map A – Piers",
        "Table 4 Costs by pier",
    ],
)
def test_captions_name_a_figure(text: str) -> None:
    assert kinds(block(text))[0] is PassageKind.CAPTION


@pytest.mark.parametrize("text", ["Table 2 shows that pilots agree.", "Figures rose.", "Box the compass."])
def test_sentences_about_figures_are_none(text: str) -> None:
    assert kinds(block(text))[0] is PassageKind.PARAGRAPH


def test_the_title_below_a_bare_number_is_part_of_the_caption() -> None:
    assert kinds(block("Table 2"), block("Lights of the estuary", y=120)) == [PassageKind.CAPTION] * 2


@pytest.mark.parametrize("text", ["• a point", "(a) a point", "(iv) a point", "– a point", "\uf0b7 a point"])
def test_marks_make_items(text: str) -> None:
    assert kinds(block(text))[0] is PassageKind.LIST_ITEM


def test_a_numbered_paragraph_is_a_paragraph() -> None:
    assert kinds(block("12. The board agreed."))[0] is PassageKind.PARAGRAPH


def test_lines_of_signs_go() -> None:
    assert kinds(block("* * *"), BODY) == [PassageKind.PARAGRAPH]


def test_a_typed_note_low_on_the_page_is_a_footnote_in_type_of_any_size() -> None:
    assert kinds(BODY, block("3/ The board was told later.", y=700))[1] is PassageKind.FOOTNOTE
    assert kinds(block("3/ The board was told later.", y=100))[0] is not PassageKind.FOOTNOTE


def test_what_a_star_means_is_a_note_wherever_it_stands() -> None:
    assert kinds(BODY, block("* See the minutes.", y=320, size=8))[1] is PassageKind.FOOTNOTE
    assert kinds(block("* a point of the list", y=100))[0] is PassageKind.LIST_ITEM


def test_signs_below_a_table_are_explained_in_notes() -> None:
    table = block("Pier | 12 | –", kind=PassageKind.TABLE, y=200)
    assert kinds(table, block("– Rounds to zero.", y=220, size=8))[1] is PassageKind.FOOTNOTE


def test_a_raised_mark_makes_a_note_in_type_of_any_size() -> None:
    assert kinds(BODY, block("1 To be issued later.", y=700, marked=True))[1] is PassageKind.FOOTNOTE


def test_text_in_another_column_says_nothing_of_where_notes_begin() -> None:
    beside = block("The other column goes on and on.", y=740, x=320)
    assert kinds(BODY, beside, block("4 See the charts.", y=720, size=8))[2] is PassageKind.FOOTNOTE
