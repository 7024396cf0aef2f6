"""The reading room: one published generation kept open, replaced when another is published.

What the command line and the web app share: both ask here and format what they get.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from search.answering.answer import Answer, DocumentState, PassageInContext, PassageState, Question, Searched
from search.answering.ask import ask
from search.answering.autocomplete import Suggestions, collect_names
from search.answering.batch import Asked
from search.answering.fallbacks import explain_fallback, explain_nothing
from search.answering.left_out import FACETS_OF_FACTS, find_older, find_unknown
from search.answering.navigation import HitPlace, Spot, find_place, spots_of_hits
from search.answering.prepared import ParsedQuestion, SearchContext, count_terms, parse_question
from search.answering.similar import Similar, find_similar
from search.engines import Searcher
from search.engines.registry import ENGINES, open_generations
from search.engines.request import SearchRequest, Sort
from search.errors import DocumentNotFound, IndexDamaged, PassageNotFound
from search.meaning.context import MeaningContext
from search.model import Edition, footnote_ids
from search.places.finding import PlaceFinder
from search.query.expansion import THEME, Lexicon, excluding
from search.query.foldings import Foldings
from search.query.names import Names
from search.query.related import RelatedTheme, find_related
from search.query.terms import Everything, Filter
from search.quotes.candidates import QuoteContext
from search.quotes.index import Shingles
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generation
from search.term_reports.report import TermReport, make_report
from search.versions.standing import find_superseded

MOVED = 0.5  # of a document's passages in one other document: it is that document under another id
CONTEXT = 2  # passages shown before and after one in context


class OpenGeneration:
    """One generation, open. The catalog opens at once; the engine when the first question comes."""

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.meta = generation.meta
        self._settings = settings
        self._generation = generation
        self._lock = threading.Lock()
        self.catalog = Catalog(generation.catalog_path)

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """All editions by id, in the order of the catalogue."""
        return {edition.edition_id: edition for edition in self.catalog.editions()}

    @cached_property
    def names(self) -> Names:
        """What people call things."""
        return Names(self.editions.values(), self.catalog.themes(), self.catalog.documents())

    @cached_property
    def superseded(self) -> dict[str, str]:
        """The older versions of documents, by id, each with the newest, which stands for it in lists and counts."""
        return find_superseded(self.catalog.documents())

    @cached_property
    def searched(self) -> Searched:
        """How much there is to search, without older versions, and how much of it could not be read."""
        listed = self.catalog.documents()
        documents = [d for d in listed if d.document_id not in self.superseded]
        hidden = sum(d.passages for d in listed if d.document_id in self.superseded)
        unread_pages = sum(len(document.unread_pages) for document in documents)
        dates = sorted(document.published for document in documents if document.published)
        return Searched(
            documents=len(documents),
            passages=self.catalog.count_passages() - hidden,
            unread_files=len(self.catalog.unread()),
            unread_pages=unread_pages,
            first_date=dates[0] if dates else None,
            last_date=dates[-1] if dates else None,
        )

    @cached_property
    def _searcher(self) -> Searcher:
        engine = ENGINES.get(self.meta.engine)
        if engine is None:
            raise IndexDamaged(self._generation.folder, f"unknown engine {self.meta.engine!r}")
        return engine.open_searcher(self._settings, self._generation.engine_part)

    @cached_property
    def _opened_context(self) -> SearchContext:
        documents = {document.document_id: document for document in self.catalog.documents()}
        searcher = self._searcher
        facets = ("addressee", *FACETS_OF_FACTS)
        counted = searcher.search(
            SearchRequest(Everything(), sort=Sort.READING, limit=0, facets=facets)
        ).facets
        names = self.names.with_addressees(counted["addressee"])
        lexicon = Lexicon(self.catalog.glossary(), self.catalog.themes(), documents.values())
        return SearchContext(
            self.meta.generation,
            self.catalog,
            searcher,
            names,
            documents,
            self.searched,
            lexicon,
            Foldings(searcher.vocabulary),
            MeaningContext(self._generation.folder, self._settings),
            self.superseded,
            {name: tuple(counted.get(name, ())) for name in FACETS_OF_FACTS},
        )

    @cached_property
    def quoted(self) -> QuoteContext:
        """What looking up quotations needs. Raises IndexDamaged when it cannot be opened."""
        return QuoteContext(self.catalog, Shingles(self._generation.shingles_folder))

    @cached_property
    def places(self) -> PlaceFinder:
        """What finds the places of typed citations."""
        return PlaceFinder(self.catalog, self.catalog.documents(), self.editions)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What can be suggested while a question is typed."""
        found = self.context.searcher.search(SearchRequest(Everything(), sort=Sort.READING, limit=0))
        speakers = found.facets.get("speaker", {}).items()
        catalog = self.catalog
        return Suggestions(collect_names(catalog.themes(), catalog.documents(), speakers, catalog.glossary()))

    @property
    def context(self) -> SearchContext:
        """What a question needs. Raises IndexDamaged when the engine cannot be opened."""
        with self._lock:
            return self._opened_context

    def close(self) -> None:
        """Close the catalog and, if it was opened, the engine."""
        self.catalog.close()
        if "_searcher" in self.__dict__:
            self._searcher.close()


@dataclass(slots=True)
class _Held:
    """The generation that answers now, and the one before it, which requests at work may still use."""

    current: OpenGeneration | None = None
    previous: OpenGeneration | None = None


class ReadingRoom:
    """Answers questions from the published generation; follows CURRENT when it changes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.generations = open_generations(settings)
        self._held = _Held()
        self._lock = threading.Lock()

    @property
    def opened(self) -> OpenGeneration:
        """The published generation, open. Raises IndexMissing, IndexDamaged or IndexIncompatible."""
        published = self.generations.current_id()
        with self._lock:
            held = self._held
            if held.current is None or held.current.meta.generation != published:
                fresh = OpenGeneration(self.generations.current(), self.settings)
                if held.previous is not None:
                    held.previous.close()
                held.previous, held.current = held.current, fresh
            return held.current

    def ask(self, question: Question) -> Answer:
        """Return the answer to a question; where nothing has what was asked, and with what wanted dates and filters leave out unsaid."""
        opened = self.opened  # one generation for all of the answer
        context = opened.context
        started = time.perf_counter()
        parsed = parse_question(question, context)
        answer = ask(parsed, context, started)
        if question.plain:
            return answer
        places = opened.places.find(question.text)
        nothing = None
        if not answer.total:
            nothing = explain_nothing(parsed, context)
        elif answer.fell_back:
            nothing = explain_fallback(parsed, context)
        return replace(
            answer,
            nothing=nothing,
            unknown=find_unknown(answer, context),
            older=find_older(answer, context),
            places=places,
            related=_related(parsed, answer, context),
        )

    def report_terms(self, asked: Sequence[Asked], base: Question) -> TermReport:
        """Return the search term report on the queries `asked`, within the conditions of `base`. Raises UnknownValue."""
        return make_report(asked, base, self.opened.context)

    def passage_state(self, passage_id: str) -> PassageState:
        """Return what an id names, or what became of it. Raises PassageNotFound for an id that was never published."""
        opened = self.opened
        passage = opened.catalog.find_passage(passage_id)
        if passage is not None:
            return PassageState(passage_id, "same", passage, passage.text, None)
        former = opened.catalog.find_former(passage_id)
        if former is None:
            raise PassageNotFound(passage_id)
        successor = former["successor"] and opened.catalog.find_passage(former["successor"])
        history = tuple(former["history"])
        return PassageState(
            passage_id,
            former["state"],
            successor,
            former["text"],
            former["since"],
            history,
            former.get("reason", ""),
            former.get("emptied", ""),
        )

    def document_state(self, document_id: str) -> DocumentState:
        """Return what an id names, or what became of the document. Raises DocumentNotFound for one that was never published.

        It moved when half of its passages or more (MOVED) stand in one other document now.
        """
        catalog = self.opened.catalog
        document = catalog.find_document(document_id)
        if document is not None:
            return DocumentState(document_id, "same", document)
        former = catalog.former_records(document_id) if document_id else []
        if not former:
            raise DocumentNotFound(document_id)
        since = max(record["since"] for record in former)
        heirs = Counter(str(r["successor"]).rpartition("/")[0] for r in former if r["successor"])
        heir, shared = heirs.most_common(1)[0] if heirs else ("", 0)
        found = catalog.find_document(heir) if shared >= MOVED * len(former) else None
        reasons = {str(record.get("reason", "")) for record in former}
        reason = reasons.pop() if len(reasons) == 1 else ""
        title, emptied = (max(str(record.get(key, "")) for record in former) for key in ("title", "emptied"))
        state = "moved" if found else "withdrawn"
        return DocumentState(document_id, state, found, since, reason, title, emptied)

    def in_context(self, passage_id: str) -> PassageInContext:
        """Return a passage with its document, its edition and its neighbours. Raises PassageNotFound."""
        opened = self.opened
        passage = opened.catalog.get_passage(passage_id)
        document = opened.catalog.get_document(passage.document_id)
        first, last = max(1, passage.ordinal - CONTEXT), passage.ordinal + CONTEXT
        around = opened.catalog.passages_of(passage.document_id, first, last)
        return PassageInContext(
            passage,
            document,
            opened.editions.get(document.edition or ""),
            tuple(p for p in around if p.ordinal < passage.ordinal),
            tuple(p for p in around if p.ordinal > passage.ordinal),
            tuple(opened.catalog.passages(footnote_ids(passage))),
            tuple(opened.catalog.passages(passage.note_of)),
        )

    def similar(self, passage_id: str) -> tuple[Similar, ...]:
        """Return other places that say nearly the same. Raises PassageNotFound."""
        opened = self.opened
        return find_similar(opened.catalog.get_passage(passage_id), opened.context)

    def find_place(self, question: Question, passage_id: str) -> HitPlace | None:
        """Return where a passage stands among the answers to a question; None for one that is no answer. Raises UnknownValue."""
        return find_place(question, passage_id, self.opened.context)

    def spots_of_hits(self, answer: Answer) -> dict[str, list[Spot]]:
        """Return where all answers in the documents of an answer's hits stand, by document and in reading order."""
        return spots_of_hits(answer, self.opened.context)

    def close(self) -> None:
        """Close everything."""
        for opened in (self._held.current, self._held.previous):
            if opened is not None:
                opened.close()
        self._held = _Held()


def _related(parsed: ParsedQuestion, answer: Answer, context: SearchContext) -> tuple[RelatedTheme, ...]:
    """The themes beside an answer that were not searched with it, with their passages counted as the page of a theme counts them."""
    if answer.question.exact:
        return ()
    searched = {expansion.key for expansion in (*answer.expansions, *answer.switched_off)}
    found = [
        r for r in find_related(parsed.written, context.lexicon) if f"{THEME}:{r.theme_id}" not in searched
    ]
    older = (Filter("document", tuple(context.superseded)),) if context.superseded else ()
    counts = count_terms([excluding(Filter("theme", (r.theme_id,)), older) for r in found], context)
    return tuple(replace(r, count=count) for r, count in zip(found, counts, strict=True))
