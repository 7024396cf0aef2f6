"""The one analysis of words."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import words as text
from search.analysis.letters import fold

FORMS = {
    "Trust Funds": ["trust", "funds"],
    "counter-terrorism": ["counter", "terrorism"],
    "co\u2011operation": ["co", "operation"],
    "the Alliance's role": ["the", "alliance", "role"],
    "the Allies’ role": ["the", "allies", "role"],
    "don't": ["dont"],
    "U.S. and U.K.": ["us", "and", "uk"],
    "AJP-3.4": ["ajp", "3.4"],
    "1,325 of 2.5%": ["1325", "of", "2.5"],
    "UNSCR 1325.": ["unscr", "1325"],
    "Geoană": ["geoana"],
    "STRASSE Straße": ["strasse", "strasse"],
    "ﬁnding": ["finding"],
    "中文 test": ["中", "文", "test"],
    "безопасность": ["безопасность"],
    "…": [],
    "": [],
    "x²": ["x2"],
    "l'OTAN": ["l", "otan"],
    "Côte d’Ivoire": ["cote", "d", "ivoire"],
    "nell'acqua": ["nell", "acqua"],
    "O'Brien": ["obrien"],
    "N'Djamena": ["ndjamena"],
    "WOMEN'S": ["women"],
    "the caulker\u02bcs": ["the", "caulker"],
    "part\u200bner\u00adship": ["partnership"],
    "국방부": ["국", "방", "부"],
    "ทหาร": ["ท", "ห", "า", "ร"],
    "हिन्दी": ["हिन्दी"],
}


@pytest.mark.parametrize("written", FORMS)
def test_words_of_a_text(written: str) -> None:
    assert text.forms(written) == FORMS[written]


def test_spans_lead_back_to_the_text() -> None:
    written = "The Alliance’s trust-fund, 1,325 times"
    assert [written[t.start : t.end] for t in text.tokens(written)] == [
        "The", "Alliance’s", "trust", "fund", "1,325", "times",
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_tokens_of_any_text_are_in_order_and_counted(written: str) -> None:
    found = list(text.tokens(written))
    assert [token.position for token in found] == list(range(len(found)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(token.form and token.start < token.end for token in found)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(written: str) -> None:
    once = fold(written)
    assert fold(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=0x52F, categories=["L", "Nd", "Zs"]), max_size=60))
def test_composed_and_decomposed_letters_are_the_same_words(written: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, written) for form in ("NFC", "NFD"))
    assert text.forms(composed) == text.forms(decomposed)


def test_stems_join_forms_of_a_word_and_leave_codes_alone() -> None:
    assert {text.stem(form) for form in ("exercise", "exercises", "exercising")} == {"exercis"}
    assert text.stem("3.4") == "3.4"


SENTENCES = [
    "Lt. Gen. Smith spoke first.",
    "He cited para. 14 of No. 3, i.e. the annex.",
    "Was it heard?",
    "Dr. Jones, e.g., agreed.",
]


def test_abbreviations_do_not_end_sentences() -> None:
    written = " ".join(SENTENCES)
    assert [written[start:end] for start, end in text.sentences(written)] == SENTENCES


APART = [
    ("civilization", "civil"), ("organization", "organ"), ("authorize", "author"), ("authority", "author"), ("mobilization", "mobility"),
    ("generalize", "general"), ("important", "import"), ("emergency", "emerging"), ("united", "units"), ("several", "severe"),
    ("according", "accords"), ("business", "busy"), ("initiative", "initial"), ("university", "universe"), ("minority", "minor"),
    ("civilians", "civil"), ("experiments", "experience"), ("conventional", "convention"), ("informal", "information"),
    ("positive", "position"), ("collective", "collection"), ("publications", "public"), ("accession", "access"), ("goods", "good"),
]  # fmt: skip
TOGETHER = [
    ("civilization", "civilizing"), ("organization", "organizers"), ("authorized", "authorization"), ("authority", "authorities"),
    ("important", "importance"), ("optimize", "optimal"), ("modernization", "modern"), ("emergencies", "emergency"), ("universities", "university"), ("businesses", "business"),
    ("size", "sizes"), ("prized", "prizes"), ("seizing", "seized"), ("designated", "designation"), ("train", "training"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_nobody_takes_for_the_same_have_different_stems(one: str, other: str) -> None:
    assert text.stem(one) != text.stem(other)


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert text.stem(one) == text.stem(other)


def test_every_word_with_a_stem_of_ours_begins_with_it_and_would_have_another() -> None:
    for own, *made in map(str.split, text.data_lines("stems.txt")):
        assert all(form.startswith(own) for form in made), own
        assert text._stemmer().stem(made[0]) != own or own == made[0], own
