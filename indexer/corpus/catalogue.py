"""`corpus/catalogue.toml`: what staff say of editions and documents. Unknown keys are refused, not ignored.

`corpus/sources.toml` says where documents are fetched from; what it says of a fetched file counts where the
catalogue is silent.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any

from indexer.corpus.sites import parse_site
from indexer.reading.hints import Site
from search.errors import BadFile
from search.model import Edition
from search.permalinks import slug

FILE_NAME = "catalogue.toml"
SOURCES_NAME = "sources.toml"
_EDITION_KEYS = {"id", "title", "place", "start", "end", "motto", "hosts", "attendance", "sources"}
_DOCUMENT_KEYS = {
    "path", "id", "title", "kind", "edition", "date", "authors", "speakers", "language", "publisher",
    "source_url", "rights", "password",
}  # fmt: skip
_SOURCE_KEYS = {"url", "path", "title", "kind", "edition", "date", "language", "publisher", "rights"}
_LISTS = {"hosts", "sources", "authors", "speakers"}
_DATES = {"start", "end", "date"}
ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions in the order of the file, the entries by path, and the sites that pages come from."""

    editions: tuple[Edition, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()


def load_catalogue(corpus: Path) -> Catalogue:
    """The catalogue of a corpus; an empty one where there is no file. Raises BadFile.

    A source that was not fetched yet has no entry: it is no file that staff miss.
    """
    path = corpus / FILE_NAME
    data = _toml(path)
    _refuse_unknown(path, "catalogue", data, {"editions", "documents", "sites"})
    editions = tuple(_edition(path, table) for table in _tables(path, data, "editions"))
    entries = [_entry(path, table) for table in _tables(path, data, "documents")]
    _refuse_repeats(path, "edition id", [edition.edition_id for edition in editions])
    _refuse_repeats(path, "document path", [entry.path for entry in entries])
    _refuse_repeats(path, "document id", [entry.id for entry in entries if entry.id])
    _refuse_unknown_editions(path, editions, entries)
    fetched = [source for source in load_sources(corpus) if (corpus / source.path).is_file()]
    _refuse_unknown_editions(corpus / SOURCES_NAME, editions, fetched)
    sites = tuple(parse_site(path, table) for table in _tables(path, data, "sites"))
    return Catalogue(editions, _completed({entry.path: entry for entry in entries}, fetched), sites)


def load_sources(corpus: Path) -> tuple[Entry, ...]:
    """What `sources.toml` names, in its order: `source_url` is where it is, `path` where it goes below the corpus.

    Nothing where there is no file. Raises BadFile, also for a path that leads elsewhere or stands twice.
    """
    path = corpus / SOURCES_NAME
    data = _toml(path)
    _refuse_unknown(path, "sources", data, {"sources"})
    sources = tuple(_source(path, table) for table in _tables(path, data, "sources"))
    _refuse_repeats(path, "path", [source.path.casefold() for source in sources])
    return sources


def _source(path: Path, table: Mapping[str, Any]) -> Entry:
    """One `[[sources]]`."""
    values = _values(path, "source", table, _SOURCE_KEYS)
    for key in ("url", "path"):
        if not values.get(key):
            raise BadFile(path, f"a source without {key}: {dict(table)}")
    if not _is_plain_path(values["path"]):
        raise BadFile(
            path, f"source {values['path']!r}: path is a file below the corpus, such as official/report.pdf"
        )
    return Entry(source_url=values.pop("url"), **values)


def _is_plain_path(path: str) -> bool:
    """Whether a path is relative, in plain form, printable, and has no hidden part (`..` is one)."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and "\\" not in path and path.isprintable() and path == _posix(path)


def _posix(path: str) -> str:
    """The plain form of a relative path; "" for an absolute one, also of Windows."""
    return "" if path.startswith("/") or ":" in path else str(PurePosixPath(path))


def _completed(entries: Mapping[str, Entry], sources: list[Entry]) -> dict[str, Entry]:
    """The entries, with what sources say of their files where an entry is silent."""
    completed = dict(entries)
    for source in sources:
        entry = completed.get(source.path, Entry(source.path))
        said = {item.name: getattr(entry, item.name) or getattr(source, item.name) for item in fields(Entry)}
        completed[source.path] = Entry(**said)
    return completed


def _toml(path: Path) -> dict[str, Any]:
    """The tables of a file, none where there is no file. Raises BadFile."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(path, f"not valid TOML: {error}") from error


def _tables(path: Path, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables `[[name]]`."""
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadFile(path, f"{name} are written as [[{name}]], one for each")
    return tables


def _edition(path: Path, table: Mapping[str, Any]) -> Edition:
    """One `[[editions]]`."""
    values = _values(path, "edition", table, _EDITION_KEYS)
    for key in ("id", "title", "place"):
        if not values.get(key):
            raise BadFile(path, f"an edition without {key}: {dict(table)}")
    return Edition(edition_id=values.pop("id"), **values)


def _entry(path: Path, table: Mapping[str, Any]) -> Entry:
    """One `[[documents]]`."""
    values = _values(path, "document", table, _DOCUMENT_KEYS)
    if not values.get("path"):
        shown = {key: value for key, value in table.items() if key != "password"}
        raise BadFile(path, f"a document without path: {shown}")
    if "id" in values and values["id"] != slug(values["id"]):
        raise BadFile(path, f"id {values['id']!r} of {values['path']}: wanted is {slug(values['id'])!r}")
    return Entry(**values)


def _values(path: Path, what: str, table: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    """A table's values: strings, dates as ISO 8601, lists of strings as tuples."""
    name = f"{what} {table.get('id') or table.get('path') or '(unnamed)'}"
    _refuse_unknown(path, name, table, keys)
    return {key: _value(path, name, key, value) for key, value in table.items()}


def _value(path: Path, name: str, key: str, value: object) -> str | tuple[str, ...]:
    """One value, checked."""
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadFile(path, f'{name}: {key} is a list of texts, such as ["…", "…"]')
        return tuple(value)
    if key in _DATES:
        text = value.isoformat()[:10] if isinstance(value, datetime.date) else str(value)
        if not ISO_DATE.fullmatch(text):
            raise BadFile(path, f"{name}: {key} = {text!r} is no date (2019, 2019-06 or 2019-06-12)")
        return text
    if not isinstance(value, str):
        raise BadFile(path, f"{name}: {key} is a text in quotation marks")
    return value


def _refuse_unknown(path: Path, name: str, table: Mapping[str, Any], keys: set[str]) -> None:
    """Raises BadFile for a key that nothing reads: probably a misspelling."""
    unknown = sorted(set(table) - keys)
    if unknown:
        raise BadFile(path, f"{name}: unknown key {unknown[0]!r} (there are: {', '.join(sorted(keys))})")


def _refuse_repeats(path: Path, what: str, values: list[str]) -> None:
    """Raises BadFile when a value stands twice."""
    for value in values:
        if values.count(value) > 1:
            raise BadFile(path, f"{what} {value!r} stands twice")


def _refuse_unknown_editions(path: Path, editions: tuple[Edition, ...], entries: list[Entry]) -> None:
    """Raises BadFile when a document belongs to an edition that is not described."""
    known = {edition.edition_id for edition in editions}
    for entry in entries:
        if entry.edition and entry.edition not in known:
            listed = ", ".join(sorted(known))
            raise BadFile(path, f"{entry.path}: no edition {entry.edition!r} (there are: {listed})")
