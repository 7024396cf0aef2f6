"""The part of a passage that is shown for a question, with every match in it marked and each mark's reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from search.analysis.edit_distances import within_edits
from search.analysis.positions import phrase_ends
from search.analysis.words import Token, sentences, stem, tokens
from search.query.terms import OneOf, Term, TermField, TermFuzzy, TermPhrase, TermPrefix, TermQuery, leaves

LONGEST = (
    220  # characters; about three lines of the results page, so that five hits fit on a screen of 900 pixels
)
SLACK = 50  # a lone sentence may be this much longer before it is cut


class MarkReason(StrEnum):
    """Why words are marked."""

    EXACT = "exact"  # as typed
    FORM = "form"  # another form of a typed word
    PHRASE = "phrase"
    BEGINNING = "beginning"
    SPELLING = "spelling"  # spelt otherwise, or nearly so
    ACRONYM = "acronym"  # stands for the typed words, or they for it
    SYNONYM = "synonym"  # another wording that staff take for the same
    MEANING = "meaning"  # the sentence nearest to the question, where its words do not stand
    THEME = "theme"  # words that caused a theme which was asked for, or whose label was typed


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span of a text, and why it is marked."""

    start: int
    end: int
    reason: MarkReason


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words to show. `before` and `after` say whether the passage goes on there."""

    text: str
    marks: tuple[Mark, ...]
    before: bool = False
    after: bool = False


def find_marks(
    text: str,
    query: TermQuery,
    typed: frozenset[str],
    causes: Sequence[str] = (),
    widened: Sequence[tuple[TermQuery, MarkReason]] = (),
) -> tuple[Mark, ...]:
    """Return every match of a query in a text, in order, without overlaps.

    `typed` are the folded words of the question, `causes` the words of the text that caused a wanted theme, `widened`
    leaves that were also searched, each with its reason. What was typed is marked before what stands for it.
    """
    words = _Words(text)
    found = [mark for leaf in leaves(query) for mark in _marks_of(leaf, words, typed)]
    kept = list(_apart(found))
    others = [
        replace(mark, reason=reason) for leaf, reason in widened for mark in _marks_of(leaf, words, typed)
    ]
    others.extend(mark for cause in causes for mark in _places(text, cause))
    free = (mark for mark in _apart(others) if not any(_overlap(mark, other) for other in kept))
    return tuple(sorted((*kept, *free), key=lambda mark: mark.start))


def _overlap(first: Mark, second: Mark) -> bool:
    """Whether two marks have a character in common."""
    return first.start < second.end and second.start < first.end


def _places(text: str, cause: str) -> Iterator[Mark]:
    """Every place of a cause in a text."""
    at = text.find(cause) if cause else -1
    while at >= 0:
        yield Mark(at, at + len(cause), MarkReason.THEME)
        at = text.find(cause, at + len(cause))


class _Words:
    """The words of a text; each form and stem is looked at once, however often it stands there."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = list(tokens(text))
        self.places: dict[str, list[int]] = defaultdict(list)
        for token in self.tokens:
            self.places[token.form].append(token.position)

    @cached_property
    def forms_of(self) -> dict[str, list[str]]:
        """The forms of each stem."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in self.places:
            found[stem(form)].append(form)
        return found


def _marks_of(leaf: TermQuery, words: _Words, typed: frozenset[str]) -> Iterable[Mark]:
    """The marks of one leaf."""
    if isinstance(leaf, OneOf):
        yield from _marks_of(leaf.word, words, typed)
        for ways, reason in ((leaf.spellings, MarkReason.SPELLING), (leaf.forms, MarkReason.FORM)):
            yield from (replace(mark, reason=reason) for way in ways for mark in _marks_of(way, words, typed))
        return
    if isinstance(leaf, TermPhrase):
        if all(value in words.places for value in leaf.values):
            for first, last in phrase_ends([words.places[value] for value in leaf.values], leaf.slop):
                yield Mark(words.tokens[first].start, words.tokens[last].end, MarkReason.PHRASE)
        return
    for form, reason in _forms_for(leaf, words, typed):
        for place in words.places[form]:
            yield Mark(words.tokens[place].start, words.tokens[place].end, reason)


def _forms_for(leaf: TermQuery, words: _Words, typed: frozenset[str]) -> Iterable[tuple[str, MarkReason]]:
    """The forms of a text that a leaf marks, each with its reason."""
    match leaf:
        case Term(TermField.STEM, value):
            for form in words.forms_of.get(value, ()):
                yield form, MarkReason.EXACT if form in typed else MarkReason.FORM
        case Term(TermField.EXACT, value) if value in words.places:
            yield value, MarkReason.EXACT
        case TermPrefix(value):
            yield from ((form, MarkReason.BEGINNING) for form in words.places if form.startswith(value))
        case TermFuzzy(value, edits):
            near = (f for f in words.places if f[0] == value[0] and within_edits(value, f, edits))
            yield from ((form, MarkReason.SPELLING) for form in near)


def _apart(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Marks in order without those that begin inside another one; of two that begin together the longer stays."""
    reached = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.start - mark.end)):
        if mark.start >= reached:
            yield mark
            reached = mark.end


def make_snippet(text: str, marks: tuple[Mark, ...]) -> Snippet:
    """Return the best whole sentences of a passage for its marks (see `find_marks`), at most LONGEST characters of them."""
    if len(text) <= LONGEST + SLACK:
        return Snippet(text, marks)
    spans = sentences(text)
    first, last = _best_run(text, spans, marks)
    start, end = spans[first][0], spans[last][1]
    if end - start > LONGEST + SLACK:
        start, end = _cut(text, start, end, marks)
    inside = tuple(
        Mark(m.start - start, m.end - start, m.reason) for m in marks if start <= m.start and m.end <= end
    )
    return Snippet(text[start:end], inside, before=start > spans[0][0], after=end < spans[-1][1])


def _best_run(text: str, spans: list[tuple[int, int]], marks: tuple[Mark, ...]) -> tuple[int, int]:
    """The run of sentences that fits and has the most different words marked, then the most marks; the earliest of
    equals, filled up to its right."""
    best, best_worth = (0, 0), (-1, -1)
    for first, (start, _) in enumerate(spans):
        last = first
        while last + 1 < len(spans) and spans[last + 1][1] - start <= LONGEST:
            last += 1
        inside = [mark for mark in marks if start <= mark.start and mark.end <= spans[last][1]]
        worth = (len({text[mark.start : mark.end].casefold() for mark in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = (first, last), worth
    return best


def _cut(text: str, start: int, end: int, marks: tuple[Mark, ...]) -> tuple[int, int]:
    """A part of one long sentence around its first mark, cut between words."""
    mark = next((m for m in marks if start <= m.start and m.end <= end), Mark(start, start, MarkReason.EXACT))
    left = max(start, mark.start - LONGEST // 3)
    right = min(end, max(left + LONGEST, mark.end))
    if left > start:
        left = text.find(" ", left, mark.start) + 1 or mark.start
    if right < end:
        right = max(text.rfind(" ", mark.end, right), mark.end)
    return left, right
