"""Questions in other languages than the model's are told by their small words."""

from __future__ import annotations

import pytest

from search.meaning.chosen import is_model_language
from search.meaning.language import is_english


@pytest.mark.parametrize(
    "question",
    [
        "how can states share a river",
        "tariffs on timber",
        "women in parliament",
        "le mans and the future of peace in the region",
    ],
)
def test_english_and_bare_words_are_asked(question: str) -> None:
    assert is_english(question.split())


@pytest.mark.parametrize(
    "question",
    [
        "comment protéger les femmes dans la guerre",
        "wie schützt man frauen und kinder im krieg",
        "cómo proteger a los niños en la guerra",
    ],
)
def test_other_languages_are_not(question: str) -> None:
    assert not is_english(question.split())


@pytest.mark.parametrize(
    ("language", "known"), [(None, True), ("en", True), ("en-GB", True), ("fr", False), ("enm", False)]
)
def test_the_model_knows_english_documents(language: str | None, known: bool) -> None:
    assert is_model_language(language) is known
