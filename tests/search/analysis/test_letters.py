"""Letters as words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.letters import fold, plain_letters

PLAIN = {
    "Kołłątaj": "kollataj",
    "Đorđe": "dorde",
    "Tromsø": "tromso",
    "Iğdır": "igdir",
    "İzmir": "izmir",
    "Æsir": "aesir",
    "Œuvre": "oeuvre",
    "Þór": "thor",
    "Ħamrun": "hamrun",
    "Straße": "strasse",
    "re\u0301union": "reunion",
    "\ufeffsea\u00adman\u200bship": "seamanship",
    "حِوَار": "حوار",
    "أمن": "امن",
    "שָׁלוֹם": "שלום",
    "١٣٢٥": "1325",
    "ｍ²": "m2",
    "Oʻzbek": "ozbek",
}


@pytest.mark.parametrize("written", PLAIN)
def test_letters_are_compared_as_keyboards_without_them_write_them(written: str) -> None:
    assert plain_letters(written) == PLAIN[written]


@given(st.text(max_size=60))
def test_plain_letters_stay_as_they_are(written: str) -> None:
    once = plain_letters(written)
    assert plain_letters(once) == once


def test_ids_are_made_of_letters_that_stay_apart() -> None:
    assert fold("Łódź") == "łodz"
