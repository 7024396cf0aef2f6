"""What people call things, to the ids that engines filter by: "Trust Funds" is `trust-funds`, 2019 an edition."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import cache

from search.analysis.gazetteer import mention_labels, mention_names
from search.analysis.words import forms
from search.errors import UnknownValue
from search.model import KIND_LABELS, Document, Edition, FindingType, Themes
from search.permalinks import slug
from search.query import tree

_FINDING_LABELS = {kind.value: kind.value.capitalize() for kind in FindingType}
UNDATED = "undated"
"""The year of documents without a date, so that they can be asked for."""


class Names:
    """Ids and labels of themes, editions, kinds, findings and documents of one generation."""

    def __init__(self, editions: Iterable[Edition], themes: Themes, documents: Iterable[Document]) -> None:
        listed, editions = list(documents), list(editions)
        self._labels: dict[str, Mapping[str, str]] = {
            "theme": {theme.theme_id: theme.label for theme in themes.all},
            "edition": {e.edition_id: edition_label(e) for e in editions},
            "kind": KIND_LABELS | {d.kind: d.kind.capitalize() for d in listed if d.kind not in KIND_LABELS},
            "finding": _FINDING_LABELS,
            "statement": _FINDING_LABELS,
            "year": {UNDATED: "No date"} | {d.date[:4]: d.date[:4] for d in listed if d.date},
            "touches": {theme.theme_id: theme.label for theme in themes.all},
            "document": {d.document_id: d.title for d in listed},
            "mentions": mention_labels(),
            "organisation": {d.publisher: d.publisher for d in listed if d.publisher},
        }
        self._languages = {d.language: d.language for d in listed if d.language}
        called = {slug(name): t.theme_id for t in themes.all for name in (*t.labels, *t.acronyms, t.label)}
        self._aliases = {
            "theme": called,
            "touches": called,
            "edition": {alias: e.edition_id for e in editions for alias in _edition_aliases(e)},
            "kind": {slug(label): kind for kind, label in self._labels["kind"].items()},
            "mentions": _mention_aliases(),
        }

    def label(self, facet: str, value: str) -> str:
        """Return what people call a value; the value itself where it has no other name."""
        return self._labels.get(facet, {}).get(value, value)

    def known(self, facet: str) -> Mapping[str, str]:
        """Return id to label of all values of a facet that is a closed list; empty for open ones such as speakers."""
        return self._labels.get(facet, {})

    def value(self, facet: str, written: str) -> str:
        """Return the id that a person means. Raises UnknownValue for a name that a closed list does not have."""
        known = self._labels.get(facet)
        if known is None or written in known:
            return written
        found = self._aliases.get(facet, {}).get(slug(written))
        if found is None and slug(written) not in known:
            raise UnknownValue(facet, written, known)
        return found or slug(written)

    def values(self, facet: str, written: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that a person means, each once; of a language also those that its code includes."""
        if facet == "lang":
            return tuple(dict.fromkeys(code for value in written for code in self._codes(value) or [value]))
        return tuple(dict.fromkeys(self.value(facet, value) for value in written))

    def resolve(self, query: tree.Query) -> tree.Query:
        """Return the query with the value of every condition replaced by the id that is meant."""
        match query:
            case tree.Field("organisation" | "addressee" as name, value):
                return self._named(name, value)
            case tree.Field("lang", value):
                return self._spoken(value)
            case tree.Field(name, value):
                return tree.Field(name, self.value(name, value))
            case tree.Not(part):
                return tree.Not(self.resolve(part))
            case tree.Loose(parts) | tree.And(parts) | tree.Or(parts):
                return type(query)(tuple(self.resolve(part) for part in parts))
        return query

    def with_addressees(self, names: Iterable[str]) -> Names:
        """Return the same with the names of all whom findings address."""
        more = copy.copy(self)
        more._labels = {**self._labels, "addressee": {name: name for name in names}}
        more._aliases = {**self._aliases, "addressee": {slug(name): name for name in names}}
        return more

    def _named(self, facet: str, written: str) -> tree.Query:
        """Every publisher, or whoever is addressed, whose name has all of these words: "NATO" is each of its bodies, too."""
        known, wanted = self._labels.get(facet, {}), set(forms(written))
        found = [name for name in sorted(known) if written == name]
        found = found or [name for name in sorted(known) if wanted and wanted <= set(forms(name))]
        if not found:
            raise UnknownValue(facet, written, known)
        return tree.joined(tree.Or, [tree.Field(facet, name) for name in found])

    def _spoken(self, written: str) -> tree.Query:
        """Every language that a code includes, as in RFC 4647: "en" is "en-US", too."""
        found = self._codes(written)
        if not found:
            raise UnknownValue("lang", written, self._languages)
        return tree.joined(tree.Or, [tree.Field("lang", code) for code in found])

    def _codes(self, written: str) -> list[str]:
        """The codes of languages that there are and that one includes."""
        wanted = written.casefold()
        return [code for code in sorted(self._languages) if f"{code.casefold()}-".startswith(f"{wanted}-")]


def edition_label(edition: Edition) -> str:
    """Return "Berlin 2018": the town and the year."""
    town = edition.place.partition(",")[0]
    year = (edition.start or edition.end or "")[:4]
    return f"{town} {year}".strip()


def _edition_aliases(edition: Edition) -> list[str]:
    """Year, town, and both, as far as an edition has them."""
    label = edition_label(edition)
    return [slug(name) for name in (label, *label.rsplit(" ", 1), edition.title) if name]


@cache
def _mention_aliases() -> Mapping[str, str]:
    """The ids by the slug of each name; an id itself goes before a name that is written like it ("au" is Australia)."""
    return {slug(name): value for name, value in (*mention_names(), *((v, v) for v in mention_labels()))}
