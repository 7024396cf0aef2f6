"""Questions to the words of a corpus."""

from __future__ import annotations

from search.analysis.vocabulary import SortedVocabulary

WORDS = SortedVocabulary(lambda: {"fund": 3, "funds": 2, "peace": 4, "zone": 1})


def test_words_that_no_text_has_are_left_out_of_counts() -> None:
    assert WORDS.count(["peace", "war", "fund"]) == {"peace": 4, "fund": 3}


def test_words_with_a_beginning_come_in_alphabetical_order() -> None:
    assert list(WORDS.beginning_with("fun")) == ["fund", "funds"]
    assert list(WORDS.beginning_with("")) == ["fund", "funds", "peace", "zone"]
    assert list(WORDS.beginning_with("zz")) == []


def test_words_near_another_come_with_their_passages() -> None:
    assert WORDS.near("funs", 1) == {"fund": 3, "funds": 2}
    assert WORDS.near("fund", 0) == {"fund": 3}


def test_words_are_loaded_at_the_first_question() -> None:
    loaded: list[int] = []
    words = SortedVocabulary(lambda: loaded.append(1) or {"a": 1})  # type: ignore[func-returns-value]
    assert loaded == []
    assert words.count(["a"]) == {"a": 1}
    assert list(words.beginning_with("a")) == ["a"]
    assert loaded == [1]
