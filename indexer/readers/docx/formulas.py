"""Formulas of a Word file in one line: 10⁶, x₁, a/b, √(x). ECMA-376 part 1, chapter 22.1."""

from __future__ import annotations

from typing import Any

from indexer.layout.words.raised import lowered, raised
from indexer.readers.docx.styles import local

_SCRIPTS = {"sSup": ("sup",), "sSub": ("sub",), "sSubSup": ("sub", "sup"), "sPre": ("sub", "sup")}
_CHANGES = {"sup": raised, "sub": lowered}
FORMULAS = frozenset(("oMath", "oMathPara"))


def formula_text(element: Any) -> str:
    """Return the words and signs of a formula, or of a part of one."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in _SCRIPTS:
        return _part(element, "e") + "".join(_scripted(element, part) for part in _SCRIPTS[name])
    if name == "f":
        return f"{_closed(_part(element, 'num'))}/{_closed(_part(element, 'den'))}"
    if name == "rad":
        return f"{raised(_part(element, 'deg'))}√{_closed(_part(element, 'e'))}"
    if name == "d":
        return f"({', '.join(formula_text(child) for child in element if local(child) == 'e')})"
    return "".join(formula_text(child) for child in element if not local(child).endswith("Pr"))


def _part(element: Any, name: str) -> str:
    """The text of a named part, "" for none."""
    return "".join(formula_text(child) for child in element if local(child) == name)


def _scripted(element: Any, name: str) -> str:
    """A raised or lowered part; in brackets behind a sign where letters cannot show it."""
    text = _part(element, name).strip()
    changed = _CHANGES[name](text)
    if changed != text or not text:
        return changed
    return f"{'^' if name == 'sup' else '_'}{_closed(text)}"


def _closed(text: str) -> str:
    """In brackets where it is more than one name or number."""
    return text if all(char.isalnum() or char in ".," for char in text) else f"({text})"
