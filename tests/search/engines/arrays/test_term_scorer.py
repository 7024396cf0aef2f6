"""Scores of words are kept within a bound, and what is kept answers like what is worked out anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engines import IndexEntry
from search.engines.arrays import term_scorer
from search.engines.arrays.doc_values import join_doc_values
from search.engines.arrays.postings import PostingLists
from search.engines.arrays.segment import Segment
from search.engines.arrays.segment_writer import SegmentWriter
from search.engines.arrays.term_scorer import LeafScorer
from search.engines.scoring import FORMULA
from search.query.terms import Term, TermField

WORDS = ("peace", "work", "port", "town")


@pytest.fixture
def scorer(tmp_path: Path) -> LeafScorer:
    writer = SegmentWriter()
    for number in range(12):
        words = WORDS[: number % len(WORDS) + 1]
        writer.add(IndexEntry(f"d/{number}", "d", number, words, words, title=("town",)))
    writer.write(tmp_path / "arrays")
    segments = (Segment(tmp_path / "arrays"),)
    return LeafScorer(join_doc_values(segments, None), PostingLists(segments, None), FORMULA)


def test_a_word_is_worked_out_once_and_cannot_be_changed(scorer: LeafScorer) -> None:
    kept = scorer.of(Term(TermField.STEM, "peace"))
    assert scorer.of(Term(TermField.STEM, "peace")) is kept
    assert scorer.form("peace") is not kept
    with pytest.raises(ValueError, match="read-only"):
        kept.scored.scores[0] = 1.0


def test_what_was_not_asked_for_longest_goes_when_the_bound_is_reached(
    scorer: LeafScorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    peace, work = (scorer.of(Term(TermField.STEM, word)) for word in ("peace", "work"))
    scorer.of(Term(TermField.STEM, "peace"))
    monkeypatch.setattr(term_scorer, "KEPT_BYTES", peace.bytes + work.bytes)
    scorer.of(Term(TermField.STEM, "port"))
    assert scorer.of(Term(TermField.STEM, "peace")) is peace
    anew = scorer.of(Term(TermField.STEM, "work"))
    assert anew is not work
    assert np.array_equal(anew.scored.scores, work.scored.scores)


def test_a_word_earns_by_the_title_where_the_text_lacks_it(scorer: LeafScorer) -> None:
    town = scorer.of(Term(TermField.STEM, "town"))
    assert (len(town.matching), len(town.scored.rows)) == (3, 12)
    assert (town.scored.scores > 0).all()
