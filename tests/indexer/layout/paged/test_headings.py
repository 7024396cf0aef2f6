from __future__ import annotations

import pytest

from indexer.layout.blocks import Block, OutlineEntry
from indexer.layout.paged.headings import HeadingPath, with_headings
from indexer.layout.paged.type_metrics import Shape
from search.model import PassageKind
from tests.indexer.printing import block

SHAPE = Shape(10.0, {10.0: 12.0, 14.0: 17.0})
PROSE = block(
    "The delegates met on the second day of the symposium to discuss the harbour, the pilots",
    "and lights.",
    y=150,
)


def kinds(*blocks: Block, outline: tuple[OutlineEntry, ...] = ()) -> list[PassageKind]:
    return [one.kind for one in with_headings(blocks, SHAPE, outline)]


HEADING, PARAGRAPH = PassageKind.HEADING, PassageKind.PARAGRAPH


@pytest.mark.parametrize(
    "candidate",
    [
        block("Lights and piers", size=14),
        block("Lights and piers", bold=True),
        block("LIGHTS AND PIERS"),
        block("A. Lights and piers", italic=True),
        block("What did the pilots ask?", bold=True),
    ],
)
def test_type_and_capitals_make_headings(candidate: Block) -> None:
    assert kinds(candidate, PROSE)[0] is HEADING


@pytest.mark.parametrize(
    "candidate",
    [
        block("The board agreed to light the pier.", bold=True),
        block("lights and piers", bold=True),
        block("lights and piers"),
        block("1,200 1,350 88", bold=True),
        block("Dear delegates,", bold=True),
        block(*["Bold words that go on and on for far too many lines to be a heading at all"] * 6, bold=True),
    ],
)
def test_sentences_figures_and_long_texts_are_none(candidate: Block) -> None:
    assert kinds(candidate, PROSE)[0] is PARAGRAPH


@pytest.mark.parametrize(("size", "kind"), [(10.5, PARAGRAPH), (11, HEADING)])
def test_type_a_tenth_larger_than_the_body_makes_a_heading_by_itself(size: float, kind: PassageKind) -> None:
    assert kinds(block("Lights and piers", size=size), PROSE)[0] is kind


@pytest.mark.parametrize(("words", "kind"), [(14, HEADING), (15, PARAGRAPH), (25, PARAGRAPH)])
def test_italics_alone_make_a_heading_of_few_words(words: int, kind: PassageKind) -> None:
    text = " ".join(["Pilots", *["of"] * (words - 2), "ports"])
    assert kinds(block(text, italic=True), PROSE)[0] is kind


def test_a_lone_line_before_long_prose_is_a_heading() -> None:
    long = block(
        *["The delegates met on the second day of the symposium to discuss the harbour and its pilots"] * 3,
        y=124,
    )
    before = block("The first day ended late.", y=70)
    assert kinds(before, block("Lights and piers", y=100), long) == [PARAGRAPH, HEADING, PARAGRAPH]


def test_the_outline_makes_headings_and_gives_levels() -> None:
    outline = (OutlineEntry("2 lights and piers", 2, 1),)
    (heading,) = with_headings([block("Lights and piers")], SHAPE, outline)
    assert (heading.kind, heading.level) == (HEADING, 2)


def test_the_lines_of_a_long_heading_are_one() -> None:
    blocks = with_headings(
        [block("Lights and", size=14, y=100), block("Piers of the estuary", size=14, y=117)], SHAPE, ()
    )
    assert [one.raw for one in blocks] == ["Lights and Piers of the estuary"]


def test_two_numbered_headings_stay_two() -> None:
    blocks = [block("I. Lights", size=14, y=100), block("A. Piers", size=14, y=117)]
    assert len(with_headings(blocks, SHAPE, ())) == 2


def path_after(*headings: Block) -> tuple[str, ...]:
    path = HeadingPath()
    for heading in headings:
        path.enter(heading, heading.raw)
    return path.titles


CHAPTER = block("I. Harbours", size=14, bold=True)
SECTION = block("A. Piers", size=12, bold=True)


def test_larger_type_stands_above() -> None:
    assert path_after(CHAPTER, SECTION) == ("I. Harbours", "A. Piers")


def test_a_heading_of_the_same_style_replaces_the_last() -> None:
    assert path_after(CHAPTER, SECTION, block("B. Lights", size=12, bold=True)) == (
        "I. Harbours",
        "B. Lights",
    )


def test_a_chapter_ends_all_sections() -> None:
    assert path_after(CHAPTER, SECTION, block("II. Pilots", size=14, bold=True)) == ("II. Pilots",)


@pytest.mark.parametrize(
    ("before", "after"), [("B. Lights", "C. Buoys"), ("C. Buoys", "D. Fog"), ("H. Tides", "I. Ice")]
)
def test_letters_that_are_roman_numbers_too_stay_letters(before: str, after: str) -> None:
    headings = [block(text, bold=True) for text in ("II. Harbours", before, after, "III. Pilots")]
    assert path_after(*headings[:3]) == ("II. Harbours", after)
    assert path_after(*headings) == ("III. Pilots",)


def test_numbering_orders_headings_of_one_size() -> None:
    headings = [block(text, bold=True) for text in ("I. Harbours", "A. Piers", "Costs of piers", "B. Lights")]
    assert path_after(*headings) == ("I. Harbours", "B. Lights")


def test_levels_of_the_outline_go_before_type() -> None:
    top = Block(HEADING, block("Harbours", size=9).lines, 1)
    below = Block(HEADING, block("Piers", size=20).lines, 2)
    assert path_after(top, below) == ("Harbours", "Piers")
    assert path_after(top, below, Block(HEADING, block("Pilots").lines, 1)) == ("Pilots",)


def test_decimal_numbers_decide_the_level_whatever_the_type() -> None:
    first, second = block("2. Lights", size=14), block("2.1 Piers", size=12)
    assert path_after(first, second, block("2.2 Buoys", size=13)) == ("2. Lights", "2.2 Buoys")
    assert path_after(first, second, block("3. Fog", size=11)) == ("3. Fog",)
    assert path_after(block("1. 2030 and the port"), block("2. Pilots", size=12)) == ("2. Pilots",)


def test_a_date_is_no_decimal_number() -> None:
    assert path_after(block("4. Lights"), block("23 May 2025")) != ("23 May 2025",)


def test_what_stands_on_the_cover_is_above_nothing() -> None:
    path, prose = HeadingPath(), block("The delegates met on the second day. " * 6, page=2)
    for one in (block("Harbour Board", size=20), block("Lights", size=14, page=2), prose):
        path.turn_to(one)
        if one is not prose:
            path.enter(one, one.raw)
    assert path.titles == ("Lights",)


def test_a_sentence_set_heavy_and_slanted_heads_what_follows() -> None:
    lead = block("Storms may close the port.", bold=True, italic=True)
    assert kinds(lead, PROSE) == [HEADING, PARAGRAPH]
    assert kinds(block("Storms may close the port.", bold=True), PROSE) == [PARAGRAPH, PARAGRAPH]


ITEM = block("• The pilots need a second boat before winter.", kind=PassageKind.LIST_ITEM, y=180)


def test_words_that_are_no_sentence_above_a_list_of_sentences_are_its_heading() -> None:
    above = block("Ways in which towns can share the cost of", "lamps and oil", y=142)
    assert kinds(PROSE, above, ITEM)[1] is HEADING


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("The keepers asked for the following:", "• The pilots need a second boat."),
        ("The keepers asked the board for the", "• The pilots need a second boat."),
        ("What the keepers asked for", "• oil and wicks"),
        ("The keepers were thanked.", "• The pilots need a second boat."),
    ],
)
def test_what_leads_to_a_list_is_no_heading(words: str, item: str) -> None:
    listed = block(item, kind=PassageKind.LIST_ITEM, y=176)
    assert kinds(PROSE, block(words, y=154), listed)[1] is PARAGRAPH
