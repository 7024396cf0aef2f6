"""How well each single label does on labelled passages, and which words of missed passages could become labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.marking.evaluation import GoldPassage, read_contexts
from indexer.marking.label_matcher import WordingTable
from indexer.marking.stems import Token, read_tokens
from indexer.marking.theme_marker import ThemeMarker
from search.analysis.words import stop_words
from search.model import Themes

LONGEST = 3
"""Words of a proposed label; of the labels that ship nine in ten have at most three."""

LEAST_PASSAGES, LEAST_PRECISION = 2, 0.75
"""A proposal stands in so many missed passages of its theme, and that share of all passages with it has the theme.
It is for people to judge: with 389 labelled passages two in three proposals are names of the documents."""

MOST = 3
"""Proposals for one theme."""


@dataclass(frozen=True, slots=True)
class LabelScore:
    """A wording of a theme in the labelled passages: on how many with the theme (right) and without it (wrong)."""

    theme_id: str
    wording: str
    right: int
    wrong: int
    hint: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of passages that a theme missed: in how many of them, and in how many passages without the theme."""

    theme_id: str
    wording: str
    missed: int
    elsewhere: int


def measure_labels(gold: Sequence[GoldPassage], themes: Themes) -> tuple[LabelScore, ...]:
    """Return every wording that stands in a passage, those that are wrong most often first."""
    table = WordingTable(themes.all)
    counts: dict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for passage in gold:
        tokens = read_tokens(passage.text)
        hits = table.hits(passage.text, tokens)
        for key in {(h.theme_id, _words(tokens[h.first : h.first + h.words]), h.hint) for h in hits}:
            counts[key][key[0] not in passage.themes] += 1
    scores = (LabelScore(key[0], key[1], right, wrong, key[2]) for key, (right, wrong) in counts.items())
    return tuple(sorted(scores, key=lambda s: (s.right - s.wrong, s.theme_id, s.wording)))


def propose_labels(gold: Sequence[GoldPassage], themes: Themes) -> tuple[Proposal, ...]:
    """Return words that missed passages of a theme share and others hardly have, for staff to judge; by theme."""
    marker = ThemeMarker(themes)
    contexts = read_contexts(gold, marker)
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    having: dict[str, list[frozenset[str]]] = defaultdict(list)
    for passage in gold:
        given = {
            mark.theme_id
            for mark in marker.mark(passage.text, passage.heading_path, contexts[passage.document])
        }
        pieces = set(_pieces(read_tokens(passage.text)))
        for piece in pieces:
            having[piece].append(passage.themes)
        for theme_id in (passage.themes - given) & themes.by_id.keys():
            missed[theme_id].update(pieces)
    return tuple(p for theme_id in themes.by_id for p in _best(theme_id, missed[theme_id], having))


def _best(theme_id: str, missed: Counter[str], having: dict[str, list[frozenset[str]]]) -> Iterator[Proposal]:
    """The best proposals for a theme: in the most missed passages, longer ones first."""
    found = [
        Proposal(theme_id, piece, count, sum(theme_id not in themes for themes in having[piece]))
        for piece, count in missed.items()
        if count >= LEAST_PASSAGES
    ]
    sure = [p for p in found if p.elsewhere <= (1 - LEAST_PRECISION) * len(having[p.wording])]
    yield from sorted(sure, key=lambda p: (-p.missed, p.elsewhere, -len(p.wording), p.wording))[:MOST]


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    """All runs of up to LONGEST words that neither begin nor end with a stop word, a number or a single letter."""
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + LONGEST, len(tokens)) + 1):
            if all(_telling(token) for token in (tokens[first], tokens[last - 1])):
                yield _words(tokens[first:last])


def _telling(token: Token) -> bool:
    """Whether a word may begin or end a label."""
    return len(token.word) > 2 and not token.word.isdigit() and token.word.lower() not in stop_words()


def _words(tokens: Sequence[Token]) -> str:
    """Words as a label: small letters."""
    return " ".join(token.word.lower() for token in tokens)


def worst_wordings(scores: Sequence[LabelScore], most: int) -> tuple[LabelScore, ...]:
    """Return the labels, not hints, that more passages have without their theme than with it."""
    return tuple(score for score in scores if score.wrong > score.right and not score.hint)[:most]
