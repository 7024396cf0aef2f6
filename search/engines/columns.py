"""What is known of each passage beside its words, as arrays: the table that filters, counts and sorting read.

A row is an engine's own number of a passage; rows may have gaps, which `live` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engines import IndexEntry
from search.query.terms import TermField

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Lengths = tuple[int, int, int]  # words of a passage's text, heading path and title

SCORED_FIELDS = (TermField.STEM, TermField.HEADING, TermField.TITLE)
"""The fields that a typed word scores in, in the order of `Lengths`."""


@dataclass(frozen=True, slots=True)
class Facet:
    """Pairs (row, code) of one facet, a code being a place in `values`."""

    values: tuple[str, ...]
    rows: Rows
    codes: Rows

    def mask(self, wanted: Iterable[str], size: int) -> Mask:
        """The rows with at least one of the wanted values."""
        codes = [code for code, value in enumerate(self.values) if value in set(wanted)]
        found = np.zeros(size, dtype=np.bool_)
        found[self.rows[np.isin(self.codes, codes)]] = True
        return found

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of the rows have each value; values that none has are left out."""
        counted = np.bincount(self.codes[among[self.rows]], minlength=len(self.values))
        return {self.values[code]: int(counted[code]) for code in np.flatnonzero(counted)}


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns; `place` is a row's place in reading order over all documents, `document` a code.

    `relative_lengths` has the length of text, heading path and title over its mean, in words.
    """

    passage_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    document: Rows
    place: Rows
    day: Rows
    weight: npt.NDArray[np.float64]
    relative_lengths: Mapping[TermField, npt.NDArray[np.float64]]
    live: Mask
    facets: Mapping[str, Facet]

    @property
    def size(self) -> int:
        """Rows, gaps included."""
        return len(self.passage_ids)

    def facet(self, name: str) -> Facet:
        """A facet; one that no passage has is empty."""
        nothing = np.zeros(0, dtype=np.int64)
        return self.facets.get(name) or Facet((), nothing, nothing)


def columns_of(entries: Iterable[tuple[int, IndexEntry, Lengths]], size: int) -> Columns:
    """The columns of (row, entry, lengths in words); of the entries, the words themselves are not needed."""
    listed = list(entries)
    rows = np.array([row for row, _, _ in listed], dtype=np.int64)
    passage_ids = [""] * size
    for row, entry, _ in listed:
        passage_ids[row] = entry.passage_id
    documents = sorted({entry.document_id for _, entry, _ in listed})
    code = {document_id: i for i, document_id in enumerate(documents)}
    in_order = sorted(listed, key=lambda item: (item[1].document_id, item[1].ordinal))
    live = np.zeros(size, dtype=np.bool_)
    live[rows] = True
    return Columns(
        passage_ids=tuple(passage_ids),
        document_ids=tuple(documents),
        document=_column(rows, [code[entry.document_id] for _, entry, _ in listed], size),
        place=_column(np.array([row for row, _, _ in in_order], dtype=np.int64), range(len(listed)), size),
        day=_column(rows, [entry.day for _, entry, _ in listed], size),
        weight=_column(rows, [entry.weight * 1000 for _, entry, _ in listed], size) / 1000.0,
        relative_lengths={
            field: _relative(rows, [lengths[i] for _, _, lengths in listed], size)
            for i, field in enumerate(SCORED_FIELDS)
        },
        live=live,
        facets={
            name: _facet(listed, name) for name in {name for _, entry, _ in listed for name in entry.facets}
        },
    )


def _column(rows: Rows, values: Iterable[float], size: int) -> Rows:
    """Whole numbers at their rows, 0 elsewhere."""
    column = np.zeros(size, dtype=np.int64)
    column[rows] = np.array(list(values), dtype=np.int64)
    return column


def _relative(rows: Rows, lengths: Sequence[int], size: int) -> npt.NDArray[np.float64]:
    """Lengths over their mean, which counts as one word at least."""
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    return _column(rows, lengths, size) / max(mean, 1.0)


def _facet(listed: Iterable[tuple[int, IndexEntry, Lengths]], name: str) -> Facet:
    """One facet of all entries."""
    pairs = [(row, value) for row, entry, _ in listed for value in dict.fromkeys(entry.facets.get(name, ()))]
    values = sorted({value for _, value in pairs})
    code = {value: i for i, value in enumerate(values)}
    return Facet(
        tuple(values),
        np.array([row for row, _ in pairs], dtype=np.int64),
        np.array([code[value] for _, value in pairs], dtype=np.int64),
    )
