"""The answers in time: a bar for each year (or run of years), made of the kinds of documents, that leads to the answers of that time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.answers import Answer, Question
from search.model import Document
from search.resolving import Names
from webapp.params import address, with_values

MOST_BARS = 14  # side by side on a page of results; further years stand together
STEPS = (1, 2, 5, 10, 20, 50, 100)  # years in one bar
HEIGHT = 44  # units of the picture
SHADES = 4  # that can be told apart in one colour; rarer kinds share the last


@dataclass(frozen=True, slots=True)
class Segment:
    """The answers of one kind in a bar: its place from the top in units, and the shade of its kind from 1."""

    label: str
    count: int
    shade: int
    y: float
    height: float
    href: str


@dataclass(frozen=True, slots=True)
class YearBar:
    """The answers of some years; `segments` has one for each kind of the strip, in its order, `height` high together."""

    label: str
    count: int
    height: float
    href: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class YearStrip:
    """All bars in time, the kinds with their shades, and how many answers have no date."""

    bars: tuple[YearBar, ...]
    kinds: tuple[tuple[str, int], ...]
    undated: int


def year_strip(answer: Answer, documents: Mapping[str, Document], names: Names) -> YearStrip | None:
    """The strip over an answer; None where it would have one bar."""
    counts, undated = _by_year_and_kind(answer, documents)
    if not counts:
        return None
    years = [year for year, _ in counts]
    step = _step(min(years), max(years))
    of_bar: Counter[tuple[int, str]] = Counter()
    for (year, kind), count in counts.items():
        of_bar[year - year % step, kind] += count
    starts = range(min(years) - min(years) % step, max(years) + 1, step)
    if len(starts) < 2:
        return None
    of_kind: Counter[str] = Counter()
    for (_, kind), count in of_bar.items():
        of_kind[kind] += count
    kinds = [kind for kind, _ in of_kind.most_common()]
    highest = max(sum(of_bar[start, kind] for kind in kinds) for start in starts)
    drawing = _Drawing(answer.question, names, kinds, HEIGHT / highest, step)
    bars = tuple(drawing.bar(start, {kind: of_bar[start, kind] for kind in kinds}) for start in starts)
    labels = tuple((names.label("kind", kind), _shade(place)) for place, kind in enumerate(kinds))
    return YearStrip(bars, labels, undated)


def _by_year_and_kind(
    answer: Answer, documents: Mapping[str, Document]
) -> tuple[Counter[tuple[int, str]], int]:
    """Answers by year and kind of their documents, and those without a date. The counts are the answer's own."""
    chosen = answer.question.chosen("document")
    counts: Counter[tuple[int, str]] = Counter()
    undated = 0
    for value in answer.facets.get("document", ()):
        if not value.count or (chosen and not value.chosen):
            continue
        document = documents[value.value_id]
        if document.date:
            counts[int(document.date[:4]), document.kind] += value.count
        else:
            undated += value.count
    return counts, undated


def _step(first: int, last: int) -> int:
    """How many years one bar has to hold."""
    return next((s for s in STEPS if last // s - first // s < MOST_BARS), STEPS[-1])


def _shade(place: int) -> int:
    return min(place, SHADES - 1) + 1


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all bars of a strip have in common."""

    question: Question
    names: Names
    kinds: list[str]
    scale: float
    step: int

    def bar(self, start: int, counts: Mapping[str, int]) -> YearBar:
        """One bar, the most frequent kind at its foot."""
        end = start + self.step - 1
        within = replace(self.question, since=str(start), until=str(end), offset=0)
        label = str(start) if self.step == 1 else f"{start}–{end % 100:02}"
        total = round(sum(counts.values()) * self.scale, 1)
        y = total
        segments = []
        for place, kind in enumerate(self.kinds):
            height = round(counts[kind] * self.scale, 1)
            y -= height
            href = address(with_values(within, "kind", [kind]))
            name = self.names.label("kind", kind)
            segments.append(Segment(name, counts[kind], _shade(place), round(y, 1), height, href))
        return YearBar(label, sum(counts.values()), total, address(within), tuple(segments))
