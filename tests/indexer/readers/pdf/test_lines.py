from __future__ import annotations

import pytest

from indexer.readers.pdf.lines import joined_lines
from indexer.readers.pdf.runs import undoubled
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
