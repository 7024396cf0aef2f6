"""Which findings a page of evidence shows: the whole state of the page, as its address carries it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.answering.answer import Question
from search.answering.meaning import MEANING
from search.engines.request import Sort
from search.model import Document, FindingType
from search.near_duplicates import Relation
from search.permalinks import slug
from webapp.addresses import Arguments, address, read_flag, read_question, with_values

A_PAGE = 20  # findings
TYPES = tuple(kind.value for kind in FindingType)
WIDER = {"finding": "statement", "theme": "touches"}
"""Facets that count strong findings and what is about a theme, and those that count the weak and the touched, too."""
ORDERS = (Sort.STRONGEST, Sort.NEWEST)
ONLY_STRONG = {wider: facet for facet, wider in WIDER.items()}


@dataclass(frozen=True, slots=True)
class Selection:
    """Findings on one theme (`theme_id`), or on any (None), that meet a question.

    `weak` wants opinions in passing and passages that only touch a theme, too; `copies` wants older versions of documents too, and
    copies of others (`folded`, by id). Without it, those that the question names are there all the same. They come in the order
    of the question, which is one of ORDERS, and in the `usual` one where it names none.
    """

    question: Question
    path: str
    theme_id: str | None
    weak: bool
    copies: bool
    folded: tuple[str, ...]
    usual: Sort = Sort.NEWEST

    @property
    def order(self) -> Sort:
        """What comes first."""
        return self.question.sort if self.question.sort in ORDERS else self.usual

    def asked(self) -> Question:
        """Return the question that finds them."""
        filters = {"finding": TYPES, **dict(self.question.filters)}
        if self.theme_id is not None:
            filters["theme"] = (self.theme_id,)
        if self.weak:
            filters = {WIDER.get(facet, facet): values for facet, values in filters.items()}
        without = (*self.question.without, MEANING)  # hits by meaning are in no count
        question = replace(
            self.question,
            filters=tuple(filters.items()),
            sort=self.order,
            without=without,
            versions=self.copies,
        )
        named = {slug(name) for name in question.chosen("document")}
        folded = tuple(copy for copy in self.folded if slug(copy) not in named)
        if self.copies or not folded:
            return question
        excluded = {**dict(question.excluded), "document": (*question.barred("document"), *folded)}
        return replace(question, excluded=tuple(excluded.items()))

    def href(self, *, form: str = "", page: int = 1) -> str:
        """Return the address of this selection as a page, or as a file of some form."""
        switches = {name: "1" for name, on in (("weak", self.weak), ("copies", self.copies)) if on}
        path = f"{self.path.rstrip('/')}/evidence.{form}" if form else self.path
        return address(self.question, path, page=page, **switches)

    def choosing(self, **chosen: Iterable[str]) -> Selection:
        """Return the selection with other values of some facets, from its first page."""
        question = self.question
        for facet, values in chosen.items():
            question = with_values(question, facet, values)
        return replace(self, question=replace(question, offset=0))

    def sorted_by(self, order: Sort) -> Selection:
        """Return the selection in another order, from its first page."""
        sort = Sort.RELEVANCE if order is self.usual else order
        return replace(self, question=replace(self.question, sort=sort, offset=0))

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values that are chosen of a facet."""
        return self.question.chosen(facet)


def read_selection(
    args: Arguments, path: str, theme_id: str | None, documents: Iterable[Document], usual: Sort
) -> Selection:
    """Return the selection that an address states, among `documents` as they are listed, without older versions.

    `versions` says the same as `copies`, since other pages carry it along. Raises UsageProblem for a value that cannot be read.
    """
    asked = read_question(args)
    page = asked.offset // asked.limit
    filters: dict[str, tuple[str, ...]] = {}
    for facet, values in asked.filters:
        name = ONLY_STRONG.get(facet, facet)
        filters[name] = (*filters.get(name, ()), *values)
    if theme_id is not None:
        filters.pop("theme", None)
    question = replace(
        asked,
        filters=tuple(filters.items()),
        sort=asked.sort if asked.sort in ORDERS and asked.sort is not usual else Sort.RELEVANCE,
        limit=A_PAGE,
        offset=page * A_PAGE,
        per_document=0,
        versions=False,
    )
    weak = read_flag(args, "weak") or any(facet in ONLY_STRONG for facet, _ in asked.filters)
    copies = read_flag(args, "copies") or asked.versions
    return Selection(question, path, theme_id, weak, copies, folded_copies(documents), usual)


def folded_copies(documents: Iterable[Document]) -> tuple[str, ...]:
    """Return the ids of documents whose words stand in another of `documents`, too: all copies but the first."""
    listed = {document.document_id: document for document in documents}
    same = (Relation.SAME_FILE, Relation.SAME_WORDS)
    folded: list[str] = []
    for document_id in sorted(listed):
        others = (look.other_id for look in listed[document_id].look_alikes if look.relation in same)
        if any(other in listed and other < document_id and other not in folded for other in others):
            folded.append(document_id)
    return tuple(folded)
