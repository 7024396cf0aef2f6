from __future__ import annotations

import pytest

from indexer.layout.words.accents import accented


@pytest.mark.parametrize(
    ("accent", "letter", "made"), [("¨", "o", "ö"), ("´", "ı", "í"), ("˜", "n", "ñ"), ("ˇ", "S", "Š")]
)
def test_an_accent_and_a_letter_make_one(accent: str, letter: str, made: str) -> None:
    assert accented(ord(accent), ord(letter)) == ord(made)


@pytest.mark.parametrize(("accent", "letter"), [("¨", "1"), ("¨", "b"), ("a", "e"), ("´", " ")])
def test_what_no_alphabet_has_stays_apart(accent: str, letter: str) -> None:
    assert accented(ord(accent), ord(letter)) is None
