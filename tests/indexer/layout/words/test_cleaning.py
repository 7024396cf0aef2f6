from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout.blocks import BROKEN_WORD
from indexer.layout.words.cleaning import (
    STEPS,
    build_vocabulary,
    clean,
    close_spaced_type,
    drop_bullet,
    join_lines,
)

AWKWARD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\u00ad\u200b\ufeff\uf0b7\ue000\ufb01\ufb04\u0301\x00\x02\x85\u2028 \u00a0\t\n-•–aeiouABC.19"
        ),
    )
)


def letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


@pytest.mark.parametrize("step", [*STEPS, clean, drop_bullet], ids=lambda step: step.__name__)
@given(text=AWKWARD)
def test_every_step_is_idempotent(step: Callable[[str], str], text: str) -> None:
    once = step(text)
    assert step(once) == once


@given(AWKWARD)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assert letters(clean(text)) == letters(text)


@given(AWKWARD)
def test_clean_text_has_single_spaces_and_no_controls_or_private_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert not [char for char in cleaned if unicodedata.category(char) in ("Cc", "Co", "Cs")]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("e\ufb00ective o\ufb03ces", "effective offices"),
        ("R E P O R T", "REPORT"),
        ("plan A B C D", "plan A B C D"),
        ("part\u00adner\u200bship", "partnership"),
        ("cafe\u0301", "café"),
        ("  two\u00a0 words\n", "two words"),
        ("\uf0b7 a point", "a point"),
    ],
)
def test_awkward_type_becomes_plain_words(printed: str, meant: str) -> None:
    assert clean(printed) == meant


def test_spaced_type_ends_at_a_word() -> None:
    assert close_spaced_type("S U M M A R Y of findings") == "SUMMARY of findings"


@pytest.mark.parametrize("item", ["• a point", "– a point", "\uf0b7a point", "• – a point"])
def test_a_bullet_goes(item: str) -> None:
    assert drop_bullet(item) == "a point"


@pytest.mark.parametrize("item", ["(a) a point", "12. a point", "-5 degrees", "a - b"])
def test_numbers_and_letters_of_items_stay(item: str) -> None:
    assert drop_bullet(item) == item


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a symp-", "osium"], "a symposium"),
        (["on self-", "defence"], "on self-defence"),
        (["the Euro-", "Atlantic area"], "the Euro-Atlantic area"),
        ([f"part{BROKEN_WORD}", "nership"], "partnership"),
        (["early warn-", "ing"], "early warning"),
        (["long-", "term plans"], "long-term plans"),
        (["in 2018-", "2019"], "in 2018-2019"),
        (["two words", "here"], "two words here"),
    ],
)
def test_broken_words_are_closed_as_the_document_writes_them(lines: list[str], joined: str) -> None:
    vocabulary = build_vocabulary(
        ["a symposium on self-defence and partnership.", "long-term warnings of warning."]
    )
    assert join_lines(lines, vocabulary) == joined


def test_the_second_half_of_a_broken_word_is_not_trusted() -> None:
    assert build_vocabulary(["an inter-", "gouvernementale table of ports."]) == {
        "an",
        "table",
        "of",
        "ports",
    }


def test_two_words_of_the_document_keep_their_hyphen() -> None:
    vocabulary = build_vocabulary(["after the post there was retrieval,"])
    assert join_lines(["the post-", "retrieval step"], vocabulary) == "the post-retrieval step"


def test_the_last_word_of_a_line_is_not_trusted() -> None:
    assert "symp" not in build_vocabulary(["a symp-", "osium of towns."])
    assert "towns" in build_vocabulary(["a symp-", "osium of towns."])


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["four-in-", "ten of the ships in the"], "four-in-ten of the ships in the"),
        (["a large U-", "shaped quay"], "a large U-shaped quay"),
        (["seeks self-", "sufficiency soon"], "seeks self-sufficiency soon"),
        (["a self-", "ish master"], "a selfish master"),
        (["over the long-", "term climate"], "over the long-term climate"),
        (["an under-", "standing of ships"], "an understanding of ships"),
        (["in 2022–", "2024 and"], "in 2022–2024 and"),
        (["the pilots –", "2 of them"], "the pilots – 2 of them"),
        (["the self-determi-", "nation of ports"], "the self-determination of ports"),
    ],
)
def test_compounds_keep_the_hyphen_at_which_a_line_ends(lines: list[str], whole: str) -> None:
    assert join_lines(lines, build_vocabulary(["ten ships in the port of"])) == whole


@given(st.lists(st.text(alphabet="aeioutABC-–\u00ad\x02 .19\ufb01"), max_size=5))
def test_joining_lines_loses_no_letter(lines: list[str]) -> None:
    joined = join_lines(lines, build_vocabulary(lines))
    assert letters(joined) == letters(" ".join(lines))


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (["a school-", "related loss"], {"school"}, "a school-related loss"),
        (["the Sami-", "speaking towns"], {"sami"}, "the Sami-speaking towns"),
        (["of low-", "productivity work"], {"productivity"}, "of low-productivity work"),
        (["in Port-", "au-Sable"], {"port"}, "in Port-au-Sable"),
        (["an organiza-", "tion-wide plan"], set(), "an organization-wide plan"),
        (["the cor-", "related tides"], set(), "the correlated tides"),
        (["the data-", "based chart, a database"], {"data", "databased"}, "the databased chart, a database"),
        (["an open-", "source map"], set(), "an open-source map"),
        (["a cross-", "border ferry"], set(), "a cross-border ferry"),
        (["a pop-", "up stall"], set(), "a pop-up stall"),
        (["the deploy-", "ment of boats"], {"deploy", "ment"}, "the deployment of boats"),
        (["a competitive-", "ness of ports"], {"competitive"}, "a competitiveness of ports"),
        (["in Den-", "mark"], set(), "in Denmark"),
        (["an implement-", "able plan"], set(), "an implementable plan"),
        (["four-in-", "ten boats"], {"in"}, "four-in-ten boats"),
        (["Fat-", "burning lamps"], set(), "Fat-burning lamps"),
    ],
)
def test_compounds_keep_their_hyphen_at_a_line_end(lines: list[str], known: set[str], text: str) -> None:
    assert join_lines(lines, frozenset(known)) == text
