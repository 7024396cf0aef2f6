"""Initials that run over several lines: the first letter of a paragraph in large type, put back before its word.

Writers draw them before or after their paragraph, on the baseline of its first or of its last line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import Line

# An initial is as high as two lines at least; the lines beside it begin within this many of their type sizes behind it.
HIGHEST, GAP = 1.7, 1.6
# How far the letters of an initial reach above its baseline (capital height of text fonts), in type sizes.
_CAPITAL = 0.75
_WORDS = ("A", "I", "O")
_QUOTES = "\"'“‘«„"


def with_initials(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the `lines` of a page, each initial joined with the first line beside it; all lines beside it begin where it begins.

    So the paragraph is not parted at the line that runs below the initial.
    """
    kept = list(lines)
    for initial in [line for line in lines if _is_capital(line)]:
        beside = sorted((line for line in kept if _is_beside(initial, line)), key=lambda line: line.baseline)
        if beside and sum(map(str.isalpha, beside[0].text)) > 1:
            text = f"{initial.text.strip()}{_space(initial, beside, lines)}"
            changes = {id(line): replace(line, x0=initial.x0) for line in beside[1:]}
            changes[id(beside[0])] = _begun(beside[0], text, initial)
            kept = [changes.get(id(line), line) for line in kept if line is not initial]
    return tuple(kept)


def _begun(line: Line, text: str, initial: Line) -> Line:
    """The line with some text before its own."""
    marks = tuple(replace(mark, place=mark.place + len(text)) for mark in line.marks)
    return replace(line, text=text + line.text, x0=initial.x0, cells=(), marks=marks)


def _is_capital(line: Line) -> bool:
    """Nothing but one capital letter stands in the line, an opening quotation mark aside."""
    text = line.text.strip().lstrip(_QUOTES)
    return len(text) == 1 and text.isupper() and not line.slanted


def _is_beside(initial: Line, line: Line) -> bool:
    """The line stands right behind the initial, and at its height."""
    if line.slanted or initial.size < HIGHEST * line.size:
        return False
    near = -0.3 * line.size <= line.x0 - initial.x1 <= GAP * line.size
    top = initial.baseline - _CAPITAL * initial.size
    return (
        near
        and top - 0.2 * line.size <= line.baseline - 0.5 * line.size
        and line.baseline <= initial.baseline + 0.2 * line.size
    )


def _space(initial: Line, beside: Sequence[Line], lines: Sequence[Line]) -> str:
    """A blank where the initial is a word of its own: "A" before a word that the page has elsewhere, too."""
    word = beside[0].text.split()[0].strip(".,;:")
    alone = initial.text.strip(_QUOTES + " ") in _WORDS and len(word) > 2
    known = any(word in line.text.split() for line in lines if line is not beside[0])
    return " " if alone and (known or word[:1].isupper()) else ""
