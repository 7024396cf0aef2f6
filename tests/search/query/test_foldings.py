"""The ways in which texts may write a typed word."""

from __future__ import annotations

import pytest

from search.analysis.vocabulary import SortedVocabulary
from search.analysis.words import forms, stem
from search.query.foldings import FORM, SPELLING, FoldedWords, Foldings
from search.query.parser import parse_query
from search.query.terms import Match, OneOf, Term, TermField, TermPhrase, TermQuery, analyse, leaves

TEXT = """
Cyber security and cyberdefence, counterterrorism and peace-keeping; co-operation, cooperation and sub-committees.
An organisation of women in a crisis; the harbours and the centre; F-16 and C130, COVID-19, 12 500 men and 3,400 boats.
L'OTAN et l'Union; may be so; to day we set up a workforce. Müller is not able to follow-up.
"""
VOCABULARY = dict.fromkeys(forms(TEXT), 1)
FOUND = {
    "cybersecurity": "cyber security",
    "cyber-defence": "cyberdefence",
    "cyber-defense": "cyberdefence",
    "counter-terrorism": "counterterrorism",
    "peacekeeping": "peace keeping",
    "coöperation": "co operation",
    "co-operation": "cooperation",
    "subcommittee": "sub committees",
    "organization": "organisation",
    "harbor": "harbours",
    "F16": "f 16",
    "C-130": "c130",
    "COVID19": "covid 19",
    "12500": "12 500",
    "12,500": "12 500",
    "12.500": "12 500",
    "l’OTAN": "otan",
    "Mueller": "muller",
    "woman": "women",
    "crises": "crisis",
    "followup": "follow up",
}


def ways(terms: TermQuery) -> set[str]:
    """The ways of a word, those by stems as their first words in the vocabulary."""
    found: set[str] = set()
    for leaf in leaves(terms):
        for way in leaf.ways if isinstance(leaf, OneOf) else (leaf,):
            if isinstance(way, TermPhrase):
                found.add(" ".join(way.values))
            elif isinstance(way, Term):
                found.update(
                    word
                    for word in VOCABULARY
                    if (stem(word) if way.field is TermField.STEM else word) == way.value
                )
    return found


def folded(*off: str) -> FoldedWords:
    return FoldedWords(Foldings(SortedVocabulary(lambda: dict(sorted(VOCABULARY.items())))), frozenset(off))


@pytest.mark.parametrize("typed", FOUND)
def test_a_word_is_found_as_texts_write_it(typed: str) -> None:
    assert FOUND[typed] in ways(folded().word(typed))


@pytest.mark.parametrize("typed", ["maybe", "today", "notable", "without"])
def test_words_that_meet_by_chance_are_not_taken_for_one(typed: str) -> None:
    assert not any(" " in way for way in ways(folded().word(typed)))


def test_two_words_that_texts_write_as_one_are_found_as_one() -> None:
    terms = analyse(parse_query("work force"), Match.ALL, folded())
    assert "workforce" in ways(terms)
    assert "workforce" not in ways(analyse(parse_query("force work"), Match.ALL, folded()))


def test_each_kind_can_be_switched_off() -> None:
    assert "organisation" not in ways(folded(SPELLING).word("organization"))
    assert "women" not in ways(folded(FORM).word("woman"))
    assert ways(folded(FORM).word("harbour")) == set()  # (the text has the plural alone)
    assert "workforce" not in ways(analyse(parse_query("work force"), Match.ALL, folded(SPELLING)))


def test_phrases_stay_as_they_are_typed() -> None:
    assert analyse(parse_query('"organization of woman"'), Match.ALL, folded()) == TermPhrase(
        ("organization", "of", "woman")
    )


def test_what_is_excluded_is_excluded_in_all_its_ways() -> None:
    narrow = analyse(parse_query("peace NOT organization"), Match.ALL, folded(SPELLING, FORM))
    wide = analyse(parse_query("peace NOT organization"), Match.ALL, folded())
    assert str(wide).partition("NoneOf")[2] == str(narrow).partition("NoneOf")[2]
