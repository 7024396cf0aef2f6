"""What stands for typed words beside themselves."""

from __future__ import annotations

from search.model import Theme, Themes
from search.query.expansion import Lexicon, find_expansions
from search.query.parser import parse_query
from search.store.glossary import Acronym, Glossary

LEXICON = Lexicon(
    Glossary(
        acronyms=(
            Acronym("IT", ("information technology",), 2),
            Acronym("DIB", ("defence institution building",), 2),
        )
    ),
    Themes.of((Theme("all-of-it", "The", labels=("of the",)),)),
)


def keys(text: str) -> list[str]:
    return [expansion.key for expansion in find_expansions(parse_query(text), LEXICON)]


def test_a_word_that_carries_no_meaning_alone_stands_for_nothing_even_where_it_is_a_name() -> None:
    assert keys("is it of the port") == []


def test_a_name_among_other_words_stands_for_its_long_form() -> None:
    assert keys("courses on DIB") == ["acronym:DIB"]


def test_a_french_name_of_a_theme_searches_it_however_its_accents_and_elisions_are_typed() -> None:
    trust_funds = Theme(
        "trust-funds", "Trust Funds", french=("fonds d'affectation spéciale", "renforcement de l'intégrité")
    )
    lexicon = Lexicon(Glossary(), Themes.of((trust_funds,)))

    def found(text: str) -> list[str]:
        return [expansion.key for expansion in find_expansions(parse_query(text), lexicon)]

    for text in (
        "fonds d'affectation spéciale",
        "Fonds d’affectation speciale",
        "les fonds d'affectation spéciale",
        "renforcement de l’intégrité",
    ):
        assert found(text) == ["theme:trust-funds"], text
    assert found("fonds de la ville") == []
    assert found("affectation") == []
