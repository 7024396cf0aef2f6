"""Files of questions and of quotations that people hand in: read whole, refused with the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from search.answering.batch import Asked, read_lines, read_table
from search.errors import BadFile


def read_questions(file: Path) -> list[Asked]:
    """Return the questions of `file`: a table (.csv), one a line (.txt), else JSON lines. Raises BadFile with the line."""
    if file.suffix.lower() == ".csv":
        return list(read_table_file(file))
    if file.suffix.lower() == ".txt":
        return list(read_lines(_read_text(file)))
    return list(read_json_lines(file))


def read_json_lines(file: Path) -> Iterator[Asked]:
    """Yield the objects of JSON lines with `id` (a text or a number) and `text`. Raises BadFile with the line."""
    for number, line in enumerate(_read_text(file).split("\n"), 1):
        if line.strip():
            yield _asked(file, number, line)


def _asked(file: Path, number: int, line: str) -> Asked:
    """One line of JSON."""
    try:
        row = json.loads(line)
        name, text = row["id"], row["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadFile(file, 'wanted is a JSON object with "id" and "text"', number) from error
    if not isinstance(text, str) or not isinstance(name, str | int) or isinstance(name, bool):
        raise BadFile(file, '"text" must be a text, and "id" a text or a number', number)
    return Asked(str(name), text, number)


def read_table_file(file: Path) -> Iterator[Asked]:
    """Return the questions of a table with a column `query` and perhaps one `id`. Raises BadFile with the line."""
    return read_table(_read_text(file), str(file))


def _read_text(file: Path) -> str:
    """The text of a file. Raises BadFile for one that is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(file, "not UTF-8; save it as UTF-8") from error
