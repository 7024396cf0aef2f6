from __future__ import annotations

import pytest

from indexer.readers.pdf.lines import joined_lines, undoubled
from tests.indexer.printing import typed


def test_a_hyphen_set_apart_by_wide_spacing_belongs_to_its_word() -> None:
    parts = [typed("Resi", x=72, right=92), typed("-", x=92, right=95)]
    assert [line.text for line in joined_lines(iter(parts))] == ["Resi-"]


def test_a_dash_behind_a_blank_stays_a_dash() -> None:
    parts = [typed("the pier", x=72, right=112), typed("-", x=115, right=118)]
    assert [line.text for line in joined_lines(iter(parts))] == ["the pier -"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("HHAARRBBOOUURR LLIIGGHHTTSS", "HARBOUR LIGHTS"),
        ("11990011 22000000", "11990011 22000000"),
        ("aa bb", "aa bb"),
        ("Harbour Lights", "Harbour Lights"),
    ],
)
def test_type_printed_twice_is_read_once(printed: str, meant: str) -> None:
    assert undoubled(printed) == meant


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("the 2", "nd harbour", "the 2nd harbour"),
        ("Anna Weir", ", Bo Lind", "Anna Weir, Bo Lind"),
        ("Supplement n", "º 17", "Supplement nº 17"),
        ("the pier", "and the light", "the pier and the light"),
    ],
)
def test_what_touches_the_last_word_belongs_to_it(first: str, second: str, together: str) -> None:
    parts = [typed(first, x=72, right=110), typed(second, x=110.2, right=150)]
    assert [line.text for line in joined_lines(iter(parts))] == [together]
