"""Walking through the answers to a question: where one stands among them, where in its document each of them stands, and which came last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.answering.answer import Answer, Question
from search.answering.ask import rank, rank_with_meaning
from search.answering.meaning import MEANING
from search.answering.prepared import SearchContext, parse_question, read_as
from search.engines.request import Sort
from search.model import Passage

MOST_WALKED = (
    2_000  # answers; nobody reads on one by one for longer, and a walk of so many takes a few milliseconds
)
MOST_SPOTS = 100  # of one document; a line cannot show more marks apart from each other


@dataclass(frozen=True, slots=True)
class HitPlace:
    """An answer among all: its number from 1, how many there are, and the passages before and after it (None at the ends).

    `by_meaning` of the `total` were found by meaning, which an answer's own total does not count.
    """

    number: int
    total: int
    by_meaning: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer stands in its document: its ordinal among the passages, and its page (None without pages)."""

    passage_id: str
    ordinal: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    """Some of the passages that answer, each with a place in the order in which documents came; `total` counts all."""

    passages: tuple[Passage, ...]
    total: int


def find_place(question: Question, passage_id: str, context: SearchContext) -> HitPlace | None:
    """Return where a passage stands among the answers to a question, document by document where the question wants hits so.

    None for a passage that is no answer, or stands behind the first MOST_WALKED. Raises UnknownValue.
    """
    everything = MOST_WALKED if question.per_document else 0
    walked = replace(question, offset=0, limit=MOST_WALKED, per_document=everything)
    ranking, by_meaning = rank_with_meaning(parse_question(walked, context), context)
    ids = [hit.passage_id for hit in ranking.hits]
    if passage_id not in ids:
        return None
    at = ids.index(passage_id)
    after = ids[at + 1] if at + 1 < len(ids) else None
    before = ids[at - 1] if at else None
    return HitPlace(at + 1, ranking.total + len(by_meaning), len(by_meaning), before, after)


def spots_of_hits(answer: Answer, context: SearchContext) -> dict[str, list[Spot]]:
    """Return where all answers in the documents of an answer's hits stand, by document and in reading order; the best MOST_SPOTS of each.

    Only documents that have more answers than these hits are searched once more.
    """
    found: dict[str, list[Spot]] = defaultdict(list)
    for hit in answer.hits:
        passage = hit.passage
        found[passage.document_id].append(Spot(passage.passage_id, passage.ordinal, passage.page))
    more = {
        hit.passage.document_id
        for hit in answer.hits
        if hit.in_document > len(found[hit.passage.document_id])
    }
    found.update(_all_spots(answer, sorted(more), context))
    return {document_id: sorted(spots, key=lambda spot: spot.ordinal) for document_id, spots in found.items()}


def _all_spots(answer: Answer, document_ids: Sequence[str], context: SearchContext) -> dict[str, list[Spot]]:
    """The answers in some documents, searched for."""
    if not document_ids:
        return {}
    question = answer.question
    filters = {**dict(question.filters), "document": tuple(document_ids)}
    within = replace(
        question,
        filters=tuple(filters.items()),
        offset=0,
        limit=len(document_ids),
        per_document=MOST_SPOTS,
        without=(*question.without, MEANING),
    )
    hits = rank(read_as(within, answer.written, context), context).hits
    places = context.catalog.spots([hit.passage_id for hit in hits])
    found: dict[str, list[Spot]] = defaultdict(list)
    for hit in hits:
        found[hit.document_id].append(Spot(hit.passage_id, *places[hit.passage_id]))
    return found


def find_latest(
    question: Question, places: Mapping[str, int], first: int, most: int, context: SearchContext
) -> Latest:
    """Return at `most` so many of the passages that answer `question` by their words, from number `first` (from 0) on.

    `places` are those of documents by id, the one that came last first; within a document passages stand in reading order. Raises
    UnknownValue for a filter that names nothing.
    """
    every = max(1, context.catalog.count_passages())
    bare = replace(question, per_document=0, limit=every, offset=0, sort=Sort.READING)
    found = rank(parse_question(bare, context), context)
    hits = sorted(found.hits, key=lambda hit: places.get(hit.document_id, len(places)))
    ids = [hit.passage_id for hit in hits[first : first + most]]
    return Latest(tuple(context.catalog.passages(ids)), found.total)
