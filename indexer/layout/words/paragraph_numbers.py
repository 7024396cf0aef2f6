"""Printed numbers of paragraphs: `14. The Council ...`, `(14) The Council ...`. Only numbers that run through a document.

A year, a list "1. 2. 3." or a numbered list of references begins paragraphs, too; taken for the number of a paragraph
it would make a wrong locator, which is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.reading.reading import DraftPassage
from search.model import PassageKind

_NUMBER = re.compile(r"^(?:\((?P<bracketed>[1-9]\d{0,2})\)|(?P<dotted>[1-9]\d{0,2})\.)\s+(?=\S)")
_REFERENCES = re.compile(r"\b(?:references|bibliography|endnotes|notes|works cited|sources)\b", re.IGNORECASE)
_PROSE = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
SHORTEST_RUN = 5
SHORT_RUN, MOSTLY = (
    3,
    0.5,
)  # a shorter run counts where it begins above 1, as no list does, and numbers most paragraphs
# Numbers that may be missing between two of a run: a paragraph that begins inside of a table, or is set as a heading.
MOST_MISSED = 3
# The share of a document's paragraphs that runs must number between them: below it a list stands in unnumbered prose.
# Of 369 PDF files 31 reports have numbered paragraphs, 0.15 to 0.98 of them; lists in five others make at most 0.03.
NUMBERED_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that begins with a number in one of the two forms."""

    place: int
    number: int
    bracketed: bool


def with_numbers(passages: Sequence[DraftPassage]) -> tuple[DraftPassage, ...]:
    """Return the passages, those with a printed number of their own holding it; their text keeps it as well."""
    paragraphs = sum(draft.kind is PassageKind.PARAGRAPH for draft in passages)
    candidates = [found for place, draft in enumerate(passages) if (found := _candidate(place, draft))]
    runs = [
        run
        for bracketed in (False, True)
        for run in _runs([item for item in candidates if item.bracketed == bracketed], paragraphs)
    ]
    numbered = {item.place: str(item.number) for run in runs for item in run}
    if len(numbered) < NUMBERED_SHARE * paragraphs:
        return tuple(passages)
    return tuple(
        replace(draft, number=numbered[place]) if place in numbered else draft
        for place, draft in enumerate(passages)
    )


def _candidate(place: int, draft: DraftPassage) -> _Candidate | None:
    """The number that a passage of prose begins with; None below a heading of references."""
    match = _NUMBER.match(draft.text) if draft.kind in _PROSE else None
    if match is None or (draft.heading_path and _REFERENCES.search(draft.heading_path[-1])):
        return None
    return _Candidate(place, int(match["dotted"] or match["bracketed"]), match["bracketed"] is not None)


def _runs(candidates: Sequence[_Candidate], paragraphs: int) -> list[list[_Candidate]]:
    """The longest run, and the longest before and after it: annexes count anew."""
    run = _longest_run(candidates)
    continues = len(run) >= max(SHORT_RUN, MOSTLY * paragraphs) and run[0].number > 1
    if len(run) < SHORTEST_RUN and not continues:
        return []
    before = [item for item in candidates if item.place < run[0].place]
    after = [item for item in candidates if item.place > run[-1].place]
    return [*_runs(before, paragraphs), run, *_runs(after, paragraphs)]


def _longest_run(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest row of numbers that rise by one, a few missing at most; the earliest of equally long ones."""
    best: dict[
        int, tuple[int, int | None]
    ] = {}  # place in `candidates`: (length of the run that ends there, before)
    last_with: dict[
        int, int
    ] = {}  # number: the place in `candidates` where the longest run with this end ends
    for place, item in enumerate(candidates):
        ends = [
            last_with[item.number - step]
            for step in range(1, MOST_MISSED + 2)
            if item.number - step in last_with
        ]
        before = max(ends, key=lambda end: best[end][0], default=None)
        best[place] = (best[before][0] + 1 if before is not None else 1, before)
        if item.number not in last_with or best[last_with[item.number]][0] < best[place][0]:
            last_with[item.number] = place
    return _followed(candidates, best)


def _followed(candidates: Sequence[_Candidate], best: dict[int, tuple[int, int | None]]) -> list[_Candidate]:
    """The run that is longest, from its end to its beginning and turned round."""
    run: list[_Candidate] = []
    place = max(best, key=lambda end: best[end][0], default=None)
    while place is not None:
        run.append(candidates[place])
        place = best[place][1]
    return run[::-1]
