"""What answers a question, in the order in which it came to the reading room: what feeds show, so that nothing new hides below what is old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.answering.answer import Question
from search.answering.ask import rank
from search.answering.prepared import SearchContext, parse_question
from search.engines.request import Sort
from search.model import Passage


@dataclass(frozen=True, slots=True)
class Latest:
    """Some of the passages that answer, each with a place in the order in which documents came; `total` counts all."""

    passages: tuple[Passage, ...]
    total: int


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
