"""Writes the digests that are Word files: `python -m digests.word` makes `corpus/digests/<name>.docx` of each `digests/for_word/<name>.md`.

The same sources give the same bytes on every machine: see `digests.office`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx

from digests.office import repacked, set_properties
from digests.shipping import HERE, ship, sources_in
from digests.source import Digest, Part, PartKind

FOLDER = HERE / "for_word"

STYLES = {
    PartKind.SECTION: "Heading 1",
    PartKind.SUBSECTION: "Heading 2",
    PartKind.PARAGRAPH: "Normal",
    PartKind.BULLET: "List Bullet",
    PartKind.SOURCE: "Normal",
}
"""Word's own styles, which the template of python-docx has; a source keeps the number that stands in its words."""


def render_word(digest: Digest) -> bytes:
    """Return the Word file of a digest; the same digest always gives the same bytes."""
    document = docx.Document()
    set_properties(document.core_properties, digest.head)
    document.add_paragraph(digest.head["title"], style="Title")
    for part in (*digest.cover, *digest.body):
        _add_part(document, part)
    written = io.BytesIO()
    document.save(written)
    return repacked(written)


def _add_part(document: Any, part: Part) -> None:
    """Adds a part of a digest at the end of a document, in Word's style for its kind."""
    if part.kind is not PartKind.TABLE:
        document.add_paragraph(part.text, style=STYLES[part.kind])
        return
    table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def sources() -> list[Path]:
    """Return the sources of the Word files, in order of their names."""
    return sources_in(FOLDER)


if __name__ == "__main__":
    raise SystemExit(ship(FOLDER, ".docx", render_word))
