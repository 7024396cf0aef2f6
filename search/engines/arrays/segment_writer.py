"""Making the arrays of a segment: from entries, and from the segments that a merge takes in."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engines import IndexEntry
from search.engines.arrays.segment import Segment
from search.engines.rescoring import READ, may_count
from search.query.terms import TermField
from search.store.array_file import Array, narrowed, packed, write_arrays

COLUMNS = {
    "document": np.int32,
    "ordinal": np.int32,
    "day": np.int32,
    "weight": np.float64,
    "strength": np.int32,
}
LENGTHS = ("length.stem", "length.heading", "length.title")
"""The lengths in words that scoring needs; columns like the others."""
_UNORDERED = (TermField.HEADING, TermField.TITLE, TermField.SPEAKER)


def words_of(entry: IndexEntry, name: TermField) -> Sequence[str]:
    """Return the terms of one field of an entry."""
    words: Sequence[str] = entry.stems if name is TermField.STEM else getattr(entry, name.value)
    return words


@dataclass(slots=True)
class _Numbered:
    """Things numbered in the order in which they first came."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, thing: str) -> int:
        """Return the number of a thing."""
        return self.numbers.setdefault(thing, len(self.numbers))

    def ranks(self) -> tuple[list[str], Array]:
        """Return all things sorted, and for each number its place among them."""
        ordered = sorted(self.numbers)
        ranks = np.zeros(len(ordered), dtype=np.int32)
        ranks[[self.numbers[thing] for thing in ordered]] = np.arange(len(ordered))
        return ordered, ranks


@dataclass(slots=True)
class _Pairs:
    """(row, number of a word or value) for all passages, in the order of the rows."""

    numbered: _Numbered = field(default_factory=_Numbered)
    values: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("i"))

    def add(self, values: Iterable[str]) -> None:
        """Add the next row's words or values."""
        before = len(self.values)
        self.values.extend([self.numbered.of(value) for value in values])
        self.lengths.append(len(self.values) - before)

    def frozen(self) -> tuple[list[str], Array, Array]:
        """Return the sorted values, and the row and the code of every pair."""
        ordered, ranks = self.numbered.ranks()
        lengths = np.array(self.lengths, dtype=np.int32)
        rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return ordered, rows, ranks[np.array(self.values, dtype=np.int32)]


class SegmentWriter:
    """Collects passages; a passage's row is the order in which it came."""

    def __init__(self) -> None:
        self._passage_ids: list[str] = []
        self._documents: dict[str, int] = {}
        self._doc_values: dict[str, list[float]] = {name: [] for name in (*COLUMNS, *LENGTHS)}
        self._fields = {name: _Pairs() for name in TermField}
        self._facets: dict[str, _Pairs] = {}

    def __len__(self) -> int:
        return len(self._passage_ids)

    def add(self, entry: IndexEntry) -> None:
        """Add the next passage. Raises ValueError when forms and stems are not those of the same words."""
        if len(entry.exact) != len(entry.stems):
            raise ValueError(f"{entry.passage_id}: {len(entry.exact)} forms, {len(entry.stems)} stems")
        for field_name, pairs in self._fields.items():
            pairs.add(words_of(entry, field_name))
        row = (
            self._documents.setdefault(entry.document_id, len(self._documents)),
            entry.ordinal,
            entry.day,
            entry.weight,
            entry.strength,
            len(entry.stems),
            len(entry.heading),
            len(entry.title),
        )
        for name, value in zip(self._doc_values, row, strict=True):
            self._doc_values[name].append(value)
        self._add_facets(entry.facets)
        self._passage_ids.append(entry.passage_id)

    def _add_facets(self, facets: Mapping[str, Sequence[str]]) -> None:
        """The values of a passage; a facet that comes up for the first time was empty in all rows before."""
        for name in facets.keys() - self._facets.keys():
            self._facets[name] = _Pairs(lengths=array("i", [0]) * len(self))
        for name, pairs in self._facets.items():
            pairs.add(dict.fromkeys(facets.get(name, ())))

    def take(self, segment: Segment, live: npt.NDArray[np.bool_]) -> None:
        """Take the live passages of another segment, in their order."""
        for entry in entries_of(segment, live):
            self.add(entry)

    def write(self, path: Path) -> None:
        """Write the file of the segment. Call once, when all has been added."""
        arrays: dict[str, Array] = {"passage_ids": packed(self._passage_ids)}
        for name, values in self._doc_values.items():
            arrays[name] = np.array(values, dtype=COLUMNS.get(name, np.int32))
        frozen = {field_name: pairs.frozen() for field_name, pairs in self._fields.items()}
        for field_name, (words, rows, codes) in frozen.items():
            arrays |= _field_arrays(field_name, words, rows, codes)
        arrays |= _stream_arrays(self._fields[TermField.EXACT], *frozen[TermField.EXACT][1:])
        exact, stems = frozen[TermField.EXACT], frozen[TermField.STEM]
        arrays["stem_of"] = np.zeros(len(exact[0]), dtype=np.int32)
        arrays["stem_of"][exact[2]] = stems[2]
        arrays |= _telling_arrays(*stems, len(self))
        facts: dict[str, Any] = {"documents": list(self._documents), "facets": {}}
        for name, pairs in self._facets.items():
            facts["facets"][name], rows, codes = pairs.frozen()
            arrays |= {f"facet.{name}.rows": rows, f"facet.{name}.codes": codes}
        write_arrays(path, arrays, facts)


def _field_arrays(name: TermField, words: Sequence[str], rows: Array, codes: Array) -> dict[str, Array]:
    """The sorted words of a field with their posting lists."""
    order = np.argsort(codes, kind="stable")  # by word, and below a word by row
    codes, rows = codes[order], rows[order]
    first = _firsts(codes, rows)
    return {
        f"{name}.words": packed(words),
        f"{name}.bounds": np.searchsorted(codes[first], np.arange(len(words) + 1)).astype(np.int32),
        f"{name}.rows": rows[first],
        f"{name}.frequencies": narrowed(np.diff(np.append(first, len(order)))),
    }


def _stream_arrays(pairs: _Pairs, rows: Array, codes: Array) -> dict[str, Array]:
    """The stream of the exact forms, where each row begins in it, and the places of each form."""
    lengths = np.array(pairs.lengths, dtype=np.int32)
    place = (np.arange(len(codes)) + rows + 1).astype(np.int32)  # one -1 before each row
    stream = np.full(len(codes) + len(lengths) + 1, -1, dtype=np.int32)
    stream[place] = codes
    order = np.argsort(codes, kind="stable")
    return {
        "stream": stream,
        "starts": np.cumsum([1, *(lengths + 1)]).astype(np.int32),
        "places": place[order],
        "place_bounds": np.append(0, np.cumsum(np.bincount(codes))).astype(np.int32),
    }


def _telling_arrays(words: Sequence[str], rows: Array, codes: Array, size: int) -> dict[str, Array]:
    """The first stems of each row that may count unasked, and how often each stands there, in lines of READ."""
    counts = np.array([may_count(word) for word in words], dtype=np.bool_)
    rows, codes = rows[counts[codes]], codes[counts[codes]]
    order = np.lexsort((codes, rows))  # keeps the order of what is equal: a stem's first place comes first
    first = _firsts(codes[order], rows[order])
    often = np.diff(np.append(first, len(order)))
    reading = np.argsort(order[first])
    at = order[first][reading]
    column = np.arange(len(at)) - np.searchsorted(rows[at], rows[at])
    kept = column < READ
    lines = rows[at][kept], column[kept]
    stems, counted = np.full((size, READ), len(words)), np.zeros((size, READ), dtype=np.int64)
    stems[lines], counted[lines] = codes[at][kept], often[reading][kept]
    return {"telling.stems": narrowed(stems.ravel()), "telling.counts": narrowed(counted.ravel())}


def _firsts(codes: Array, rows: Array) -> Array:
    """Where in sorted pairs each distinct (word, row) begins."""
    if not len(codes):
        return np.zeros(0, dtype=np.int64)
    changes = (np.diff(codes) != 0) | (np.diff(rows) != 0)
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def entries_of(segment: Segment, live: npt.NDArray[np.bool_]) -> Iterable[IndexEntry]:
    """Yield the live passages of a segment as entries again; headings, titles and speakers lose the order of their words, nothing else."""
    words = {name: _words_by_row(segment, name) for name in _UNORDERED}
    facets = {name: _values_by_row(segment, name, values) for name, values in segment.facet_values.items()}
    exact, stems = segment.fields[TermField.EXACT].words, segment.fields[TermField.STEM].words
    columns = {name: segment.file.arrays[name].tolist() for name in COLUMNS}
    passage_ids = segment.file.words("passage_ids")
    for row in np.flatnonzero(live).tolist():
        codes = segment.words_of(row)
        yield IndexEntry(
            passage_id=passage_ids[row],
            document_id=segment.documents[columns["document"][row]],
            ordinal=columns["ordinal"][row],
            exact=tuple(exact[code] for code in codes.tolist()),
            stems=tuple(stems[code] for code in segment.stem_of[codes].tolist()),
            heading=words[TermField.HEADING][row],
            title=words[TermField.TITLE][row],
            speaker=words[TermField.SPEAKER][row],
            facets={name: values[row] for name, values in facets.items() if values[row]},
            day=columns["day"][row],
            weight=columns["weight"][row],
            strength=columns["strength"][row],
        )


def _words_by_row(segment: Segment, name: TermField) -> list[tuple[str, ...]]:
    """The words of a field row by row, each as often as it stands there."""
    field_arrays = segment.fields[name]
    postings = field_arrays.postings(0, len(field_arrays.words))
    codes = np.repeat(np.arange(len(field_arrays.words)), field_arrays.counts(None))
    rows = np.repeat(postings.rows, postings.frequencies)
    return _grouped(rows, np.repeat(codes, postings.frequencies), field_arrays.words, segment.size)


def _values_by_row(segment: Segment, name: str, values: Sequence[str]) -> list[tuple[str, ...]]:
    """The values of a facet row by row."""
    arrays = segment.file.arrays
    return _grouped(arrays[f"facet.{name}.rows"], arrays[f"facet.{name}.codes"], values, segment.size)


def _grouped(rows: Array, codes: Array, values: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """For each of so many rows the values that its codes stand for."""
    order = np.argsort(rows, kind="stable")
    bounds = np.searchsorted(rows[order], np.arange(size + 1)).tolist()
    listed = [values[code] for code in codes[order].tolist()]
    return [tuple(listed[begin:end]) for begin, end in pairwise(bounds)]
