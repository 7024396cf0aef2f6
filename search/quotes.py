"""Where do these words stand? Exact, folded, near or not found, never a changed number passed off as the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from search.asking import Shelf
from search.errors import UsageProblem
from search.model import Document, Passage, PassageKind
from search.permalinks import passage_path
from search.query.terms import AnyOf, Term, TermField
from search.quote_alignment import NEGATIONS, Alignment, DifferenceKind, align, find_segments
from search.quote_words import (
    QuoteWord,
    contains_exactly,
    folded_kinds,
    has_ellipsis,
    quote_words,
    segments,
    unbracketed,
)
from search.records import Record
from search.results import SearchRequest
from search.text import forms, stem, stop_words

NEAR = 0.7  # least score of a near match: below it, chains of common words begin to align by chance
CLOSEST = 0.4  # least score of what is shown as closest when nothing is found
SHOWN_CLOSEST = 3
ASKED_TERMS = 16  # the rarest words of the quotation, by which candidates are looked up
CANDIDATES = 12  # passages compared with the quotation
MOST_WORDS = 1_000  # of one quotation; more is a document, see `findings check`
_SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)\]]*\s")
_READ_ON = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.HEADING})


class Verdict(StrEnum):
    """How a quotation compares with what was published."""

    EXACT = "exact"
    FOLDED = "folded"
    NEAR = "near"
    NOT_FOUND = "not_found"


_ORDER = list(Verdict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Quoted words against the words of the source; either may be empty."""

    quoted: str
    source: str
    kind: DifferenceKind


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """One place where the words stand, or nearly stand. `source_text` is the stretch of the source."""

    verdict: Verdict
    passages: tuple[Passage, ...]
    document: Document
    source_text: str
    score: float
    folded: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """The best verdict and every match of it, best first; for NOT_FOUND the closest places."""

    text: str
    verdict: Verdict
    matches: tuple[QuoteMatch, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring passages of one document as one text."""

    document: Document
    passages: tuple[Passage, ...]
    text: str
    words: tuple[QuoteWord, ...]

    @property
    def forms(self) -> list[str]:
        """The comparable forms of the words."""
        return [word.form for word in self.words]

    def source(self, start: int, end: int) -> str:
        """The text of a half-open range of words."""
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""

    def touched(self, start: int, end: int) -> tuple[Passage, ...]:
        """The passages that a range of words lies in."""
        first, last = self.words[start].start, self.words[end - 1].end
        found, at = [], 0
        for passage in self.passages:
            if at < last and first < at + len(passage.text):
                found.append(passage)
            at += len(passage.text) + 1
        return tuple(found)


def find_quote(text: str, shelf: Shelf) -> QuoteAnswer:
    """Looks a quotation up. Raises UsageProblem for one without words, or with more than MOST_WORDS."""
    words = forms(text)
    if not words:
        raise UsageProblem(f"no words to look up in {text[:60]!r}")
    if len(words) > MOST_WORDS:
        raise UsageProblem(
            f"{len(words)} words; one quotation may have {MOST_WORDS}: split it into its paragraphs"
        )
    found = [_compare(text, window) for window in _windows(words, shelf)]
    ranked = _distinct(sorted((match for match in found if match), key=_rank))
    verdict = ranked[0].verdict if ranked else Verdict.NOT_FOUND
    shown = [match for match in ranked if match.verdict is verdict]
    if verdict is Verdict.NOT_FOUND:
        shown = shown[:SHOWN_CLOSEST]
    return QuoteAnswer(text, verdict, tuple(shown))


def _rank(match: QuoteMatch) -> tuple[int, float, str, str, int]:
    """Best first; of equals the earliest published."""
    first = match.passages[0]
    date = match.document.date or "9999"
    return (_ORDER.index(match.verdict), -match.score, date, first.document_id, first.ordinal)


def _distinct(matches: Iterable[QuoteMatch]) -> list[QuoteMatch]:
    """Each place once: windows overlap."""
    seen: set[str] = set()
    distinct = []
    for match in matches:
        ids = {passage.passage_id for passage in match.passages}
        if not ids & seen:
            distinct.append(match)
        seen |= ids
    return distinct


# --- candidates ------------------------------------------------------------------------------------------


def _windows(words: Sequence[str], shelf: Shelf) -> Iterator[_Window]:
    """The stretches of text to compare with."""
    wanted = _rarest(words, shelf)
    ranking = shelf.searcher.search(SearchRequest(AnyOf(tuple(wanted)), limit=CANDIDATES))
    for passage in shelf.catalog.passages([hit.passage_id for hit in ranking.hits]):
        yield _window(passage, len(words), shelf)


def _rarest(words: Sequence[str], shelf: Shelf) -> list[Term]:
    """The terms that tell most: the rarest words of the corpus, stop words only where there is nothing else."""
    vocabulary = shelf.searcher.vocabulary()
    telling = [word for word in dict.fromkeys(words) if word not in stop_words()] or list(
        dict.fromkeys(words)
    )
    rarest = sorted(telling, key=lambda word: vocabulary.get(word, 0) or len(vocabulary))[:ASKED_TERMS]
    return [Term(TermField.STEM, stem(word)) for word in rarest]


def _window(passage: Passage, words: int, shelf: Shelf) -> _Window:
    """A passage with the running text around it: one passage before, and as many after as the quotation may need."""
    reach = 1 + min(8, words // 25)
    first = max(1, passage.ordinal - reach)
    around = shelf.catalog.passages_of(passage.document_id, first, passage.ordinal + reach)
    kept = tuple(p for p in around if p.kind in _READ_ON or p.passage_id == passage.passage_id)
    text = "\n".join(p.text for p in kept)
    return _Window(shelf.documents[passage.document_id], kept, text, tuple(quote_words(text)))


# --- comparing -------------------------------------------------------------------------------------------


def _compare(text: str, window: _Window) -> QuoteMatch | None:
    """How a quotation compares with a window; None when they have hardly anything in common."""
    parts = segments(text)
    ranges = find_segments([[word.form for word in quote_words(part)] for part in parts], window.forms)
    if ranges is not None:
        return _same_words(text, parts, ranges, window)
    quoted = quote_words(unbracketed(text))
    alignment = align([word.form for word in quoted], window.forms)
    if alignment.score < CLOSEST or alignment.end <= alignment.start:
        return None
    return _nearly(unbracketed(text), quoted, alignment, window)


def _same_words(
    text: str, parts: Sequence[str], ranges: Sequence[tuple[int, int]], window: _Window
) -> QuoteMatch:
    """A match word for word: exact when the characters are the same too, near when an ellipsis hides a "not"."""
    start, end = ranges[0][0], ranges[-1][1]
    lost = tuple(_lost_negations(ranges, window))
    if lost:
        score = max(NEAR, round(1 - len(lost) / sum(last - first for first, last in ranges), 4))
        passages, source = window.touched(start, end), window.source(start, end)
        return QuoteMatch(Verdict.NEAR, passages, window.document, source, score, (), lost)
    exact = contains_exactly(window.text, text.strip())
    kinds = [] if exact else ["ellipsis"] * has_ellipsis(text) + ["brackets"] * (unbracketed(text) != text)
    for part, (first, last) in zip(parts, ranges, strict=True):
        if not exact:
            kinds.extend(folded_kinds(part.strip(), window.source(first, last)))
    verdict = Verdict.EXACT if exact else Verdict.FOLDED
    passages, source = window.touched(start, end), window.source(start, end)
    return QuoteMatch(verdict, passages, window.document, source, 1.0, tuple(dict.fromkeys(kinds)))


def _lost_negations(ranges: Sequence[tuple[int, int]], window: _Window) -> Iterator[Difference]:
    """What ellipses leave out of a quoted sentence that denies something; whole sentences may go."""
    for (_, first), (last, _) in pairwise(ranges):
        if NEGATIONS.isdisjoint(window.forms[first:last]):
            continue
        gap = window.text[window.words[first - 1].end : window.words[last].start]
        if not _SENTENCE_END.search(gap):
            yield Difference("", window.source(first, last), DifferenceKind.NEGATION)


def _nearly(text: str, quoted: Sequence[QuoteWord], alignment: Alignment, window: _Window) -> QuoteMatch:
    """A match with differences, those that change what is said first."""
    differences = [
        Difference(
            _span(text, quoted, *edit.quoted), _span(window.text, window.words, *edit.source), edit.kind
        )
        for edit in alignment.edits
    ]
    grave = (DifferenceKind.NEGATION, DifferenceKind.NUMBER)
    return QuoteMatch(
        Verdict.NEAR if alignment.score >= NEAR else Verdict.NOT_FOUND,
        window.touched(alignment.start, alignment.end),
        window.document,
        window.source(alignment.start, alignment.end),
        round(alignment.score, 4),
        (),
        tuple(sorted(differences, key=lambda difference: difference.kind not in grave)),
    )


def _span(text: str, words: Sequence[QuoteWord], start: int, end: int) -> str:
    """The text of a half-open range of words."""
    return text[words[start].start : words[end - 1].end] if end > start else ""


# --- JSON ------------------------------------------------------------------------------------------------


def quote_record(answer: QuoteAnswer, quote_id: str | None = None) -> Record:
    """A look-up as JSON."""
    return {
        "id": quote_id,
        "text": answer.text,
        "verdict": answer.verdict.value,
        "matches": [_match_record(match) for match in answer.matches],
    }


def _match_record(match: QuoteMatch) -> Record:
    """One match as JSON."""
    first = match.passages[0]
    return {
        "passage_ids": [passage.passage_id for passage in match.passages],
        "document_id": match.document.document_id,
        "path": match.document.path,
        "title": match.document.title,
        "page": first.page,
        "page_label": first.page_label,
        "source_text": match.source_text,
        "score": match.score,
        "folded": list(match.folded),
        "differences": [
            {"quoted": d.quoted, "source": d.source, "kind": d.kind.value} for d in match.differences
        ],
        "url": passage_path(first.passage_id),
    }
