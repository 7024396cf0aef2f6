"""What the corpus itself says of its words: acronyms with their long forms, and phrases that it repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Acronym:
    """`short` stands for `longs`, which differ by inflection and case only; `documents` write the two side by side."""

    short: str
    longs: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """All acronyms, by their letters; phrases with the number of their documents, the most frequent first; and groups of words that
    staff take for the same."""

    acronyms: tuple[Acronym, ...] = ()
    phrases: tuple[tuple[str, int], ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What one document adds to the glossary.

    `pairs` are (short, long) as written side by side, with how often. `small` are the short words that it writes in
    small letters: an acronym that is also a plain word is no safe stand-in for its long form. `phrases` are those
    that it repeats.
    """

    pairs: tuple[tuple[str, str, int], ...] = ()
    small: frozenset[str] = field(default_factory=frozenset)
    phrases: tuple[str, ...] = ()


def words_record(words: DocumentWords) -> dict[str, Any]:
    """Return a document's words as plain JSON."""
    return {
        "pairs": [list(pair) for pair in words.pairs],
        "small": " ".join(sorted(words.small)),
        "phrases": list(words.phrases),
    }


def words_of(record: Mapping[str, Any]) -> DocumentWords:
    """Return a document's words from plain JSON."""
    pairs = tuple((short, long, count) for short, long, count in record["pairs"])
    return DocumentWords(pairs, frozenset(record["small"].split()), tuple(record["phrases"]))


def glossary_record(glossary: Glossary) -> dict[str, Any]:
    """Return a glossary as plain JSON."""
    return {
        "acronyms": [[a.short, list(a.longs), a.documents] for a in glossary.acronyms],
        "phrases": [list(phrase) for phrase in glossary.phrases],
        "synonyms": [list(group) for group in glossary.synonyms],
    }


def glossary_of(record: Mapping[str, Any]) -> Glossary:
    """Return a glossary from plain JSON; an empty record is an empty glossary."""
    acronyms = (Acronym(short, tuple(longs), count) for short, longs, count in record.get("acronyms", ()))
    phrases = tuple((words, count) for words, count in record.get("phrases", ()))
    return Glossary(tuple(acronyms), phrases, tuple(map(tuple, record.get("synonyms", ()))))
