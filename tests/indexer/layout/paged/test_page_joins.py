from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.layout.blocks import BROKEN_WORD, Block
from indexer.layout.paged.page_joins import join_across
from search.model import PassageKind
from tests.indexer.printing import block

FULL = {"right": 540.0}


def rest(text: str, page: int = 2, size: float = 10.0) -> Block:
    return block(text, page=page, y=80, right=540, size=size)


def opening(*texts: str) -> Block:
    return block(*texts, y=700, right=540)


def joined(*blocks: Block) -> list[str]:
    return [one.raw for one in join_across(blocks)]


def test_a_paragraph_goes_on_in_small_letters() -> None:
    assert joined(opening("the board agreed"), rest("to meet again.")) == ["the board agreed to meet again."]


def test_a_full_line_goes_on_with_a_capital() -> None:
    assert len(joined(opening("a full line and", "another one by the"), rest("European ports."))) == 1


@pytest.mark.parametrize(("reaches", "blocks"), [(0.95, 1), (0.6, 2)])
def test_a_capital_goes_on_only_below_a_line_that_is_nearly_full(reaches: float, blocks: int) -> None:
    first = opening("a full line and then some", "another line of harbours")
    left, right = first.last.x0, first.first.x1
    short = replace(first, lines=(first.first, replace(first.last, x1=left + reaches * (right - left))))
    assert len(joined(short, rest("European ports."))) == blocks


def test_a_sentence_that_ends_ends() -> None:
    assert len(joined(opening("The board agreed."), rest("Pilots did not."))) == 2


def test_a_broken_word_goes_on() -> None:
    assert len(joined(opening(f"the Euro{BROKEN_WORD}"), rest("Atlantic ports"))) == 1


@pytest.mark.parametrize("kind", [PassageKind.FOOTNOTE, PassageKind.TABLE, PassageKind.CAPTION])
def test_notes_and_floats_may_stand_between(kind: PassageKind) -> None:
    between = block("1 See the charts.", kind=kind, y=740, size=8)
    assert (
        joined(opening("the board agreed"), between, rest("to meet again."))[0]
        == "the board agreed to meet again."
    )


def test_a_heading_ends_every_paragraph() -> None:
    heading = block("Pilots", kind=PassageKind.HEADING, page=2)
    assert len(joined(opening("the board agreed"), heading, rest("to meet again."))) == 3


@pytest.mark.parametrize("text", ["(b) to meet again", "12. the pilots", "• to meet"])
def test_an_item_begins_anew(text: str) -> None:
    assert len(joined(opening("the board agreed"), rest(text))) == 2


def test_other_type_does_not_go_on() -> None:
    assert len(joined(opening("the board agreed"), rest("to meet again.", size=7))) == 2


def test_pages_far_apart_do_not_go_on() -> None:
    assert len(joined(opening("the board agreed"), rest("to meet again.", page=5))) == 2


def test_a_column_goes_on_at_the_top_of_the_next() -> None:
    assert len(joined(opening("the board agreed"), block("to meet again.", y=90, x=320, right=540))) == 1


def test_a_sentence_goes_on_behind_small_print_that_interrupts_it() -> None:
    aside = block("The pier in winter (photograph of 1911).", y=760, size=8)
    assert joined(opening("the board met and", "agreed"), aside, rest("to meet again.")) == [
        "the board met and agreed to meet again.",
        "The pier in winter (photograph of 1911).",
    ]


def test_a_finished_sentence_is_not_held_open_by_small_print() -> None:
    aside = block("The pier in winter", y=760, size=8)
    assert len(joined(opening("the board met and", "agreed."), aside, rest("to meet again."))) == 3


@pytest.mark.parametrize("second", ["303.9 million in the towns", "2) boats", "European ports."])
def test_a_broken_off_sentence_goes_on_whatever_follows(second: str) -> None:
    assert len(joined(opening("about a fifth of the"), rest(second))) == 1


def test_a_numbered_paragraph_begins_behind_a_finished_one() -> None:
    assert len(joined(opening("a full line and", "the board met."), rest("12. Then it rested."))) == 2


def test_an_address_goes_on_with_its_own_rest_alone() -> None:
    first = opening("2. Pilots of the bar, https://example.org/reports/down-")
    note = block(
        "13. Keepers, https://example.org/news/board-adv", kind=PassageKind.FOOTNOTE, y=720, right=540
    )
    assert len(joined(first, rest("load.pdf, 2019."))) == 1
    assert len(joined(first, note, rest("isory-board.html"))) == 3
    assert len(joined(opening("as said at https://example.org/reports"), rest("and they agreed."))) == 2


def test_where_paragraphs_are_indented_an_indented_line_begins_one() -> None:
    def indented(first: str, second: str, y: float, page: int = 1) -> Block:
        made = block(first, second, right=540, y=y, page=page)
        return replace(made, lines=(replace(made.first, x0=108.0), made.last))

    before = indented(
        "Noting the part that pilots had in the", "safety of the bar and of the outer piers,", y=700
    )
    after = indented("Expressing thanks to the keepers of the", "lamps,", page=2, y=80)
    assert len(joined(before, after)) == 2
    assert (
        len(
            joined(
                before,
                block("Harbour Board of the northern towns", "and its pilots,", page=2, y=80, right=540),
            )
        )
        == 1
    )
