"""A question as a person asks it, and the answer as pages, exports and the command line show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from search.errors import QuerySyntaxError
from search.model import Document, Edition, Passage
from search.query.terms import Match, TermQuery
from search.results import Sort
from search.snippets import Snippet, make_snippet


@dataclass(frozen=True, slots=True)
class Question:
    """All that can be asked for at once.

    `plain` takes every word of the text as a plain word, so that nothing in it is an operator. `filters` maps a
    facet to the chosen values, which are alternatives. With `per_document`, `limit` and `offset` count documents.
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

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values that are chosen of a facet."""
        return dict(self.filters).get(facet, ())


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be marked: the terms, the folded words as typed, and the themes that were asked for."""

    terms: TermQuery
    typed: frozenset[str]
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hit:
    """One passage that answers. `in_document` counts all answers in its document.

    `rank` counts passages from 1, or documents where the question wants hits by document.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    sought: Sought
    in_document: int

    @cached_property
    def snippet(self) -> Snippet:
        """What to show of the passage; made when asked for, because a run file of a thousand hits shows nothing."""
        marked = (mark for mark in self.passage.themes if mark.theme_id in self.sought.themes)
        causes = [words for mark in marked for words in mark.because]
        return make_snippet(self.passage.text, self.sought.terms, self.sought.typed, causes)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many answers have it under the other filters, and whether it is chosen."""

    value_id: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """What there was to be searched."""

    documents: int
    passages: int
    unread_files: int
    unread_pages: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, how the question was understood, and what there was to find it in.

    `match` is what was really done (ALL or ANY). `mistake` is set when the question could not be read as it
    stands; the answer is then to its plain words. `left_out` are stop words that were not looked for.
    """

    question: Question
    understood: str
    match: Match
    total: int
    documents: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    searched: Searched
    generation: str
    took_ms: float
    mistake: QuerySyntaxError | None = None
    left_out: tuple[str, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class PassageState:
    """What became of an id that was once published: same, moved, reworded or withdrawn.

    `passage` is the passage that now stands for it, None when there is none or several look alike. `words` are
    those it named when it was published.
    """

    passage_id: str
    state: str
    passage: Passage | None
    words: str
    since: str | None
    history: tuple[dict[str, str], ...] = field(default=())


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
