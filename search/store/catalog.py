"""The catalog: all text of a generation, in one SQLite file. The only file that imports sqlite3.

`Catalog` reads a sealed file, which never changes again, and may be shared between threads. `CatalogWriter` changes
the copy that will be the next generation. Pages, links and exports need the catalog alone, so a permanent link
answers even when no engine can be opened.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from search.errors import DocumentNotFound, EditionNotFound, IndexDamaged, PassageNotFound
from search.model import Document, Edition, Passage, Recurrence, Themes
from search.near_duplicates import LookAlike
from search.store.glossary import (
    DocumentWords,
    Glossary,
    glossary_of,
    glossary_record,
    words_of,
    words_record,
)
from search.store.records import (
    document_of,
    document_record,
    edition_of,
    look_alike_of,
    passage_of,
    passage_record,
    theme_of,
)

_SCHEMA = """
CREATE TABLE documents (document_id TEXT PRIMARY KEY, path TEXT UNIQUE NOT NULL, digest TEXT NOT NULL, record TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE passages (document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, passage_id TEXT UNIQUE NOT NULL,
    page INTEGER, page_end INTEGER, record TEXT NOT NULL, PRIMARY KEY (document_id, ordinal)) WITHOUT ROWID;
CREATE TABLE former (passage_id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unread (path TEXT PRIMARY KEY, reason TEXT NOT NULL, detail TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lists (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
"""
# Apart, because copies of generations that were built before there were these tables get them, too.
_SKETCHES = (
    "CREATE TABLE IF NOT EXISTS sketches (document_id TEXT PRIMARY KEY, sketch BLOB NOT NULL) WITHOUT ROWID"
)
_RECURRENCES = """
CREATE TABLE IF NOT EXISTS recurrences (later TEXT NOT NULL, earlier TEXT NOT NULL, likeness REAL NOT NULL,
    PRIMARY KEY (later, earlier)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recurrences_earlier ON recurrences (earlier);
"""
_WORDS = "CREATE TABLE IF NOT EXISTS words (document_id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID"
_MOST_VARIABLES = 500  # ids in one statement; SQLite allows at least 999


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the corpus that gave no document, with the reason."""

    path: str
    reason: str
    detail: str


class Catalog:
    """Reads the catalog of a sealed generation. Each thread gets a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._connection()

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection; `immutable` lets SQLite skip all locks on a file that never changes."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
                connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                connection.execute("SELECT count(*) FROM lists")
            except sqlite3.Error as error:
                raise IndexDamaged(self._path, str(error)) from error
            self._local.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        try:
            # not `yield from`: given up half-way, that would close a cursor whose connection is closed already
            for row in self._connection().execute(statement, values):  # noqa: UP028
                yield row
        except UnicodeEncodeError:
            return  # half a character, as bytes of a command line give: nothing here has such an id
        except sqlite3.Error as error:
            raise IndexDamaged(self._path, str(error)) from error

    def _records(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The first column of each row, from JSON."""
        return (json.loads(row[0]) for row in self._rows(statement, values))

    # --- documents

    def documents(self) -> list[Document]:
        """Return all documents, by id."""
        records = self._records("SELECT record FROM documents ORDER BY document_id")
        return [self._with_look_alikes(document_of(record)) for record in records]

    def find_document(self, document_id: str) -> Document | None:
        """Return a document, or None."""
        found = self._records("SELECT record FROM documents WHERE document_id = ?", [document_id])
        return next((self._with_look_alikes(document_of(record)) for record in found), None)

    def _with_look_alikes(self, document: Document) -> Document:
        """The document with the others that resemble it, which are known of all documents together."""
        found = self._look_alikes.get(document.document_id)
        return replace(document, look_alikes=found) if found else document

    @cached_property
    def _look_alikes(self) -> dict[str, tuple[LookAlike, ...]]:
        """Look-alikes by document."""
        found: dict[str, tuple[LookAlike, ...]] = {}
        for record in self._list("look_alikes"):
            look = look_alike_of(record)
            found[look.document_id] = (*found.get(look.document_id, ()), look)
        return found

    def get_document(self, document_id: str) -> Document:
        """Return a document. Raises DocumentNotFound."""
        document = self.find_document(document_id)
        if document is None:
            raise DocumentNotFound(document_id)
        return document

    def input_digests(self) -> dict[str, tuple[str, str]]:
        """Return path to (document id, digest of all that made the document)."""
        rows = self._rows("SELECT path, document_id, digest FROM documents")
        return {path: (document_id, digest) for path, document_id, digest in rows}

    def unread(self) -> list[Unread]:
        """Return files that could not be read, by path."""
        return [Unread(*row) for row in self._rows("SELECT path, reason, detail FROM unread ORDER BY path")]

    # --- passages

    def find_passage(self, passage_id: str) -> Passage | None:
        """Return a passage, or None."""
        found = self._records("SELECT record FROM passages WHERE passage_id = ?", [passage_id])
        return next((passage_of(record) for record in found), None)

    def get_passage(self, passage_id: str) -> Passage:
        """Return a passage. Raises PassageNotFound."""
        passage = self.find_passage(passage_id)
        if passage is None:
            raise PassageNotFound(passage_id)
        return passage

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return the passages with these ids, in this order; unknown ids are left out."""
        rows = self._by_ids("record", passage_ids)
        found = {passage.passage_id: passage for passage in (passage_of(json.loads(row[0])) for row in rows)}
        return [found[passage_id] for passage_id in passage_ids if passage_id in found]

    def spots(self, passage_ids: Sequence[str]) -> dict[str, tuple[int, int | None]]:
        """Return where passages stand in their documents: ordinal, and the page they begin on (None without pages), by id."""
        rows = self._by_ids("passage_id, ordinal, page", passage_ids)
        return {passage_id: (ordinal, page) for passage_id, ordinal, page in rows}

    def _by_ids(self, columns: str, passage_ids: Sequence[str]) -> Iterator[Any]:
        """Some columns of passages, in any order."""
        for start in range(0, len(passage_ids), _MOST_VARIABLES):
            part = passage_ids[start : start + _MOST_VARIABLES]
            marks = ",".join("?" * len(part))
            yield from self._rows(f"SELECT {columns} FROM passages WHERE passage_id IN ({marks})", part)  # noqa: S608 - question marks only

    def passages_of(self, document_id: str, first: int = 1, last: int | None = None) -> list[Passage]:
        """Return a document's passages in reading order, by their ordinals from `first` to `last`, both included."""
        statement = (
            "SELECT record FROM passages WHERE document_id = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal"
        )
        values = (document_id, first, 2**60 if last is None else last)
        return [passage_of(record) for record in self._records(statement, values)]

    def passages_on(self, document_id: str, page: int) -> list[Passage]:
        """Return the passages that stand on a page of a document, in reading order."""
        wanted = "SELECT record FROM passages WHERE document_id = ? AND ? BETWEEN page AND page_end ORDER BY ordinal"
        return [passage_of(record) for record in self._records(wanted, (document_id, page))]

    def all_passages(self) -> Iterator[Passage]:
        """Return all passages, by document and in reading order."""
        statement = "SELECT record FROM passages ORDER BY document_id, ordinal"
        return (passage_of(record) for record in self._records(statement))

    def passage_ids(self) -> Iterator[str]:
        """Return the ids of all passages."""
        return (row[0] for row in self._rows("SELECT passage_id FROM passages"))

    def count_passages(self) -> int:
        """Return how many passages there are."""
        return int(next(self._rows("SELECT count(*) FROM passages"))[0])

    # --- findings that recur

    def recurrences_of(self, passage_id: str) -> list[Recurrence]:
        """Return the pairs that a finding is part of, as the later or the earlier one."""
        statement = "SELECT later, earlier, likeness FROM recurrences WHERE ? IN (later, earlier) ORDER BY later, earlier"
        return [Recurrence(*row) for row in self._rows(statement, [passage_id])]

    def recurrences(self) -> list[Recurrence]:
        """Return all pairs of a finding and an earlier one that it repeats."""
        statement = "SELECT later, earlier, likeness FROM recurrences ORDER BY later, earlier"
        return [Recurrence(*row) for row in self._rows(statement)]

    # --- what was once published

    def find_former(self, passage_id: str) -> Mapping[str, Any] | None:
        """Return what the ledger says of an id that names no passage any more, or None."""
        return next(self._records("SELECT record FROM former WHERE passage_id = ?", [passage_id]), None)

    def former_records(self, document_id: str = "") -> list[Mapping[str, Any]]:
        """Return what the ledger says of all former passages, or of those of one document, with their ids."""
        wanted = "SELECT passage_id, record FROM former WHERE passage_id BETWEEN ? AND ? ORDER BY passage_id"
        rows = self._rows(wanted, [f"{document_id}/", f"{document_id}0" if document_id else "\U0010ffff"])
        return [{**json.loads(record), "passage_id": passage_id} for passage_id, record in rows]

    def corrections(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield ids whose words were reworded or withdrawn, the latest first, with what the ledger says of each."""
        statement = """SELECT passage_id, record FROM former WHERE json_extract(record, '$.state') != 'moved'
            ORDER BY json_extract(record, '$.since') DESC, json_extract(record, '$.reason') IS NULL, passage_id"""
        return ((passage_id, json.loads(record)) for passage_id, record in self._rows(statement))

    # --- lists

    def editions(self) -> list[Edition]:
        """Return all editions, in the order of the catalogue."""
        return [edition_of(record) for record in self._list("editions")]

    def get_edition(self, edition_id: str) -> Edition:
        """Return an edition. Raises EditionNotFound."""
        for edition in self.editions():
            if edition.edition_id == edition_id:
                return edition
        raise EditionNotFound(edition_id)

    def themes(self) -> Themes:
        """Return all themes, in the order of their file."""
        return Themes.of(tuple(theme_of(record) for record in self._list("themes")))

    def glossary(self) -> Glossary:
        """Return acronyms and phrases of the corpus."""
        return glossary_of(next(self._records("SELECT record FROM lists WHERE name = 'glossary'"), {}))

    def _list(self, name: str) -> list[Any]:
        return next(self._records("SELECT record FROM lists WHERE name = ?", [name]), [])


class CatalogWriter:
    """Changes the catalog of a generation that is being built; `close` commits."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode = MEMORY")  # a killed build is thrown away as a whole
        self._connection.execute("PRAGMA synchronous = OFF")  # sealing writes all files to the disk
        if fresh:
            self._connection.executescript(_SCHEMA)
        self._connection.execute(_SKETCHES)
        self._connection.executescript(_RECURRENCES)
        self._connection.execute(_WORDS)

    def set_document(self, document: Document, digest: str, passages: Iterable[Passage]) -> None:
        """Add a document with its passages, or replace it."""
        self.remove_document(document.document_id)
        record = json.dumps(document_record(document), ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)", (document.document_id, document.path, digest, record)
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (p.document_id, p.ordinal, p.passage_id, p.page, p.page_end, _json(passage_record(p)))
                for p in passages
            ),
        )

    def remove_document(self, document_id: str) -> None:
        """Remove a document and its passages, if it is there."""
        self._connection.execute("DELETE FROM documents WHERE document_id = ?", [document_id])
        self._connection.execute("DELETE FROM passages WHERE document_id = ?", [document_id])
        self._connection.execute("DELETE FROM sketches WHERE document_id = ?", [document_id])
        self._connection.execute("DELETE FROM words WHERE document_id = ?", [document_id])

    def set_sketch(self, document_id: str, sketch: bytes) -> None:
        """Keep what a document is compared by."""
        self._connection.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (document_id, sketch))

    def sketches(self) -> dict[str, bytes]:
        """Return the sketches of all documents, as they stand now."""
        return dict(self._connection.execute("SELECT document_id, sketch FROM sketches ORDER BY document_id"))

    def set_words(self, document_id: str, words: DocumentWords) -> None:
        """Keep what a document adds to the glossary."""
        self._connection.execute(
            "INSERT OR REPLACE INTO words VALUES (?, ?)", (document_id, _json(words_record(words)))
        )

    def words(self) -> list[DocumentWords]:
        """Return what each document adds to the glossary, by document."""
        rows = self._connection.execute("SELECT record FROM words ORDER BY document_id")
        return [words_of(json.loads(row[0])) for row in rows]

    def set_glossary(self, glossary: Glossary) -> None:
        """Replace the acronyms and phrases of the corpus."""
        self._connection.execute(
            "INSERT OR REPLACE INTO lists VALUES ('glossary', ?)", [_json(glossary_record(glossary))]
        )

    def documents(self) -> list[Document]:
        """Return all documents by id, as they stand now, without look-alikes."""
        rows = self._connection.execute("SELECT record FROM documents ORDER BY document_id")
        return [document_of(json.loads(row[0])) for row in rows]

    def set_look_alikes(self, found: Iterable[LookAlike]) -> None:
        """Replace what is known of documents that resemble each other."""
        records = [asdict(look) for look in found]
        self._connection.execute(
            "INSERT OR REPLACE INTO lists VALUES (?, ?)", ("look_alikes", _json(records))
        )

    def findings(self) -> Iterator[Passage]:
        """Return all passages that are findings, as they stand now, by document and in reading order."""
        statement = (
            "SELECT record FROM passages WHERE record LIKE '%\"finding\": {%' ORDER BY document_id, ordinal"
        )
        passages = (passage_of(json.loads(row[0])) for row in self._connection.execute(statement))
        return (passage for passage in passages if passage.finding)

    def set_recurrences(self, found: Iterable[Recurrence]) -> None:
        """Replace what is known of findings that recur."""
        self._connection.execute("DELETE FROM recurrences")
        rows = ((pair.later, pair.earlier, pair.likeness) for pair in found)
        self._connection.executemany("INSERT INTO recurrences VALUES (?, ?, ?)", rows)

    def set_unread(self, unread: Iterable[Unread]) -> None:
        """Replace the list of files that could not be read."""
        self._connection.execute("DELETE FROM unread")
        rows = ((item.path, item.reason, item.detail) for item in unread)
        self._connection.executemany("INSERT INTO unread VALUES (?, ?, ?)", rows)

    def set_lists(self, editions: Iterable[Edition], themes: Themes) -> None:
        """Replace the editions and the themes."""
        lists = {"editions": [asdict(e) for e in editions], "themes": [asdict(t) for t in themes.all]}
        rows = ((name, _json(records)) for name, records in lists.items())
        self._connection.executemany("INSERT OR REPLACE INTO lists VALUES (?, ?)", rows)

    def set_former(self, former: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace what is known of ids that name no passage any more."""
        self._connection.execute("DELETE FROM former")
        rows = ((passage_id, _json(record)) for passage_id, record in former.items())
        self._connection.executemany("INSERT INTO former VALUES (?, ?)", rows)

    def passage_ids(self) -> list[str]:
        """Return the ids of all passages, as they stand now."""
        return [row[0] for row in self._connection.execute("SELECT passage_id FROM passages")]

    def count_documents(self) -> int:
        """Return how many documents there are now."""
        return int(self._connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def close(self) -> None:
        """Commit everything and close the connection."""
        self._connection.commit()
        self._connection.close()


def copy_catalog(source: Path, target: Path) -> None:
    """Copy a catalog with SQLite's backup, so that the copy is whole whatever else reads the source."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _json(value: object) -> str:
    """JSON with letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False)
