"""Which themes a passage is about, and because of which of its words.

Every wording of a theme that stands in the passage or in the headings above it adds weight; the theme is given
when the weight reaches a bar that rises with the length of the passage. So a word in passing marks a short
list item, which has room for one subject, but not a long paragraph.

The constants were chosen by a grid search on 389 hand-labelled paragraphs of twenty documents (micro F1 .74). The
optimum is flat: two thirds of the settings tried lie within .03 of it. Chosen anew with each document left out they
give .73 on the documents left out. The labels of the themes file were written with these passages in view, though,
so other documents will show less.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.marking.stems import Token, read_tokens
from indexer.marking.wordings import Hit, WordingTable
from search.model import IN_HEADING, ThemeMark, Themes

PHRASE_WEIGHT, WORD_WEIGHT = 1.0, 0.7
"""A wording of several words, or an acronym, against a single word, which has other meanings more often."""

REPEAT_SHARE = 0.3
"""What a wording counts when it stands again: the second "climate" says little that the first did not."""

OPENING_WORDS, OPENING_BONUS = 25, 0.5
"""A wording within the first words of a passage adds the bonus: paragraphs open with their subject."""

HEADING_WEIGHT, UPPER_HEADING_WEIGHT = 1.0, 0.3
"""A wording in the nearest heading, and in one of those above it."""

HEADING_FLOOR, HEADING_SHARE = 0.3, 2.0
"""A heading counts in full when half of its longer words belong to the wording, and less the more else it names."""

LONGER_WORD = 4
"""Letters from which a word of a heading counts; shorter ones are articles and prepositions."""

BAR, BAR_SLOPE, BAR_WORDS = 0.7, 0.3, 40
"""A theme needs BAR, and BAR_SLOPE more for each doubling of the passage beyond BAR_WORDS words."""

KEPT_HEADINGS = 10_000
"""Headings remembered with their themes; all passages below a heading ask for it again."""


@dataclass(slots=True)
class _Score:
    """What speaks for one theme so far: its weight, and the words as printed, in order, each once."""

    weight: float = 0.0
    because: dict[str, None] = field(default_factory=dict)


class ThemeMarker:
    """Marks passages with themes. Built once for all passages; about 5,000 passages a second."""

    def __init__(self, themes: Themes) -> None:
        self._order = {theme.theme_id: number for number, theme in enumerate(themes.all)}
        self._table = WordingTable(themes.all)
        self._headings: dict[str, dict[str, float]] = {}

    def mark(self, text: str, heading_path: Sequence[str] = ()) -> tuple[ThemeMark, ...]:
        """The themes that the passage is about, in the order of the themes file, each with the words that caused
        it as they stand in the passage, and IN_HEADING with the heading."""
        tokens = read_tokens(text)
        scores: dict[str, _Score] = {}
        self._add_text(text, tokens, scores)
        for distance, heading in enumerate(reversed(heading_path)):
            self._add_heading(heading, distance, scores)
        bar = find_bar(len(tokens))
        given = [theme_id for theme_id, score in scores.items() if score.weight >= bar]
        given.sort(key=self._order.__getitem__)
        return tuple(ThemeMark(theme_id, tuple(scores[theme_id].because)) for theme_id in given)

    def _add_text(self, text: str, tokens: list[Token], scores: dict[str, _Score]) -> None:
        """Adds what the passage's own words say."""
        seen: set[tuple[str, ...]] = set()
        for hit in self._table.hits(text, tokens):
            part = tokens[hit.first : hit.first + hit.words]
            score = scores.setdefault(hit.theme_id, _Score())
            key = (hit.theme_id, *(token.stem for token in part))
            score.weight += _hit_weight(hit, repeated=key in seen)
            score.because.setdefault(text[part[0].start : part[-1].end])
            seen.add(key)

    def _add_heading(self, heading: str, distance: int, scores: dict[str, _Score]) -> None:
        """Adds what a heading says; distance 0 is the nearest."""
        full = UPPER_HEADING_WEIGHT if distance else HEADING_WEIGHT
        for theme_id, share in self._heading_shares(heading).items():
            score = scores.setdefault(theme_id, _Score())
            score.weight += full * share
            score.because.setdefault(IN_HEADING + heading)

    def _heading_shares(self, heading: str) -> dict[str, float]:
        """How much of a heading is about each theme that it names, from 0 to 1."""
        if heading not in self._headings:
            if len(self._headings) >= KEPT_HEADINGS:
                self._headings.clear()
            self._headings[heading] = self._read_heading(heading)
        return self._headings[heading]

    def _read_heading(self, heading: str) -> dict[str, float]:
        """The shares of the themes in a heading not seen before."""
        tokens = read_tokens(heading)
        longer = max(1, sum(len(token.word) >= LONGER_WORD for token in tokens))
        words: dict[str, int] = {}
        for hit in self._table.hits(heading, tokens):
            words[hit.theme_id] = words.get(hit.theme_id, 0) + hit.words
        return {
            theme_id: min(1.0, HEADING_FLOOR + HEADING_SHARE * count / longer)
            for theme_id, count in words.items()
        }


def find_bar(words: int) -> float:
    """The weight that a theme needs in a passage of so many words."""
    return BAR + BAR_SLOPE * max(0.0, math.log2(max(1, words) / BAR_WORDS))


def _hit_weight(hit: Hit, *, repeated: bool) -> float:
    """What one place in the passage adds."""
    weight = PHRASE_WEIGHT if hit.words > 1 or hit.acronym else WORD_WEIGHT
    if repeated:
        weight *= REPEAT_SHARE
    return weight + (OPENING_BONUS if hit.first < OPENING_WORDS else 0.0)


def mark_themes(text: str, heading_path: Sequence[str], themes: Themes) -> tuple[ThemeMark, ...]:
    """The themes of a single passage. For many passages build one `ThemeMarker` and use its `mark`."""
    return ThemeMarker(themes).mark(text, heading_path)
