"""Themes on passages: about a thing, not merely holding its word; and always because of words one can read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.themes import load_themes
from indexer.marking import MARKING_VERSION, ThemeMarker, mark_themes
from indexer.marking.stems import find_stem, read_tokens
from search.model import Theme, Themes

SHIPPED = load_themes(Path(__file__).resolve().parents[3] / "corpus" / "themes.toml")
MARKER = ThemeMarker(SHIPPED)
EXAMPLES = [(theme.theme_id, sentence) for theme in SHIPPED.all for sentence in theme.examples]
COUNTEREXAMPLES = [(theme.theme_id, sentence) for theme in SHIPPED.all for sentence in theme.counterexamples]
FILLER = "The delegation arrived on Monday, had lunch and went home by train the next day. "


def _ids(text: str, headings: tuple[str, ...] = (), themes: Themes = SHIPPED) -> list[str]:
    return [mark.theme_id for mark in mark_themes(text, headings, themes)]


def _because(text: str, theme_id: str, headings: tuple[str, ...] = ()) -> tuple[str, ...]:
    return next(mark.because for mark in MARKER.mark(text, headings) if mark.theme_id == theme_id)


def _one(**fields: tuple[str, ...]) -> Themes:
    return Themes.of((replace(Theme("t", "Alpha project"), **fields),))  # type: ignore[arg-type]


def _wrong_sentences(themes: Themes) -> list[tuple[str, str]]:
    """Counterexamples that get their theme all the same: what a bad label is caught by."""
    marker = ThemeMarker(themes)
    return [
        (theme.theme_id, sentence)
        for theme in themes.all
        for sentence in theme.counterexamples
        if theme.theme_id in {mark.theme_id for mark in marker.mark(sentence)}
    ]


@pytest.mark.parametrize(("theme_id", "sentence"), EXAMPLES)
def test_every_example_gets_its_theme(theme_id: str, sentence: str) -> None:
    assert theme_id in _ids(sentence)


@pytest.mark.parametrize(("theme_id", "sentence"), COUNTEREXAMPLES)
def test_no_counterexample_gets_its_theme(theme_id: str, sentence: str) -> None:
    assert theme_id not in _ids(sentence)


def test_a_wrong_label_makes_the_counterexamples_fail_and_names_the_sentences() -> None:
    trust_funds = SHIPPED.by_id["trust-funds"]
    spoiled = replace(trust_funds, labels=(*trust_funds.labels, "fund"))
    themes = Themes.of(tuple(spoiled if theme is trust_funds else theme for theme in SHIPPED.all))
    assert _wrong_sentences(SHIPPED) == []
    assert ("trust-funds", "The International Monetary Fund approved a loan.") in _wrong_sentences(themes)


@pytest.mark.parametrize(
    ("text", "theme_id", "words"),
    [
        ("Two TRUST FUNDS were closed.", "trust-funds", "TRUST FUNDS"),
        ("A trust fund was opened.", "trust-funds", "trust fund"),
        ("The Trust Fund’s lead nation reports.", "trust-funds", "Trust Fund’s"),
        (
            "Defense institution-building came first.",
            "defence-institution-building",
            "Defense institution-building",
        ),
        ("The peace-keeping force left.", "projecting-stability", "peace-keeping"),
        ("International organizations met.", "international-organisations", "International organizations"),
        ("The women’s protection adviser spoke.", "women-peace-security", "women’s protection adviser"),
    ],
)
def test_number_case_spelling_hyphens_and_apostrophes_do_not_matter_and_the_cause_stands_as_printed(
    text: str, theme_id: str, words: str
) -> None:
    assert words in _because(text, theme_id)


def test_an_acronym_counts_in_its_own_letters_only() -> None:
    assert "interoperability" in _ids("PARP was reviewed.")
    assert "interoperability" not in _ids("The parp of a horn was heard.")
    assert "defence-institution-building" not in _ids("A deep snow fell on the depot.")


def test_a_forbidden_phrase_bars_the_label_within_it_but_not_another_place() -> None:
    themes = _one(labels=("integrity",), forbidden=("territorial integrity",))
    assert _ids("Territorial integrity is respected.", themes=themes) == []
    assert _ids("Integrity is more than territorial integrity.", themes=themes) == ["t"]


def test_a_forbidden_phrase_of_one_theme_does_not_bar_another() -> None:
    assert _ids("The Mediterranean Dialogue has seven members.") == ["partnership-tools"]


def test_a_derived_word_is_another_word() -> None:
    assert _ids("Alpha projection", themes=_one()) == []
    assert _ids("Alpha projects", themes=_one()) == ["t"]


def test_a_passing_mention_does_not_mark_a_long_passage_but_a_repeated_subject_does() -> None:
    passing = FILLER * 8 + "Somebody mentioned drought."
    about = FILLER * 3 + "Drought, water scarcity and climate change drive people from their land." + FILLER
    assert "climate-security" not in _ids(passing)
    assert "climate-security" in _ids(about)


def test_the_nearest_heading_alone_can_give_a_theme_and_is_named_as_the_cause() -> None:
    text = "The ministers asked for simpler rules and fewer meetings."
    assert _because(text, "trust-funds", ("Background", "4.1 Trust Funds")) == ("heading: 4.1 Trust Funds",)


def test_a_heading_far_above_or_about_many_things_is_not_enough() -> None:
    text = "The ministers asked for simpler rules."
    assert "trust-funds" not in _ids(text, ("4 Trust Funds", "4.1 Meetings of ministers"))
    many = "Support for justice, prisons, roads, schools, hospitals, trust funds and the national census of cattle"
    assert "trust-funds" not in _ids(FILLER * 3, (many,))


def test_marks_come_in_the_order_of_the_themes_file() -> None:
    ids = _ids("Resilience, trust funds and interoperability.")
    assert ids == ["interoperability", "trust-funds", "resilience"]


def test_each_cause_is_named_once() -> None:
    assert _because("Piracy, piracy and again piracy.", "maritime-security") == ("Piracy", "piracy")


def test_no_themes_and_no_words_give_no_marks() -> None:
    assert mark_themes("Trust Funds", (), Themes()) == ()
    assert MARKER.mark("", ("",)) == ()
    assert MARKER.mark("— … !", ()) == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_can_be_marked_and_every_cause_stands_in_it(text: str, headings: list[str]) -> None:
    for mark in MARKER.mark(text, headings):
        assert mark.because
        assert all(cause in text or cause.removeprefix("heading: ") in headings for cause in mark.because)


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    assert all(text[token.start : token.end] == token.word for token in read_tokens(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("policies", "policy"), ("trained", "training"), ("planning", "plans"), ("defence", "Defense"),
     ("organisation", "organizations"), ("neighbours", "neighbor"), ("programme", "programs"),
     ("centres", "center"), ("exercised", "exercise"), ("crises", "crise")],
)  # fmt: skip
def test_inflected_forms_and_spellings_meet(one: str, other: str) -> None:
    assert find_stem(one) == find_stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("stability", "stabilization"), ("region", "regional"), ("analysis", "analyst"), ("us", "u")],
)
def test_derivations_do_not_meet(one: str, other: str) -> None:
    assert find_stem(one) != find_stem(other)


def test_the_version_of_marking_is_a_whole_number() -> None:
    assert MARKING_VERSION >= 1
