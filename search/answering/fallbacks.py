"""What can be said where nothing has what was asked: each word alone, near spellings, and questions that ask for less.

Every count is that of the question beside it, asked in the same way as its link asks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from search.analysis.words import forms
from search.answering.answer import Nothing, Question, Relaxed, WordCount
from search.answering.prepared import (
    ParsedQuestion,
    SearchContext,
    asked_by,
    count_all,
    parse_question,
    read_as,
)
from search.query import tree
from search.query.spelling import propose_all
from search.query.terms import Match, is_stop_word

MOST_WORDS, MOST_RELAXED = 12, 12  # of a list; each costs a count


class Change(NamedTuple):
    """A question in the place of the one that was asked, and in words what it changes."""

    what: str
    parsed: ParsedQuestion


def explain_nothing(parsed: ParsedQuestion, context: SearchContext) -> Nothing:
    """Return what to show in the place of hits."""
    return _explained(parsed, context, _changes(parsed, context))


def explain_fallback(parsed: ParsedQuestion, context: SearchContext) -> Nothing:
    """Return what to say beside hits that have some of the words, because none has all."""
    return _explained(parsed, context, ())


def _explained(parsed: ParsedQuestion, context: SearchContext, changes: Iterable[Change]) -> Nothing:
    """Each word alone, other spellings and the changed questions, all counted together."""
    words = [*_words_alone(parsed, context)]
    spellings, relaxed = _first_different(_spellings(parsed, context)), _first_different(changes)
    counts = iter(count_all([change.parsed for change in (*words, *spellings, *relaxed)], context))
    alone = tuple(WordCount(word.what, next(counts), word.parsed.question) for word in words)
    spelt, less = (
        tuple(Relaxed(c.what, found, c.parsed.question) for c in part if (found := next(counts)))
        for part in (spellings, relaxed)
    )
    return Nothing(alone, spelt, less)


def _words_alone(parsed: ParsedQuestion, context: SearchContext) -> Iterator[Change]:
    """Each wanted word, phrase or pattern alone, without filters and dates."""
    alone = Question(exact=parsed.question.exact, without=parsed.question.without)
    for leaf in dict.fromkeys(_wanted(parsed.written)):
        asked = asked_by(leaf, alone, context)
        yield Change(asked.question.text, asked)


def _wanted(query: tree.Query) -> list[tree.Query]:
    """The leaves with words, in order; those that are excluded are no reason for finding nothing."""
    match query:
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            telling = [part for part in parts if not is_stop_word(part)] or list(parts)
            return [leaf for part in telling for leaf in _wanted(part)][:MOST_WORDS]
        case tree.Word() | tree.Phrase() | tree.Prefix() | tree.Fuzzy():
            return [query]
    return []


def _first_different(changes: Iterable[Change]) -> list[Change]:
    """The first changes that give different questions."""
    different: dict[Question, Change] = {}
    for change in changes:
        different.setdefault(change.parsed.question, change)
    return list(different.values())[:MOST_RELAXED]


def _spellings(parsed: ParsedQuestion, context: SearchContext) -> Iterator[Change]:
    """The question with words of the corpus in the place of unknown ones."""
    for proposed in propose_all(parsed.written, context.searcher.vocabulary):
        asked = asked_by(proposed, replace(parsed.question, offset=0), context)
        yield Change(asked.question.text, asked)


def _changes(parsed: ParsedQuestion, context: SearchContext) -> Iterator[Change]:
    """Questions that ask for less, the smallest change first."""
    written, question = parsed.written, parsed.question
    first = replace(question, offset=0)
    if question.exact:
        yield _with(parsed, context, "in any form of the words", replace(first, exact=False))
    for change, query in _less(written):
        yield Change(change, asked_by(query, first, context))
    if question.match is Match.ALL:
        yield _with(parsed, context, "any of the words", replace(first, match=Match.ANY))
    if question.since or question.until:
        yield _with(parsed, context, "of any date", replace(first, since=None, until=None))
    for name, _ in question.filters:
        kept = tuple(pair for pair in question.filters if pair[0] != name)
        yield _with(parsed, context, f"whatever the {name}", replace(first, filters=kept))
    if question.excluded:
        yield _with(parsed, context, "with what was excluded", replace(first, excluded=()))
    yield _with(
        parsed,
        context,
        "the words alone, without any filter",
        replace(first, filters=(), excluded=(), since=None, until=None),
    )
    yield from _bare_words(written, context)


def _with(parsed: ParsedQuestion, context: SearchContext, what: str, question: Question) -> Change:
    """The same text under other conditions."""
    return Change(what, read_as(question, parsed.written, context))


def _bare_words(written: tree.Query, context: SearchContext) -> Iterator[Change]:
    """The last resort: any of the words, as plain words, under no filter."""
    leaves = _wanted(written)
    if len(leaves) > 1:
        text = " OR ".join(tree.format_query(_as_words(leaf)) for leaf in leaves)
        yield Change("any of the words, anywhere", parse_question(Question(text), context))


def _less(query: tree.Query) -> Iterator[tuple[str, tree.Query]]:
    """The question with phrases taken as words, and without one of its parts."""
    words = _as_words(query)
    if words != query:
        yield "phrases as words", words
    if isinstance(query, tree.Loose | tree.And):
        for place, part in enumerate(query.parts):
            if not is_stop_word(part):
                rest = [*query.parts[:place], *query.parts[place + 1 :]]
                left_out = tree.format_query(part)
                yield f"without {left_out}", tree.joined(type(query), rest)


def _as_words(query: tree.Query) -> tree.Query:
    """The query with its phrases as words that may stand anywhere in a passage."""
    match query:
        case tree.Phrase(text):
            return tree.joined(tree.Loose, [tree.Word(form) for form in forms(text)])
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            return tree.joined(type(query), [_as_words(part) for part in parts])
    return query
