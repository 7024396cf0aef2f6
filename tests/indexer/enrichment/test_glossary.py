"""Acronyms beside their long forms, and phrases: only sure ones."""

from __future__ import annotations

import pytest

from indexer.enrichment.glossary import document_words, find_pairs, gather
from search.store.glossary import DocumentWords, glossary_of, glossary_record, words_of, words_record
from tests.factories import make_passages

PAIRS = {
    "Defence Institution Building (DIB) began.": [("DIB", "Defence Institution Building")],
    "on Women, Peace and Security (WPS).": [("WPS", "Women, Peace and Security")],
    "the Partnership for Peace (PfP)": [("PfP", "Partnership for Peace")],
    "improvised explosive devices (IEDs)": [("IED", "improvised explosive devices")],
    "the SSR (Security Sector Reform) work": [("SSR", "Security Sector Reform")],
    "counter-terrorism (CT) work": [("CT", "counter-terrorism")],
    "A plan. Defence Reform (DR, since 2001)": [("DR", "Defence Reform")],
}
NO_PAIRS = (
    "the ministers met (NATO)", "a report (see Annex)", "(DIB)",
    "Institution Building (DIB)", "of the (OT)", "trust. Funds (TF)", "DIB (in 2009)", "the EU (27 members)",
)  # fmt: skip


@pytest.mark.parametrize("text", PAIRS)
def test_an_acronym_is_found_beside_its_long_form(text: str) -> None:
    assert list(find_pairs(text)) == PAIRS[text]


@pytest.mark.parametrize("text", NO_PAIRS)
def test_letters_that_do_not_fit_are_no_acronym(text: str) -> None:
    assert list(find_pairs(text)) == []


def words(*texts: str) -> DocumentWords:
    return document_words(make_passages("d", texts))


def test_inflected_long_forms_are_one_and_the_most_frequent_stands_first() -> None:
    first = words("improvised explosive devices (IEDs)", "improvised explosive devices (IED)")
    glossary = gather([first, first, words("an improvised explosive device (IED)")])
    (acronym,) = glossary.acronyms
    assert acronym.longs == ("improvised explosive devices", "improvised explosive device")
    assert acronym.documents == 3


def test_an_acronym_with_two_meanings_is_none() -> None:
    assert gather([words("Defence Reform (DR)"), words("Disaster Relief (DR)")]).acronyms == ()


def test_an_acronym_that_is_also_a_plain_word_is_none() -> None:
    deep = words("Defence Education Enhancement Programme (DEEP)")
    assert [a.short for a in gather([deep]).acronyms] == ["DEEP"]
    assert gather([deep, words("The roots go deep into the ground.")]).acronyms == ()


def test_phrases_are_said_by_several_passages_and_not_only_within_longer_ones() -> None:
    said = words(*["We speak of defence institution building in the east."] * 3, "defence institution")
    assert "defence institution building" in said.phrases
    assert "institution building" not in said.phrases
    assert words("defence institution building").phrases == ()


def test_the_glossary_does_not_depend_on_the_order_of_documents() -> None:
    documents = [words("Defence Reform (DR)"), words("defence reform (DR)"), words("Trust Fund (TF)")]
    assert gather(documents) == gather(documents[::-1])


def test_records_read_back() -> None:
    found = words("Defence Reform (DR) for all", *["trust fund"] * 3)
    assert words_of(words_record(found)) == found
    assert glossary_of(glossary_record(gather([found]))) == gather([found])
