"""The answers in time: a bar for each year (or run of years), made of the kinds of documents, that leads to the answers of that time.

Where all documents are of one year (as digests of several symposia are), the bars are the editions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from search.answering.answer import Answer, Question
from search.model import Document, Edition
from search.query.names import Names
from webapp.addresses import address, with_values

MOST_BARS = 14  # side by side on a page of results; further years stand together
STEPS = (1, 2, 5, 10, 20, 50, 100)  # years in one bar
HEIGHT = 24  # units of the picture, which are pixels: what is above the hits must leave room for five of them
SHADES = 4  # that can be told apart in one colour; rarer kinds share the last

Counts = Counter[tuple[str, str]]
"""Answers by year (four digits) or edition, and kind."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The answers of one kind in a bar: its place from the top in units, and the shade of its kind from 1."""

    count: int
    shade: int
    y: float
    height: float
    href: str


@dataclass(frozen=True, slots=True)
class TimeBar:
    """The answers of one time; `segments` has one for each kind of the strip, in its order, `height` high together."""

    label: str
    count: int
    height: float
    href: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class TimeStrip:
    """All bars in time, what they are ("Year"), the kinds with their shades, and how many answers stand in none of them."""

    what: str
    bars: tuple[TimeBar, ...]
    kinds: tuple[tuple[str, int], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Time:
    """One bar before it is drawn: the keys of `Counts` that it holds, and the question narrowed to it."""

    label: str
    keys: tuple[str, ...]
    question: Question


def time_strip(
    answer: Answer, documents: Mapping[str, Document], editions: Iterable[Edition], names: Names
) -> TimeStrip | None:
    """Return the strip over an answer; None where it would have one bar."""
    found = list(_documents(answer, documents))
    by_year: Counts = Counter()
    by_edition: Counts = Counter()
    for document, count in found:
        by_year[(document.published or "")[:4], document.kind] += count
        by_edition[document.edition or "", document.kind] += count
    years = {year for year, _ in by_year if year}
    if len(years) > 1:
        return _strip("Year", _years(answer.question, years), by_year, names)
    if len({edition for edition, _ in by_edition if edition}) > 1:
        ordered = sorted(editions, key=lambda edition: edition.start or "")
        return _strip("Edition", _editions(answer.question, ordered, names), by_edition, names)
    return None


def _documents(answer: Answer, documents: Mapping[str, Document]) -> Iterator[tuple[Document, int]]:
    """The documents with answers, and how many each has. The counts are the answer's own."""
    chosen = answer.question.chosen("document")
    for value in answer.facets.get("document", ()):
        if value.count and (value.chosen or not chosen):
            yield documents[value.value_id], value.count


def _years(question: Question, years: Iterable[str]) -> list[_Time]:
    """Years from the first to the last, several in a bar where they are many."""
    first, last = int(min(years)), int(max(years))
    step = next((s for s in STEPS if last // s - first // s < MOST_BARS), STEPS[-1])
    times = []
    for start in range(first - first % step, last + 1, step):
        end = start + step - 1
        label = str(start) if step == 1 else f"{start}–{end % 100:02}"
        keys = tuple(f"{year:04}" for year in range(start, end + 1))
        times.append(_Time(label, keys, replace(question, since=keys[0], until=keys[-1], offset=0)))
    return times


def _editions(question: Question, editions: Iterable[Edition], names: Names) -> list[_Time]:
    """Every edition, oldest first."""
    ids = [edition.edition_id for edition in editions]
    return [
        _Time(names.label("edition", key), (key,), with_values(question, "edition", [key])) for key in ids
    ]


def _strip(what: str, times: list[_Time], counts: Counts, names: Names) -> TimeStrip:
    """The strip of some times."""
    shown = {key for time in times for key in time.keys}
    of_kind: Counter[str] = Counter()
    for (key, kind), count in counts.items():
        of_kind[kind] += count if key in shown else 0
    of_kind = +of_kind  # without kinds that stand in no bar
    kinds = [kind for kind, _ in of_kind.most_common()]
    of_times = [{kind: sum(counts[key, kind] for key in time.keys) for kind in kinds} for time in times]
    scale = HEIGHT / max(sum(of_time.values()) for of_time in of_times)
    bars = tuple(_bar(time, of_time, scale) for time, of_time in zip(times, of_times, strict=True))
    labels = tuple((names.label("kind", kind), _shade(place)) for place, kind in enumerate(kinds))
    return TimeStrip(what, bars, labels, counts.total() - sum(bar.count for bar in bars))


def _bar(time: _Time, counts: Mapping[str, int], scale: float) -> TimeBar:
    """One bar, the most frequent kind at its foot."""
    height = round(sum(counts.values()) * scale, 1)
    y = height
    segments = []
    for place, (kind, count) in enumerate(counts.items()):
        part = round(count * scale, 1)
        y -= part
        href = address(with_values(time.question, "kind", [kind]))
        segments.append(Segment(count, _shade(place), round(max(y, 0.0), 1), part, href))
    return TimeBar(time.label, sum(counts.values()), height, address(time.question), tuple(segments))


def _shade(place: int) -> int:
    return min(place, SHADES - 1) + 1
