"""Output of the commands: results to stdout, everything else to stderr; colour only on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from search.answering.highlights import Mark

_LINE_ENDS = (0x85, 0x2028, 0x2029)  # as `str.splitlines` has it
_ESCAPED = {code: f"\\u{code:04x}" for code in (*_LINE_ENDS, *range(0xD800, 0xE000))}


def result(text: str = "") -> None:
    """Print a line of the result; half a character that somebody typed is shown as a question mark."""
    click.echo(text.encode("utf-8", "replace").decode("utf-8"))


def result_json(value: object) -> None:
    """Print the one JSON value of `--json`, or one line of a list.

    Nothing in it looks like the end of a line, and half characters are written so that the line is UTF-8.
    """
    click.echo(json.dumps(value, ensure_ascii=False).translate(_ESCAPED))


def note(text: str) -> None:
    """Print a line for the person at the terminal."""
    click.echo(text, err=True)


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Return a text with its marks in bold on a terminal and as they are elsewhere."""
    if not sys.stdout.isatty():
        return text
    parts, at = [], 0
    for mark in marks:
        parts += [text[at : mark.start], click.style(text[mark.start : mark.end], bold=True, underline=True)]
        at = mark.end
    return "".join([*parts, text[at:]])


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 passage", "2,304 passages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
