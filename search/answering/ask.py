"""A question that was read to an answer: search, fetch the texts, count by classes and facets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from search.analysis.words import forms
from search.answering.answer import Answer, Counts, FacetValue, Hit, Question, Sought, Tier
from search.answering.meaning import Sources, deepened, join_meaning, meaning_state
from search.answering.prepared import (
    ParsedQuestion,
    Search,
    SearchContext,
    bounded,
    choose_reading,
    conditioned,
    count_readings,
    count_terms,
    filters_of,
    parse_question,
    prepare,
    wider_readings,
    words_of,
)
from search.engines.request import FACETS, Ranking, SearchRequest, Sort
from search.meaning.context import MeaningState
from search.meaning.nearest_sentence import nearest_sentence
from search.query import tree
from search.query.expansion import ACRONYM, SYNONYM, expanded
from search.query.foldings import FORM, FoldedWords, exactly
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
    is_stop_word,
    leaves,
)
from search.query.widening import as_matched

ALL_WORDS, MAIN_WORDS = "all words", "all words but those that only ask"
READINGS = {Match.ALL: ALL_WORDS, Match.MOST: "most of the words", Match.ANY: "any of the words"}
"""What the readings of a question are called where they are counted."""


def ask(parsed: ParsedQuestion, context: SearchContext, started: float) -> Answer:
    """Return the answer to a question whose work began at `started` (by time.perf_counter).

    Raises UnknownValue for a filter that names nothing there is: an empty list would pass that off as an answer.
    """
    question = parsed.question
    state = _meaning_state(parsed, context)
    ranking, search, by_meaning = _found(parsed, state, context)
    return Answer(
        question=question,
        written=parsed.written,
        reading=search.written,
        understood=tree.format_query(as_matched(search.written, search.match)),
        match=search.match,
        total=ranking.total,
        documents=ranking.documents,
        hits=tuple(_hits(ranking, _sought(search), question, context, by_meaning)),
        facets=_facets(ranking, search.filters, filters_of(question.excluded, context), context),
        searched=context.searched,
        generation=context.generation,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        complete=ranking.complete,
        mistake=parsed.mistake,
        left_out=(*_left_out(search.written), *search.asking),
        counts=None if question.plain else _counts(parsed, search, ranking.total, context),
        expansions=search.expansions,
        switched_off=search.switched_off,
        meaning=state,
        by_meaning=len(by_meaning),
        tiers=search.tiers,
    )


def spread(question: Question, facets: tuple[str, ...], context: SearchContext) -> Ranking:
    """Return how many passages `ask` would find, in all and for each value of some `facets`, without any hit."""
    bare = replace(question, limit=0, offset=0, per_document=0, sort=Sort.READING)
    return _search(parse_question(bare, context), context, facets)[0]


def rank(parsed: ParsedQuestion, context: SearchContext) -> Ranking:
    """Return the hits that `ask` would give, as ids alone and without counts of facets."""
    return rank_with_meaning(parsed, context)[0]


def rank_with_meaning(parsed: ParsedQuestion, context: SearchContext) -> tuple[Ranking, frozenset[str]]:
    """Return the hits of `rank`, and the keys of all those by meaning, which its total does not count."""
    state = _meaning_state(parsed, context)
    ranking, _, by_meaning = _found(parsed, state, context, facets=())
    return ranking, by_meaning


def _meaning_state(parsed: ParsedQuestion, context: SearchContext) -> MeaningState:
    """Whether a question is asked by meaning. The symbol of a document means nothing but that document, which comes first."""
    if context.lexicon.find_symbol(parsed.question.text):
        return MeaningState.NOT_ASKED
    return meaning_state(parsed.question, parsed.written, context.meaning)


def _found(
    parsed: ParsedQuestion, state: MeaningState, context: SearchContext, facets: tuple[str, ...] = FACETS
) -> tuple[Ranking, Search, frozenset[str]]:
    """The hits by words, and where the question is asked by meaning those beside them; with the keys of the latter."""
    if state is not MeaningState.ON or context.meaning is None:
        return (*_search(parsed, context, facets), frozenset())
    question = parsed.question
    deep = replace(parsed, question=deepened(question))
    words, search = _search(deep, context, facets, widest=True)
    some = bounded(analyse(parsed.written, Match.ANY, words_of(question, context)), parsed, context)
    conditions = conditioned(Everything(), question, context)
    hidden = frozenset(parsed.hidden)
    sources = Sources(context.searcher, context.meaning, search.terms, some, conditions, hidden)
    ranking, by_meaning = join_meaning(question, search.filters, words, sources)
    return ranking, search, by_meaning


def _search(
    parsed: ParsedQuestion, context: SearchContext, facets: tuple[str, ...] = FACETS, *, widest: bool = False
) -> tuple[Ranking, Search]:
    """Searches with all words first; in AUTO mode, when no passage has all, by the readings between all and any, or by the
    `widest`, which is what hits by meaning are set beside."""
    question = parsed.question
    match = Match.ALL if question.match is Match.AUTO else question.match
    search = prepare(parsed, match, context)
    ranking = context.searcher.search(_request(question, search, facets))
    if question.match is not Match.AUTO or ranking.total:
        return ranking, search
    wider = wider_readings(parsed, context)
    counted = count_readings(wider, context)
    if not counted[-1]:
        return ranking, search
    shown = len(wider) - 1 if widest else choose_reading(counted)
    tiers = [Tier(search.match, ALL_WORDS, 0, question.text, shown=False)]
    for place, (reading, total) in enumerate(zip(wider, counted, strict=True)):
        label = MAIN_WORDS if reading.asking else READINGS[reading.match]
        text = tree.format_query(reading.written) if reading.asking else question.text
        tiers.append(Tier(reading.match, label, total, text, shown=place == shown))
    chosen = replace(wider[shown], tiers=tuple(tiers))
    return context.searcher.search(_request(question, chosen, facets)), chosen


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


def _counts(parsed: ParsedQuestion, search: Search, total: int, context: SearchContext) -> Counts | None:
    """The answer's passages by the weakest help that each needs; every reading is wider than the one before it."""
    if search.match is Match.MOST:
        return None  # (each reading would weigh its words anew)
    words, as_spelt = words_of(parsed.question, context), tree.as_spelt(search.written)
    exact = bounded(analyse(search.written, search.match, exactly(context.foldings)), parsed, context)
    if not any(isinstance(leaf, _WORDS) for leaf in leaves(exact)):
        return None
    widened = [_by_kinds(search, kinds, parsed, words, context) for kinds in (_WORDED[:1], _WORDED)]
    spelt = bounded(analyse(as_spelt, search.match, _without_forms(words)), parsed, context)
    formed = bounded(analyse(as_spelt, search.match, words), parsed, context)
    readings = (exact, spelt, formed, search.typed, *widened)
    unknown = [terms for terms in dict.fromkeys(readings) if terms != search.terms]
    counted = count_terms([AllOf((terms, *search.filters)) for terms in unknown], context)
    known = {search.terms: total, **dict(zip(unknown, counted, strict=True))}
    as_typed, spelt_otherwise, form, nearly, acronym, synonym, theme = (
        wider - narrower for narrower, wider in pairwise((0, *(known[terms] for terms in readings), total))
    )
    return Counts(as_typed, form, spelt_otherwise + nearly, acronym, theme, synonym)


def _by_kinds(
    search: Search, kinds: tuple[str, ...], parsed: ParsedQuestion, words: Words, context: SearchContext
) -> TermQuery:
    """The typed words with the expansions of some kinds; the words alone where there are none."""
    keys = [e.key for e in search.expansions if e.kind in kinds]
    if not keys:
        return search.typed
    return bounded(expanded(search.written, context.lexicon, keys, words), parsed, context)


def _without_forms(words: Words) -> Words:
    """A reading in which other spellings count and other forms do not."""
    return FoldedWords(words.foldings, words.off | {FORM}) if isinstance(words, FoldedWords) else words


_WORDED = (ACRONYM, SYNONYM)  # expansions by other words of the text
_WORDS = (Term, TermPhrase, TermPrefix, TermFuzzy, OneOf)


def _sought(search: Search) -> Sought:
    """What is to be marked in the hits."""
    asked = [leaf for leaf in leaves(search.terms) if isinstance(leaf, Filter)]
    themes = {value for f in (*asked, *search.filters) if f.name == "theme" for value in f.values}
    worded = tuple(e for e in search.expansions if e.kind in _WORDED)
    return Sought(search.typed, frozenset(typed_forms(search.written)), frozenset(themes), worded)


def _hits(
    ranking: Ranking, sought: Sought, question: Question, context: SearchContext, by_meaning: frozenset[str]
) -> Iterator[Hit]:
    """The hits with their texts; those by meaning with the sentence that is nearest to the question."""
    model = context.meaning.model if by_meaning and context.meaning is not None else None
    passages = context.catalog.passages([scored.passage_id for scored in ranking.hits])
    rank, last = question.offset, None
    for scored, passage in zip(ranking.hits, passages, strict=True):
        if not question.per_document or scored.document_id != last:
            rank, last = rank + 1, scored.document_id
        document = context.documents[scored.document_id]
        nearest = None
        if model is not None and not by_meaning.isdisjoint((scored.passage_id, scored.document_id)):
            nearest = nearest_sentence(model, question.text, passage.text)
        yield Hit(rank, scored.score, passage, document, sought, scored.in_document, nearest)


def _facets(
    ranking: Ranking, filters: tuple[Filter, ...], excluded: tuple[Filter, ...], context: SearchContext
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
                context.names.label(name, value),
                number,
                value in chosen.get(name, ()),
                value in barred.get(name, ()),
            )
            for value, number in {**dict.fromkeys(kept, 0), **counts}.items()
        ]
        facets[name] = tuple(sorted(values, key=lambda value: (-value.count, value.label)))
    return facets


def typed_forms(query: tree.Query) -> Iterable[str]:
    """Yield the folded words that stand in a question, to tell typed words from forms of them."""
    match query:
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from typed_forms(part)
        case tree.Word(text) | tree.Phrase(text):
            yield from forms(text)


def _left_out(query: tree.Query) -> Iterable[str]:
    """Yield the stop words that stand beside other words and were not looked for."""
    if isinstance(query, tree.Loose) and not all(is_stop_word(part) for part in query.parts):
        yield from (part.text for part in query.parts if isinstance(part, tree.Word) and is_stop_word(part))
    elif isinstance(query, tree.And | tree.Or):
        for part in query.parts:
            yield from _left_out(part)
