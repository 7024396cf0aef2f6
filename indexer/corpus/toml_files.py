"""Staff's TOML files as any editor saves them: with a mark of byte order, with Windows line ends; mistakes with their lines."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import BadFile

_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The text of a file, and its tables."""

    path: Path
    text: str
    data: dict[str, Any]

    def heads(self, name: str) -> list[int]:
        """Return the lines, from 1, on which the tables `[[name]]` begin."""
        begins = re.compile(rf"^\s*\[\[\s*[\"']?{re.escape(name)}[\"']?\s*\]\]")
        return [number for number, line in enumerate(self.text.splitlines(), start=1) if begins.match(line)]

    def line_of(self, name: str, table: int, key: str = "") -> int | None:
        """Return the line of a key in a table `[[name]]` (from 0), that of its head without one; None for tables written otherwise."""
        heads, lines = self.heads(name), self.text.splitlines()
        if table >= len(heads):
            return None
        begins = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=")
        last = heads[table + 1] - 1 if table + 1 < len(heads) else len(lines)
        within = range(heads[table], last + 1)
        return next((number for number in within if key and begins.match(lines[number - 1])), heads[table])


def read_toml(path: Path) -> TomlFile | None:
    """Return the file at `path`, None where there is none. Raises BadFile, with the line, for what is no UTF-8 text or no TOML."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadFile(path, f"cannot be read: {error.strerror or error}") from error
    if data.startswith(_WIDE):
        raise BadFile(path, "is saved as UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(path, f"is not UTF-8 text (byte {error.start}); save it as UTF-8", line) from error
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        problem = f"not valid TOML: {_PLACE.sub('', str(error))}"
        raise BadFile(path, problem, int(place[1]) if place else None) from error
