"""Lines and pages as a reader of PDF files would give them, made by hand for tests of the pure steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from indexer.layout.blocks import ASCENT, DESCENT, Block, Line, Page
from search.model import PassageKind

LETTER = 0.5  # mean width of a letter, in type sizes


def typed(
    text: str,
    y: float = 100.0,
    *,
    x: float = 72.0,
    right: float | None = None,
    size: float = 10.0,
    page: int = 1,
    **more: Any,
) -> Line:
    """A line whose baseline is `y` points below the page top."""
    x1 = right if right is not None else x + LETTER * size * len(text)
    return Line(page, text, x, y - ASCENT * size, x1, y + DESCENT * size, size, **more)


def set_lines(texts: Iterable[str], y: float = 100.0, step: float = 12.0, **more: Any) -> list[Line]:
    """Lines one below the other."""
    return [typed(text, y + step * place, **more) for place, text in enumerate(texts)]


def sheet(lines: Sequence[Line], number: int = 1, width: float = 612.0, height: float = 792.0) -> Page:
    """A US letter page with these lines."""
    return Page(number, width, height, tuple(lines))


def block(*texts: str, kind: PassageKind = PassageKind.PARAGRAPH, **more: Any) -> Block:
    """A block of lines one below the other."""
    return Block(kind, tuple(set_lines(texts, **more)))
