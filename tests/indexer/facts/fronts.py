"""Fronts of invented documents for the tests of facts."""

from __future__ import annotations

from indexer.reading.reading import Front, FrontLine

Printed = tuple[float, float, str]  # type size, distance from the top, words; a negative size is bold


def front(*lines: Printed, later: tuple[Printed, ...] = (), body: float = 10.0) -> Front:
    """A front of one page of 600 by 800 points with `lines`, and of a second one with the `later` lines."""
    pages = ((1, lines), (2, later))
    return Front(tuple(_line(page, *line) for page, printed in pages for line in printed), body, 600.0, 800.0)


def _line(page: int, size: float, top: float, text: str) -> FrontLine:
    height = abs(size)
    return FrontLine(page, text, height, size < 0, 100.0, top, 100.0 + 5.0 * len(text), top + height)


def text_front(*paragraphs: str) -> Front:
    """The front of a text without pages."""
    lines = [
        FrontLine(1, text, 1.0, False, 0.0, 2.0 * n, 1.0, 2.0 * n + 1) for n, text in enumerate(paragraphs)
    ]
    return Front(tuple(lines), 1.0)
