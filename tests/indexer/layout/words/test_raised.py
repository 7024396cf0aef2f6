"""Raised signs: part of the words, powers, or signs of notes."""

from __future__ import annotations

import pytest

from indexer.layout.words.raised import Raised, lowered, read_raised


@pytest.mark.parametrize(
    ("before", "sign", "after", "becomes"),
    [
        ("some 45", "4", " grants", Raised(mark="4")),
        ("in 2019", "3", " and", Raised(mark="3")),
        ("to 1,210", "4", " grants", Raised(mark="4")),
        ("the towns", "[12]", " agreed", Raised(mark="12")),
        ("the towns", "a, b", " agreed", Raised(mark="a, b")),
        ("the towns", "**", ".", Raised(mark="**")),
        ("of 10", "6", " tons", Raised("⁶")),
        ("10", "-3", " of it", Raised("⁻³")),
        ("some 5 m", "2", " of sail", Raised("²")),
        ("E = mc", "2", ".", Raised("²")),
        ("ions of Ca", "2+", " in water", Raised("²⁺")),
        ("dated by ", "14", "C in wood", Raised("¹⁴")),
        ("about 3", "1", "/2 pounds", Raised("¹")),
        ("at 12", "o", " C in winter", Raised("°")),
        ("the 19", "th", " century", Raised("th")),
        ("XIX", "e", " siècle", Raised("e")),
        ("M", "me", " Renard", Raised("me")),
        ("Supplément n", "o", " 17", Raised("º")),
        ("the Barnacle", "TM", " pump", Raised("™")),
    ],
)
def test_a_raised_sign_is_never_glued_to_a_number_or_a_word(
    before: str, sign: str, after: str, becomes: Raised
) -> None:
    assert read_raised(before, sign, after) == becomes


def test_a_link_to_a_note_is_its_sign_even_behind_ten() -> None:
    assert read_raised("of 10", "6", " towns", linked=True) == Raised(mark="6")


@pytest.mark.parametrize(("sign", "shown"), [("2", "₂"), ("n", "ₙ"), ("max", "ₘₐₓ"), ("total", "total")])
def test_an_index_is_lowered_where_letters_can_show_it(sign: str, shown: str) -> None:
    assert lowered(sign) == shown
