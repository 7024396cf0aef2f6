"""Irregular forms of words."""

from __future__ import annotations

import pytest

from search.analysis.irregular import related

WORDS = {
    "women": "woman", "crises": "crisis", "bases": "basis", "criteria": "criterion", "memoranda": "memorandum",
    "geese": "goose", "wolves": "wolf", "appendices": "appendix", "hypotheses": "hypothesis", "people": "person",
    "sought": "seek", "taught": "teach", "withdrew": "withdraw", "written": "write", "chosen": "choose", "oxen": "ox",
}  # fmt: skip


@pytest.mark.parametrize("form", WORDS)
def test_a_form_leads_to_its_word_and_back(form: str) -> None:
    assert WORDS[form] in related(form)[0]
    assert form in related(WORDS[form])[1]


@pytest.mark.parametrize("word", ["exercises", "trained", "policies", "planning", "building", "partner"])
def test_regular_forms_are_left_to_stems(word: str) -> None:
    assert related(word) == ([], [])


def test_the_plural_of_a_verb_finds_its_past() -> None:
    assert "fought" in related("fights")[1]
