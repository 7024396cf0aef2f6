"""Writes the digests that are presentations: `python -m digests.slides` makes `corpus/digests/<name>.pptx` of each `digests/for_slides/<name>.md`.

A section is a slide, or several with the same title when it has more than BULLETS findings; the sources stand on the
last one. The same sources give the same bytes on every machine: see `digests.office`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.util import Pt

from digests.office import repacked, set_properties
from digests.shipping import HERE, ship, sources_in
from digests.source import Digest, Part, PartKind

FOLDER = HERE / "for_slides"
BULLETS = 4
"""Findings on one slide: more of this length cannot be read at the size of WORDS."""

COVER, CONTENT = 0, 1
"""Layouts of the template of python-pptx: title and subtitle, title and list."""

TITLE, WORDS, SMALL = Pt(30), Pt(18), Pt(9)
"""Sizes of a title, of what is shown, and of the sources, which are there to be copied."""


def render_slides(digest: Digest) -> bytes:
    """Return the presentation of a digest; the same digest always gives the same bytes."""
    deck = pptx.Presentation()
    set_properties(deck.core_properties, digest.head)
    _add_slide(deck, COVER, digest.head["title"], digest.cover)
    for title, parts in _slides(digest.body):
        _add_slide(deck, CONTENT, title, parts)
    written = io.BytesIO()
    deck.save(written)
    return repacked(written)


def _slides(body: tuple[Part, ...]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Yield the title and the parts of each slide."""
    starts = [at for at, part in enumerate(body) if part.kind is PartKind.SECTION]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        parts = body[start + 1 : end]
        if not parts or any(part.kind is PartKind.TABLE for part in parts):
            raise ValueError(f"{body[start].text}: a slide needs paragraphs, and has no place for a table")
        most = len(parts) if parts[0].kind is PartKind.SOURCE else BULLETS
        for first in range(0, len(parts), most):
            yield body[start].text, parts[first : first + most]


def _add_slide(deck: Any, layout: int, title: str, parts: tuple[Part, ...]) -> None:
    """Add a slide with a title and a paragraph for each part."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    _write(slide.shapes.title.text_frame.paragraphs[0], title, TITLE)
    frame = slide.placeholders[1].text_frame
    for at, part in enumerate(parts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        _write(paragraph, part.text, SMALL if part.kind is PartKind.SOURCE else WORDS)


def _write(paragraph: Any, words: str, size: Any) -> None:
    """Put words into a paragraph at a size in points."""
    run = paragraph.add_run()
    run.text, run.font.size = words, size


def sources() -> list[Path]:
    """Return the sources of the presentations, in order of their names."""
    return sources_in(FOLDER)


if __name__ == "__main__":
    raise SystemExit(ship(FOLDER, ".pptx", render_slides))
