"""What a leaf of a query earns in each passage by the formula of `scoring.py`; that of single words is kept.

Lengths, idf and a passage's own weight do not change while a generation is searched, so a word earns in a passage the same
at every question: a sum over its words is all that is left to do. Words come again from question to question, whole
questions seldom; so nothing is kept but what belongs to one word, and that within a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from search.engines.arrays.doc_values import SCORED_FIELDS, Columns
from search.engines.arrays.postings import PostingLists
from search.engines.arrays.row_sets import NOTHING_EARNED, Earned, summed
from search.engines.arrays.segment import NOTHING, Floats, Postings, Rows
from search.engines.scoring import Formula, idf, length_norm, saturation
from search.query.terms import Term, TermField, TermQuery

KEPT_BYTES = (
    32 * 2**20
)  # of rows and scores of words; at 100,000 passages that is about half of all there are


@dataclass(frozen=True, slots=True)
class LeafScores:
    """The rows that match a leaf, ascending, and what rows earn by it; a word earns in headings and titles, too, where it does not match."""

    matching: Rows
    earned: Earned

    @property
    def bytes(self) -> int:
        """What keeping it costs."""
        same = self.matching is self.earned.rows
        return int(
            self.earned.scores.nbytes + self.earned.rows.nbytes + (0 if same else self.matching.nbytes)
        )


class LeafScorer:
    """Scores leaves for any number of questions to one generation, from any number of threads."""

    def __init__(self, columns: Columns, lists: PostingLists, formula: Formula) -> None:
        self._columns, self._lists, self._formula = columns, lists, formula
        self._length_norms = {
            field: length_norm(lengths, formula) for field, lengths in columns.relative_lengths.items()
        }
        self._weights = ((TermField.HEADING, formula.heading), (TermField.TITLE, formula.title))
        self._kept: OrderedDict[tuple[str, bool], LeafScores] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def of(self, leaf: TermQuery) -> LeafScores:
        """A leaf's scores. Words wanted in a heading, a title or a speaker's name earn nothing."""
        if not isinstance(leaf, Term):
            return self._text(self._lists.of(leaf))
        if leaf.field is TermField.STEM:
            return self.word(leaf.value, exact=False)
        if leaf.field is TermField.EXACT:
            return self.word(leaf.value, exact=True)
        return LeafScores(self._lists.of(leaf).rows, NOTHING_EARNED)

    def word(self, value: str, *, exact: bool) -> LeafScores:
        """What a stem or an exact form earns, worked out at the first question that has it."""
        key = (value, exact)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        field = TermField.EXACT if exact else TermField.STEM
        postings = self._lists.term(field, value)
        fresh = self._text(postings) if exact else self._stem(value, postings)
        self._keep(key, fresh)
        return fresh

    def _keep(self, key: tuple[str, bool], fresh: LeafScores) -> None:
        """Keeps one more; what was not asked for longest goes first."""
        for array in (fresh.matching, fresh.earned.rows, fresh.earned.scores):
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
        return LeafScores(postings.rows, Earned(postings.rows, scores))

    def _stem(self, value: str, text: Postings) -> LeafScores:
        """What a typed word earns by its stem: its occurrences in text, headings and title saturate together."""
        parts = [Earned(text.rows, self._per_length(SCORED_FIELDS[0], text))]
        for field, weight in self._weights:
            postings = self._lists.term(field, value) if weight else Postings(NOTHING, NOTHING)
            if len(postings):
                parts.append(Earned(postings.rows, weight * self._per_length(field, postings)))
        together = summed(parts, self._columns.size)
        scores = self._saturated(together.rows, together.scores, len(text))
        return LeafScores(text.rows, Earned(together.rows, scores))

    def _per_length(self, field: TermField, postings: Postings) -> Floats:
        """Occurrences in a field, set against the field's length."""
        occurrences: Floats = postings.frequencies / self._length_norms[field].take(postings.rows)
        return occurrences

    def _saturated(self, rows: Rows, occurrences: Floats, matching: int) -> Floats:
        """The scores of rows with so many occurrences of a leaf that so many passages match."""
        rarity = idf(self._columns.passages, float(matching))
        return rarity * saturation(occurrences, self._formula) * self._columns.weight.take(rows)
