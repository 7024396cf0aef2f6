"""A question to an answer: parse, resolve the filters, search, fetch the texts, make the snippets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from search.analysis.words import forms
from search.answering.answer import Answer, Counts, FacetValue, Hit, Question, Searched, Sought, Tier
from search.answering.meaning import Sources, deepened, join_meaning, meaning_state
from search.engines import Searcher
from search.engines.request import FACETS, Ranking, SearchRequest, Sort
from search.errors import QuerySyntaxError
from search.meaning.nearest_sentence import nearest_sentence
from search.meaning.shelf import MeaningShelf, MeaningState
from search.model import Document
from search.query import tree
from search.query.expansion import (
    ACRONYM,
    ALL,
    SYMBOL,
    Expansion,
    Lexicon,
    excluding,
    expanded,
    find_expansions,
)
from search.query.foldings import FORM, KINDS, FoldedWords, Foldings, exactly
from search.query.names import Names
from search.query.parser import parse_lenient, plain_query
from search.query.terms import (
    AllOf,
    Everything,
    Filter,
    Match,
    OneOf,
    Term,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
    Words,
    analyse,
    date_range,
    is_stop_word,
    leaves,
)
from search.query.widening import ENOUGH, as_matched, most_of, without_asking
from search.store.catalog import Catalog

ALL_WORDS, MAIN_WORDS = "all words", "all words but those that only ask"
READINGS = {Match.ALL: ALL_WORDS, Match.MOST: "most of the words", Match.ANY: "any of the words"}
"""What the readings of a question are called where they are counted."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One generation, open for questions, with what does not change between them."""

    generation: str
    catalog: Catalog
    searcher: Searcher
    names: Names
    documents: dict[str, Document]
    searched: Searched
    lexicon: Lexicon
    foldings: Foldings
    meaning: MeaningShelf | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What an engine was asked: the terms of the typed words and those with expansions, in one mode.

    Dates and exclusions are in both; `filters` come on top. `first` are the documents of which the question is a symbol.
    `asking` are words that were left out because they only ask; `tiers` are the readings that were tried when no passage had all words.
    """

    written: tree.Query
    match: Match
    typed: TermQuery
    terms: TermQuery
    filters: tuple[Filter, ...]
    expansions: tuple[Expansion, ...] = ()
    switched_off: tuple[Expansion, ...] = ()
    first: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()


def ask(question: Question, shelf: Shelf) -> Answer:
    """The answer to a question.

    Raises UnknownValue for a filter that names nothing there is: an empty list would pass that off as an answer.
    """
    started = time.perf_counter()
    written, mistake = read_question(question, shelf)
    state = meaning_state(question, written, shelf.meaning)
    ranking, search, by_meaning = _found(question, written, state, shelf)
    return Answer(
        question=question,
        understood=tree.format_query(as_matched(search.written, search.match)),
        match=search.match,
        total=ranking.total,
        documents=ranking.documents,
        hits=tuple(_hits(ranking, _sought(search), question, shelf, by_meaning)),
        facets=_facets(ranking, search.filters, _filters(question.excluded, shelf), shelf),
        searched=shelf.searched,
        generation=shelf.generation,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        complete=ranking.complete,
        mistake=mistake,
        left_out=(*_left_out(search.written), *search.asking),
        counts=None if question.plain else _counts(question, search, ranking.total, shelf),
        expansions=search.expansions,
        switched_off=search.switched_off,
        meaning=state,
        by_meaning=len(by_meaning),
        tiers=search.tiers,
    )


def count(question: Question, shelf: Shelf) -> int:
    """How many passages `ask` would find."""
    return rank(replace(question, limit=0, offset=0, sort=Sort.READING), shelf).total


def spread(question: Question, facets: tuple[str, ...], shelf: Shelf) -> Ranking:
    """How many passages `ask` would find, in all and for each value of some `facets`, without any hit."""
    bare = replace(question, limit=0, offset=0, per_document=0, sort=Sort.READING)
    return _search(bare, read_question(question, shelf)[0], shelf, facets)[0]


def rank(question: Question, shelf: Shelf) -> Ranking:
    """The hits that `ask` would give, as ids alone and without counts of facets."""
    return rank_with_meaning(question, shelf)[0]


def rank_with_meaning(question: Question, shelf: Shelf) -> tuple[Ranking, frozenset[str]]:
    """Return the hits of `rank`, and the keys of all those by meaning, which its total does not count."""
    written, _ = read_question(question, shelf)
    state = meaning_state(question, written, shelf.meaning)
    ranking, _, by_meaning = _found(question, written, state, shelf, facets=())
    return ranking, by_meaning


def _found(
    question: Question,
    written: tree.Query,
    state: MeaningState,
    shelf: Shelf,
    facets: tuple[str, ...] = FACETS,
) -> tuple[Ranking, Search, frozenset[str]]:
    """The hits by words, and where the question is asked by meaning those beside them; with the keys of the latter."""
    if state is not MeaningState.ON or shelf.meaning is None:
        return (*_search(question, written, shelf, facets), frozenset())
    words, search = _search(deepened(question), written, shelf, facets, widest=True)
    some = _bounded(analyse(written, Match.ANY, _words(question, shelf)), question, shelf)
    conditions = _bounded(Everything(), question, shelf)
    sources = Sources(shelf.searcher, shelf.meaning, search.terms, some, conditions)
    ranking, by_meaning = join_meaning(question, search.filters, words, sources)
    return ranking, search, by_meaning


def read_question(question: Question, shelf: Shelf) -> tuple[tree.Query, QuerySyntaxError | None]:
    """The tree of the question, with ids for names, and the mistake in it, if any. Raises UnknownValue."""
    if question.plain or shelf.lexicon.find_symbol(question.text):
        return plain_query(question.text), None
    written, mistake = parse_lenient(question.text)
    return shelf.names.resolve(written), mistake


def _search(
    question: Question,
    written: tree.Query,
    shelf: Shelf,
    facets: tuple[str, ...] = FACETS,
    *,
    widest: bool = False,
) -> tuple[Ranking, Search]:
    """Searches with all words first; in AUTO mode, when no passage has all, by the readings between all and any, or by the
    `widest`, which is what hits by meaning are set beside."""
    match = Match.ALL if question.match is Match.AUTO else question.match
    search = _prepared(question, written, match, shelf)
    ranking = shelf.searcher.search(_request(question, search, facets))
    if question.match is not Match.AUTO or ranking.total:
        return ranking, search
    wider = _wider(question, written, shelf)
    counted = [_count(reading, shelf) for reading in wider]
    if not counted[-1]:
        return ranking, search
    enough = (place for place, total in enumerate(counted) if total >= ENOUGH and not widest)
    shown = next(enough, len(wider) - 1)
    tiers = [Tier(search.match, ALL_WORDS, 0, question.text, shown=False)]
    for place, (reading, total) in enumerate(zip(wider, counted, strict=True)):
        label = MAIN_WORDS if reading.asking else READINGS[reading.match]
        text = tree.format_query(reading.written) if reading.asking else question.text
        tiers.append(Tier(reading.match, label, total, text, shown=place == shown))
    chosen = replace(wider[shown], tiers=tuple(tiers))
    return shelf.searcher.search(_request(question, chosen, facets)), chosen


def _wider(question: Question, written: tree.Query, shelf: Shelf) -> list[Search]:
    """The readings of a question wider than all of its words, the narrowest first; the last is any of them."""
    main, asking = without_asking(written)
    readings = []
    if asking:
        readings.append(replace(_prepared(question, main, Match.ALL, shelf), asking=asking))
    if isinstance(written, tree.Loose) and not question.exact:
        most = _prepared(question, written, Match.MOST, shelf)
        if most.match is Match.MOST:
            readings.append(most)
    return [*readings, _prepared(question, written, Match.ANY, shelf)]


def _count(search: Search, shelf: Shelf) -> int:
    """How many passages a reading finds."""
    return _passages_with(search.terms, search.filters, shelf)


def _passages_with(terms: TermQuery, filters: tuple[Filter, ...], shelf: Shelf) -> int:
    """How many passages have some terms."""
    request = SearchRequest(terms, filters, Sort.READING, limit=0, facets=())
    return shelf.searcher.search(request).total


def _told(part: TermQuery, shelf: Shelf) -> float:
    """What a part of a question tells: the less, the more passages have it; nothing, if none has."""
    having = _passages_with(part, (), shelf)
    return log(1 + shelf.searched.passages / having) if having else 0.0


def _prepared(question: Question, written: tree.Query, match: Match, shelf: Shelf) -> Search:
    """What is searched in one mode. Expansions stand beside words that are all wanted, and never beside exact ones."""
    words = _words(question, shelf)
    typed = analyse(written, match, words)
    if match is Match.MOST:
        most = most_of(typed, lambda part: _told(part, shelf)) if isinstance(written, tree.Loose) else None
        match, typed = (Match.MOST, most) if most else (Match.ANY, typed)
    terms = typed
    on: tuple[Expansion, ...] = ()
    off: tuple[Expansion, ...] = ()
    if match is Match.ALL and not question.exact and not question.plain:
        on, off = _chosen(find_expansions(written, shelf.lexicon), question.without)
        terms = expanded(written, shelf.lexicon, (e.key for e in on), words) if on else typed
    return Search(
        written,
        match,
        _bounded(typed, question, shelf),
        _bounded(terms, question, shelf),
        _filters(question.filters, shelf),
        on,
        off,
        shelf.lexicon.find_symbol(question.text) if any(e.kind == SYMBOL for e in on) else (),
    )


def _words(question: Question, shelf: Shelf) -> Words:
    """How the words of a question are read."""
    if question.exact:
        return exactly(shelf.foldings)
    return FoldedWords(shelf.foldings, frozenset(KINDS) & frozenset(question.without))


def _chosen(
    found: tuple[Expansion, ...], without: tuple[str, ...]
) -> tuple[tuple[Expansion, ...], tuple[Expansion, ...]]:
    """The expansions that are on, and those that are switched off."""
    off = tuple(e for e in found if ALL in without or e.key in without)
    return tuple(e for e in found if e not in off), off


def _bounded(terms: TermQuery, question: Question, shelf: Shelf) -> TermQuery:
    """The terms within the dates and without the excluded values."""
    if question.since or question.until:
        terms = AllOf((terms, date_range(question.since, question.until)))
    return excluding(terms, _filters(question.excluded, shelf))


def _filters(chosen: tuple[tuple[str, tuple[str, ...]], ...], shelf: Shelf) -> tuple[Filter, ...]:
    """Filters with the ids that are meant."""
    return tuple(Filter(name, shelf.names.values(name, values)) for name, values in chosen if values)


def _request(question: Question, search: Search, facets: tuple[str, ...]) -> SearchRequest:
    """What the engine is asked for."""
    return SearchRequest(
        search.terms,
        search.filters,
        question.sort,
        question.limit,
        question.offset,
        question.per_document,
        facets,
        first=search.first,
    )


def _counts(question: Question, search: Search, total: int, shelf: Shelf) -> Counts | None:
    """The answer's passages by the weakest help that each needs; every reading is wider than the one before it."""
    if search.match is Match.MOST:
        return None  # (each reading would weigh its words anew)
    words, as_spelt = _words(question, shelf), tree.as_spelt(search.written)
    exact = _bounded(analyse(search.written, search.match, exactly(shelf.foldings)), question, shelf)
    if not any(isinstance(leaf, _WORDS) for leaf in leaves(exact)):
        return None
    acronyms = search.typed
    if any(e.kind == ACRONYM for e in search.expansions):
        keys = (e.key for e in search.expansions if e.kind == ACRONYM)
        acronyms = _bounded(expanded(search.written, shelf.lexicon, keys, words), question, shelf)
    spelt = _bounded(analyse(as_spelt, search.match, _without_forms(words)), question, shelf)
    formed = _bounded(analyse(as_spelt, search.match, words), question, shelf)
    known = {search.terms: total}
    reached = []
    for terms in (exact, spelt, formed, search.typed, acronyms):
        if terms not in known:
            known[terms] = _passages_with(terms, search.filters, shelf)
        reached.append(known[terms])
    as_typed, spelt_otherwise, form, nearly, *others = (
        wider - narrower for narrower, wider in pairwise((0, *reached, total))
    )
    return Counts(as_typed, form, spelt_otherwise + nearly, *others)


def _without_forms(words: Words) -> Words:
    """A reading in which other spellings count and other forms do not."""
    return FoldedWords(words.foldings, words.off | {FORM}) if isinstance(words, FoldedWords) else words


_WORDS = (Term, TermPhrase, TermPrefix, TermFuzzy, OneOf)


def _sought(search: Search) -> Sought:
    """What is to be marked in the hits."""
    asked = [leaf for leaf in leaves(search.terms) if isinstance(leaf, Filter)]
    themes = {value for f in (*asked, *search.filters) if f.name == "theme" for value in f.values}
    acronyms = tuple(e for e in search.expansions if e.kind == ACRONYM)
    return Sought(search.typed, frozenset(typed_forms(search.written)), frozenset(themes), acronyms)


def _hits(
    ranking: Ranking, sought: Sought, question: Question, shelf: Shelf, by_meaning: frozenset[str]
) -> Iterator[Hit]:
    """The hits with their texts; those by meaning with the sentence that is nearest to the question."""
    model = shelf.meaning.model if by_meaning and shelf.meaning is not None else None
    passages = shelf.catalog.passages([scored.passage_id for scored in ranking.hits])
    rank, last = question.offset, None
    for scored, passage in zip(ranking.hits, passages, strict=True):
        if not question.per_document or scored.document_id != last:
            rank, last = rank + 1, scored.document_id
        document = shelf.documents[scored.document_id]
        nearest = None
        if model is not None and not by_meaning.isdisjoint((scored.passage_id, scored.document_id)):
            nearest = nearest_sentence(model, question.text, passage.text)
        yield Hit(rank, scored.score, passage, document, sought, scored.in_document, nearest)


def _facets(
    ranking: Ranking, filters: tuple[Filter, ...], excluded: tuple[Filter, ...], shelf: Shelf
) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet with labels; chosen and excluded values are shown even at 0, so that they can be taken back."""
    chosen = {f.name: f.values for f in filters}
    barred = {f.name: f.values for f in excluded}
    facets = {}
    for name, counts in ranking.facets.items():
        kept = (*chosen.get(name, ()), *barred.get(name, ()))
        values = [
            FacetValue(
                value,
                shelf.names.label(name, value),
                number,
                value in chosen.get(name, ()),
                value in barred.get(name, ()),
            )
            for value, number in {**dict.fromkeys(kept, 0), **counts}.items()
        ]
        facets[name] = tuple(sorted(values, key=lambda value: (-value.count, value.label)))
    return facets


def typed_forms(query: tree.Query) -> Iterable[str]:
    """The folded words that stand in a question, to tell typed words from forms of them."""
    match query:
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from typed_forms(part)
        case tree.Word(text) | tree.Phrase(text):
            yield from forms(text)


def _left_out(query: tree.Query) -> Iterable[str]:
    """Stop words that stand beside other words and were not looked for."""
    if isinstance(query, tree.Loose) and not all(is_stop_word(part) for part in query.parts):
        yield from (part.text for part in query.parts if isinstance(part, tree.Word) and is_stop_word(part))
    elif isinstance(query, tree.And | tree.Or):
        for part in query.parts:
            yield from _left_out(part)
