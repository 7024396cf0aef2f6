"""Files of questions and of quotations that people hand in: read whole, refused with the line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.errors import BadFile


@dataclass(frozen=True, slots=True)
class Asked:
    """One text of a file, with its id and its line (from 1)."""

    id: str
    text: str
    line: int


def read_json_lines(file: Path) -> Iterator[Asked]:
    """The objects of JSON lines with `id` (a text or a number) and `text`. Raises BadFile with the line."""
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


def read_table(file: Path) -> Iterator[Asked]:
    """The questions of a table with a column `query` and perhaps one `id`. Raises BadFile with the line."""
    rows = csv.DictReader(io.StringIO(_read_text(file), newline=""))
    try:
        if "query" not in (rows.fieldnames or ()):
            listed = ", ".join(rows.fieldnames or ["none"])
            raise BadFile(file, f"no column 'query' (there are: {listed})", 1)
        for number, row in enumerate(rows, 1):
            yield Asked(row.get("id") or str(number), row["query"] or "", rows.line_num)
    except csv.Error as error:
        raise BadFile(file, f"not a table of comma-separated values ({error})", rows.line_num + 1) from error


def _read_text(file: Path) -> str:
    """The text of a file. Raises BadFile for one that is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(file, "not UTF-8; save it as UTF-8") from error
