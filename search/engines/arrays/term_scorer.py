"""Scores the leaves of a query by the formula of `scoring.py`, and keeps the scores of single words.

Lengths, idf and a passage's own weight do not change while a generation is searched, so a word scores the same in a passage
at every question: a sum over the words is all that is left to do. Words come again from question to question, whole
questions seldom; so nothing is kept but what belongs to one word, and that within a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeAlias

from search.engines.arrays.doc_values import SCORED_FIELDS, DocValues
from search.engines.arrays.postings import PostingLists
from search.engines.arrays.row_sets import NO_SCORES, ScoredRows, sum_scores, union_of
from search.engines.arrays.segment import NOTHING, Floats, Postings, Rows
from search.engines.scoring import Formula, idf, length_norm, saturation
from search.query.terms import OneOf, Term, TermField, TermQuery

KEPT_BYTES = (
    32 * 2**20
)  # of rows and scores of words; at 100,000 passages that is about half of all there are


Word: TypeAlias = Term | OneOf
"""A leaf whose scores are worth keeping."""


@dataclass(frozen=True, slots=True)
class LeafScores:
    """The rows that match a leaf, ascending, and the scores that it gives; a word scores in headings and titles, too, where it does not match."""

    matching: Rows
    scored: ScoredRows

    @property
    def bytes(self) -> int:
        """What keeping it costs, in bytes."""
        same = self.matching is self.scored.rows
        return int(
            self.scored.scores.nbytes + self.scored.rows.nbytes + (0 if same else self.matching.nbytes)
        )


class LeafScorer:
    """Scores leaves for any number of questions to one generation, from any number of threads."""

    def __init__(self, doc_values: DocValues, lists: PostingLists, formula: Formula) -> None:
        self._doc_values, self._lists, self._formula = doc_values, lists, formula
        self._length_norms = {
            field: length_norm(lengths, formula) for field, lengths in doc_values.relative_lengths.items()
        }
        self._weights = ((TermField.HEADING, formula.heading), (TermField.TITLE, formula.title))
        self._kept: OrderedDict[Word, LeafScores] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def of(self, leaf: TermQuery) -> LeafScores:
        """Score `leaf`. Words wanted in a heading, a title or a speaker's name match and score 0."""
        if isinstance(leaf, OneOf):
            return self._kept_or(leaf, self._one_of)
        if not isinstance(leaf, Term):
            return self._text(self._lists.of(leaf))
        if leaf.field is TermField.STEM:
            return self._kept_or(Term(TermField.STEM, leaf.value), self._stem)
        if leaf.field is TermField.EXACT:
            return self._kept_or(leaf, self._exact)
        return LeafScores(self._lists.of(leaf).rows, NO_SCORES)

    def form(self, form: str) -> LeafScores:
        """Score an exact form."""
        return self._kept_or(Term(TermField.EXACT, form), self._exact)

    def _kept_or(self, leaf: Word, score: Callable[[Any], LeafScores]) -> LeafScores:
        """The scores of a word, computed at the first question that has it."""
        with self._lock:
            kept = self._kept.get(leaf)
            if kept is not None:
                self._kept.move_to_end(leaf)
                return kept
        fresh = score(leaf)
        self._keep(leaf, fresh)
        return fresh

    def _keep(self, key: Word, fresh: LeafScores) -> None:
        """Keeps one more; what was not asked for longest goes first."""
        for array in (fresh.matching, fresh.scored.rows, fresh.scored.scores):
            array.setflags(write=False)
        with self._lock:
            if key in self._kept:
                return  # (another thread was faster)
            self._kept[key] = fresh
            self._bytes += fresh.bytes
            while self._bytes > KEPT_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1].bytes

    def _text(self, postings: Postings) -> LeafScores:
        """BM25 of a leaf over the text alone."""
        scores = self._saturated(postings.rows, self._per_length(TermField.STEM, postings), len(postings))
        return LeafScores(postings.rows, ScoredRows(postings.rows, scores))

    def _exact(self, term: Term) -> LeafScores:
        """The scores of an exact form."""
        return self._text(self._lists.of(term))

    def _stem(self, term: Term) -> LeafScores:
        """The scores of a typed word by its stem."""
        return self._one_of(OneOf(term))

    def _one_of(self, word: OneOf) -> LeafScores:
        """The scores of a word in all the ways of writing it: its occurrences in text, headings and titles saturate together."""
        spelt = [self._lists.of(way) for way in (word.word, *word.spellings)]
        formed = [self._lists.of(way) for way in word.forms]
        telling = self._rows_of(spelt)
        matching = self._rows_of([*spelt, *formed]) if formed else telling
        parts = [
            ScoredRows(text.rows, self._per_length(SCORED_FIELDS[0], text)) for text in spelt if len(text)
        ]
        parts += [
            ScoredRows(text.rows, self._formula.forms * self._per_length(SCORED_FIELDS[0], text))
            for text in formed
            if len(text)
        ]
        parts += self._above_text(word)
        if not parts:
            return LeafScores(NOTHING, NO_SCORES)
        together = sum_scores(parts, self._doc_values.size)
        scores = self._saturated(together.rows, together.scores, len(telling) or len(matching))
        return LeafScores(matching, ScoredRows(together.rows, scores))

    def _above_text(self, word: OneOf) -> Iterator[ScoredRows]:
        """The occurrences of a word in headings and titles, with the weights of those."""
        for field, weight in self._weights:
            for stem in word.stems if weight else ():
                postings = self._lists.term(field, stem)
                if len(postings):
                    yield ScoredRows(postings.rows, weight * self._per_length(field, postings))

    def _rows_of(self, lists: Sequence[Postings]) -> Rows:
        """The rows of several posting lists, ascending and each once."""
        rows = [postings.rows for postings in lists if len(postings)]
        if len(rows) < 2:
            return rows[0] if rows else NOTHING
        return union_of(rows, self._doc_values.size)

    def _per_length(self, field: TermField, postings: Postings) -> Floats:
        """Occurrences in a field, set against the field's length."""
        occurrences: Floats = postings.frequencies / self._length_norms[field].take(postings.rows)
        return occurrences

    def _saturated(self, rows: Rows, occurrences: Floats, matching: int) -> Floats:
        """The scores of `rows` with `occurrences` of a leaf (over their length norms) that `matching` passages match."""
        rarity = idf(self._doc_values.passages, float(matching))
        return rarity * saturation(occurrences, self._formula) * self._doc_values.weight.take(rows)
