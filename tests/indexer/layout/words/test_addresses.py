from __future__ import annotations

import pytest

from indexer.layout.blocks import BROKEN_WORD
from indexer.layout.words.cleaning import join_lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["at https://example.org/reports/", "2019.pdf for all"],
            "at https://example.org/reports/2019.pdf for all",
        ),
        ([f"https://example.org/harbour{BROKEN_WORD}", "days/"], "https://example.org/harbour-days/"),
        (["https://example.org/item?id=1&", "page=7 is"], "https://example.org/item?id=1&page=7 is"),
        (["write to pilot@example.", "org today"], "write to pilot@example.org today"),
        (
            ["at https://example.org/lamps-of-the-harb", "our/ now"],
            "at https://example.org/lamps-of-the-harbour/ now",
        ),
        (["see www.example.org/a/", "b/c.html now"], "see www.example.org/a/b/c.html now"),
    ],
)
def test_an_address_over_a_line_end_is_whole(lines: list[str], text: str) -> None:
    assert join_lines(lines, frozenset()) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["see https://example.org/", "and the second"], "see https://example.org/ and the second"),
        (["see https://example.org/a", "and/or the second"], "see https://example.org/a and/or the second"),
        (["see www.example.org.", "The towns"], "see www.example.org. The towns"),
        (["either/", "or words"], "either/ or words"),
    ],
)
def test_words_behind_an_address_stay_apart(lines: list[str], text: str) -> None:
    assert join_lines(lines, frozenset()) == text
