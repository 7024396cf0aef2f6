"""A document as a line with a tick wherever it answers the question: where in a long report to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from search.answering.answer import Question
from search.answering.navigation import Spot
from search.model import Document
from search.permalinks import passage_path
from webapp.addresses import address

WIDTH = 1000  # units of the picture


@dataclass(frozen=True, slots=True)
class Tick:
    """The answers on one page (or in one paragraph of a text without pages), and the address of the first of them."""

    x: float
    label: str
    href: str
    shown: bool


def ticks(document: Document, spots: Iterable[Spot], shown: Sequence[str], question: Question) -> list[Tick]:
    """Return the ticks of a document in reading order; `shown` are the ids of passages that stand in the list already."""
    marked, carried = [], address(question, "")
    for place, together in groupby(spots, key=_place):
        here = list(together)
        label = f"PDF page {place}" if here[0].page is not None else f"paragraph {place}"
        if len(here) > 1:
            label += f", {len(here)} passages"
        length = document.pages if here[0].page is not None else document.passages
        x = round(WIDTH * (place - 1) / max(length or 1, place, 1), 1)
        href = passage_path(here[0].passage_id) + carried
        marked.append(Tick(x, label, href, any(spot.passage_id in shown for spot in here)))
    return marked


def _place(spot: Spot) -> int:
    """Its page, or its number among the passages where there are no pages."""
    return spot.ordinal if spot.page is None else spot.page
