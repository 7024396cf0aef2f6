"""Reads `corpus/synonyms.toml`, groups of words that staff take for the same, and refuses a bad file with the line and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.corpus.toml_files import read_toml
from search.analysis.words import forms
from search.errors import BadFile

SYNONYMS = "synonyms.toml"
LONGEST = 5  # words of one wording


def load_synonyms(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the groups of the file at `path`, in its order; none where there is no file.

    Raises BadFile, with the line, for what is no TOML, other keys than `words`, a group of fewer than two wordings, a wording without
    words or longer than LONGEST, and one that stands twice.
    """
    file = read_toml(path)
    if file is None:
        return ()
    tables = file.data.get("synonyms", [])
    if set(file.data) - {"synonyms"} or not isinstance(tables, list):
        raise BadFile(path, "holds tables [[synonyms]] only, each with words = [...]", 1)
    seen: set[str] = set()
    groups = []
    for number, table in enumerate(tables):
        for problem in _problems(table, seen):
            raise BadFile(path, problem, file.line_of("synonyms", number, "words") or 1)
        groups.append(tuple(table["words"]))
    return tuple(groups)


def _problems(table: Any, seen: set[str]) -> Iterator[str]:
    """What is wrong with one group; `seen` are the wordings so far."""
    words = table.get("words") if isinstance(table, dict) else None
    if not isinstance(words, list) or set(table) != {"words"} or not all(isinstance(w, str) for w in words):
        yield 'a group is words = ["one wording", "another"], and nothing else'
        return
    if len(words) < 2:
        yield "a group has two wordings or more"
    for wording in words:
        key = " ".join(forms(wording))
        if not key or len(key.split()) > LONGEST:
            yield f"{wording!r} is no wording of 1 to {LONGEST} words"
        if key in seen:
            yield f"{wording!r} stands twice"
        seen.add(key)
