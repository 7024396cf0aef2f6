"""Hits by meaning beside those by words: when they are looked for, and how both become one list.

Totals and facets stay those of the words. Of what the words do not match at most a few of the nearest passages come in, each told
apart. By document, a document is as near as the nearest of its passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from search.analysis.words import forms, stop_words
from search.answering.answer import Question
from search.engines import Searcher
from search.engines.request import Ranking, Scored, SearchRequest, Sort
from search.engines.scoring import idf
from search.meaning.context import MeaningContext, MeaningState
from search.meaning.encoder import Floats
from search.meaning.fusion import Found, fused
from search.meaning.language import is_english
from search.meaning.vectors import Rows, Vectors
from search.query import tree
from search.query.expansion import ALL
from search.query.terms import AllOf, Everything, Filter, TermQuery

MEANING = "meaning"
"""The key that switches hits by meaning off, as those of expansions do."""
FEWEST_WORDS = 2  # of a subject in a question; one word alone is better found by its forms, figures and codes by their signs
DEPTH = 300  # hits by words, and rows of passages nearest in meaning, that are looked at together; no more pages are reordered
ENOUGH = 0.95
"""Of the passages that ought to have vectors. With few of them hits by words that lack one are held back for nothing: with the 613 shortest
of 3,204 documents of CACM alone nDCG@10 fell from .539 to .389; with all of them it is .553."""
_SECONDS = 1.0  # for one look at some hits


def meaning_state(question: Question, written: tree.Query, context: MeaningContext | None) -> MeaningState:
    """Return whether `question` is to be asked by meaning."""
    words = _plain_words(written)
    told = [form for form in words if form not in stop_words() and form.isalpha() and len(form) > 1]
    if question.exact or question.sort is not Sort.RELEVANCE or len(told) < FEWEST_WORDS:
        return MeaningState.NOT_ASKED
    if MEANING in question.without or ALL in question.without:
        return MeaningState.SWITCHED_OFF
    if context is None or context.model is None:
        return MeaningState.NO_MODEL
    if not context.vectors or len(context.vectors) < ENOUGH * context.vectors.wanted:
        return MeaningState.NO_VECTORS
    return MeaningState.ON if is_english(words) else MeaningState.LANGUAGE


def _plain_words(written: tree.Query) -> list[str]:
    """The folded words of a question that consists of words alone; none where anything else stands in it."""
    parts = written.parts if isinstance(written, tree.Loose) else (written,)
    words: list[str] = []
    for part in parts:
        if not isinstance(part, tree.Word):
            return []
        words += forms(part.text)
    return words


@dataclass(frozen=True, slots=True)
class Sources:
    """What a question by meaning is answered from: terms as matched, terms any of which may match, and conditions alone.

    `hidden` are the documents for which newer versions stand; they are no part of the conditions, because which rows are theirs is known
    without asking the engine for all others.
    """

    searcher: Searcher
    context: MeaningContext
    matched: TermQuery
    some: TermQuery
    conditions: TermQuery
    hidden: frozenset[str] = frozenset()


def deepened(question: Question) -> Question:
    """Return `question` for as many hits by words as are looked at together with the nearest."""
    return replace(question, offset=0, limit=max(DEPTH, question.offset + question.limit))


def join_meaning(
    question: Question, filters: tuple[Filter, ...], words: Ranking, sources: Sources
) -> tuple[Ranking, frozenset[str]]:
    """Return the page of `question` out of `words` (of the deepened question) and the nearest passages.

    Also the ids of all hits by meaning, on this page or another: of passages, or of documents where hits are documents.
    """
    vectors = sources.context.vectors
    assert vectors is not None
    joining = _Joining(question, filters, sources, vectors, sources.context.asked(question.text))
    return joining.join(words)


class _Joining:
    """One question at work. `key` of a hit is its passage's id, or its document's where hits are documents."""

    def __init__(
        self,
        question: Question,
        filters: tuple[Filter, ...],
        sources: Sources,
        vectors: Vectors,
        asked: Floats,
    ) -> None:
        self._question, self._filters, self._sources = question, filters, sources
        self._vectors, self._asked = vectors, asked
        self._by_document = bool(question.per_document)

    def join(self, words: Ranking) -> tuple[Ranking, frozenset[str]]:
        """Return the page, and the keys of the hits by meaning.

        Only the first DEPTH hits by words are weighed against the nearest, however many there are in `words`, so that all pages are of one list.
        """
        every = self._groups(words.hits)
        groups = dict(islice(every.items(), DEPTH))
        nearest = self._nearest()
        fresh = [key for key in nearest if key not in groups]
        some = self._groups(self._among(self._sources.some, fresh).hits)
        matching = self._matching(fresh, words, every)
        likeness = {**self._likeness(list(groups)), **{key: scored.score for key, scored in nearest.items()}}
        found = {**{key: some.get(key, (nearest[key]._replace(score=0.0),)) for key in fresh}, **groups}
        order = fused(
            (
                Found(key, hits[0].score, likeness.get(key), key in groups or key in matching)
                for key, hits in found.items()
            ),
            self._worth(),
        )
        by_meaning = frozenset(key for key in order if key not in groups and key not in matching)
        listed = [*order, *(key for key in every if key not in order)]
        page = listed[self._question.offset : self._question.offset + self._question.limit]
        shown = {**every, **{key: (nearest[key],) for key in fresh}}
        hits = [hit._replace(score=order.get(key, 0.0)) for key in page for hit in shown[key]]
        return replace(words, hits=tuple(hits)), by_meaning

    def _key(self, hit: Scored) -> str:
        return hit.document_id if self._by_document else hit.passage_id

    def _groups(self, hits: Iterable[Scored]) -> dict[str, tuple[Scored, ...]]:
        """Hits by key, in order."""
        groups: dict[str, tuple[Scored, ...]] = {}
        for hit in hits:
            groups[self._key(hit)] = (*groups.get(self._key(hit), ()), hit)
        return groups

    def _worth(self) -> float:
        """What the words of the question tell together."""
        passages = max(1, self._vectors.wanted)
        told = {form for form in forms(self._question.text) if form not in stop_words()}
        known = self._sources.searcher.vocabulary.count(told)
        return sum(float(idf(passages, float(min(known.get(form, 0), passages)))) for form in told) or 1.0

    def _nearest(self) -> dict[str, Scored]:
        """The nearest passages, or documents with the nearest passage of each, by key; scored by their likeness."""
        rows, likeness = self._vectors.nearest(self._asked, DEPTH, self._allowed())
        ids, names, codes = self._vectors.passage_ids, self._vectors.document_ids, self._vectors.documents
        found: dict[str, Scored] = {}
        for row, near in zip(rows.tolist(), likeness.tolist(), strict=True):
            hit = Scored(ids[row], names[int(codes[row])], near, 0)
            found.setdefault(self._key(hit), hit)
        return found

    def _allowed(self) -> Rows | None:
        """The rows that meet all conditions; None where there are none."""
        shown = self._shown_rows()
        if not self._filters and isinstance(self._sources.conditions, Everything):
            return shown
        request = SearchRequest(
            self._sources.conditions, self._filters, Sort.READING, self._vectors.wanted * 2 + DEPTH, facets=()
        )
        ids = [hit.passage_id for hit in self._sources.searcher.search(request).hits]
        meeting = self._vectors.places(ids)
        return meeting if shown is None else np.intersect1d(meeting, shown, assume_unique=True)

    def _shown_rows(self) -> Rows | None:
        """The rows of all documents but the hidden ones; None where none is hidden."""
        names, hidden = self._vectors.document_ids, self._sources.hidden
        codes = [code for code, name in enumerate(names) if name in hidden]
        return np.flatnonzero(~np.isin(self._vectors.documents, codes)) if codes else None

    def _among(self, terms: TermQuery, keys: list[str]) -> Ranking:
        """Those of some passages or documents that match, with their lexical scores."""
        if not keys:
            return Ranking((), 0, 0)
        within = Filter("document" if self._by_document else "passage", tuple(keys))
        request = SearchRequest(
            AllOf((terms, within)),
            self._filters,
            limit=len(keys),
            per_document=self._question.per_document,
            facets=(),
            seconds=_SECONDS,
        )
        return self._sources.searcher.search(request)

    def _matching(self, keys: list[str], words: Ranking, every: Mapping[str, tuple[Scored, ...]]) -> set[str]:
        """Those of some passages or documents that match the question as its words are matched; `every` are the hits in `words`."""
        if (words.documents if self._by_document else words.total) <= len(every):
            return {key for key in keys if key in every}  # (all that match are known)
        return set(self._groups(self._among(self._sources.matched, keys).hits))

    def _likeness(self, keys: list[str]) -> dict[str, float]:
        """How near hits by words are; without those that have no vector."""
        vectors = self._vectors
        if not self._by_document:
            rows = vectors.places(keys)
            names = [vectors.passage_ids[row] for row in rows.tolist()]
        else:
            wanted = set(keys)
            codes = [code for code, name in enumerate(vectors.document_ids) if name in wanted]
            rows = np.flatnonzero(np.isin(vectors.documents, codes))
            names = [vectors.document_ids[code] for code in vectors.documents[rows].tolist()]
        found: dict[str, float] = {}
        for name, near in zip(names, vectors.likeness(self._asked, rows).tolist(), strict=True):
            found[name] = max(near, found.get(name, -1.0))
        return found
