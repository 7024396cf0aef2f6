"""Themes as the text of a `themes.toml`: what `load_themes` reads, written."""

from __future__ import annotations

import json
from collections.abc import Iterable

from search.model import Theme, Themes

LISTS = (
    "labels", "french", "acronyms", "hints", "forbidden", "broader", "related", "examples", "counterexamples",
)  # fmt: skip
LINE = 118
"""Characters of a line; longer lists are broken."""


def themes_text(themes: Themes) -> str:
    """Return the file, theme by theme; reading it gives the same themes."""
    return "\n".join(_theme(theme) for theme in themes.all)


def _theme(theme: Theme) -> str:
    """One table."""
    lines = ["[[themes]]", f"id = {_quoted(theme.theme_id)}", f"label = {_quoted(theme.label)}"]
    if theme.scope:
        lines.append(f"scope = {_quoted(theme.scope)}")
    lines.extend(_list(name, getattr(theme, name)) for name in LISTS if getattr(theme, name))
    return "\n".join(lines) + "\n"


def _list(name: str, values: Iterable[str]) -> str:
    """A list, on one line where it fits."""
    quoted = [_quoted(value) for value in values]
    short = f"{name} = [{', '.join(quoted)}]"
    return (
        short
        if len(short) <= LINE
        else f"{name} = [\n" + "".join(f"    {value},\n" for value in quoted) + "]"
    )


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for the one letter that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
