"""Reads `corpus/themes.toml`, the themes that staff edit, and refuses a bad file with the line and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indexer.corpus.catalogue_values import Mistakes
from indexer.corpus.toml_files import TomlFile, read_toml
from search.errors import BadFile
from search.model import Theme, Themes

FILE_NAME = "themes.toml"
TEXT_KEYS = ("id", "label", "scope")
LIST_KEYS = (
    "labels",
    "french",
    "acronyms",
    "hints",
    "forbidden",
    "broader",
    "related",
    "examples",
    "counterexamples",
)
KEYS = (*TEXT_KEYS, *LIST_KEYS)
"""What a `[[themes]]` table may hold."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TABLE_HEAD = re.compile(r"^\s*\[\[\s*themes\s*\]\]")


class _Source:
    """The file's lines, to say where each mistake stands; lines count from 1."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self.heads = [i for i, line in enumerate(self.lines, start=1) if TABLE_HEAD.match(line)]
        self.mistakes = Mistakes(path, None)

    def add(self, problem: str, table: int, key: str = "", value: str = "") -> None:
        """Add a mistake in a table (from 0): at the value after the key, else at the key, else at the table's head."""
        self.mistakes.found.append((self.line(table, key, value), problem))

    def line(self, table: int, key: str, value: str) -> int | None:
        """Return the line of a mistake, where the tables are written as tables."""
        if table >= len(self.heads):
            return None
        first = self.heads[table]
        last = self.heads[table + 1] if table + 1 < len(self.heads) else len(self.lines) + 1
        begins = re.compile(rf"^\s*[\"']?{re.escape(key)}\b")
        at_key = next((n for n in range(first, last) if key and begins.match(self.lines[n - 1])), first)
        at_value = (n for n in range(at_key, last) if value and value in self.lines[n - 1])
        return next(at_value, at_key)


def load_themes(path: Path) -> Themes:
    """Return the themes of a file, in its order; no themes when there is no file.

    Raises BadFile, with all mistakes and the lines where they can be known, for text that is not TOML, unknown keys, values of the
    wrong kind, a missing id or label, an id or a wording used twice, and broader or related ids that name no theme.
    """
    file = read_toml(path)
    if file is None:
        return Themes()
    data = _tables(file)
    source = _Source(path, file.text)
    read = [(number, _theme(source, number, table)) for number, table in enumerate(data)]
    themes = [(number, theme) for number, theme in read if theme is not None]
    _check_ids(source, themes)
    _check_wordings(source, themes)
    ids = {str(table.get("id")) for table in data if isinstance(table, dict)}
    _check_references(source, themes, ids)
    source.mistakes.refuse()
    return Themes.of(tuple(theme for _, theme in themes))


def find_line(path: Path, theme_id: str, key: str, value: str) -> int | None:
    """Return the line, from 1, on which `key` of a theme has `value`; that of the key where the value is written otherwise (escapes)."""
    file = read_toml(path)
    if file is None:
        return None
    ids = [table.get("id") for table in _tables(file)]
    return _Source(path, file.text).line(ids.index(theme_id), key, value) if theme_id in ids else None


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


def _theme(source: _Source, number: int, table: Any) -> Theme | None:
    """One theme from its table; None where something is wrong, which is then among the mistakes."""
    if not isinstance(table, dict):
        source.add("a theme must be a [[themes]] table", number)
        return None
    before = len(source.mistakes.found)
    for key, value in table.items():
        _check_value(source, number, key, value)
    for key in ("id", "label"):
        if not str(table.get(key, "")).strip():
            source.add(f"a theme without {key}", number)
    if isinstance(table.get("id"), str) and table["id"].strip() and not ID.fullmatch(table["id"]):
        source.add(f"id {table['id']!r}: small letters, digits and single hyphens only", number, "id")
    if len(source.mistakes.found) > before:
        return None
    lists = {key: tuple(table.get(key, ())) for key in LIST_KEYS}
    return Theme(theme_id=table["id"], label=table["label"], scope=table.get("scope", ""), **lists)


def _check_value(source: _Source, number: int, key: str, value: Any) -> None:
    """Notes a key or a kind of value that a theme cannot have."""
    if key not in KEYS:
        near = get_close_matches(key, KEYS, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else f" (there are: {', '.join(KEYS)})"
        source.add(f"unknown key {key!r}{meant}", number, key)
    elif key in TEXT_KEYS and not isinstance(value, str):
        source.add(f"{key} must be a text in quotation marks", number, key)
    elif key in LIST_KEYS and not _is_texts(value):
        source.add(f"{key} must be a list of texts, none of them empty", number, key)


def _is_texts(value: Any) -> bool:
    """Is it a list of texts with something in each?"""
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


Numbered = Sequence[tuple[int, Theme]]
"""Themes without mistakes of their own, with the numbers of their tables, from 0."""


def _check_ids(source: _Source, themes: Numbered) -> None:
    """Notes an id that stands twice."""
    seen: set[str] = set()
    for number, theme in themes:
        if theme.theme_id in seen:
            source.add(f"id {theme.theme_id!r} is used twice", number, "id")
        seen.add(theme.theme_id)


def _wordings(theme: Theme) -> Iterator[tuple[str, str]]:
    """Each wording with the key by which two wordings are the same: case counts in acronyms only."""
    for label in (theme.label, *theme.labels, *theme.french):
        yield " ".join(re.findall(r"\w+", label.casefold())), label
    for acronym in theme.acronyms:
        yield f"acronym {acronym}", acronym


def _check_wordings(source: _Source, themes: Numbered) -> None:
    """Notes a label or an acronym that two themes claim; the same theme may repeat itself."""
    owner: dict[str, str] = {}
    for number, theme in themes:
        for key, wording in _wordings(theme):
            if owner.setdefault(key, theme.theme_id) != theme.theme_id:
                problem = f"{wording!r} is a label of {owner[key]!r} and of {theme.theme_id!r}; one theme can have it"
                source.add(problem, number, value=wording)


def _check_references(source: _Source, themes: Numbered, known: set[str]) -> None:
    """Notes broader and related ids that name no other theme; `known` are the ids of all tables."""
    for number, theme in themes:
        for key, ids in (("broader", theme.broader), ("related", theme.related)):
            for wanted in ids:
                if wanted not in known or wanted == theme.theme_id:
                    source.add(_no_theme(key, wanted, theme.theme_id, known), number, key, wanted)


def _no_theme(key: str, wanted: str, theme_id: str, known: set[str]) -> str:
    """What is wrong with a reference."""
    if wanted == theme_id:
        return f"{key}: {wanted!r} is the theme itself"
    near = get_close_matches(wanted, sorted(known), n=1)
    return f"{key}: no theme {wanted!r}" + (f"; did you mean {near[0]!r}?" if near else "")
