"""Key phrases: pairs of words that tell a theme apart, and none that stand everywhere."""

from __future__ import annotations

from search.themes.key_phrases import KeyPhrase, find_key_phrases

ABOUT = [f"The lead nation of project {n} pays donors back; prime minister spoke." for n in range(12)]
OTHERS = [f"The prime minister spoke of harvest {n}." for n in range(60)]


def test_a_pair_of_the_theme_is_found_with_its_counts_and_one_that_stands_everywhere_is_not() -> None:
    found = find_key_phrases(ABOUT, OTHERS)
    assert KeyPhrase("lead nation", 12, 0) in found
    assert "prime minister" not in {phrase.words for phrase in found}


def test_web_addresses_are_no_phrases() -> None:
    about = [f"See https://www.example.org/boats for number {n}." for n in range(20)]
    assert find_key_phrases(about, OTHERS) == ()


def test_few_passages_have_no_key_phrases() -> None:
    assert find_key_phrases(ABOUT[:2], OTHERS) == ()
    assert find_key_phrases([], OTHERS) == ()
    assert find_key_phrases(ABOUT, []) == ()
