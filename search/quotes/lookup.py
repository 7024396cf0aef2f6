"""Where do these words stand? Exact, folded, near or not found, never a changed number passed off as the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from search.analysis.words import forms
from search.citations.references import locator_on
from search.citations.word_places import Pages, label_of_words, pages_between
from search.errors import UsageProblem
from search.model import Document, Passage
from search.quotes.alignment import NEGATIONS, Alignment, DifferenceKind, Edit, align_parts
from search.quotes.beside import Beside, find_beside
from search.quotes.candidates import QuoteContext, Window, windows
from search.quotes.editing import editing_kinds, without_insertions, without_remarks
from search.quotes.exact import Range, find_segments, same_letters
from search.quotes.words import (
    QuoteWord,
    contains_exactly,
    folded_kinds,
    has_ellipsis,
    quote_words,
    segments,
)

NEAR = 0.7  # least score of a near match: below it, chains of common words begin to align by chance
CLOSEST = 0.3  # least score of what is shown as closest when nothing is found
SHOWN_CLOSEST = 3
SHOWN_NEAR = 5  # places that nearly have the words, beside those that have them
MOST_WORDS = 1_000  # of one quotation; more is a document, see `findings check`
_SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)\]]*\s")
_GRAVE = (DifferenceKind.NEGATION, DifferenceKind.NUMBER)


class Verdict(StrEnum):
    """How a quotation compares with what was published."""

    EXACT = "exact"
    FOLDED = "folded"
    NEAR = "near"
    NOT_FOUND = "not_found"


_ORDER = list(Verdict)
SAME = frozenset({Verdict.EXACT, Verdict.FOLDED})
"""The words stand there."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Quoted words against the words of the source; either may be empty."""

    quoted: str
    source: str
    kind: DifferenceKind


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """One place where the words stand, or nearly stand. `source_text` is the stretch of the source.

    `place` is the half-open range of its words among all words of the collection. `earliest` marks the place that was
    published first among those where the words stand, as far as dates are known. `beside` are negations that the quotation
    leaves out right before or behind it. `begins` and `ends` are the places of the words in the texts of the first and of the
    last passage.
    """

    verdict: Verdict
    passages: tuple[Passage, ...]
    document: Document
    source_text: str
    score: float
    place: Range
    folded: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    earliest: bool = False
    beside: tuple[Beside, ...] = ()
    begins: int = 0
    ends: int = 0

    @property
    def pages(self) -> Pages | None:
        """The pages in the PDF on which the words stand; None in texts without pages."""
        return pages_between(self.passages[0], self.begins, self.passages[-1], self.ends)

    @property
    def page_label(self) -> str | None:
        """The printed label of the page on which the words begin."""
        return label_of_words(self.passages[0], self.pages)

    @property
    def where(self) -> str:
        """Where the words stand, for a reader."""
        return locator_on(self.passages[0], self.pages)


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """The best verdict, and every place where the words stand, best first and of equals the earliest.

    Behind them come the places that nearly have them; for NOT_FOUND there are the closest places only.
    """

    text: str
    verdict: Verdict
    matches: tuple[QuoteMatch, ...]


def find_quote(text: str, context: QuoteContext) -> QuoteAnswer:
    """Look a quotation up. Raises UsageProblem for one without words, or with more than MOST_WORDS."""
    words = forms(without_remarks(text))
    if not words:
        raise UsageProblem(f"no words to look up in {text[:60]!r}")
    if len(words) > MOST_WORDS:
        raise UsageProblem(
            f"{len(words)} words; one quotation may have {MOST_WORDS}: split it into its paragraphs"
        )
    answer = _look_up(text, text, context)
    loose = without_insertions(text)
    if answer.verdict in SAME or loose == text or not forms(loose):
        return answer
    again = _look_up(text, loose, context)
    return again if again.verdict in SAME else answer


def _look_up(text: str, read_as: str, context: QuoteContext) -> QuoteAnswer:
    """Looks up a quotation as it is written, or with its insertions read as omissions."""
    parts = segments(read_as)
    quoted = [quote_words(part) for part in parts]
    found = (match for window in windows(quoted, context) for match in _compare(text, parts, quoted, window))
    ranked = _distinct(sorted(found, key=_rank))
    verdict = ranked[0].verdict if ranked else Verdict.NOT_FOUND
    return QuoteAnswer(text, verdict, tuple(_shown(ranked, verdict)))


def _rank(match: QuoteMatch) -> tuple[int, float, str, str, int]:
    """Best first; of equals the earliest published."""
    first = match.passages[0]
    date = match.document.published or "9999"
    return (_ORDER.index(match.verdict), -match.score, date, first.document_id, first.ordinal)


def _distinct(matches: Iterable[QuoteMatch]) -> list[QuoteMatch]:
    """Each place once: stretches overlap."""
    distinct: list[QuoteMatch] = []
    for match in matches:
        start, end = match.place
        if all(end <= other.place[0] or other.place[1] <= start for other in distinct):
            distinct.append(match)
    return distinct


def _shown(ranked: Sequence[QuoteMatch], verdict: Verdict) -> Iterator[QuoteMatch]:
    """What an answer shows of all that was compared."""
    if verdict is Verdict.NOT_FOUND:
        yield from ranked[:SHOWN_CLOSEST]
        return
    same = [match for match in ranked if match.verdict in SAME]
    dated = [match for match in same if match.document.published]
    earliest = min(dated, key=lambda match: match.document.published or "", default=None)
    for match in same:
        yield replace(match, earliest=True) if match is earliest else match
    yield from [match for match in ranked if match.verdict is Verdict.NEAR][:SHOWN_NEAR]


# --- comparing -------------------------------------------------------------------------------------------


def _compare(
    text: str, parts: Sequence[str], quoted: Sequence[Sequence[QuoteWord]], window: Window
) -> Iterator[QuoteMatch]:
    """Where the quotation stands in a window, else where it nearly does, if they have anything in common."""
    same = [_same_words(text, parts, ranges, window) for ranges in find_segments(quoted, window.words)]
    if same:
        yield from same
        return
    aligned = align_parts([[word.form for word in part] for part in quoted], window.forms)
    differences, cost = [], 0
    for part, words, alignment in zip(parts, quoted, aligned, strict=True):
        edits = [edit for edit in alignment.edits if not _is_compound(edit, words, window)]
        cost += sum(edit.cost for edit in edits)
        differences += [_difference(edit, part, words, window) for edit in edits]
    score = 1 - cost / sum(map(len, quoted))
    ranges = _in_order(aligned)
    if score >= CLOSEST and ranges:
        yield _nearly(score, ranges, [*differences, *_lost_negations(ranges, window)], window)


def _in_order(aligned: Iterable[Alignment]) -> list[Range]:
    """The stretches of the parts that stand somewhere."""
    return [(found.start, found.end) for found in aligned if found.end > found.start]


def _same_words(text: str, parts: Sequence[str], ranges: Sequence[Range], window: Window) -> QuoteMatch:
    """A match word for word: exact when the characters are the same too, near when an ellipsis hides a "not"."""
    lost = list(_lost_negations(ranges, window))
    if lost:
        return _nearly(
            max(NEAR, 1 - len(lost) / sum(last - first for first, last in ranges)), ranges, lost, window
        )
    exact = contains_exactly(window.source(ranges[0][0], ranges[-1][1], around=True), text.strip())
    kinds = [] if exact else ["ellipsis"] * has_ellipsis(text) + list(editing_kinds(text))
    for part, (first, last) in zip(parts, ranges, strict=True):
        if not exact:
            kinds.extend(folded_kinds(part.strip(), window.source(first, last)))
    verdict = Verdict.EXACT if exact else Verdict.FOLDED
    return _match(verdict, 1.0, ranges, window, folded=tuple(dict.fromkeys(kinds)))


def _lost_negations(ranges: Sequence[Range], window: Window) -> Iterator[Difference]:
    """What ellipses leave out of a quoted sentence that denies something; whole sentences may go."""
    for (_, first), (last, _) in pairwise(ranges):
        if NEGATIONS.isdisjoint(window.forms[first:last]):
            continue
        gap = window.text[window.words[first - 1].end : window.words[last].start]
        if not _SENTENCE_END.search(gap):
            yield Difference("", window.source(first, last), DifferenceKind.NEGATION)


def _is_compound(edit: Edit, quoted: Sequence[QuoteWord], window: Window) -> bool:
    """Whether the two sides differ only in how a compound is written."""
    return same_letters(quoted[slice(*edit.quoted)], window.words[slice(*edit.source)])


def _difference(edit: Edit, part: str, quoted: Sequence[QuoteWord], window: Window) -> Difference:
    """An edit in words."""
    start, end = edit.quoted
    words = part[quoted[start].start : quoted[end - 1].end] if end > start else ""
    return Difference(words, window.source(*edit.source), edit.kind)


def _nearly(
    score: float, ranges: Sequence[Range], differences: Iterable[Difference], window: Window
) -> QuoteMatch:
    """A match with differences, those that change what is said first."""
    listed = sorted(differences, key=lambda difference: difference.kind not in _GRAVE)
    verdict = Verdict.NEAR if score >= NEAR else Verdict.NOT_FOUND
    return _match(verdict, round(score, 4), ranges, window, differences=tuple(listed))


def _match(
    verdict: Verdict,
    score: float,
    ranges: Sequence[Range],
    window: Window,
    folded: tuple[str, ...] = (),
    differences: tuple[Difference, ...] = (),
) -> QuoteMatch:
    """A match that reaches from the first range to the last."""
    start, end = ranges[0][0], ranges[-1][1]
    place = (window.place + start, window.place + end)
    passages, source = window.touched(start, end), window.source(start, end)
    first, last = window.span(start, end)
    return QuoteMatch(
        verdict,
        passages,
        window.document,
        source,
        score,
        place,
        folded,
        differences,
        beside=find_beside(window.text, first, last),
        begins=first - window.begin_of(passages[0]),
        ends=last - window.begin_of(passages[-1]),
    )
