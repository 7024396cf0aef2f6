"""What else is searched for typed words: the acronym or its long form, synonyms of staff, and the passages of a theme of that name.

Only where all words are wanted, never for quoted words, and never without being announced: each expansion has a key by
which it is switched off. Only a whole name counts: "trust funds" is the theme, "funds" alone is not. A wording that is narrower than the
theme ("deepfakes" of hybrid threats) brings none of its passages: the theme stands beside the answer, as a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis.words import forms, stem
from search.model import Document, Theme, Themes
from search.query import tree
from search.query.terms import (
    STEMMED,
    AllOf,
    AnyOf,
    Filter,
    Match,
    NoneOf,
    Term,
    TermField,
    TermPhrase,
    TermQuery,
    Words,
    analyse,
    is_stop_word,
)
from search.store.glossary import Acronym, Glossary

ACRONYM, SYNONYM, THEME, SYMBOL = "acronym", "synonym", "theme", "symbol"
ALL = "all"  # switches every expansion off
LONGEST_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class Expansion:
    """One thing that is searched in the place of typed words.

    `kind` is ACRONYM, SYNONYM, THEME or SYMBOL, `key` names it in addresses and options, `typed` are the words it stands for and `label`
    says what was also searched.
    """

    kind: str
    key: str
    label: str
    typed: str
    terms: TermQuery


Name = tuple[str, ...]  # stems of the words of a name


class Lexicon:
    """The names that are known: acronyms with their long forms, labels of themes, and symbols of documents."""

    def __init__(self, glossary: Glossary, themes: Themes, documents: Iterable[Document] = ()) -> None:
        self._known: dict[Name, list[Expansion]] = {}
        self._beside: dict[Name, list[Theme]] = {}
        for document in documents:
            self._add_symbols(document)
        for acronym in glossary.acronyms:
            self._add_acronym(acronym)
        for group in glossary.synonyms:
            self._add_synonyms(group)
        for theme in themes.all:
            terms = Filter("theme", (theme.theme_id,))
            expansion = Expansion(THEME, f"{THEME}:{theme.theme_id}", theme.label, "", terms)
            names = [words for words in theme.wordings if _names_theme(words, theme.label)]
            names += theme.french
            for name in dict.fromkeys(map(_name, names)):
                self._known.setdefault(name, []).append(expansion)
            for name in dict.fromkeys(_name(words) for words in theme.wordings if words not in names):
                self._beside.setdefault(name, []).append(theme)

    def _add_symbols(self, document: Document) -> None:
        """The document by each of its symbols, also without what stands before or behind the number."""
        for symbol in document.identifiers:
            key = f"{SYMBOL}:{document.document_id}"
            terms = Filter("document", (document.document_id,))
            expansion = Expansion(SYMBOL, key, f"{symbol}, {document.title}", "", terms)
            bare = symbol.removeprefix("ISBN ").removeprefix("arXiv:")
            for name in dict.fromkeys(map(_name, (symbol, bare))):
                self._known.setdefault(name, []).append(expansion)

    def _add_acronym(self, acronym: Acronym) -> None:
        """Both directions of an acronym."""
        short, label = forms(acronym.short), f"{acronym.longs[0]} ({acronym.short})"
        key = f"{ACRONYM}:{acronym.short}"
        if len(short) != 1:
            return
        longs = tuple(_phrase(long) for long in acronym.longs)
        shorts = tuple(Term(TermField.EXACT, form) for form in (short[0], short[0] + "s"))
        self._known.setdefault(_name(acronym.short), []).append(
            Expansion(ACRONYM, key, label, "", AnyOf(longs))
        )
        for name in dict.fromkeys(_name(long) for long in acronym.longs):
            expansion = Expansion(ACRONYM, key, label, "", AnyOf(shorts))
            self._known.setdefault(name, []).append(expansion)

    def _add_synonyms(self, group: tuple[str, ...]) -> None:
        """Each wording of a group by all others."""
        for wording in group:
            others = [other for other in group if other != wording]
            terms = AnyOf(
                tuple(STEMMED.word(other) if " " not in other else _phrase(other) for other in others)
            )
            expansion = Expansion(SYNONYM, f"{SYNONYM}:{wording}", ", ".join(others), "", terms)
            self._known.setdefault(_name(wording), []).append(expansion)

    def find_symbol(self, words: str) -> tuple[str, ...]:
        """Return the documents of which `words` are a symbol, as a whole; () for any other words."""
        found = (e.terms for e in self.find(_name(words)) if e.kind == SYMBOL)
        return tuple(value for terms in found if isinstance(terms, Filter) for value in terms.values)

    def find(self, name: Name) -> list[Expansion]:
        """Return what stands for a name."""
        return self._known.get(name, [])

    def find_beside(self, words: str) -> list[Theme]:
        """Return the themes that `words` are a narrower wording of."""
        return self._beside.get(_name(words), [])


def _name(words: str) -> Name:
    """The stems of a name."""
    return tuple(stem(form) for form in forms(words))


def _names_theme(words: str, label: str) -> bool:
    """Whether words are a theme's label in other order or spelling, or its first letters: "DIB", "counterterrorism"."""
    said, wanted = forms(words), forms(label)
    telling = [form for form in wanted if not is_stop_word(tree.Word(form))]
    if words.isupper() and words.casefold() in (
        "".join(form[0] for form in kept) for kept in (wanted, telling)
    ):
        return True
    return "".join(sorted(map(stem, said))) == "".join(sorted(map(stem, wanted))) or "".join(
        map(stem, said)
    ) == "".join(map(stem, wanted))


def _phrase(words: str) -> TermQuery:
    """A long form, word by word."""
    found = forms(words)
    return Term(TermField.EXACT, found[0]) if len(found) == 1 else TermPhrase(tuple(found))


@dataclass(frozen=True, slots=True)
class _Run:
    """Parts of a question side by side, and what stands for them as a whole."""

    parts: tuple[tree.Query, ...]
    expansions: tuple[Expansion, ...] = ()


def find_expansions(query: tree.Query, lexicon: Lexicon) -> tuple[Expansion, ...]:
    """Return everything that stands for words of a question, each once."""
    found: dict[str, Expansion] = {}
    for run in _all_runs(query, lexicon):
        for expansion in run.expansions:
            found.setdefault(expansion.key, expansion)
    return tuple(found.values())


def _all_runs(query: tree.Query, lexicon: Lexicon) -> Iterator[_Run]:
    """The runs of all groups of a question; what is excluded has none."""
    match query:
        case tree.Loose(parts):
            yield from _runs(parts, lexicon)
            for part in parts:
                if not isinstance(part, tree.Word):
                    yield from _all_runs(part, lexicon)
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from _all_runs(part, lexicon)
        case tree.Word():
            yield from _runs((query,), lexicon)


def _runs(parts: tuple[tree.Query, ...], lexicon: Lexicon) -> list[_Run]:
    """Parts side by side, cut so that the longest names are whole, from left to right."""
    runs, place = [], 0
    while place < len(parts):
        length = next(
            (n for n in range(_words_from(parts, place), 0, -1) if _named(parts[place : place + n], lexicon)),
            0,
        )
        taken = parts[place : place + max(length, 1)]
        runs.append(_Run(taken, _named(taken, lexicon)))
        place += len(taken)
    return runs


def _words_from(parts: tuple[tree.Query, ...], place: int) -> int:
    """How many plain words stand side by side from here."""
    count = 0
    for part in parts[place : place + LONGEST_NAME]:
        if not isinstance(part, tree.Word):
            break
        count += 1
    return count


def _named(parts: tuple[tree.Query, ...], lexicon: Lexicon) -> tuple[Expansion, ...]:
    """What stands for these words as a whole."""
    if not all(isinstance(part, tree.Word) for part in parts) or all(is_stop_word(part) for part in parts):
        return ()
    typed = " ".join(part.text for part in parts if isinstance(part, tree.Word))
    return tuple(Expansion(e.kind, e.key, e.label, typed, e.terms) for e in lexicon.find(_name(typed)))


def expanded(query: tree.Query, lexicon: Lexicon, wanted: Iterable[str], words: Words = STEMMED) -> TermQuery:
    """Return the terms of a question of which all words are wanted, with the expansions of these keys as alternatives."""
    return _expanded(query, _Reading(lexicon, frozenset(wanted), words))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a question is read: the names that are known, the keys of wanted expansions, and what a word stands for."""

    lexicon: Lexicon
    wanted: frozenset[str]
    words: Words


def _expanded(query: tree.Query, reading: _Reading) -> TermQuery:
    match query:
        case tree.Loose(parts):
            runs = _runs(parts, reading.lexicon)
            kept = [run for run in runs if _counts(run, reading.wanted)] or runs
            return AllOf(tuple(_widened(run, reading) for run in _rejoined(kept, reading)))
        case tree.And(parts):
            return AllOf(tuple(_expanded(part, reading) for part in parts))
        case tree.Or(parts):
            return AnyOf(tuple(_expanded(part, reading) for part in parts))
        case tree.Word():
            return _widened(_runs((query,), reading.lexicon)[0], reading)
    return analyse(query, Match.ALL, reading.words)


def _rejoined(runs: list[_Run], reading: _Reading) -> Iterator[_Run]:
    """The runs, with those side by side that nothing stands for as one: two words of it may be one in the texts."""
    plain: list[tree.Query] = []
    for run in runs:
        if any(e.key in reading.wanted for e in run.expansions) or not isinstance(run.parts[0], tree.Word):
            if plain:
                yield _Run(tuple(plain))
                plain = []
            yield run
        else:
            plain.extend(run.parts)
    if plain:
        yield _Run(tuple(plain))


def _counts(run: _Run, wanted: frozenset[str]) -> bool:
    """Whether a run is more than a stop word beside others."""
    return any(e.key in wanted for e in run.expansions) or not all(is_stop_word(part) for part in run.parts)


def _widened(run: _Run, reading: _Reading) -> TermQuery:
    """A run or what stands for it."""
    alternatives = tuple(e.terms for e in run.expansions if e.key in reading.wanted)
    if len(run.parts) == 1 and not isinstance(run.parts[0], tree.Word):
        return _expanded(run.parts[0], reading)
    words = analyse(tree.joined(tree.Loose, list(run.parts)), Match.ALL, reading.words)
    return AnyOf((words, *alternatives)) if alternatives else words


def excluding(terms: TermQuery, filters: Iterable[Filter]) -> TermQuery:
    """Return the terms without the passages that have one of the values."""
    barred = tuple(NoneOf(f) for f in filters)
    return AllOf((terms, *barred)) if barred else terms
