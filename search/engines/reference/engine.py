"""An exact engine without an index: every question looks at every passage.

The tests' oracle, written as the definitions read and sharing no matching code with the other engines; also
the engine for a handful of documents where Whoosh cannot be installed. It keeps its entries in one JSON file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from search.analysis.vocabulary import Vocabulary
from search.engines import IndexEntry
from search.engines.reference.rescoring import Corpus, rescore
from search.engines.request import PASSAGE, Ranking, Scored, SearchRequest, Sort
from search.engines.rescoring import RESCORED_HITS
from search.engines.scoring import FORMULA, Formula, idf, length_norm, saturation
from search.errors import IndexDamaged
from search.query.terms import (
    LAST_DAY,
    ROUNDING,
    AllOf,
    AnyOf,
    DateRange,
    Everything,
    Filter,
    MostOf,
    NoneOf,
    OneOf,
    Term,
    TermField,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
    leaves,
)

_FILE = "entries.json"


class MemoryBuilder:
    """The builder of `search.engines.IndexBuilder` on one JSON file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / _FILE
        self._entries = load_entries(folder) if self._file.exists() else []

    def remove_document(self, document_id: str) -> None:
        """See `search.engines.IndexBuilder`."""
        self._entries = [entry for entry in self._entries if entry.document_id != document_id]

    def add(self, entry: IndexEntry) -> None:
        """See `search.engines.IndexBuilder`."""
        self._entries.append(entry)

    def commit(self) -> None:
        """See `search.engines.IndexBuilder`; the file is replaced, so that a copy linked to it stays as it was."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps([asdict(entry) for entry in self._entries]), encoding="utf-8")
        fresh.replace(self._file)

    def cancel(self) -> None:
        """See `search.engines.IndexBuilder`."""


def load_entries(folder: Path) -> list[IndexEntry]:
    """Read the entries that a folder keeps, tuples again where JSON has lists."""
    return [_entry(row) for row in json.loads((folder / _FILE).read_text(encoding="utf-8"))]


def _entry(row: Mapping[str, Any]) -> IndexEntry:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    values["facets"] = {name: tuple(listed) for name, listed in row["facets"].items()}
    return IndexEntry(**values)


def open_memory_searcher(folder: Path, formula: Formula = FORMULA) -> MemorySearcher:
    """Return the searcher of a sealed folder. Raises IndexDamaged when the file is missing or broken."""
    try:
        return MemorySearcher(load_entries(folder), formula)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(folder, str(error)) from error


class MemorySearcher:
    """The searcher of `search.engines.Searcher` that looks at every passage."""

    def __init__(self, entries: Sequence[IndexEntry], formula: Formula = FORMULA) -> None:
        self._entries = sorted(entries, key=lambda entry: (entry.document_id, entry.ordinal))
        self._formula = formula
        self._means = {field: _mean_length(entries, field) for field in ("stems", "heading", "title")}
        self._corpus = Corpus(
            lambda form: self._idf(sum(form in entry.exact for entry in entries)),
            lambda stem: self._idf(sum(stem in entry.stems for entry in entries)),
            lambda count, entry: self._per_length(count, entry, "stems"),
        )

    def search(self, request: SearchRequest) -> Ranking:
        """See `search.engines.Searcher`."""
        matched = [entry for entry in self._entries if _matches(request.query, entry)]
        hits = [entry for entry in matched if _passes(entry, request.filters)]
        scores = self._scores(request.query)
        if request.sort is Sort.RELEVANCE:
            best = sorted(hits, key=lambda e: _sort_key(e, scores[e.passage_id], request))[:RESCORED_HITS]
            scores |= rescore(best, scores, request.query, self._corpus, self._formula)
        ordered = sorted(hits, key=lambda entry: _sort_key(entry, scores[entry.passage_id], request))
        in_document = Counter(entry.document_id for entry in hits)
        page = [
            Scored(
                entry.passage_id, entry.document_id, scores[entry.passage_id], in_document[entry.document_id]
            )
            for entry in _page(ordered, request)
        ]
        counts = {name: _counts(matched, name, request.filters) for name in request.facets}
        return Ranking(tuple(page), len(hits), len(in_document), counts)

    def count(self, queries: Sequence[TermQuery]) -> tuple[int, ...]:
        """See `search.engines.Searcher`."""
        return tuple(sum(_matches(query, entry) for entry in self._entries) for query in queries)

    @property
    def vocabulary(self) -> Vocabulary:
        """See `search.engines.Searcher`."""
        return _Forms(Counter(form for entry in self._entries for form in set(entry.exact)))

    def describe(self) -> str:
        """See `search.engines.Searcher`."""
        return f"memory, {len(self._entries)} passages"

    def close(self) -> None:
        """See `search.engines.Searcher`."""

    def _scores(self, query: TermQuery) -> dict[str, float]:
        """Score of every passage for a query; every leaf counts as often as it stands in it."""
        scores = {entry.passage_id: 0.0 for entry in self._entries}
        for leaf in leaves(query):
            if isinstance(leaf, OneOf) or (isinstance(leaf, Term) and leaf.field is TermField.STEM):
                self._add_word(leaf if isinstance(leaf, OneOf) else OneOf(leaf), scores)
            elif not isinstance(leaf, Term) or leaf.field is TermField.EXACT:
                self._add(leaf, 1.0, scores)
        return {entry.passage_id: scores[entry.passage_id] * entry.weight for entry in self._entries}

    def _add_word(self, word: OneOf, scores: dict[str, float]) -> None:
        """Adds what a typed word scores: by its ways in the text, their stems in heading path and title, and its very form."""
        weights = {"heading": self._formula.heading, "title": self._formula.title}
        spelt = [_occurrences(OneOf(word.word, word.spellings), entry) for entry in self._entries]
        formed = [sum(_occurrences(way, entry) for way in word.forms) for entry in self._entries]
        matching = sum(map(bool, spelt)) or sum(map(bool, formed))
        for entry, count, others in zip(self._entries, spelt, formed, strict=True):
            occurrences = self._per_length(count, entry, "stems")
            occurrences += self._formula.forms * self._per_length(others, entry, "stems")
            for field, weight in weights.items():
                counted = sum(getattr(entry, field).count(stem) for stem in word.stems)
                occurrences += weight * self._per_length(counted, entry, field)
            scores[entry.passage_id] += self._idf(matching) * saturation(occurrences, self._formula)
        if isinstance(word.word, Term) and word.word.form:
            self._add(Term(TermField.EXACT, word.word.form), self._formula.exact, scores)

    def _add(self, leaf: TermQuery, weight: float, scores: dict[str, float]) -> None:
        """Adds what a leaf scores in the text alone."""
        counted = {entry.passage_id: _occurrences(leaf, entry) for entry in self._entries}
        rarity = self._idf(sum(count > 0 for count in counted.values()))
        for entry in self._entries:
            if counted[entry.passage_id]:
                occurrences = self._per_length(counted[entry.passage_id], entry, "stems")
                scores[entry.passage_id] += weight * rarity * saturation(occurrences, self._formula)

    def _per_length(self, count: int, entry: IndexEntry, field: str) -> float:
        """Occurrences in a field, set against its length over the mean length."""
        return count / length_norm(len(getattr(entry, field)) / self._means[field], self._formula)

    def _idf(self, matching: int) -> float:
        return idf(len(self._entries), float(matching))


class _Forms:
    """The vocabulary of `search.analysis.vocabulary`, by its definition: every question looks at every form."""

    def __init__(self, passages: Mapping[str, int]) -> None:
        self._passages = passages

    def count(self, forms: Iterable[str]) -> dict[str, int]:
        """See `Vocabulary`."""
        return {form: self._passages[form] for form in forms if form in self._passages}

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """See `Vocabulary`."""
        return iter(sorted(form for form in self._passages if form.startswith(prefix)))

    def near(self, form: str, edits: int) -> dict[str, int]:
        """See `Vocabulary`."""
        return {other: n for other, n in self._passages.items() if _distance(form, other) <= edits}


def _mean_length(entries: Sequence[IndexEntry], field: str) -> float:
    """The mean length of a field in words; one word at least."""
    return max(1.0, sum(len(getattr(entry, field)) for entry in entries) / max(1, len(entries)))


def _matches(query: TermQuery, entry: IndexEntry) -> bool:
    """Whether a passage matches, read straight from the definitions of the terms."""
    match query:
        case AllOf(parts):
            return all(_matches(part, entry) for part in parts)
        case AnyOf(parts):
            return any(_matches(part, entry) for part in parts)
        case MostOf(parts, weights, least):
            weighed = zip(parts, weights, strict=True)
            return sum(weight for part, weight in weighed if _matches(part, entry)) > least - ROUNDING
        case NoneOf(part):
            return not _matches(part, entry)
        case Filter():
            return _passes(entry, (query,))
        case DateRange(since, until):
            return entry.day > 0 and since <= entry.day <= until
        case Everything():
            return True
        case _:
            return _occurrences(query, entry) > 0


def _occurrences(leaf: TermQuery, entry: IndexEntry) -> int:
    """How often a leaf with words stands in a passage; 0 for all other leaves."""
    match leaf:
        case Term(field, value):
            words: Sequence[str] = getattr(entry, "stems" if field is TermField.STEM else field.value)
            return words.count(value)
        case TermPrefix(value):
            return sum(form.startswith(value) for form in entry.exact)
        case TermFuzzy(value, edits):
            return sum(form[0] == value[0] and _distance(value, form) <= edits for form in entry.exact)
        case OneOf():
            return sum(_occurrences(way, entry) for way in leaf.ways)
        case TermPhrase(values, slop):
            return sum(_stands_at(entry.exact, values, start, slop) for start in range(len(entry.exact)))
    return 0


def _stands_at(exact: Sequence[str], values: Sequence[str], start: int, slop: int) -> bool:
    """Whether a phrase begins at this word."""
    if exact[start] != values[0]:
        return False
    if len(values) == 1:
        return True
    following = range(start + 1, min(start + 2 + slop, len(exact)))
    return any(_stands_at(exact, values[1:], place, slop) for place in following)


def _distance(first: str, second: str) -> int:
    """Letters inserted, left out, replaced or swapped with their neighbour, by definition row by row."""
    rows = [list(range(len(second) + 1))]
    for i, letter in enumerate(first, 1):
        rows.append([i])
        for j, other in enumerate(second, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


def _passes(entry: IndexEntry, filters: Iterable[Filter]) -> bool:
    """Whether a passage has one of the values of every filter."""
    return all(set(f.values) & set(_values(entry, f.name)) for f in filters)


def _values(entry: IndexEntry, name: str) -> tuple[str, ...]:
    """What a passage can be filtered by under a name."""
    return (entry.passage_id,) if name == PASSAGE else entry.facets.get(name, ())


def _counts(matched: Iterable[IndexEntry], name: str, filters: Sequence[Filter]) -> dict[str, int]:
    """Passages per value of a facet, under the filters of all other facets."""
    others = [f for f in filters if f.name != name]
    passing = (entry for entry in matched if _passes(entry, others))
    return dict(Counter(value for entry in passing for value in set(entry.facets.get(name, ()))))


def _sort_key(
    entry: IndexEntry, score: float, request: SearchRequest
) -> tuple[bool, int, float, float, str, int]:
    """What hits are ordered by; equal ones stand in reading order."""
    sort = request.sort
    later = sort is Sort.RELEVANCE and entry.document_id not in request.first
    strength = entry.strength if sort is Sort.STRONGEST else 0
    newest = sort in (Sort.NEWEST, Sort.STRONGEST)
    day = -entry.day if newest else (entry.day or LAST_DAY) if sort is Sort.OLDEST else 0
    best = 0.0 if sort is Sort.READING else -score
    return (later, -strength, day, best, entry.document_id, entry.ordinal)


def _page(ordered: Sequence[IndexEntry], request: SearchRequest) -> list[IndexEntry]:
    """The wanted passages, or the best ones of the wanted documents."""
    if not request.per_document:
        return list(ordered[request.offset : request.offset + request.limit])
    documents = list(dict.fromkeys(entry.document_id for entry in ordered))
    wanted = documents[request.offset : request.offset + request.limit]
    grouped = {d: [entry for entry in ordered if entry.document_id == d] for d in wanted}
    return [entry for d in wanted for entry in grouped[d][: request.per_document]]
