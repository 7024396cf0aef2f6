"""What a second look at the first hits adds: the two engines that do it are compared in tests/contract."""

from __future__ import annotations

import numpy as np
import pytest

from search import text
from search.engines import IndexEntry
from search.engines.memory_engine import MemorySearcher
from search.engines.scoring import FORMULA
from search.engines.second_look import (
    SHARED_BY,
    Forms,
    Hits,
    Pair,
    Telling,
    feedback,
    may_count,
    pairs_earn,
)
from search.query.parser import parse_query
from search.query.terms import Match, analyse, side_by_side
from search.results import SearchRequest, Sort


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


def test_words_level_with_the_last_that_counts_all_count() -> None:
    one = np.ones(SHARED_BY)
    codes = np.tile(np.arange(1, 40), SHARED_BY)
    words = Telling(np.repeat(np.arange(SHARED_BY), 39), codes, np.ones_like(codes))
    assert feedback(Hits(one, one, one), words, [], np.ones(40)) == pytest.approx(39 * FORMULA.feedback)


def test_pairs_of_a_question_are_typed_neighbours_each_once() -> None:
    terms = analyse(parse_query('trust of funds "x y" trust of funds peace peace'), Match.ANY)
    assert side_by_side(terms) == [("trust", "funds"), ("funds", "peace")]


def test_no_pair_and_no_shared_word_earn_nothing() -> None:
    hits, places = Hits(np.ones(1), np.ones(1), np.ones(1)), np.arange(2)
    owner = np.zeros(2, np.int64)
    assert pairs_earn(hits, Forms(owner, places), [Pair(1, 0, 1.0)]).tolist() == [0.0]
    assert feedback(hits, Telling(owner, places, places), [], np.ones(2)).tolist() == [0.0]
