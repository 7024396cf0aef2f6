from __future__ import annotations

import pytest

from indexer.layout.words.line_patterns import (
    decimal_depth,
    ends_clause,
    ends_sentence,
    has_leader,
    is_capitals,
)


@pytest.mark.parametrize("text", ["more than half (55.8", "about 6.0", "at 10.30", "version 1.12"])
def test_a_number_with_a_point_ends_no_sentence(text: str) -> None:
    assert not ends_clause(text)
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["They met.", "They met.12", "They met. 12", "They met.” 3, 4", "in 2010. 8"]
)
def test_a_figure_behind_the_stop_is_a_footnote_mark(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Lights ...... 12", True),
        ("Preface . . . . . iv", True),
        ("Annex .... A-3", True),
        ("Lights ...... 12.5 14", False),
        ("the last in the county. . . .", False),
        ("Mr. Perera ........ (Sri Lanka)", False),
    ],
)
def test_leaders_lead_to_a_page_number(text: str, leads: bool) -> None:
    assert has_leader(text) is leads


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("3. Fog", 1),
        ("3 Fog", 1),
        ("2.2 Buoys", 2),
        ("2.2.1. Buoys", 3),
        ("1. 2030 plan", 1),
        ("23 May 2025", 0),
        ("2019 report", 0),
        ("Fog", 0),
    ],
)
def test_the_depth_of_a_decimal_number(text: str, depth: int) -> None:
    assert decimal_depth(text) == depth


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("LIGHTS AND PIERS", True),
        ("ПРИЧАЛЫ", True),
        ("Lights", False),
        ("ท่าเรือเก่า", False),
        ("الميناء القديم", False),
        ("港の灯台の記録", False),
    ],
)
def test_scripts_without_capitals_have_none(text: str, capitals: bool) -> None:
    assert is_capitals(text) is capitals
