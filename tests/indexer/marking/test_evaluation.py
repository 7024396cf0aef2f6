"""Precision and recall of themes against labelled passages: own small gold, and the real one where it is at hand."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus.themes import load_themes
from indexer.marking import find_finding
from indexer.marking.evaluation import GoldPassage, Score, load_gold, measure_themes
from search.errors import BadFile
from search.model import FindingType, PassageKind, Theme, Themes

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SHARED_DATA") or ROOT.parent / "shared" / "data")
REAL_GOLD = SHARED / "gold" / "passages.jsonl"

THEMES = Themes.of((Theme("boats", "Boats"), Theme("trains", "Trains"), Theme("kites", "Kites")))
GOLD = (
    GoldPassage(1, "Boats are slow.", (), frozenset({"boats"})),
    GoldPassage(2, "Trains are fast.", (), frozenset({"trains", "boats"})),
    GoldPassage(3, "A kite is neither.", (), frozenset()),
    GoldPassage(4, "Nothing here.", (), frozenset({"submarines"})),
)


def _file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_right_missed_and_wrong_marks_are_counted_for_each_theme() -> None:
    quality = measure_themes(GOLD, THEMES)
    assert quality.by_theme == {"boats": Score(1, 1, 0), "trains": Score(1, 0, 0), "kites": Score(0, 0, 1)}
    assert quality.micro == Score(2, 1, 1)
    assert quality.passages == 4


def test_precision_recall_and_f1_follow_from_the_counts() -> None:
    score = Score(right=6, missed=2, wrong=4)
    assert (score.precision, score.recall, score.support) == (0.6, 0.75, 8)
    assert score.f1 == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))


def test_a_theme_that_nobody_labelled_or_marked_scores_zero_without_an_error() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_the_macro_mean_leaves_out_themes_with_few_labels() -> None:
    assert measure_themes(GOLD, THEMES).macro is None
    assert measure_themes(GOLD[:1] * 5, THEMES).macro == 1.0


def test_mistakes_name_the_sentence_the_line_and_the_words_that_caused_them() -> None:
    worst = measure_themes(GOLD, THEMES).worst
    assert [(m.theme_id, m.missed, m.line, m.because) for m in worst] == [
        ("boats", True, 2, ()),
        ("kites", False, 3, ("kite",)),
    ]
    assert len(measure_themes(GOLD, THEMES, worst=1).worst) == 1


def test_labels_that_the_themes_file_does_not_have_are_reported_and_not_counted() -> None:
    assert measure_themes(GOLD, THEMES).unknown == {"submarines": 1}


def test_gold_lines_are_read_with_their_numbers_and_further_keys_are_ignored(tmp_path: Path) -> None:
    row = {"text": "a b", "heading_path": ["H"], "themes": ["boats"], "finding": "lesson", "note": 3}
    first, second = load_gold(
        _file(tmp_path, json.dumps(row), "", '{"text": "c", "finding": "none", "themes": null}')
    )
    assert first == GoldPassage(1, "a b", ("H",), frozenset({"boats"}), FindingType.LESSON)
    assert second == GoldPassage(3, "c", (), frozenset(), None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: is not JSON"),
        ("[1]", "line 2: a line must be a JSON object"),
        ('{"themes": []}', "line 2: a line without text"),
        ('{"text": " "}', "line 2: a line without text"),
        ('{"text": "x", "themes": "boats"}', "line 2: themes must be a list of texts"),
        ('{"text": "x", "heading_path": [1]}', "line 2: heading_path must be a list of texts"),
        ('{"text": "x", "finding": "wish"}', "line 2: finding 'wish' is none of recommendation"),
        ('{"text": "x", "kind": 4}', "line 2: kind must be a text"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_reason(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(BadFile) as caught:
        load_gold(_file(tmp_path, '{"text": "good"}', line))
    assert reason in str(caught.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        load_gold(tmp_path / "none.jsonl")
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(BadFile, match="not UTF-8"):
        load_gold(tmp_path / "x")


def test_a_wrong_label_is_caught_and_the_sentences_are_named_with_the_word() -> None:
    themes = load_themes(ROOT / "corpus" / "themes.toml")
    right = themes.by_id["trust-funds"]
    gold = [GoldPassage(n, text, (), frozenset()) for n, text in enumerate(right.counterexamples, start=1)]
    wrong = Themes.of((replace(right, labels=(*right.labels, "fund")),))
    assert measure_themes(gold, Themes.of((right,))).worst == ()
    worst = measure_themes(gold, wrong).worst
    assert [(mistake.text, mistake.because) for mistake in worst] == [
        (gold[0].text, ("Fund",)),
        (gold[1].text, ("funds",)),
        (gold[2].text, ("Funding",)),
    ]


def _real() -> list[GoldPassage]:
    if not REAL_GOLD.is_file():
        pytest.skip(f"no labelled passages at {REAL_GOLD}; set SHARED_DATA")
    running = {PassageKind.PARAGRAPH.value, PassageKind.LIST_ITEM.value}
    return [p for p in load_gold(REAL_GOLD) if p.kind in running and len(p.text.split()) > 2]


@pytest.mark.real
def test_themes_on_real_passages_do_not_fall_below_the_floor() -> None:
    quality = measure_themes(_real(), load_themes(ROOT / "corpus" / "themes.toml"))
    assert quality.unknown == {}
    assert quality.micro.f1 >= 0.73
    assert quality.macro is not None
    assert quality.macro >= 0.71


@pytest.mark.real
def test_findings_on_real_passages_do_not_fall_below_the_floor() -> None:
    pairs = []
    for passage in _real():
        found = find_finding(PassageKind(passage.kind), passage.text, passage.heading_path, None)
        pairs.append((passage.finding, found.type if found else None))
    right = sum(gold is not None and given is not None for gold, given in pairs)
    wrong = sum((gold is None) != (given is None) for gold, given in pairs)
    assert 2 * right / (2 * right + wrong) >= 0.89
    assert sum(_f1(pairs, type_) for type_ in FindingType) / len(FindingType) >= 0.79


def _f1(pairs: list[tuple[FindingType | None, FindingType | None]], type_: FindingType) -> float:
    counts = [(gold is type_, given is type_) for gold, given in pairs]
    right, errors = counts.count((True, True)), counts.count((True, False)) + counts.count((False, True))
    return 2 * right / (2 * right + errors)
