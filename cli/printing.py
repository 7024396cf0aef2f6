"""Output of the commands: results to stdout, everything else to stderr; colour only on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from search.snippets import Mark

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def result(text: str = "") -> None:
    """A line of the result."""
    click.echo(text)


def result_json(value: object) -> None:
    """The one JSON value of `--json`, or one line of a list."""
    click.echo(json.dumps(value, ensure_ascii=False))


def note(text: str) -> None:
    """A line for the person at the terminal."""
    click.echo(text, err=True)


def marked(text: str, marks: Sequence[Mark]) -> str:
    """A text with its marks in bold on a terminal and as they are elsewhere."""
    if not sys.stdout.isatty():
        return text
    parts, at = [], 0
    for mark in marks:
        parts += [text[at : mark.start], click.style(text[mark.start : mark.end], bold=True, underline=True)]
        at = mark.end
    return "".join([*parts, text[at:]])


def safe_cell(value: object) -> object:
    """A cell of a table; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_BEGINS) else value


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 passage", "2,304 passages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
