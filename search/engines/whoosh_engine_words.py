"""The words of single passages, for the second look at the first hits of a ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search import text
from search.engines.columns import Columns, Rows
from search.engines.ranking import Scores
from search.engines.scoring import Formula, idf
from search.engines.second_look import Codes, Hits, Pair, Stems, may_count, second_look
from search.engines.whoosh_engine_postings import PostingReader
from search.query.terms import TermField, TermQuery, side_by_side, typed_words


class WordsOfHits:
    """A second look at hits of one question. Codes of words are given in the order in which they are met."""

    def __init__(self, postings: PostingReader, columns: Columns, query: TermQuery, formula: Formula) -> None:
        self._postings = postings
        self._columns = columns
        self._query = query
        self._formula = formula
        self._passages = int(columns.live.sum())
        self._code: dict[str, int] = {}

    def look(self, rows: Rows, scores: Scores) -> Scores:
        """What these rows, best first, earn beyond their scores."""
        words = [self._postings.words_of(row) for row in rows.tolist()]
        length = self._columns.relative_lengths[TermField.STEM][rows]
        hits = Hits(
            scores=scores,
            weight=self._columns.weight[rows],
            relative_length=length,
            owner=np.repeat(np.arange(len(rows)), [len(forms) for forms in words]),
            forms=self._codes([form for forms in words for form in forms]),
            stems=self._codes([text.stem(form) for forms in words for form in forms]),
        )
        typed = self._codes([term.value for term in typed_words(self._query)])
        return second_look(hits, self._pairs(), typed.tolist(), self._stems(), self._formula)

    def _codes(self, words: Sequence[str]) -> Codes:
        """The codes of words; new ones get the next free code."""
        return np.array([self._code.setdefault(word, len(self._code)) for word in words], dtype=np.int64)

    def _pairs(self) -> list[Pair]:
        """The pairs of the question."""
        found = []
        for pair in side_by_side(self._query):
            first, second = self._codes(pair).tolist()
            found.append(Pair(first, second, sum(self._idf(TermField.EXACT, form) for form in pair)))
        return found

    def _idf(self, field: TermField, value: str) -> float:
        return idf(self._passages, self._postings.having(field, value))

    def _stems(self) -> Stems:
        """What is known of the stems."""
        words = {code: word for word, code in self._code.items()}
        return Stems(
            lambda codes: np.array([self._idf(TermField.STEM, words[code]) for code in codes.tolist()]),
            lambda codes: np.array([may_count(words[code]) for code in codes.tolist()], dtype=np.bool_),
        )
