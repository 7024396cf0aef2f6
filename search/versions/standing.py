"""Which version of a document stands for all of them in lists and counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.model import Document
from search.near_duplicates import Relation


def find_superseded(documents: Iterable[Document]) -> dict[str, str]:
    """Return each document that is an older version, by id, with the id of the newest that stands for it.

    Of several newer versions the newest is the one that no other is newer than; of two such the later id.
    """
    newer = {
        document.document_id: tuple(
            look.other_id for look in document.look_alikes if look.relation is Relation.OLDER
        )
        for document in documents
    }
    found = {older: _newest(older, newer) for older, others in newer.items() if others}
    return {older: newest for older, newest in found.items() if newest != older}


def _newest(document_id: str, newer: Mapping[str, tuple[str, ...]]) -> str:
    """The end of the chain of newer versions; staff's dates may make a ring, of which the latest id then stands."""
    seen, ahead, ends = {document_id}, [document_id], set[str]()
    while ahead:
        at = ahead.pop()
        others = [other for other in newer.get(at, ()) if other in newer]
        if not others:
            ends.add(at)
        ahead.extend(other for other in others if other not in seen)
        seen.update(others)
    return max(ends or seen)
