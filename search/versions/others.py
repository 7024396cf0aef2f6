"""The other versions of a document, and what changed between it and each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from search.model import Document
from search.near_duplicates import Relation
from search.store.catalog import Catalog
from search.versions.differences import ChangeKind, PassageChange, compare_versions, count_changes

VERSIONS = (Relation.NEWER, Relation.OLDER)
"""What versions of one document are to each other; other look-alikes are copies."""


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version of a document: whether it is the newer one, why that is thought, and how many passages changed in which way."""

    document: Document
    is_newer: bool
    because: str
    changes: Mapping[ChangeKind, int]


def find_other_versions(document: Document, catalog: Catalog) -> list[OtherVersion]:
    """Return the other versions of `document` that `catalog` has, the newest first."""
    found = []
    for look in document.look_alikes:
        other = catalog.find_document(look.other_id) if look.relation in VERSIONS else None
        if other is None:
            continue
        is_newer = look.relation is Relation.OLDER  # (the document itself is the older one)
        older, newer = (document, other) if is_newer else (other, document)
        counts = _counted_changes(catalog, older.document_id, newer.document_id)
        found.append(OtherVersion(other, is_newer, look.because, counts))
    return sorted(found, key=lambda version: version.document.published or "", reverse=True)


def find_changes(older_id: str, newer_id: str, catalog: Catalog) -> list[PassageChange]:
    """Return what changed from one document of `catalog` to another, passage by passage."""
    return compare_versions(catalog.passages_of(older_id), catalog.passages_of(newer_id))


@lru_cache(maxsize=1024)
def _counted_changes(catalog: Catalog, older_id: str, newer_id: str) -> Mapping[ChangeKind, int]:
    """The numbers of changes. A catalog never changes, and every view of a document asks for them."""
    return count_changes(find_changes(older_id, newer_id, catalog))
