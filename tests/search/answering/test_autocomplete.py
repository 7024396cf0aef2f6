"""Suggestions while typing: names with a word that begins so, the best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.words import forms
from search.answering.autocomplete import MOST, Suggestion, Suggestions, collect_names
from search.query.parser import parse_query
from search.store.glossary import Acronym, Glossary
from tests.factories import THEMES, make_document

GLOSSARY = Glossary(
    (Acronym("SSR", ("Security Sector Reform",), 4),),
    (("trust fund", 9), ("trust funds", 3), ("security sector reform", 2), ("defence reform", 1)),
)
NAMES = list(
    collect_names(
        THEMES,
        [make_document(title="Funds and trust, 2022")],
        [("Ms Trustworthy", 5), ('Say "hi"', 1)],
        GLOSSARY,
    )
)


def labels(typed: str) -> list[str]:
    return [name.label for name in Suggestions(NAMES).find(typed)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("trust f", ["Trust Funds", "trust fund"]),
        ("TRÜST FUNDS", ["Trust Funds"]),
        ("tru", ["Trust Funds", "trust fund", "Funds and trust, 2022", "Ms Trustworthy"]),
        ("ssr", ["SSR: Security Sector Reform"]),
        ("dib", ["DIB: Defence Institution Building"]),
        ("reform", ["SSR: Security Sector Reform", "security sector reform", "defence reform"]),
        ("institution", ["Defence Institution Building"]),
        ("", []),
        ("?!", []),
        ("zzz", []),
    ],
)
def test_names_are_found_by_the_beginning_of_a_word(typed: str, wanted: list[str]) -> None:
    assert labels(typed) == wanted


def test_every_suggestion_asks_a_question_that_can_be_read() -> None:
    for name in NAMES:
        parse_query(name.query)


@given(
    st.lists(st.text(min_size=1, max_size=12), max_size=30),
    st.text(max_size=6),
)
def test_each_suggestion_has_a_word_that_begins_so(names: list[str], typed: str) -> None:
    found = Suggestions(Suggestion("phrase", name, name) for name in names).find(typed)
    beginning = " ".join(forms(typed))
    assert len(found) <= MOST
    for name in found:
        words = forms(name.label)
        assert any(" ".join(words[i:]).startswith(beginning) for i in range(len(words)))
