"""Document ids: the catalogue's, else made from the path, the same whatever was indexed before.

Ids must not depend on the order in which files came, or a rebuilt index would break links. Where several files
without an id of their own would share one (report.pdf, report.html), the format first in `search.formats` has the
plain id and the others carry their ending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from indexer.corpus.catalogue import Entry
from search.formats import precedence
from search.permalinks import slug


def document_ids(
    paths: Iterable[str], entries: Mapping[str, Entry], reserved: Iterable[str] = ()
) -> dict[str, str]:
    """Return path to document id, each id once. `reserved` ids belong to documents that went for good: no other file gets one."""
    listed = sorted(paths, key=lambda path: (precedence(path), path))
    given = {path: entries[path].id for path in listed if path in entries}
    ids = {path: document_id for path, document_id in given.items() if document_id}
    taken = {*ids.values(), *reserved}
    for path in listed:
        if path not in ids:
            ids[path] = _free_id(path, taken)
            taken.add(ids[path])
    return ids


def _free_id(path: str, taken: set[str]) -> str:
    """The id of a path that nobody has: plain, with the ending, or with a number."""
    pure = PurePosixPath(path)
    plain = slug(pure.with_suffix("").as_posix())
    wanted = plain if plain not in taken else f"{plain}-{slug(pure.suffix)}"
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
