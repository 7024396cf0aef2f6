"""A question as a person asks it, and the answer as pages, exports and the command line show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.answering.highlights import Mark, MarkReason, Snippet, find_marks, make_snippet
from search.engines.request import Sort
from search.errors import QuerySyntaxError
from search.meaning.context import MeaningState
from search.model import IN_HEADING, Document, Edition, Passage
from search.places.finding import CitedPlace
from search.query import tree
from search.query.expansion import Expansion
from search.query.related import RelatedTheme
from search.query.terms import Match, TermQuery, leaves

MEANING = MarkReason.MEANING.value
DATE = "date"
"""The fact that `since`, `until`, `date:` and `year:` ask for."""
FACT_LABELS: Mapping[str, str] = {
    DATE: "date",
    "lang": "language",
    "speaker": "speaker",
    "organisation": "organisation",
}
"""What need not be known of a passage, and what people call it."""
HEADING, CONDITION = "heading", "condition"
"""Reasons without a mark: a heading above put the passage on a theme that was asked for; and conditions alone (a field, a
date, an exclusion), which the passage meets."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that can be asked for at once.

    `plain` takes every word of the text as a plain word, so that nothing in it is an operator. `filters` maps a
    facet to the chosen values, which are alternatives; `excluded` to values that no answer may have. With `exact`, a word
    counts only in the form that was typed. `without` names expansions (`Expansion.key`) that are switched off; "all" is
    all of them. With `per_document`, `limit` and `offset` count documents. With `versions`, older versions of documents answer,
    too; without it they do so only where the question names them.
    """

    text: str = ""
    plain: bool = False
    match: Match = Match.AUTO
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 20
    offset: int = 0
    per_document: int = 0
    exact: bool = False
    excluded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()
    versions: bool = False

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values that are chosen of a facet."""
        return dict(self.filters).get(facet, ())

    def barred(self, facet: str) -> tuple[str, ...]:
        """Return the values of a facet that are excluded."""
        return dict(self.excluded).get(facet, ())


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be marked: the terms, the folded words as typed, and the themes that were asked for.

    `terms` are those of the typed words; `expansions` what was also searched in their place.
    """

    terms: TermQuery
    typed: frozenset[str]
    themes: frozenset[str] = frozenset()
    expansions: tuple[Expansion, ...] = ()


REASON_LABELS: Mapping[str, str] = {
    "exact": "as typed",
    "form": "other form",
    "phrase": "phrase",
    "beginning": "beginning",
    "spelling": "other spelling",
    "acronym": "acronym",
    "synonym": "synonym",
    "theme": "theme",
    "heading": "theme of the heading",
    "condition": "meets the conditions",
    "meaning": "found by meaning: none of your words stands here",
}
"""What reasons of hits are called wherever they are shown."""
MEANING_BESIDE = "found by meaning: of your words only"
"""The label of a hit by meaning in which some of the words stand, but not as the question wants them."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a hit: a value of `MarkReason`, HEADING or CONDITION, and the words of the passage that it rests on.

    Of a hit by meaning they are the words of the question that stand there all the same, which is often none.
    """

    reason: str
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the reason is called; the words stand behind it."""
        return MEANING_BESIDE if self.reason == MEANING and self.words else REASON_LABELS[self.reason]


@dataclass(frozen=True)
class Hit:
    """One passage that answers. `in_document` counts all answers in its document.

    `rank` counts passages from 1, or documents where the question wants hits by document. `nearest` is the half-open span of the
    sentence nearest to the question where this was found by meaning and not by its words, else None.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    sought: Sought
    in_document: int
    nearest: tuple[int, int] | None = None

    @property
    def by_meaning(self) -> bool:
        """Whether the words of the question do not match here."""
        return self.nearest is not None

    @cached_property
    def snippet(self) -> Snippet:
        """What to show of the passage; made when asked for, because a run file of a thousand hits shows nothing."""
        return make_snippet(self.passage.text, self.marks)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every match in the whole passage."""
        sought = self.sought
        if self.nearest is not None:
            return (Mark(*self.nearest, MarkReason.MEANING),)
        widened = [(leaf, MarkReason(e.kind)) for e in sought.expansions for leaf in leaves(e.terms)]
        return find_marks(self.passage.text, sought.terms, sought.typed, self._causes(), widened)

    def _causes(self) -> list[str]:
        """The words, and headings, that caused a theme which was asked for or also searched."""
        marked = (mark for mark in self.passage.themes if mark.theme_id in self.sought.themes)
        return [words for mark in marked for words in mark.because]

    @cached_property
    def why(self) -> tuple[Why, ...]:
        """Why this is a hit, at least one reason: those of its marks, then what no mark can show."""
        text = self.passage.text
        if self.nearest is not None:
            there = find_marks(text, self.sought.terms, self.sought.typed)
            return (Why(MEANING, tuple(dict.fromkeys(text[mark.start : mark.end] for mark in there))),)
        found: dict[str, dict[str, None]] = {}
        for mark in self.marks:
            found.setdefault(mark.reason.value, {})[text[mark.start : mark.end]] = None
        headings = [w.removeprefix(IN_HEADING) for w in self._causes() if w.startswith(IN_HEADING)]
        if headings:
            found.setdefault(HEADING, {}).update(dict.fromkeys(headings))
        reasons = [Why(reason, tuple(words)) for reason, words in found.items()]
        return tuple(reasons) or (Why(CONDITION, ()),)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many answers have it under the other filters, and whether it is chosen or excluded."""

    value_id: str
    label: str
    count: int
    chosen: bool
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Searched:
    """What there was to be searched."""

    documents: int
    passages: int
    unread_files: int
    unread_pages: int
    first_date: str | None = None
    last_date: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """An answer's passages, each in exactly one class, by the weakest help that it needs to be an answer.

    `exact`: it answers with every word in the form that was typed; `form`: it needs another form of a word;
    `spelling`: it needs another spelling of a word, or one that is spelt nearly as a word with a tilde behind it; `acronym`: it needs an acronym or its
    long form in the place of typed words; `synonym`: another wording that staff take for the same; `theme`: it needs the label of a theme.
    """

    exact: int
    form: int
    spelling: int
    acronym: int
    theme: int
    synonym: int = 0


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word or phrase of a question, how many passages have it under no filter, and the question for it alone."""

    words: str
    count: int
    question: Question


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A question that asks for less; `change` says in words how, `count` what it finds."""

    change: str
    count: int
    question: Question


@dataclass(frozen=True, slots=True)
class Nothing:
    """What can be said where nothing has what was asked: each word alone, near spellings, questions that do find something."""

    words: tuple[WordCount, ...]
    spellings: tuple[Relaxed, ...]
    relaxed: tuple[Relaxed, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Passages that would match but for a condition on a `fact` (one of FACT_LABELS) that is not known of
    them; and the question without that condition."""

    fact: str
    count: int
    question: Question

    @property
    def label(self) -> str:
        """What people call the fact."""
        return FACT_LABELS[self.fact]


@dataclass(frozen=True, slots=True)
class Older:
    """Passages of older versions of documents that would match too; and the question that finds them with the others."""

    count: int
    question: Question


@dataclass(frozen=True, slots=True)
class Tier:
    """A reading of a question that no passage answers with all of its words: what it is called, how many passages it finds, the
    text and the mode that ask for it alone, and whether the answer is it."""

    match: Match
    label: str
    count: int
    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, how the question was understood, and what there was to find it in.

    `written` is the tree that the text was read to, `reading` what of it was searched: without words that only ask where none has all.
    `match` is what was really done (ALL or ANY). `complete` is False when the time for one question ran out: every hit is a
    match, but counts are lower bounds. `mistake` is set when the question could not be read as it
    stands; the answer is then to its best reading. `left_out` are stop words that were not looked for. `counts` is None
    where no words were asked for. `expansions` were searched, `switched_off` would have been. `nothing` is there where
    nothing was found, or nothing with all words. `tiers` are the readings between all words and any. `unknown` is there where a wanted date, language,
    speaker or organisation leaves out what has none, `older` where newer versions stand for older ones that would answer. `meaning` says whether passages were also found by meaning; `by_meaning` counts the passages that are listed for it, on
    this page or another, which `total` and the facets do not count: where hits are wanted by document, the nearest one of each. `places` are where the question leads if it is a citation,
    `related` themes that words of it are narrower than.
    """

    question: Question
    written: tree.Query
    reading: tree.Query
    understood: str
    match: Match
    total: int
    documents: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    searched: Searched
    generation: str
    took_ms: float
    complete: bool = True
    mistake: QuerySyntaxError | None = None
    left_out: tuple[str, ...] = ()
    counts: Counts | None = None
    expansions: tuple[Expansion, ...] = ()
    switched_off: tuple[Expansion, ...] = ()
    tiers: tuple[Tier, ...] = ()
    nothing: Nothing | None = None
    unknown: tuple[Unknown, ...] = ()
    older: Older | None = None
    meaning: MeaningState = MeaningState.NOT_ASKED
    by_meaning: int = 0
    places: tuple[CitedPlace, ...] = ()
    related: tuple[RelatedTheme, ...] = ()

    @property
    def more_by_meaning(self) -> str:
        """What is listed by meaning, to be said behind the passages of `total`; "" where nothing is."""
        if not self.by_meaning:
            return ""
        more = f"{self.by_meaning:,}{' more' if self.total else ''} by meaning, not by these words"
        several = self.question.per_document and self.by_meaning > 1
        return f"{more} (one of each of {self.by_meaning:,} documents)" if several else more

    @property
    def undated(self) -> int:
        """How many passages a wanted date leaves out because their documents have none."""
        return next((unknown.count for unknown in self.unknown if unknown.fact == DATE), 0)

    @property
    def did_you_mean(self) -> str | None:
        """The question with its unknown words spelt otherwise, where that finds something."""
        return self.nothing.spellings[0].change if self.nothing and self.nothing.spellings else None

    @property
    def fell_back(self) -> bool:
        """Whether no passage has all words, so that most or any of them did."""
        return self.question.match is Match.AUTO and self.match in (Match.ANY, Match.MOST)


@dataclass(frozen=True, slots=True)
class PassageState:
    """What became of an id that was once published: same, moved, reworded or withdrawn.

    `passage` is the passage that now stands for it, None when there is none or several look alike. `words` are
    those it named when it was published, "" where staff withdrew them, for the `reason` they give, or where they were let go on the day
    `emptied`, long after the document was deleted.
    """

    passage_id: str
    state: str
    passage: Passage | None
    words: str
    since: str | None
    history: tuple[dict[str, str], ...] = field(default=())
    reason: str = ""
    emptied: str = ""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What became of a document that was once published: same, moved or withdrawn.

    `document` is the one that holds most of its words now, None where none does. `since` is the day it went. `reason` is that of
    staff who withdrew it, else "". `title` is what it was called, "" where that is not kept; `emptied` is the day on which its words were
    let go.
    """

    document_id: str
    state: str
    document: Document | None
    since: str | None = None
    reason: str = ""
    title: str = ""
    emptied: str = ""


@dataclass(frozen=True, slots=True)
class PassageInContext:
    """A passage with what a reader needs beside it: its neighbours, its footnotes, and of a footnote whose it is."""

    passage: Passage
    document: Document
    edition: Edition | None
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    notes: tuple[Passage, ...] = ()
    note_of: tuple[Passage, ...] = ()
