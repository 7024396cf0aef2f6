"""From matching rows and their scores to a ranking: filters, counts, order, documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.engines.arrays.doc_values import DocValues
from search.engines.arrays.evaluation import QueryEvaluator, RowSet
from search.engines.arrays.row_sets import scores_at
from search.engines.arrays.segment import Floats, Rows
from search.engines.request import Ranking, Scored, SearchRequest, Sort
from search.engines.rescoring import RESCORED_HITS
from search.query.terms import LAST_DAY

Places = npt.NDArray[np.intp]  # places among the hits
Key = Callable[[Places | slice], npt.NDArray[Any]]
"""What hits are ordered by, ascending: its values for some of them. Of several keys the first one comes first."""

EVERYTHING = slice(None)
WHOLE = 100  # values that are sorted as they are, which costs less than to look for the first ones
FEW = 8  # times as many values as are wanted, which are not worth a look at blocks before they are parted

Rescore = Callable[[Rows, Floats], Floats]
"""Gives what rows, best first, score beyond the given scores."""


def rank(
    matches: RowSet, evaluator: QueryEvaluator, request: SearchRequest, rescore: Rescore | None
) -> Ranking:
    """Return the answer to a request whose query matched these rows. Hits alone are scored."""
    doc_values = evaluator.doc_values
    passing = {
        f.name: RowSet(doc_values.size, doc_values.facet(f.name).rows_with(f.values)) for f in request.filters
    }
    hits = _passing(matches, list(passing.values()))
    facets = {}
    for name in request.facets:
        others = [rows for other, rows in passing.items() if other != name]
        among = _passing(matches, others) if name in passing else hits
        facets[name] = doc_values.facet(name).counts(among)
    documents = doc_values.document.take(hits)
    in_document = np.bincount(documents)
    total = len(hits)
    scores = scores_at(hits, evaluator.scored, doc_values.size)
    keys = _keys(scores, hits, doc_values, request)
    if rescore is not None and total:
        best = _first(keys, EVERYTHING, RESCORED_HITS)
        looked_at, known = hits.take(best), scores.take(best)
        known = known + rescore(looked_at, known)
        if not request.per_document and request.offset + request.limit <= len(best):
            hits, scores = looked_at, known  # a second look only adds, so no other hit can pass one of these
        else:
            scores = scores.copy()
            scores[best] = known
        keys = _keys(scores, hits, doc_values, request)
    chosen = _page(keys, documents, len(doc_values.document_ids), request)
    return Ranking(
        hits=_scored(hits.take(chosen), scores.take(chosen), doc_values, in_document),
        total=total,
        documents=int(np.count_nonzero(in_document)),
        facets=facets,
        complete=evaluator.complete,
    )


def _passing(matches: RowSet, filters: Sequence[RowSet]) -> Rows:
    """The rows that are in all of them, beginning with those that have fewest."""
    if not filters:
        return matches.rows
    first, *others = sorted([matches, *filters], key=lambda part: part.many)
    rows = first.rows
    for other in others:
        rows = other.among(rows)
    return rows


def _keys(scores: Floats, rows: Rows, doc_values: DocValues, request: SearchRequest) -> Sequence[Key]:
    """What the rows are ordered by; what is equal stands in reading order."""

    def place(places: Places | slice) -> npt.NDArray[Any]:
        return doc_values.place[rows[places]]

    def best(places: Places | slice) -> npt.NDArray[Any]:
        return -scores[places]

    codes = [code for code, name in enumerate(doc_values.document_ids) if name in request.first]

    def later(places: Places | slice) -> npt.NDArray[Any]:
        return (~np.isin(doc_values.document[rows[places]], codes)).astype(np.int64)

    sort = request.sort
    if sort is Sort.RELEVANCE:
        return (later, best, place) if request.first else (best, place)

    def newest(places: Places | slice) -> npt.NDArray[Any]:
        return -doc_values.day[rows[places]]

    def oldest(places: Places | slice) -> npt.NDArray[Any]:
        day = doc_values.day[rows[places]]
        return np.where(day > 0, day, LAST_DAY)

    def strongest(places: Places | slice) -> npt.NDArray[Any]:
        return -doc_values.strength[rows[places]]

    if sort is Sort.READING:
        return (place,)
    if sort is Sort.STRONGEST:
        return (strongest, newest, best, place)
    return (newest if sort is Sort.NEWEST else oldest, best, place)


def _page(keys: Sequence[Key], documents: Rows, count: int, request: SearchRequest) -> Places:
    """The wanted hits: passages, or the best passages of the wanted documents, document by document."""
    last = request.offset + request.limit
    if not request.per_document:
        return _first(keys, EVERYTHING, last)[request.offset :]
    wanted = documents[_first(keys, _leaders(keys, documents, count), last)[request.offset :]]
    asked_for = np.zeros(count, dtype=np.bool_)
    asked_for[wanted] = True
    theirs = np.flatnonzero(asked_for[documents])
    ordered = theirs[_order(keys, theirs)]
    picked = [ordered[documents[ordered] == code][: request.per_document] for code in wanted]
    return np.concatenate([theirs[:0], *picked])


def _leaders(keys: Sequence[Key], documents: Rows, count: int) -> Places:
    """The first place of each document."""
    pool = np.arange(len(documents))
    for key in keys:
        values, of = key(pool), documents[pool]
        best = np.full(count, values.max() if len(values) else 0, dtype=values.dtype)
        np.minimum.at(best, of, values)
        pool = pool[values == best[of]]
    return pool


def _first(keys: Sequence[Key], pool: Places | slice, wanted: int) -> Places:
    """The first so many of a pool, in order. Only what may be among them is sorted."""
    chosen: list[Places] = []
    missing = wanted
    for key in keys:
        values = key(pool)
        if len(values) > FEW * missing:
            near = np.flatnonzero(values <= _bound(values, missing))
            pool, values = near if isinstance(pool, slice) else pool.take(near), values.take(near)
        if len(values) <= max(missing, WHOLE):
            break
        limit = np.partition(values, missing)[missing]
        places = np.arange(len(values)) if isinstance(pool, slice) else pool
        chosen.append(places.compress(values < limit))
        missing -= len(chosen[-1])
        pool = places.compress(values == limit)
    picked = np.concatenate([*chosen, pool]) if chosen else pool
    order = _order(keys, picked)[:wanted]
    return order if isinstance(picked, slice) else picked.take(order)


def _bound(values: npt.NDArray[Any], wanted: int) -> Any:
    """An upper bound of the `wanted`-th smallest value, taken from the least of each of many blocks."""
    blocks = (FEW // 2) * wanted + 1
    least = np.minimum.reduce(values[: len(values) // blocks * blocks].reshape(-1, blocks))
    return np.partition(least, wanted)[wanted]


def _order(keys: Sequence[Key], places: Places | slice) -> Places:
    """The order of some places by all keys."""
    return np.lexsort([key(places) for key in reversed(keys)])


def _scored(
    rows: Rows, scores: Floats, doc_values: DocValues, in_document: npt.NDArray[np.intp]
) -> tuple[Scored, ...]:
    """Some hits."""
    codes = doc_values.document.take(rows)
    passage_ids = map(doc_values.passage_ids.__getitem__, rows.tolist())
    document_ids = map(doc_values.document_ids.__getitem__, codes.tolist())
    return tuple(map(Scored, passage_ids, document_ids, scores.tolist(), in_document.take(codes).tolist()))
