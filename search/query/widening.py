"""Between all words and any of them: what a question asks for when no passage has all of its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from search.analysis.words import data_lines, forms
from search.query import tree
from search.query.terms import AllOf, AnyOf, Match, MostOf, TermQuery, is_demand, is_stop_word

ENOUGH = 10  # passages, half a page: a reading with fewer gives way to a wider one that has more
MOST = 0.6  # of what the words of a question tell, by their rarity; below half, one rare name would be enough
FEWEST = 3  # words that stand somewhere, from which "most" means something


@cache
def _words_of_asking() -> frozenset[str]:
    """Words by which people ask, such as "role", "ways", "discussed"."""
    return frozenset(data_lines("words_of_asking.txt"))


def without_asking(query: tree.Query) -> tuple[tree.Query, tuple[str, ...]]:
    """Return a question without the words by which it asks, and those words; itself and none where nothing else is left."""
    if not isinstance(query, tree.Loose):
        return query, ()
    asking = tuple(part.text for part in query.parts if isinstance(part, tree.Word) and _asks(part))
    kept: list[tree.Query] = [
        part for part in query.parts if not (isinstance(part, tree.Word) and _asks(part))
    ]
    if not asking or all(map(is_stop_word, kept)):
        return query, ()
    return tree.joined(tree.Loose, kept), asking


def _asks(word: tree.Word) -> bool:
    """Whether a word only asks; in capitals it is a name."""
    found = forms(word.text)
    return len(found) == 1 and found[0] in _words_of_asking() and not word.text.isupper()


def most_of(terms: TermQuery, weigh: Callable[[Sequence[TermQuery]], Sequence[float]]) -> TermQuery | None:
    """Return the terms of words any of which will do, as those of passages with most of them. `weigh` says what each of some parts
    tells, 0 for one that stands nowhere. None where there are too few words."""
    if isinstance(terms, AllOf) and terms.parts and isinstance(terms.parts[0], AnyOf):
        words = most_of(terms.parts[0], weigh)
        return AllOf((words, *terms.parts[1:])) if words else None
    if not isinstance(terms, AnyOf):
        return None
    weights = weigh(terms.parts)
    if sum(weight > 0 for weight in weights) < FEWEST:
        return None
    whole = sum(weights)
    return MostOf(terms.parts, tuple(weight / whole for weight in weights), MOST)


def as_matched(query: tree.Query, match: Match) -> tree.Query:
    """Return the question with every unspoken AND or OR written out and the left-out stop words gone."""
    match query:
        case tree.Loose(parts):
            kept = [part for part in parts if not is_stop_word(part)] or list(parts)
            demands = [as_matched(part, match) for part in kept if is_demand(part)]
            words = [as_matched(part, match) for part in kept if not is_demand(part)]
            if match in (Match.ANY, Match.MOST) and words:
                words = [tree.joined(tree.Or, words)]
            return tree.joined(tree.And, [*words, *demands])
        case tree.And(parts) | tree.Or(parts):
            return tree.joined(type(query), [as_matched(part, match) for part in parts])
    return query
