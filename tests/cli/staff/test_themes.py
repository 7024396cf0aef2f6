"""`findings themes test`: precision and recall of every theme, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOLD = [
    {"text": "The Trust Fund grew.", "themes": ["trust-funds"]},
    {"text": "The trust fund shrank.", "themes": []},
    {"text": "Money was found elsewhere.", "themes": ["trust-funds", "elsewhere"]},
]


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """Three labelled passages: one right, one wrong, one missed, and a theme that is not there."""
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in GOLD), encoding="utf-8")
    return str(file)


def test_the_json_has_precision_recall_and_mistakes(findings: Run, gold: str) -> None:
    ran = findings("themes", "test", gold, "--json")
    assert (ran.code, ran.err) == (0, "")
    measured = ran.json
    assert measured["passages"] == 3
    assert measured["themes"]["trust-funds"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "support": 2}
    assert measured["unknown"] == {"elsewhere": 1}
    assert {(mistake["line"], mistake["missed"]) for mistake in measured["worst"]} == {(2, False), (3, True)}


def test_people_see_a_table_and_the_mistakes(findings: Run, gold: str) -> None:
    out = findings("themes", "test", gold).out
    assert "trust-funds                           0.50    0.50  0.50         2\n" in out
    assert "labelled but not in themes.toml: elsewhere (1 passage)" in out
    assert "line 2: trust-funds wrong because of trust fund\n  The trust fund shrank." in out
    assert "line 3: trust-funds missed" in out
    assert "line 2" not in findings("themes", "test", gold, "--worst", "0").out


def test_a_bad_line_ends_with_2_and_is_named(findings: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"text": "x", "themes": []}\n{"text": 3}\n', encoding="utf-8")
    ran = findings("themes", "test", str(tmp_path / "gold.jsonl"))
    assert (ran.code, ran.out) == (2, "")
    assert "gold.jsonl, line 2: " in ran.err


OURS = Path(__file__).parents[2] / "data" / "themes_gold.jsonl"
SHIPPED = Path(__file__).parents[3] / "corpus" / "themes.toml"


def test_the_shipped_themes_keep_the_floor_on_our_own_sentences(anywhere: Run, tmp_path: Path) -> None:
    (tmp_path / "themes.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    ran = anywhere("--corpus", str(tmp_path), "themes", "test", str(OURS), "--floor", "0.95")
    assert (ran.code, ran.err) == (0, "")


def test_the_label_fund_makes_the_quality_test_fail_and_names_the_sentences(
    anywhere: Run, tmp_path: Path
) -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    spoiled = shipped.replace('"multi-partner trust fund",', '"multi-partner trust fund", "fund",', 1)
    assert spoiled != shipped
    (tmp_path / "themes.toml").write_text(spoiled, encoding="utf-8")
    ran = anywhere("--corpus", str(tmp_path), "themes", "test", str(OURS), "--floor", "0.95")
    assert ran.code == 1
    assert "below the floor of 0.95" in ran.err
    for sentence in (
        "The International Monetary Fund approved a loan",
        "Funds of the regular budget",
        "A fund manager",
    ):
        assert sentence in ran.out
    assert "trust-funds wrong because of Fund" in ran.out
    assert "label 'fund' of trust-funds: right 0, wrong" in ran.out


def test_words_of_missed_passages_are_proposed(anywhere: Run, tmp_path: Path) -> None:
    rows = [
        {"text": f"The lantern march number {n} went on.", "themes": ["boats"]}
        for n in ("one", "two", "three")
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "themes.toml").write_text('[[themes]]\nid = "boats"\nlabel = "Boats"\n', encoding="utf-8")
    ran = anywhere("--corpus", str(tmp_path), "themes", "test", str(tmp_path / "gold.jsonl"), "--json")
    assert ran.json["proposals"][0] == {
        "theme_id": "boats", "wording": "lantern march number", "missed": 3, "elsewhere": 0,
    }  # fmt: skip
