"""Other places that say nearly the same as a passage: in other documents, and again in its own.

Candidates are the passages that have most of its rarest words; what they share is then measured on the texts. The share is
of words: those of the passage that stand in runs of three or more which the other passage has, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis.words import forms
from search.answering.prepared import SearchContext
from search.engines.request import SearchRequest
from search.model import Document, Passage
from search.query.expansion import excluding
from search.query.terms import AnyOf, Filter, Term, TermField

RUN = 3  # words; pairs of words are shared by strangers, too
FEWEST_WORDS = 8  # of a passage; shorter ones are headings and set phrases
RAREST = (
    12  # words by which candidates are found; a passage that shares half of these runs has several of them
)
CANDIDATES = 60  # whose texts are looked at
LEAST_SHARE = 0.5  # below it, passages share a subject and a few set phrases, not what they say
MOST = 10  # places


@dataclass(frozen=True, slots=True)
class Similar:
    """A place that says nearly the same. `share` is the part of the passage's words that stand there, too (0 to 1)."""

    passage: Passage
    document: Document
    share: float
    same_document: bool


def find_similar(passage: Passage, context: SearchContext, most: int = MOST) -> tuple[Similar, ...]:
    """Return the places that share most, other documents first where they share alike; none for a very short passage."""
    words = forms(passage.text)
    if len(words) < FEWEST_WORDS:
        return ()
    found = [
        Similar(other, context.documents[other.document_id], share, other.document_id == passage.document_id)
        for other in _candidates(passage, words, context)
        if (share := shared(words, forms(other.text))) >= LEAST_SHARE
    ]
    found.sort(key=lambda s: (-round(s.share, 2), s.same_document, s.passage.document_id, s.passage.ordinal))
    return tuple(found[:most])


def _candidates(passage: Passage, words: Sequence[str], context: SearchContext) -> Iterable[Passage]:
    """Passages with many of the rarest words that not this passage alone has; none of older versions of other documents."""
    known = context.searcher.vocabulary.count(set(words))
    elsewhere = sorted((word for word in known if known[word] > 1), key=lambda w: (known[w], w))
    if not elsewhere:
        return []
    rare = AnyOf(tuple(Term(TermField.EXACT, word) for word in elsewhere[:RAREST]))
    older = tuple(other for other in context.superseded if other != passage.document_id)
    query = excluding(rare, (Filter("document", older),) if older else ())
    ranking = context.searcher.search(SearchRequest(query, limit=CANDIDATES))
    ids = [hit.passage_id for hit in ranking.hits if hit.passage_id != passage.passage_id]
    return context.catalog.passages(ids)


def shared(words: Sequence[str], others: Sequence[str]) -> float:
    """Return the part of `words` that stand in runs of RUN or more words which `others` have, too (0 to 1)."""
    runs = {tuple(others[i : i + RUN]) for i in range(len(others) - RUN + 1)}
    covered = {
        place
        for i in range(len(words) - RUN + 1)
        if tuple(words[i : i + RUN]) in runs
        for place in range(i, i + RUN)
    }
    return len(covered) / len(words) if words else 0.0
