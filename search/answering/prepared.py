"""What an engine is asked for a question: its text read once, and the terms of each way in which it can be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log

from search.answering.answer import Question, Searched, Tier
from search.engines import Searcher
from search.errors import QuerySyntaxError
from search.meaning.context import MeaningContext
from search.model import Document
from search.query import tree
from search.query.expansion import ALL, SYMBOL, Expansion, Lexicon, excluding, expanded, find_expansions
from search.query.foldings import KINDS, FoldedWords, Foldings, exactly
from search.query.names import Names
from search.query.parser import parse_lenient, plain_query
from search.query.terms import AllOf, Filter, Match, TermQuery, Words, analyse, date_range
from search.query.widening import ENOUGH, most_of, without_asking
from search.store.catalog import Catalog

_DOCUMENT = "document"  # the field and the filter that name documents; whoever names one means it, older version or not


@dataclass(frozen=True, slots=True)
class SearchContext:
    """One generation, open for questions, with what does not change between them.

    `superseded` has the older versions of documents, each with the newest, which stands for it. `known` has all values of the facets
    that need not have one (lang, speaker, organisation).
    """

    generation: str
    catalog: Catalog
    searcher: Searcher
    names: Names
    documents: dict[str, Document]
    searched: Searched
    lexicon: Lexicon
    foldings: Foldings
    meaning: MeaningContext | None = None
    superseded: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question with the tree that its text was read to, with ids for names. `mistake` is the one in the text, if any.

    `hidden` are the older versions of documents that do not answer, because newer ones stand for them. A text is read once:
    whatever is asked beside it or in its place hands the tree on.
    """

    question: Question
    written: tree.Query
    hidden: tuple[str, ...] = ()
    mistake: QuerySyntaxError | None = None


def parse_question(question: Question, context: SearchContext) -> ParsedQuestion:
    """Read the text of `question`. Raises UnknownValue for a name that there is not."""
    if _is_plain(question, context):
        return read_as(question, plain_query(question.text), context)
    written, mistake = parse_lenient(question.text)
    return replace(read_as(question, context.names.resolve(written), context), mistake=mistake)


def read_as(question: Question, written: tree.Query, context: SearchContext) -> ParsedQuestion:
    """Return `question` with the tree `written`, to which its text was read. Raises UnknownValue for a filter that names nothing."""
    return ParsedQuestion(question, written, _hidden_versions(question, written, context))


def asked_by(written: tree.Query, question: Question, context: SearchContext) -> ParsedQuestion:
    """Return `question` with the text of the tree `written`, as reading that text would give it."""
    anew = replace(question, text=tree.format_query(written))
    return read_as(anew, plain_query(anew.text) if _is_plain(anew, context) else written, context)


def _is_plain(question: Question, context: SearchContext) -> bool:
    """Whether nothing in a text is an operator: because it is asked so, or because the text is the symbol of a document."""
    return question.plain or bool(context.lexicon.find_symbol(question.text))


def prepare(parsed: ParsedQuestion, match: Match, context: SearchContext) -> Search:
    """Return what is searched in one mode. Expansions stand beside words that are all wanted, and never beside exact ones."""
    question, written = parsed.question, parsed.written
    words = words_of(question, context)
    typed = analyse(written, match, words)
    if match is Match.MOST:
        most = (
            most_of(typed, lambda parts: _tell(parts, context)) if isinstance(written, tree.Loose) else None
        )
        match, typed = (Match.MOST, most) if most else (Match.ANY, typed)
    terms = typed
    on: tuple[Expansion, ...] = ()
    off: tuple[Expansion, ...] = ()
    if match is Match.ALL and not question.exact and not question.plain:
        on, off = _chosen(find_expansions(written, context.lexicon), question.without)
        terms = expanded(written, context.lexicon, (e.key for e in on), words) if on else typed
    return Search(
        written,
        match,
        bounded(typed, parsed, context),
        bounded(terms, parsed, context),
        filters_of(question.filters, context),
        on,
        off,
        context.lexicon.find_symbol(question.text) if any(e.kind == SYMBOL for e in on) else (),
    )


def words_of(question: Question, context: SearchContext) -> Words:
    """Return how the words of `question` are read."""
    if question.exact:
        return exactly(context.foldings)
    return FoldedWords(context.foldings, frozenset(KINDS) & frozenset(question.without))


def _chosen(
    found: tuple[Expansion, ...], without: tuple[str, ...]
) -> tuple[tuple[Expansion, ...], tuple[Expansion, ...]]:
    """The expansions that are on, and those that are switched off."""
    off = tuple(e for e in found if ALL in without or e.key in without)
    return tuple(e for e in found if e not in off), off


def bounded(terms: TermQuery, parsed: ParsedQuestion, context: SearchContext) -> TermQuery:
    """Return `terms` within what holds for the question `parsed`, and without the older versions that it hides."""
    within = conditioned(terms, parsed.question, context)
    return excluding(within, (Filter(_DOCUMENT, parsed.hidden),)) if parsed.hidden else within


def conditioned(terms: TermQuery, question: Question, context: SearchContext) -> TermQuery:
    """Return `terms` within the dates of `question` and without the values that it excludes."""
    if question.since or question.until:
        terms = AllOf((terms, date_range(question.since, question.until)))
    return excluding(terms, filters_of(question.excluded, context))


def _hidden_versions(question: Question, written: tree.Query, context: SearchContext) -> tuple[str, ...]:
    """The older versions for which newer ones stand: all but those that a question names, in its text, as a filter or by symbol."""
    if question.versions or not context.superseded:
        return ()
    filters = dict(question.filters).get(_DOCUMENT, ())
    named = {
        *_named_documents(written),
        *context.names.values(_DOCUMENT, filters),
        *context.lexicon.find_symbol(question.text),
    }
    return tuple(older for older in context.superseded if older not in named)


def _named_documents(query: tree.Query, *, wanted: bool = True) -> set[str]:
    """The documents that `query` asks for by name; below a NOT (`wanted` is False) stand those that it does not want."""
    match query:
        case tree.Field(name, value) if name == _DOCUMENT and wanted:
            return {value}
        case tree.Not(part):
            return _named_documents(part, wanted=not wanted)
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            return {value for part in parts for value in _named_documents(part, wanted=wanted)}
    return set()


def filters_of(chosen: tuple[tuple[str, tuple[str, ...]], ...], context: SearchContext) -> tuple[Filter, ...]:
    """Return `chosen` values as filters, with the ids that are meant."""
    return tuple(Filter(name, context.names.values(name, values)) for name, values in chosen if values)


def wider_readings(parsed: ParsedQuestion, context: SearchContext) -> list[Search]:
    """Return the readings of a question wider than all of its words, the narrowest first; the last is any of them."""
    written = parsed.written
    main, asking = without_asking(written)
    readings = []
    if asking:
        readings.append(replace(prepare(replace(parsed, written=main), Match.ALL, context), asking=asking))
    if isinstance(written, tree.Loose) and not parsed.question.exact:
        most = prepare(parsed, Match.MOST, context)
        if most.match is Match.MOST:
            readings.append(most)
    return [*readings, prepare(parsed, Match.ANY, context)]


def count_all(questions: Sequence[ParsedQuestion], context: SearchContext) -> list[int]:
    """Return how many passages `ask` would find for each of `questions`, all counted together."""
    first = [prepare(parsed, _first_match(parsed.question), context) for parsed in questions]
    totals = count_readings(first, context)
    wider = {
        place: wider_readings(parsed, context)
        for place, (parsed, total) in enumerate(zip(questions, totals, strict=True))
        if parsed.question.match is Match.AUTO and not total
    }
    counted = iter(count_readings([reading for readings in wider.values() for reading in readings], context))
    for place, readings in wider.items():
        reached = [next(counted) for _ in readings]
        totals[place] = reached[choose_reading(reached)]
    return totals


def _first_match(question: Question) -> Match:
    """How a question is tried first."""
    return Match.ALL if question.match is Match.AUTO else question.match


def count_readings(readings: Sequence[Search], context: SearchContext) -> list[int]:
    """Return how many passages each of `readings` finds."""
    return count_terms([AllOf((reading.terms, *reading.filters)) for reading in readings], context)


def count_terms(terms: Sequence[TermQuery], context: SearchContext) -> list[int]:
    """Return how many passages have each of `terms`; no engine is asked for none."""
    return list(context.searcher.count(terms)) if terms else []


def choose_reading(counted: Sequence[int]) -> int:
    """Return the place of the first reading that finds ENOUGH; of the last and widest where none does."""
    return next((place for place, total in enumerate(counted) if total >= ENOUGH), len(counted) - 1)


def _tell(parts: Sequence[TermQuery], context: SearchContext) -> list[float]:
    """What each part of a question tells: the less, the more passages have it; nothing, if none has."""
    passages = context.searched.passages
    return [log(1 + passages / having) if having else 0.0 for having in count_terms(parts, context)]
