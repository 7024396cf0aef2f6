"""Writes the digests that are Word files: `python -m digests.word` makes `corpus/digests/<name>.docx` of each `digests/for_word/<name>.md`.

The same sources give the same bytes on every machine: the parts of the file are stored without compression and with
one fixed time, and the dates of the file are those of the front matter.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx

from digests.source import Digest, Part, PartKind, load_digest

HERE = Path(__file__).resolve().parent / "for_word"
TARGET = HERE.parents[1] / "corpus" / "digests"

STYLES = {
    PartKind.SECTION: "Heading 1",
    PartKind.SUBSECTION: "Heading 2",
    PartKind.PARAGRAPH: "Normal",
    PartKind.BULLET: "List Bullet",
    PartKind.SOURCE: "Normal",
}
"""Word's own styles, which the template of python-docx has; a source keeps the number that stands in its words."""

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can hold."""


def render_word(digest: Digest) -> bytes:
    """The Word file of a digest; the same digest always gives the same bytes."""
    document = docx.Document()
    _set_properties(document, digest.head)
    document.add_paragraph(digest.head["title"], style="Title")
    for part in (*digest.cover, *digest.body):
        _add_part(document, part)
    written = io.BytesIO()
    document.save(written)
    return _repacked(written)


def _set_properties(document: Any, head: dict[str, str]) -> None:
    """Title, author, subject, language and dates of the file, as the front matter has them."""
    properties = document.core_properties
    properties.title, properties.author, properties.subject = head["title"], head["author"], head["subject"]
    properties.language, properties.comments = head["language"], ""
    written = datetime.fromisoformat(head["date"]).replace(tzinfo=UTC)
    properties.created = properties.modified = written.replace(
        tzinfo=None
    )  # python-docx wants UTC without a zone
    properties.last_modified_by = head["author"]


def _add_part(document: Any, part: Part) -> None:
    """Adds a part of a digest at the end of a document, in Word's style for its kind."""
    if part.kind is not PartKind.TABLE:
        document.add_paragraph(part.text, style=STYLES[part.kind])
        return
    table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _repacked(written: io.BytesIO) -> bytes:
    """The same archive with every part stored as it is, at one fixed time."""
    target = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, FIXED_TIME), old.read(name))
    return target.getvalue()


def sources() -> list[Path]:
    """The sources of the Word files, in order of their names."""
    return sorted(HERE.glob("*.md"))


def main() -> int:
    """Writes all Word files to `corpus/digests`; prints each path."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for source in sources():
        target = TARGET / f"{source.stem}.docx"
        target.write_bytes(render_word(load_digest(source)))
        sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
