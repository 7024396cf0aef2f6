"""`corpus/catalogue.toml`: what staff say of editions and documents. Unknown keys are refused, not ignored."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search.errors import BadFile
from search.model import Edition
from search.permalinks import slug

FILE_NAME = "catalogue.toml"
_EDITION_KEYS = {"id", "title", "place", "start", "end", "motto", "hosts", "attendance", "sources"}
_DOCUMENT_KEYS = {
    "path", "id", "title", "kind", "edition", "date", "authors", "speakers", "language", "publisher",
    "source_url", "rights",
}  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The editions in the order of the file, and the entries by path."""

    editions: tuple[Edition, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)


def load_catalogue(corpus: Path) -> Catalogue:
    """The catalogue of a corpus; an empty one where there is no file. Raises BadFile."""
    path = corpus / FILE_NAME
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Catalogue()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(path, f"not valid TOML: {error}") from error
    _refuse_unknown(path, "catalogue", data, {"editions", "documents"})
    editions = tuple(_edition(path, table) for table in _tables(path, data, "editions"))
    entries = [_entry(path, table) for table in _tables(path, data, "documents")]
    _refuse_repeats(path, "edition id", [edition.edition_id for edition in editions])
    _refuse_repeats(path, "document path", [entry.path for entry in entries])
    _refuse_repeats(path, "document id", [entry.id for entry in entries if entry.id])
    _refuse_unknown_editions(path, editions, entries)
    return Catalogue(editions, {entry.path: entry for entry in entries})


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
        raise BadFile(path, f"a document without path: {dict(table)}")
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
