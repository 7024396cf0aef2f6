"""What can be said where nothing has what was asked: each word alone, near spellings, and questions that ask for less.

Every count is that of the question beside it, asked in the same way as its link asks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.analysis.words import forms
from search.answering.answer import Nothing, Question, Relaxed, WordCount
from search.answering.ask import Shelf, count, read_question
from search.answering.spelling import propose_all
from search.query import tree
from search.query.terms import Match, is_stop_word

MOST_WORDS, MOST_RELAXED = 12, 12  # of a list; each costs a search


def explain_nothing(question: Question, shelf: Shelf) -> Nothing:
    """What to show in the place of hits."""
    written, _ = read_question(question, shelf)
    relaxed = tuple(_counted(_changes(written, question), shelf))
    return replace(explain_fallback(question, shelf), relaxed=relaxed)


def explain_fallback(question: Question, shelf: Shelf) -> Nothing:
    """What to say beside hits that have some of the words, because none has all."""
    written, _ = read_question(question, shelf)
    words = tuple(_word_counts(written, question, shelf))
    return Nothing(words, tuple(_counted(_spellings(written, question, shelf), shelf)), ())


def _word_counts(written: tree.Query, question: Question, shelf: Shelf) -> Iterator[WordCount]:
    """Each wanted word, phrase or pattern alone, without filters and dates."""
    for leaf in dict.fromkeys(_wanted(written)):
        words = tree.format_query(leaf)
        alone = Question(words, exact=question.exact, without=question.without)
        yield WordCount(words, count(alone, shelf), alone)


def _wanted(query: tree.Query) -> list[tree.Query]:
    """The leaves with words, in order; those that are excluded are no reason for finding nothing."""
    match query:
        case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
            telling = [part for part in parts if not is_stop_word(part)] or list(parts)
            return [leaf for part in telling for leaf in _wanted(part)][:MOST_WORDS]
        case tree.Word() | tree.Phrase() | tree.Prefix() | tree.Fuzzy():
            return [query]
    return []


def _counted(changes: Iterator[tuple[str, Question]], shelf: Shelf) -> Iterator[Relaxed]:
    """The first different questions that find something."""
    seen: set[Question] = set()
    for change, question in changes:
        if question in seen or len(seen) >= MOST_RELAXED:
            continue
        seen.add(question)
        found = count(question, shelf)
        if found:
            yield Relaxed(change, found, question)


def _spellings(written: tree.Query, question: Question, shelf: Shelf) -> Iterator[tuple[str, Question]]:
    """The question with words of the corpus in the place of unknown ones."""
    for proposed in propose_all(written, shelf.searcher):
        yield proposed, replace(question, text=proposed, offset=0)


def _changes(written: tree.Query, question: Question) -> Iterator[tuple[str, Question]]:
    """Questions that ask for less, the smallest change first."""
    first = replace(question, offset=0)
    if question.exact:
        yield "in any form of the words", replace(first, exact=False)
    for change, query in _less(written):
        yield change, replace(first, text=tree.format_query(query))
    if question.match is Match.ALL:
        yield "any of the words", replace(first, match=Match.ANY)
    if question.since or question.until:
        yield "of any date", replace(first, since=None, until=None)
    for name, _ in question.filters:
        kept = tuple(pair for pair in question.filters if pair[0] != name)
        yield f"whatever the {name}", replace(first, filters=kept)
    if question.excluded:
        yield "with what was excluded", replace(first, excluded=())
    yield (
        "the words alone, without any filter",
        replace(first, filters=(), excluded=(), since=None, until=None),
    )
    yield from _bare_words(written)


def _bare_words(written: tree.Query) -> Iterator[tuple[str, Question]]:
    """The last resort: any of the words, as plain words, under no filter."""
    leaves = _wanted(written)
    if len(leaves) > 1:
        text = " OR ".join(tree.format_query(_as_words(leaf)) for leaf in leaves)
        yield "any of the words, anywhere", Question(text)


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
