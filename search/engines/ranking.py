"""From matching rows and their scores to a ranking: filters, counts, order, documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from search.engines.columns import Columns
from search.engines.matching import Found, Walk
from search.engines.second_look import LOOKED_AT
from search.engines.segment import Floats, Rows
from search.results import Ranking, Scored, SearchRequest, Sort

Keys = Sequence[npt.NDArray[np.generic]]  # what rows are ordered by, each ascending, the first one first
Places = npt.NDArray[np.intp]  # places among the hits


Score = Callable[[Rows], Floats]
"""The score of each of the given rows, which are ascending."""

SecondLook = Callable[[Rows, Floats], Floats]
"""What the given rows, best first, earn beyond the given scores."""


def rank(
    found: Found, walk: Walk, request: SearchRequest, score: Score, second_look: SecondLook | None
) -> Ranking:
    """The answer to a request whose query matched these rows. Hits alone are scored."""
    columns = walk.columns
    passing = {
        f.name: Found(columns.size, columns.facet(f.name).rows_with(f.values)) for f in request.filters
    }
    hits = _passing(found, list(passing.values()))
    facets = {}
    for name in request.facets:
        others = [rows for other, rows in passing.items() if other != name]
        among = _passing(found, others) if name in passing else hits
        facets[name] = columns.facet(name).counts(among)
    documents = columns.document[hits]
    in_document = np.bincount(documents, minlength=len(columns.document_ids))
    scores = score(hits)
    if second_look is not None and len(hits):
        best = _first(_keys(scores, hits, columns, request.sort), np.arange(len(hits)), LOOKED_AT)
        scores[best] += second_look(hits[best], scores[best])
    keys = _keys(scores, hits, columns, request.sort)
    chosen = _page(keys, documents, len(columns.document_ids), request)
    return Ranking(
        hits=tuple(_scored(int(hits[i]), float(scores[i]), columns, in_document) for i in chosen),
        total=len(hits),
        documents=int(np.count_nonzero(in_document)),
        facets=facets,
        complete=walk.complete,
    )


def _passing(found: Found, filters: Sequence[Found]) -> Rows:
    """The rows that are in all of them, beginning with those that have fewest."""
    first, *others = sorted([found, *filters], key=lambda part: part.many)
    rows = first.rows
    for other in others:
        rows = other.among(rows)
    return rows


def _keys(scores: Floats, rows: Rows, columns: Columns, sort: Sort) -> Keys:
    """What the rows are ordered by; what is equal stands in reading order."""
    place = columns.place[rows]
    if sort is Sort.READING:
        return (place,)
    return (-columns.day[rows], -scores, place) if sort is Sort.NEWEST else (-scores, place)


def _page(keys: Keys, documents: Rows, count: int, request: SearchRequest) -> Places:
    """The wanted part: passages, or the best passages of the wanted documents, document by document."""
    last = request.offset + request.limit
    everything = np.arange(len(documents))
    if not request.per_document:
        return _first(keys, everything, last)[request.offset :]
    wanted = documents[_first(keys, _leaders(keys, documents, count), last)[request.offset :]]
    asked_for = np.zeros(count, dtype=np.bool_)
    asked_for[wanted] = True
    pool = everything[asked_for[documents]]
    ordered = pool[_order(keys, pool)]
    picked = [ordered[documents[ordered] == code][: request.per_document] for code in wanted]
    return np.concatenate([everything[:0], *picked])


def _leaders(keys: Keys, documents: Rows, count: int) -> Places:
    """The first place of each document."""
    pool = np.arange(len(documents))
    for key in keys:
        values, of = key[pool], documents[pool]
        best = np.full(count, values.max() if len(values) else 0, dtype=values.dtype)
        np.minimum.at(best, of, values)
        pool = pool[values == best[of]]
    return pool


def _first(keys: Keys, pool: Places, wanted: int) -> Places:
    """The first so many of some places, in order. Only what may be among them is sorted."""
    chosen, missing = [pool[:0]], wanted
    for key in keys:
        if len(pool) <= missing:
            break
        values = key[pool]
        limit = np.partition(values, missing)[missing]
        chosen.append(pool[values < limit])
        missing -= len(chosen[-1])
        pool = pool[values == limit]
    picked = np.concatenate([*chosen, pool])
    return picked[_order(keys, picked)][:wanted]


def _order(keys: Keys, places: Places) -> Places:
    """The order of some places by all keys."""
    return np.lexsort([key[places] for key in reversed(keys)])


def _scored(row: int, score: float, columns: Columns, in_document: npt.NDArray[np.intp]) -> Scored:
    """One hit."""
    code = int(columns.document[row])
    return Scored(columns.passage_ids[row], columns.document_ids[code], score, int(in_document[code]))
