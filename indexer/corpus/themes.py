"""Reads `corpus/themes.toml`, the themes that staff edit, and refuses a bad file with the line and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indexer.corpus.toml_files import TomlFile, read_toml
from search.errors import BadFile
from search.model import Theme, Themes

TEXT_KEYS = ("id", "label", "scope")
LIST_KEYS = ("labels", "acronyms", "hints", "forbidden", "broader", "related", "examples", "counterexamples")
KEYS = (*TEXT_KEYS, *LIST_KEYS)
"""What a `[[themes]]` table may hold."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TABLE_HEAD = re.compile(r"^\s*\[\[\s*themes\s*\]\]")


class _Source:
    """The file's lines, to say where a problem stands; lines count from 1."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self.heads = [i for i, line in enumerate(self.lines, start=1) if TABLE_HEAD.match(line)]

    def bad(self, problem: str, table: int, key: str = "", value: str = "") -> BadFile:
        """The error for a table (from 0): at the value after the key, else at the key, else at the table's head."""
        if table >= len(self.heads):
            return BadFile(self.path, problem)
        first = self.heads[table]
        last = self.heads[table + 1] if table + 1 < len(self.heads) else len(self.lines) + 1
        begins = re.compile(rf"^\s*[\"']?{re.escape(key)}\b")
        at_key = next((n for n in range(first, last) if key and begins.match(self.lines[n - 1])), first)
        at_value = (n for n in range(at_key, last) if value and value in self.lines[n - 1])
        return BadFile(self.path, problem, next(at_value, at_key))


def load_themes(path: Path) -> Themes:
    """The themes of a file, in its order; no themes when there is no file.

    Raises BadFile, with the line where it can be known, for text that is not TOML, unknown keys, values of the
    wrong kind, a missing id or label, an id or a wording used twice, and broader or related ids that name no theme.
    """
    file = read_toml(path)
    if file is None:
        return Themes()
    data = _tables(file)
    source = _Source(path, file.text)
    themes = tuple(_theme(source, number, table) for number, table in enumerate(data))
    _check_ids(source, themes)
    _check_wordings(source, themes)
    _check_references(source, themes)
    return Themes.of(themes)


def _tables(file: TomlFile) -> list[Any]:
    """The `[[themes]]` tables."""
    path, text, data = file.path, file.text, file.data
    unknown = [key for key in data if key != "themes"]
    if unknown:
        raise BadFile(
            path, f"unknown key {unknown[0]!r}; only [[themes]] tables stand here", _line_of(text, unknown[0])
        )
    tables = data.get("themes", [])
    if not isinstance(tables, list):
        raise BadFile(path, "themes must be written as [[themes]] tables", _line_of(text, "themes"))
    return tables


def _line_of(text: str, key: str) -> int | None:
    """The first line that a key begins, plain or as a table."""
    begins = re.compile(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b")
    return next((i for i, line in enumerate(text.splitlines(), start=1) if begins.match(line)), None)


def _theme(source: _Source, number: int, table: Any) -> Theme:
    """One theme from its table."""
    if not isinstance(table, dict):
        raise source.bad("a theme must be a [[themes]] table", number)
    for key, value in table.items():
        _check_value(source, number, key, value)
    for key in ("id", "label"):
        if not str(table.get(key, "")).strip():
            raise source.bad(f"a theme without {key}", number)
    if not ID.fullmatch(table["id"]):
        raise source.bad(f"id {table['id']!r}: small letters, digits and single hyphens only", number, "id")
    lists = {key: tuple(table.get(key, ())) for key in LIST_KEYS}
    return Theme(theme_id=table["id"], label=table["label"], scope=table.get("scope", ""), **lists)


def _check_value(source: _Source, number: int, key: str, value: Any) -> None:
    """Refuses a key or a kind of value that a theme cannot have."""
    if key not in KEYS:
        near = get_close_matches(key, KEYS, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else f" (there are: {', '.join(KEYS)})"
        raise source.bad(f"unknown key {key!r}{meant}", number, key)
    if key in TEXT_KEYS and not isinstance(value, str):
        raise source.bad(f"{key} must be a text in quotation marks", number, key)
    if key in LIST_KEYS and not _is_texts(value):
        raise source.bad(f"{key} must be a list of texts, none of them empty", number, key)


def _is_texts(value: Any) -> bool:
    """Is it a list of texts with something in each?"""
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _check_ids(source: _Source, themes: tuple[Theme, ...]) -> None:
    """Refuses an id that stands twice."""
    seen: set[str] = set()
    for number, theme in enumerate(themes):
        if theme.theme_id in seen:
            raise source.bad(f"id {theme.theme_id!r} is used twice", number, "id")
        seen.add(theme.theme_id)


def _wordings(theme: Theme) -> Iterator[tuple[str, str]]:
    """Each wording with the key by which two wordings are the same: case counts in acronyms only."""
    for label in (theme.label, *theme.labels):
        yield " ".join(re.findall(r"\w+", label.casefold())), label
    for acronym in theme.acronyms:
        yield f"acronym {acronym}", acronym


def _check_wordings(source: _Source, themes: tuple[Theme, ...]) -> None:
    """Refuses a label or an acronym that two themes claim; the same theme may repeat itself."""
    owner: dict[str, str] = {}
    for number, theme in enumerate(themes):
        for key, wording in _wordings(theme):
            if owner.setdefault(key, theme.theme_id) != theme.theme_id:
                problem = f"{wording!r} is a label of {owner[key]!r} and of {theme.theme_id!r}; one theme can have it"
                raise source.bad(problem, number, value=wording)


def _check_references(source: _Source, themes: tuple[Theme, ...]) -> None:
    """Refuses broader and related ids that name no other theme."""
    known = {theme.theme_id for theme in themes}
    for number, theme in enumerate(themes):
        for key, ids in (("broader", theme.broader), ("related", theme.related)):
            for wanted in ids:
                if wanted not in known or wanted == theme.theme_id:
                    raise source.bad(_no_theme(key, wanted, theme.theme_id, known), number, key, wanted)


def _no_theme(key: str, wanted: str, theme_id: str, known: set[str]) -> str:
    """What is wrong with a reference."""
    if wanted == theme_id:
        return f"{key}: {wanted!r} is the theme itself"
    near = get_close_matches(wanted, sorted(known), n=1)
    return f"{key}: no theme {wanted!r}" + (f"; did you mean {near[0]!r}?" if near else "")
