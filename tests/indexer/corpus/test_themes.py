"""Reading themes.toml: what staff may write, and how a mistake is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus.themes import load_themes
from search.errors import BadFile

SHIPPED = Path(__file__).resolve().parents[3] / "corpus" / "themes.toml"
NAMED = [
    "partnership-tools",
    "best-practices",
    "early-engagement",
    "political-dialogue",
    "defence-institution-building",
    "capacity-building",
    "interoperability",
    "exercises",
    "trust-funds",
    "projecting-stability",
    "counter-terrorism",
    "hybrid-threats",
    "cyber-defence",
    "innovation-technology",
    "rules-based-order",
    "human-security",
    "women-peace-security",
    "resilience",
    "regional-challenges",
    "international-organisations",
    "maritime-security",
    "climate-security",
    "building-integrity",
    "energy-security",
    "arms-control",
    "deterrence-defence",
    "crisis-management",
    "situational-awareness",
]
TWO = '[[themes]]\nid = "a"\nlabel = "Alpha"\n\n[[themes]]\nid = "b"\nlabel = "Beta"\n'


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "themes.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadFile) as caught:
        load_themes(_written(tmp_path, text))
    return str(caught.value)


def test_the_shipped_file_has_the_28_themes_with_scope_examples_and_counterexamples() -> None:
    themes = load_themes(SHIPPED)
    assert [theme.theme_id for theme in themes.all] == NAMED
    assert all(theme.scope and theme.examples and theme.counterexamples for theme in themes.all)


def test_a_missing_file_means_no_themes(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none.toml").all == ()


def test_an_empty_file_means_no_themes(tmp_path: Path) -> None:
    assert load_themes(_written(tmp_path, "")).all == ()


def test_all_keys_are_read_and_the_order_of_the_file_is_kept(tmp_path: Path) -> None:
    text = TWO + (
        'scope = "s"\nlabels = ["l"]\nacronyms = ["L"]\nforbidden = ["f"]\nbroader = ["a"]\nrelated = ["a"]\n'
        'examples = ["e"]\ncounterexamples = ["c"]\n'
    )
    alpha, beta = load_themes(_written(tmp_path, text)).all
    assert (alpha.theme_id, alpha.label, alpha.labels) == ("a", "Alpha", ())
    assert (beta.scope, beta.labels, beta.acronyms, beta.forbidden) == ("s", ("l",), ("L",), ("f",))
    assert (beta.broader, beta.related, beta.examples, beta.counterexamples) == (
        ("a",),
        ("a",),
        ("e",),
        ("c",),
    )


def test_a_theme_may_repeat_its_own_label(tmp_path: Path) -> None:
    assert load_themes(_written(tmp_path, TWO + 'labels = ["beta"]\n')).all[1].labels == ("beta",)


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ('lables = ["x"]', "line 8: unknown key 'lables'; did you mean 'labels'?"),
        ('colour = "red"', "line 8: unknown key 'colour' (there are: id, label"),
        ('labels = "x"', "line 8: labels must be a list of texts"),
        ("labels = [1]", "line 8: labels must be a list of texts"),
        ('labels = [" "]', "line 8: labels must be a list of texts, none of them empty"),
        ("scope = 3", "line 8: scope must be a text"),
        ('broader = ["c"]', "line 8: broader: no theme 'c'"),
        ('related = ["b"]', "line 8: related: 'b' is the theme itself"),
        ('labels = ["ALPHA"]', "line 8: 'ALPHA' is a label of 'a' and of 'b'"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_reason(
    tmp_path: Path, added: str, reason: str
) -> None:
    assert reason in _refusal(tmp_path, TWO + added + "\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[themes]]\nlabel = "x"\n', "line 1: a theme without id"),
        ('[[themes]]\nid = "x"\n', "line 1: a theme without label"),
        ('[[themes]]\nid = "x"\nlabel = "  "\n', "a theme without label"),
        ('[[themes]]\nid = "Trust Funds"\nlabel = "x"\n', "line 2: id 'Trust Funds': small letters"),
        (TWO.replace('"b"', '"a"'), "line 6: id 'a' is used twice"),
        ('[themes]\nid = "a"\n', "line 1: themes must be written as [[themes]] tables"),
        ('[[theme]]\nid = "a"\n', "line 1: unknown key 'theme'"),
        ('[[themes]]\nid = "a"\nlabel = \n', "line 3: not valid TOML"),
    ],
)
def test_a_bad_file_is_refused_with_the_line_and_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in _refusal(tmp_path, text)


def test_an_acronym_of_two_themes_is_refused(tmp_path: Path) -> None:
    text = TWO.replace('"Alpha"\n', '"Alpha"\nacronyms = ["PII"]\n') + 'acronyms = ["PII"]\n'
    assert "'PII' is a label of 'a' and of 'b'" in _refusal(tmp_path, text)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_bytes(b'[[themes]]\nlabel = "\xff"\n')
    with pytest.raises(BadFile, match="not UTF-8"):
        load_themes(path)


def test_all_mistakes_of_the_themes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    wrong = """[[themes]]
id = "Trust Funds"
label = 3

[[themes]]
id = "exercises"
label = "Exercises"
lables = ["drill"]
related = ["trust-fund"]

[[themes]]
id = "women"
label = "Women"
related = ["exercise"]

[[themes]]
id = "gender"
label = "women"
"""
    path = tmp_path / "themes.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_themes(path)
    told = str(caught.value)
    for said in (
        "line 2: id 'Trust Funds'",
        "line 3: label must be a text",
        "line 8: unknown key 'lables'; did you mean 'labels'?",
        "line 14: related: no theme 'exercise'; did you mean 'exercises'?",
        "line 18: 'women' is a label of 'women' and of 'gender'",
    ):
        assert said in told, told
