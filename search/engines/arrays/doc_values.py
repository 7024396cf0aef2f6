"""What is known of each passage beside its words, as arrays: the table that filters, counts, order and scoring read.

A row is an engine's own number of a passage: the place in its segment, behind all rows of the segments before. Rows
of removed passages stay as gaps, which no filter, count or posting list shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.engines.arrays.row_sets import Mask, union_of
from search.engines.arrays.segment import NOTHING, Floats, Rows, Segment
from search.engines.request import PASSAGE
from search.query.terms import TermField
from search.store.array_file import Array

SCORED_FIELDS = (TermField.STEM, TermField.HEADING, TermField.TITLE)
"""The fields that a typed word scores in."""


@dataclass(frozen=True)
class Facet:
    """Pairs (row, code) of one facet, ascending by row, a code being a place in `values`; `size` counts all rows."""

    values: tuple[str, ...]
    rows: Rows
    codes: Rows
    size: int

    @cached_property
    def _by_row(self) -> Rows | None:
        """The code of every row where no row has two, one more than there are values where a row has none."""
        if len(self.rows) and np.any(self.rows[1:] == self.rows[:-1]):
            return None
        codes = np.full(self.size, len(self.values), dtype=np.intp)
        codes[self.rows] = self.codes
        return codes

    @cached_property
    def _by_value(self) -> tuple[Rows, Rows]:
        """All rows in the order of their codes, and where each code's rows begin."""
        order = np.argsort(self.codes, kind="stable")
        bounds = np.searchsorted(self.codes[order], np.arange(len(self.values) + 1)).astype(np.int32)
        return self.rows[order].astype(np.intp), bounds

    def rows_with(self, wanted: Iterable[str]) -> Rows:
        """Return the rows with at least one of the wanted values, ascending."""
        rows, bounds = self._by_value
        codes = [self._code[value] for value in dict.fromkeys(wanted) if value in self._code]
        lists = [rows[bounds[code] : bounds[code + 1]] for code in codes]
        return lists[0] if len(lists) == 1 else union_of(lists, self.size)

    @cached_property
    def _code(self) -> dict[str, int]:
        """The code of every value."""
        return {value: code for code, value in enumerate(self.values)}

    def counts(self, among: Rows) -> dict[str, int]:
        """Return how many of these distinct rows have each value; values that none has are left out."""
        if self._by_row is not None:
            counted = np.bincount(self._by_row.take(among), minlength=len(self.values))
        else:
            wanted = np.zeros(self.size, dtype=np.bool_)
            wanted[among] = True
            counted = np.bincount(self.codes[wanted[self.rows]], minlength=len(self.values))
        having = np.flatnonzero(counted[: len(self.values)])
        return {
            self.values[code]: count for code, count in zip(having, counted[having].tolist(), strict=True)
        }


@dataclass(frozen=True)
class DocValues:
    """All columns of a generation.

    `place` orders rows as they are read, document by document; `document` is a code, `document_ids` has them in order.
    `day` is 0 for a passage without a date and for a gap. `live` is None where there are no gaps.
    """

    segments: tuple[Segment, ...]
    document: Rows
    document_ids: tuple[str, ...]
    place: npt.NDArray[np.int64]
    day: Rows
    weight: Floats
    strength: Rows
    relative_lengths: Mapping[TermField, Floats]
    live: Mask | None
    facets: Mapping[str, Facet]

    @cached_property
    def offsets(self) -> list[int]:
        """The first row of every segment."""
        sizes = [segment.size for segment in self.segments]
        return [sum(sizes[:number]) for number in range(len(sizes))]

    @property
    def size(self) -> int:
        """Rows, gaps included."""
        return len(self.document)

    @cached_property
    def passages(self) -> int:
        """Rows without gaps."""
        return self.size if self.live is None else int(np.count_nonzero(self.live))

    @cached_property
    def passage_ids(self) -> list[str]:
        """The id of every row."""
        return [word for segment in self.segments for word in segment.file.words("passage_ids")]

    @cached_property
    def _by_passage(self) -> Facet:
        """Every passage with its id."""
        rows = np.arange(self.size, dtype=np.int32) if self.live is None else np.flatnonzero(self.live)
        ids = tuple(map(self.passage_ids.__getitem__, rows.tolist()))
        return Facet(ids, rows, np.arange(len(ids), dtype=np.int32), self.size)

    def facet(self, name: str) -> Facet:
        """Return a facet; one that no passage has is empty. Passages can be asked for by their ids as by any other value."""
        if name == PASSAGE:
            return self._by_passage
        return self.facets.get(name) or Facet((), NOTHING, NOTHING, self.size)


def join_doc_values(segments: Sequence[Segment], live: Mask | None) -> DocValues:
    """Return the columns of all segments together; `live` says which rows are no gaps, None that none is."""
    document_ids = tuple(document for segment in segments for document in segment.documents)
    counts = [len(segment.documents) for segment in segments]
    document = _shifted([segment.file.arrays["document"] for segment in segments], counts)
    rank = np.zeros(len(document_ids), dtype=np.int64)
    rank[sorted(range(len(document_ids)), key=document_ids.__getitem__)] = np.arange(len(document_ids))
    day = _joined(segments, "day", np.int32)
    return DocValues(
        segments=tuple(segments),
        document=document,
        document_ids=document_ids,
        place=(rank[document] << 32) + _joined(segments, "ordinal", np.int64),
        day=day if live is None else np.where(live, day, 0),
        weight=_joined(segments, "weight", np.float64),
        strength=_joined(segments, "strength", np.int32),
        relative_lengths={field: _relative(segments, field, live) for field in SCORED_FIELDS},
        live=live,
        facets={name: _facet(segments, name, live) for name in _names(segments)},
    )


def _joined(segments: Sequence[Segment], name: str, dtype: type) -> Array:
    """One column of all segments."""
    parts = [segment.file.arrays[name] for segment in segments]
    return np.concatenate([np.zeros(0, dtype=dtype), *parts]).astype(dtype, copy=False)


def _shifted(parts: Sequence[Rows], sizes: Sequence[int]) -> Rows:
    """Numbers of all segments, those of each behind the numbers of the segments before."""
    offsets = np.cumsum([0, *sizes])
    moved = [part + offset for part, offset in zip(parts, offsets, strict=False)]
    return np.concatenate([NOTHING, *moved])


def _relative(segments: Sequence[Segment], field: TermField, live: Mask | None) -> Floats:
    """Lengths in words over their mean, which counts as one word at least."""
    lengths = _joined(segments, f"length.{field}", np.float64)
    counted = lengths if live is None else lengths[live]
    relative: Floats = lengths / max(float(counted.mean()) if len(counted) else 1.0, 1.0)
    return relative


def _names(segments: Sequence[Segment]) -> list[str]:
    """The names of all facets."""
    return list(dict.fromkeys(name for segment in segments for name in segment.facet_values))


def _facet(segments: Sequence[Segment], name: str, live: Mask | None) -> Facet:
    """One facet of all segments."""
    values = sorted({value for segment in segments for value in segment.facet_values.get(name, ())})
    code = {value: number for number, value in enumerate(values)}
    all_rows, all_codes, offset = [NOTHING], [NOTHING], 0
    for segment in segments:
        if name in segment.facet_values:
            renumbered = np.array([code[value] for value in segment.facet_values[name]], dtype=np.int32)
            all_rows.append(segment.file.arrays[f"facet.{name}.rows"] + np.int32(offset))
            all_codes.append(renumbered[segment.file.arrays[f"facet.{name}.codes"]])
        offset += segment.size
    rows, codes = np.concatenate(all_rows), np.concatenate(all_codes)
    if live is not None:
        rows, codes = rows[live[rows]], codes[live[rows]]
    return Facet(tuple(values), rows, codes, offset)
