"""What Word files and presentations of digests have in common: the properties of the file, and the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""


def set_properties(properties: Any, head: dict[str, str]) -> None:
    """Set title, author, subject, language and dates of an office file to what the front matter `head` has."""
    properties.title, properties.author, properties.subject = head["title"], head["author"], head["subject"]
    properties.language, properties.comments = head["language"], ""
    written = datetime.fromisoformat(head["date"]).replace(tzinfo=UTC)
    # python-docx and python-pptx want UTC without a zone
    properties.created = properties.modified = written.replace(tzinfo=None)
    properties.last_modified_by = head["author"]


def repacked(written: io.BytesIO) -> bytes:
    """Return the same archive with every part stored without compression, at one fixed time: zlib builds differ."""
    target = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, FIXED_TIME), old.read(name))
    return target.getvalue()
