"""From matching rows and their scores to a ranking: filters, counts, order, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from search.engines.columns import Columns, Mask, Rows
from search.engines.second_look import LOOKED_AT
from search.results import FACETS, Ranking, Scored, SearchRequest, Sort

Scores = npt.NDArray[np.float64]


SecondLook = Callable[[Rows, Scores], Scores]
"""What the given rows, best first, earn beyond the given scores."""


def rank(
    matched: Mask, scores: Scores, columns: Columns, request: SearchRequest, second_look: SecondLook | None
) -> Ranking:
    """The answer to a request whose query matched these rows."""
    passing = {f.name: columns.facet(f.name).mask(f.values, columns.size) for f in request.filters}
    hits = _all_of(matched, passing.values())
    facets = {}
    for name in FACETS:
        others = _all_of(matched, (mask for other, mask in passing.items() if other != name))
        facets[name] = columns.facet(name).counts(others)
    rows = np.flatnonzero(hits)
    in_document = np.bincount(columns.document[rows], minlength=len(columns.document_ids))
    ordered = _ordered(rows, scores, columns, request.sort)
    if second_look is not None and request.sort is Sort.RELEVANCE and len(ordered):
        best = ordered[:LOOKED_AT]
        scores[best] += second_look(best, scores[best])
        ordered = np.concatenate((_ordered(best, scores, columns, request.sort), ordered[LOOKED_AT:]))
    chosen = _page(ordered, columns, request)
    return Ranking(
        hits=tuple(_scored(int(row), scores, columns, in_document) for row in chosen),
        total=len(rows),
        documents=int(np.count_nonzero(in_document)),
        facets=facets,
    )


def _all_of(matched: Mask, masks: Iterable[Mask]) -> Mask:
    """The rows that are in all masks."""
    for mask in masks:
        matched = matched & mask
    return matched


def _ordered(rows: Rows, scores: Scores, columns: Columns, sort: Sort) -> Rows:
    """The rows, best first; what is equal stands in reading order."""
    place = columns.place[rows]
    if sort is Sort.READING:
        return rows[np.argsort(place)]
    best = -scores[rows]
    if sort is Sort.NEWEST:
        return rows[np.lexsort((place, best, -columns.day[rows]))]
    return rows[np.lexsort((place, best))]


def _page(ordered: Rows, columns: Columns, request: SearchRequest) -> Rows:
    """The wanted part: passages, or the best passages of the wanted documents, document by document."""
    if not request.per_document:
        return ordered[request.offset : request.offset + request.limit]
    documents = columns.document[ordered]
    codes, first = np.unique(documents, return_index=True)
    wanted = codes[np.argsort(first)][request.offset : request.offset + request.limit]
    picked = [ordered[documents == code][: request.per_document] for code in wanted]
    return np.concatenate(picked) if picked else ordered[:0]


def _scored(row: int, scores: Scores, columns: Columns, in_document: Rows) -> Scored:
    """One hit."""
    code = int(columns.document[row])
    return Scored(
        columns.passage_ids[row], columns.document_ids[code], float(scores[row]), int(in_document[code])
    )
