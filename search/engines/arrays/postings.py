"""What stands where: the posting lists of every kind of leaf, over all segments of a generation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from search.analysis.edit_distances import places_within_edits
from search.engines.arrays.phrases import phrase_postings
from search.engines.arrays.row_sets import Mask
from search.engines.arrays.segment import NO_POSTINGS, FieldArrays, Postings, Segment
from search.query.terms import Term, TermField, TermFuzzy, TermPhrase, TermPrefix, TermQuery


class PostingLists:
    """Finds the rows of leaves. Nothing is ever changed, so threads share it without a lock."""

    def __init__(self, segments: Sequence[Segment], live: Mask | None) -> None:
        offsets = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self._segments = tuple(zip(segments, offsets[:-1], strict=True))
        self._live = live

    def of(self, leaf: TermQuery) -> Postings:
        """Return the posting list of a leaf with words; removed passages are in none."""
        match leaf:
            case Term(field, value):
                return self.term(field, value)
            case TermPhrase(values, slop):
                return self._everywhere(lambda segment: phrase_postings(segment, values, slop))
            case TermPrefix(value):
                return self._everywhere(lambda segment: _beginning_with(segment, value))
            case TermFuzzy(value, edits):
                return self._everywhere(lambda segment: _spelt_like(segment, value, edits))
        raise TypeError(f"not a leaf with words: {leaf!r}")

    def term(self, field: TermField, value: str) -> Postings:
        """Return the passages with a term in a field."""
        return self._everywhere(lambda segment: _with_word(segment.fields[field], value))

    def _everywhere(self, find: Callable[[Segment], Postings]) -> Postings:
        """What is found in the segments, without gaps, as one list."""
        found = [(find(segment), offset) for segment, offset in self._segments]
        found = [(postings, offset) for postings, offset in found if len(postings)]
        if not found:
            return NO_POSTINGS
        rows = [postings.rows.astype(np.intp) + offset for postings, offset in found]
        frequencies = [postings.frequencies for postings, _ in found]
        if len(found) > 1:
            rows, frequencies = [np.concatenate(rows)], [np.concatenate(frequencies)]
        if self._live is None:
            return Postings(rows[0], frequencies[0])
        kept = self._live[rows[0]]
        return Postings(rows[0][kept], frequencies[0][kept])

    def count_forms(self) -> Mapping[str, int]:
        """Count the passages of every exact form, in alphabetical order."""
        total: dict[str, int] = {}
        for segment, offset in self._segments:
            field = segment.fields[TermField.EXACT]
            live = None if self._live is None else self._live[offset : offset + segment.size]
            for word, count in zip(field.words, field.counts(live).tolist(), strict=True):
                if count:
                    total[word] = total.get(word, 0) + count
        return total if len(self._segments) < 2 else dict(sorted(total.items()))


def _with_word(field: FieldArrays, value: str) -> Postings:
    """The posting list of one word."""
    code = field.codes.get(value)
    return NO_POSTINGS if code is None else field.postings(code, code + 1)


def _beginning_with(segment: Segment, prefix: str) -> Postings:
    """The rows with a form that begins so. Such forms are neighbours, and so are their lists."""
    field = segment.fields[TermField.EXACT]
    first, last = field.range(prefix)
    return _added(segment, [field.postings(first, last)], last - first)


def _spelt_like(segment: Segment, value: str, edits: int) -> Postings:
    """The rows with a form of the same first letter within so many edits."""
    field = segment.fields[TermField.EXACT]
    first, last = field.range(value[0])
    alike = first + np.flatnonzero(np.abs(field.lengths[first:last] - len(value)) <= edits)
    near = places_within_edits(value, [field.words[code] for code in alike.tolist()], edits)
    codes = alike[near].tolist()
    return _added(segment, [field.postings(code, code + 1) for code in codes], len(codes))


def _added(segment: Segment, lists: Sequence[Postings], words: int) -> Postings:
    """The posting lists of so many words as one; frequencies are added."""
    if words < 2:
        return lists[0] if lists else NO_POSTINGS
    rows = np.concatenate([postings.rows for postings in lists])
    frequencies = np.concatenate([postings.frequencies for postings in lists])
    counted = np.bincount(rows, weights=frequencies, minlength=segment.size)
    having = np.flatnonzero(counted).astype(np.int32)
    return Postings(having, counted[having])
