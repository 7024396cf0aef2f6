"""`corpus/catalogue.toml`: what staff say of editions and documents. Unknown keys are refused, not ignored.

`corpus/sources.toml` says where documents are fetched from; what it says of a fetched file counts where the
catalogue is silent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from indexer.corpus.catalogue_values import Mistakes, checked_values, unknown_key
from indexer.corpus.sites import parse_site
from indexer.corpus.toml_files import read_toml
from indexer.reading.hints import Site
from search.errors import BadFile
from search.model import Edition
from search.permalinks import slug

FILE_NAME = "catalogue.toml"
SOURCES_NAME = "sources.toml"
_EDITION_KEYS = {"id", "title", "place", "start", "end", "motto", "hosts", "attendance", "sources"}
_DOCUMENT_KEYS = {
    "path", "id", "title", "kind", "edition", "date", "authors", "speakers", "language", "publisher",
    "source_url", "rights", "password", "file",
}  # fmt: skip
_SOURCE_KEYS = {"url", "path", "title", "kind", "edition", "date", "language", "publisher", "rights"}

T = TypeVar("T")
Place = tuple[str, int]
"""The name of tables, and which of them, from 0."""
Make = Callable[[Mistakes, Place, Mapping[str, Any]], T | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one file; None and () where it is silent."""

    path: str
    id: str | None = None
    title: str | None = None
    kind: str | None = None
    edition: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    source_url: str | None = None
    rights: str | None = None
    password: str | None = field(default=None, repr=False)  # to open the file; shown nowhere
    file: str | None = None  # WITHHELD where readers cannot open it


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions in the order of the file, the entries by path, and the sites that pages come from."""

    editions: tuple[Edition, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()


def load_catalogue(corpus: Path) -> Catalogue:
    """Return the catalogue of a corpus; an empty one where there is no file. Raises BadFile, with all mistakes and their lines.

    A source that was not fetched yet has no entry: it is no file that staff miss.
    """
    mistakes, data = _opened(corpus / FILE_NAME, "catalogue", {"editions", "documents", "sites"})
    editions = _gathered(mistakes, data, "editions", _edition)
    entries = _gathered(mistakes, data, "documents", _entry)
    _note_repeats(mistakes, "editions", "edition id", [edition.edition_id for edition in editions])
    _note_repeats(mistakes, "documents", "document path", [entry.path for entry in entries])
    _note_repeats(mistakes, "documents", "document id", [entry.id or "" for entry in entries])
    _note_unknown_editions(mistakes, "documents", editions, entries)
    mistakes.refuse()
    sites = tuple(parse_site(mistakes.path, table) for table in _tables(mistakes.path, data, "sites"))
    return Catalogue(tuple(editions), _completed(entries, editions, corpus), sites)


def load_sources(corpus: Path) -> tuple[Entry, ...]:
    """Return what `sources.toml` names, in its order: `source_url` is where it is, `path` where it goes below the corpus.

    Nothing where there is no file. Raises BadFile, also for a path that leads elsewhere or stands twice.
    """
    mistakes, data = _opened(corpus / SOURCES_NAME, "sources", {"sources"})
    sources = _gathered(mistakes, data, "sources", _source)
    _note_repeats(mistakes, "sources", "path", [source.path.casefold() for source in sources], shown="path")
    mistakes.refuse()
    return tuple(sources)


def _opened(path: Path, what: str, keys: set[str]) -> tuple[Mistakes, dict[str, Any]]:
    """(where mistakes go, the tables) of a file; no tables where there is none. Raises BadFile."""
    file = read_toml(path)
    mistakes = Mistakes(path, file)
    data = file.data if file else {}
    for key in sorted(set(data) - keys):
        mistakes.add(f"{what}: {unknown_key(key, keys)}", (key, 0))
    return mistakes, data


def _gathered(mistakes: Mistakes, data: Mapping[str, Any], name: str, make: Make[T]) -> list[T]:
    """What is made of the tables `[[name]]`; those with mistakes are left out."""
    made = (
        make(mistakes, (name, number), table)
        for number, table in enumerate(_tables(mistakes.path, data, name))
    )
    return [thing for thing in made if thing is not None]


def _source(mistakes: Mistakes, place: Place, table: Mapping[str, Any]) -> Entry | None:
    """One `[[sources]]`."""
    values = _values(mistakes, place, "source", table, _SOURCE_KEYS, ("url", "path"))
    if values is not None and not _is_plain_path(values["path"]):
        problem = "path is a file below the corpus, such as official/report.pdf"
        mistakes.add(f"source {values['path']!r}: {problem}", place, "path")
        return None
    return Entry(source_url=values.pop("url"), **values) if values is not None else None


def _is_plain_path(path: str) -> bool:
    """Whether a path is relative, in plain form, printable, and has no hidden part (`..` is one)."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and "\\" not in path and path.isprintable() and path == _posix(path)


def _posix(path: str) -> str:
    """The plain form of a relative path; "" for an absolute one, also of Windows."""
    return "" if path.startswith("/") or ":" in path else str(PurePosixPath(path))


def _completed(entries: Sequence[Entry], editions: Sequence[Edition], corpus: Path) -> dict[str, Entry]:
    """The entries by path, with what sources say of files that were fetched where an entry is silent."""
    fetched = [source for source in load_sources(corpus) if (corpus / source.path).is_file()]
    mistakes = Mistakes(corpus / SOURCES_NAME, None)
    _note_unknown_editions(mistakes, "sources", editions, fetched)
    mistakes.refuse()
    completed = {entry.path: entry for entry in entries}
    for source in fetched:
        entry = completed.get(source.path, Entry(source.path))
        said = {item.name: getattr(entry, item.name) or getattr(source, item.name) for item in fields(Entry)}
        completed[source.path] = Entry(**said)
    return completed


def _tables(path: Path, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables `[[name]]`."""
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadFile(path, f"{name} are written as [[{name}]], one for each")
    return tables


def _edition(mistakes: Mistakes, place: Place, table: Mapping[str, Any]) -> Edition | None:
    """One `[[editions]]`."""
    values = _values(mistakes, place, "edition", table, _EDITION_KEYS, ("id", "title", "place"))
    return Edition(edition_id=values.pop("id"), **values) if values is not None else None


def _entry(mistakes: Mistakes, place: Place, table: Mapping[str, Any]) -> Entry | None:
    """One `[[documents]]`; an id is already in the form of addresses."""
    values = _values(mistakes, place, "document", table, _DOCUMENT_KEYS, ("path",))
    if values is None:
        return None
    if "id" in values and values["id"] != slug(values["id"]):
        mistakes.add(
            f"id {values['id']!r} of {values['path']}: wanted is {slug(values['id'])!r}", place, "id"
        )
        return None
    return Entry(**values)


def _values(
    mistakes: Mistakes,
    place: Place,
    what: str,
    table: Mapping[str, Any],
    keys: set[str],
    needed: Sequence[str],
) -> dict[str, Any] | None:
    """A table's values; None where something is wrong, which is then among the mistakes."""
    before = len(mistakes.found)
    name = f"{what} {table.get('id') or table.get('path') or '(unnamed)'}"
    values = checked_values(mistakes, place, name, table, keys)
    for key in needed:
        if not table.get(key):
            shown = {key: value for key, value in table.items() if key != "password"}
            article = "an" if what.startswith("e") else "a"
            mistakes.add(f"{article} {what} without {key}: {shown}", place)
    return values if len(mistakes.found) == before else None


def _note_repeats(mistakes: Mistakes, name: str, what: str, values: Sequence[str], shown: str = "") -> None:
    """Notes values that stand twice."""
    key = shown or what.rsplit(" ", maxsplit=1)[-1]
    for value in dict.fromkeys(value for value in values if value and values.count(value) > 1):
        places = [number for number, other in enumerate(values) if other == value]
        mistakes.add(f"{what} {value!r} stands twice", (name, places[1]), key)


def _note_unknown_editions(
    mistakes: Mistakes, name: str, editions: Sequence[Edition], entries: Sequence[Entry]
) -> None:
    """Notes documents of an edition that is not described."""
    known = {edition.edition_id for edition in editions}
    for number, entry in enumerate(entries):
        if entry.edition and entry.edition not in known:
            listed = ", ".join(sorted(known))
            problem = f"{entry.path}: no edition {entry.edition!r} (there are: {listed})"
            mistakes.add(problem, (name, number), "edition")


def with_paths_as_stored(catalogue: Catalogue, paths: Iterable[str]) -> Catalogue:
    """Return the catalogue with each entry under the `path` as the file system has it: systems compose letters with marks or not.

    "é" is one character (NFC) or two (NFD); a name typed on one system and copied from another is still the same name.
    """
    stored = {unicodedata.normalize("NFC", path): path for path in paths}
    entries = {}
    for path, entry in catalogue.entries.items():
        there = stored.get(unicodedata.normalize("NFC", path), path)
        entries[there] = replace(entry, path=there)
    return replace(catalogue, entries=entries)
