"""When the reading room got each document: `index/received.json`, which outlives every generation and is only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from search.model import Document

FILE_NAME = "received.json"


def load_received(index: Path) -> dict[str, str]:
    """Return the moment (ISO 8601, UTC) at which each document came, by id; of what came before that was noted, and where the file is
    damaged, nothing."""
    try:
        data = json.loads((index / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def note_received(index: Path, held: Iterable[Document], built: str, coming: Mapping[str, str]) -> None:
    """Note before they are published that documents come now: `coming` has the sha256 of the file of each, by id.

    Those that an index `held` which was `built` at that moment came with it, at the latest. A file that was there under another id came
    when it came first.
    """
    known, there = load_received(index), {document.document_id: document.sha256 for document in held}
    noted = {document_id: known.get(document_id, built) for document_id in there}
    by_content = {sha256: noted[document_id] for document_id, sha256 in there.items()}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    new = {document_id: by_content.get(sha256, now) for document_id, sha256 in coming.items()}
    merged = {**new, **noted, **known}
    if merged != known:
        fresh = (index / FILE_NAME).with_suffix(".new")
        fresh.write_text(json.dumps(merged, indent=0, sort_keys=True), encoding="utf-8")
        fresh.replace(index / FILE_NAME)


def latest_first(documents: Iterable[Document], received: Mapping[str, str]) -> list[Document]:
    """Return `documents`, those that came last first; of those that came together the newest first."""
    return sorted(
        documents,
        key=lambda d: (received.get(d.document_id, ""), d.published or "", d.document_id),
        reverse=True,
    )
