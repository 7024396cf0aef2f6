"""Which themes a passage is about, and because of which of its words.

Every wording of a theme that stands in the passage, in the headings above it or all over its document adds weight;
the theme is given when the weight reaches a bar that rises with the length of the passage. So a word in passing
marks a short list item, which has room for one subject, but not a long paragraph.

The constants were chosen on 389 hand-labelled paragraphs of twenty documents (decision 0025 has the figures): micro
F1 .78 with all of them; .75 on the documents left out when the constants are chosen anew without each document. The
labels of the themes file were written with these passages in view, so other documents will show less.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.marking.label_matcher import Hit, WordingTable
from indexer.marking.stems import Token, read_tokens
from search.model import IN_DOCUMENT, IN_HEADING, PassageKind, ThemeMark, Themes

PHRASE_WEIGHT, WORD_WEIGHT = 1.0, 0.7
"""A wording of several words, or an acronym, against a single word, which has other meanings more often."""

REPEAT_SHARE = 0.2
"""What a wording counts when it stands again: the second "climate" says little that the first did not."""

HINT_WEIGHT, HINT_LIMIT = 0.25, 0.4
"""What each different hint adds, and all of them together: less than half of a label, so that hints alone mark
nothing but very short passages. Without a limit micro F1 falls by .01, without hints by .02."""

OPENING_WORDS, OPENING_BONUS = 25, 0.35
"""A label within the first words of a passage adds the bonus: paragraphs open with their subject."""

HEADING_WEIGHT, UPPER_HEADING_WEIGHT = 1.2, 0.15
"""A label in the nearest heading, and in one of those above it."""

HEADING_FLOOR, HEADING_SHARE = 0.3, 1.0
"""A heading counts by the share of its longer words that belong to the label, and less the more else it names."""

LONGER_WORD = 4
"""Letters from which a word of a heading counts; shorter ones are articles and prepositions."""

DOCUMENT_WEIGHT, DOCUMENT_FULL, DOCUMENT_LEAST = 0.8, 0.7, 0.1
"""A theme that its own words give to DOCUMENT_FULL of the paragraphs of a document adds the weight to all others,
and less in proportion; below DOCUMENT_LEAST nothing. "The Forum" is about the climate where everything else is.
Without it micro F1 falls by .05; chosen anew without each document, the best weight is from .5 to 1."""

LEAST_PARAGRAPHS = 2
"""One paragraph says nothing of a document beyond itself, however short the document is."""

TITLE_WEIGHT = 0.6
"""What a label in the title of the document adds, as much as its share of the title."""

BAR, BAR_SLOPE, BAR_WORDS = 1.0, 0.3, 40
"""A theme needs BAR, and BAR_SLOPE more for each doubling of the passage beyond BAR_WORDS words."""

RUNNING = (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM)
"""What a document is judged by, and what takes themes from it: tables, captions and notes keep to their words."""

KEPT_HEADINGS = 10_000
"""Headings remembered with their themes; all passages below a heading ask for it again."""


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What a document says of each theme: the weight that it lends to its paragraphs, and why, in words."""

    weights: Mapping[str, float] = field(default_factory=dict)
    because: Mapping[str, str] = field(default_factory=dict)


NO_CONTEXT = DocumentContext()


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """What speaks for one theme in a passage: the weights of its labels and of its hints in the text, the share of the
    nearest heading and of those above it that is about the theme, what the document lends, and the words as printed."""

    text: float = 0.0
    hints: float = 0.0
    heading: float = 0.0
    upper: float = 0.0
    document: float = 0.0
    because: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """All of it, as the rules add it up."""
        headings = HEADING_WEIGHT * self.heading + UPPER_HEADING_WEIGHT * self.upper
        return self.text + min(HINT_LIMIT, self.hints) + headings + self.document


@dataclass(slots=True)
class TextScore:
    """What the own words of a passage say for one theme: weight, that of hints, and the words as printed, in order, once."""

    weight: float = 0.0
    hints: float = 0.0
    because: dict[str, None] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The weight with that of the hints."""
        return self.weight + min(HINT_LIMIT, self.hints)


NO_SCORE = TextScore()


class ThemeMarker:
    """Marks passages with themes. Built once for all passages; about 5,000 passages a second."""

    def __init__(self, themes: Themes) -> None:
        self._order = {theme.theme_id: number for number, theme in enumerate(themes.all)}
        self._table = WordingTable(themes.all)
        self._headings: dict[str, dict[str, float]] = {}

    def mark(
        self, text: str, heading_path: Sequence[str] = (), context: DocumentContext = NO_CONTEXT
    ) -> tuple[ThemeMark, ...]:
        """Return the themes that the passage is about, in the order of the themes file, each with the words that caused
        it as they stand in the passage, IN_HEADING with the heading, and IN_DOCUMENT with what the document says."""
        tokens = read_tokens(text)
        scores = self.read_text(text, tokens)
        given = self.given(scores, heading_path, len(tokens), context)
        return tuple(ThemeMark(t, self._because(t, scores, reversed(heading_path), context)) for t in given)

    def read_text(self, text: str, tokens: Sequence[Token]) -> dict[str, TextScore]:
        """Return what the own words of a passage (`tokens` of its `text`) say for each theme that they name."""
        scores: dict[str, TextScore] = {}
        seen: set[tuple[str, ...]] = set()
        for hit in self._table.hits(text, tokens):
            part = tokens[hit.first : hit.first + hit.words]
            score = scores.setdefault(hit.theme_id, TextScore())
            key = (hit.theme_id, *(token.stem for token in part))
            if hit.hint:
                score.hints += 0.0 if key in seen else HINT_WEIGHT
            else:
                score.weight += _hit_weight(hit, repeated=key in seen)
            score.because.setdefault(text[part[0].start : part[-1].end])
            seen.add(key)
        return scores

    def given(
        self,
        scores: Mapping[str, TextScore],
        heading_path: Sequence[str],
        words: int,
        context: DocumentContext = NO_CONTEXT,
    ) -> list[str]:
        """Return the themes that reach the bar of a passage of so many `words`, whose own words say `scores`."""
        totals = {theme_id: score.total for theme_id, score in scores.items()}
        for distance, heading in enumerate(reversed(heading_path)):
            full = UPPER_HEADING_WEIGHT if distance else HEADING_WEIGHT
            for theme_id, share in self.heading_shares(heading).items():
                totals[theme_id] = totals.get(theme_id, 0.0) + full * share
        for theme_id, weight in context.weights.items():
            totals[theme_id] = totals.get(theme_id, 0.0) + weight
        bar = find_bar(words)
        reached = (theme_id for theme_id, total in totals.items() if total >= bar)
        return sorted(reached, key=self._order.__getitem__)

    def weigh(
        self, scores: Mapping[str, TextScore], heading_path: Sequence[str], context: DocumentContext
    ) -> dict[str, ThemeEvidence]:
        """Return what speaks for each theme for which anything does, before any bar; for a marker that learned how much
        each of it says. `scores` are what the passage's own words say."""
        nearest = self.heading_shares(heading_path[-1]) if heading_path else {}
        above: dict[str, float] = {}
        for heading in heading_path[:-1]:
            for theme_id, share in self.heading_shares(heading).items():
                above[theme_id] = max(share, above.get(theme_id, 0.0))
        found = {}
        for theme_id in {**scores, **nearest, **above, **context.weights}:
            score = scores.get(theme_id, NO_SCORE)
            found[theme_id] = ThemeEvidence(
                score.weight,
                score.hints,
                nearest.get(theme_id, 0.0),
                above.get(theme_id, 0.0),
                context.weights.get(theme_id, 0.0),
                self._because(theme_id, scores, heading_path[-1:], context),
            )
        return found

    def _because(
        self,
        theme_id: str,
        scores: Mapping[str, TextScore],
        headings: Iterable[str],
        context: DocumentContext,
    ) -> tuple[str, ...]:
        """What speaks for a theme: words as printed, those of `headings` that name it, and the document."""
        because = [*scores.get(theme_id, NO_SCORE).because]
        because += [IN_HEADING + heading for heading in headings if theme_id in self.heading_shares(heading)]
        because += [IN_DOCUMENT + context.because[theme_id]] if theme_id in context.because else []
        return tuple(dict.fromkeys(because))

    def read_context(
        self, title: str, passages: Iterable[tuple[PassageKind, str, Sequence[str]]]
    ) -> DocumentContext:
        """Return what a document says of each theme, from its title and its passages: kind, text and headings of each."""
        given = []
        for kind, text, path in passages:
            if kind in RUNNING:
                tokens = read_tokens(text)
                given.append(self.given(self.read_text(text, tokens), path, len(tokens)))
        return self.sum_up(title, given)

    def sum_up(self, title: str, given: Sequence[Sequence[str]]) -> DocumentContext:
        """Return what a document says of each theme, from its title and from the themes `given` to each of its paragraphs
        by their own words and headings."""
        counts = Counter(theme_id for themes in given for theme_id in themes)
        weights, because = {}, {}
        for theme_id, share in self.heading_shares(title).items():
            weights[theme_id], because[theme_id] = TITLE_WEIGHT * share, title
        for theme_id, count in counts.items():
            if count >= max(LEAST_PARAGRAPHS, DOCUMENT_LEAST * len(given)):
                lent = DOCUMENT_WEIGHT * min(1.0, count / len(given) / DOCUMENT_FULL)
                weights[theme_id] = weights.get(theme_id, 0.0) + lent
                because[theme_id] = f"{count} of {len(given)} paragraphs"
        return DocumentContext(weights, because)

    def heading_shares(self, heading: str) -> dict[str, float]:
        """Return how much of a heading is about each theme that it names, from 0 to 1."""
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
            if hit.hint:
                continue
            words[hit.theme_id] = words.get(hit.theme_id, 0) + hit.words
        return {
            theme_id: min(1.0, HEADING_FLOOR + HEADING_SHARE * count / longer)
            for theme_id, count in words.items()
        }


def find_bar(words: int) -> float:
    """Return the weight that a theme needs in a passage of so many words."""
    return BAR + BAR_SLOPE * max(0.0, math.log2(max(1, words) / BAR_WORDS))


def _hit_weight(hit: Hit, *, repeated: bool) -> float:
    """What one place in the passage adds."""
    weight = PHRASE_WEIGHT if hit.words > 1 or hit.acronym else WORD_WEIGHT
    if repeated:
        weight *= REPEAT_SHARE
    return weight + (OPENING_BONUS if hit.first < OPENING_WORDS else 0.0)


def mark_themes(text: str, heading_path: Sequence[str], themes: Themes) -> tuple[ThemeMark, ...]:
    """Return the themes of a single passage. For many passages build one `ThemeMarker` and use its `mark`."""
    return ThemeMarker(themes).mark(text, heading_path)
