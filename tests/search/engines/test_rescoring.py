"""What a second look at the first hits adds: the two engines that do it are compared in tests/contract."""

from __future__ import annotations

import numpy as np
import pytest

from search.analysis import words as text
from search.engines import IndexEntry
from search.engines.reference.engine import MemorySearcher
from search.engines.request import SearchRequest, Sort
from search.engines.rescoring import (
    BEST_HITS,
    READ,
    SHARED_BY,
    FeedbackStems,
    Forms,
    Hits,
    Pair,
    feedback,
    may_count,
    score_pairs,
)
from search.engines.scoring import FORMULA
from search.query.parser import parse_query
from search.query.terms import Match, analyse, leaves, side_by_side


def ranked(texts: list[str], question: str, sort: Sort = Sort.RELEVANCE) -> list[int]:
    """The places of the texts that answer, best first."""
    entries = []
    for place, words in enumerate(texts):
        exact = tuple(text.forms(words))
        entries.append(
            IndexEntry(f"d{place}/{place}", f"d{place}", place, exact, tuple(map(text.stem, exact)))
        )
    request = SearchRequest(analyse(parse_query(question), Match.ANY), sort=sort)
    return [int(hit.passage_id.partition("/")[2]) for hit in MemorySearcher(entries).search(request).hits]


def test_words_that_stand_side_by_side_go_before_the_same_words_apart() -> None:
    texts = ["fund a new house of trust", "a trust fund new of house", "trust in fund of one house"]
    assert ranked(texts, "trust fund") == [1, 2, 0]


def test_words_that_the_best_hits_share_lift_a_hit_that_has_them() -> None:
    texts = ["peace ambush", *["peace ceasefire"] * SHARED_BY, "other words", "more of them"]
    assert ranked(texts, "peace treaty")[-1] == 0
    assert ranked(texts, "peace")[0] == 0  # one word alone has no alternatives


def test_a_second_look_makes_no_hits_and_leaves_other_orders_alone() -> None:
    texts = ["peace ceasefire", "peace ceasefire", "peace ceasefire", "ceasefire"]
    assert ranked(texts, "peace") == [0, 1, 2]
    assert ranked(texts, "peace", Sort.READING) == [0, 1, 2]


@pytest.mark.parametrize(("stem", "counts"), [("ceasefir", True), ("the", False), ("un", False)])
def test_stop_words_and_short_words_never_count_unasked(stem: str, counts: bool) -> None:
    assert may_count(stem) is counts


def told_by(*hits: list[int], stems: int) -> FeedbackStems:
    """Hits with these stems, each once, of so many stems altogether."""
    lines = [hit + [stems] * (READ - len(hit)) for hit in hits]
    return FeedbackStems(np.array(lines), (np.array(lines) < stems).astype(np.int64), stems)


def fed_back(words: FeedbackStems, typed: list[int]) -> list[float]:
    """What hits of equal scores earn, over the weight of feedback; every stem has an idf of 1."""
    ones = np.ones(len(words.codes))
    idf = np.append(np.ones(words.filler), 0.0)
    earned: list[float] = (feedback(Hits(ones, ones, ones), words, typed, idf) / FORMULA.feedback).tolist()
    return earned


def test_words_level_with_the_last_that_counts_all_count() -> None:
    words = told_by(*[list(range(1, 40))] * SHARED_BY, stems=40)
    assert fed_back(words, []) == pytest.approx([39.0] * SHARED_BY)
    assert fed_back(words, [1, 2, 40]) == pytest.approx([37.0] * SHARED_BY)


def test_words_of_fewer_hits_than_needed_do_not_count() -> None:
    words = told_by(*[[1, 2]] * (SHARED_BY - 1), [2], stems=3)
    assert fed_back(words, []) == pytest.approx([1.0] * SHARED_BY)


def test_every_stem_may_be_shared_by_all_hits() -> None:
    words = told_by(*[list(range(READ))] * BEST_HITS, stems=READ)
    assert fed_back(words, []) == pytest.approx([float(READ)] * BEST_HITS)


def test_hits_that_earned_nothing_tell_nothing() -> None:
    words = told_by(*[[0]] * SHARED_BY, stems=1)
    ones = np.ones(SHARED_BY)
    nothing = feedback(Hits(np.array([1.0, 1.0, 0.0]), ones, ones), words, [], np.array([1.0, 0.0]))
    assert nothing.tolist() == [0.0] * SHARED_BY


def test_only_the_first_stems_of_a_long_hit_are_read() -> None:
    own = [
        " ".join(f"own{hit}x{n}" for n in range(READ)) for hit in range(SHARED_BY)
    ]  # words of no other hit
    short = ["peace ambush", "peace ceasefire"]
    late = [f"peace {words} ceasefire" for words in own] + short
    early = [f"peace ceasefire {words}" for words in own] + short
    assert ranked(late, "peace treaty")[:2] == [SHARED_BY, SHARED_BY + 1]
    assert ranked(early, "peace treaty")[:2] == [SHARED_BY + 1, SHARED_BY]


def test_pairs_of_a_question_are_typed_neighbours_each_once() -> None:
    terms = analyse(parse_query('trust of funds "x y" trust of funds peace peace'), Match.ANY)
    assert side_by_side(leaves(terms)) == [("trust", "funds"), ("funds", "peace")]


def test_no_pair_and_no_shared_word_earn_nothing() -> None:
    hits, codes = Hits(np.ones(1), np.ones(1), np.ones(1)), np.arange(2)
    assert score_pairs(hits, Forms(np.zeros(2, np.int64), codes), [Pair(1, 0, 1.0)]).tolist() == [0.0]
    assert fed_back(told_by([0, 1], stems=2), []) == [0.0]
