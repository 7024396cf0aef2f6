"""Letters that a font names and pdfium cannot map: ligatures written as `/f_f_i` in the encoding of a font, through pypdf.

The Adobe Glyph List (section 2, "The mapping") joins the parts of a ligature's name by underscores. pdfium knows the names
of its table only, and gives the bare code of the others: a control character, or a letter that was never printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Repairs = Mapping[str, Mapping[int, str]]
"""By the name of a font, without its subset tag: the letters for characters that pdfium gives wrongly."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the file says of its text: letters that its fonts name otherwise, and whether it switches layers off."""

    repairs: Repairs = field(default_factory=dict)
    layers_off: bool = False


NO_FACTS = TextFacts()


_SUBSET = re.compile(r"^/(?:[A-Z]{6}\+)?")
_MOST_FONTS = 2000  # of a file; the fonts of a report are below a hundred
_BASES = {"/MacRomanEncoding": "mac_roman", "/WinAnsiEncoding": "cp1252"}


def switches_layers_off(catalog: Any) -> bool:
    """Return whether optional content is off in the default configuration of a file (ISO 32000-1, 8.11.4.3).

    `catalog` is pypdf's root of the file. Raises what pypdf raises on damaged files.
    """
    content = catalog.get("/OCProperties")
    default = content.get_object().get("/D") if content is not None else None
    default = default.get_object() if default is not None else {}
    return bool(default.get("/OFF")) or default.get("/BaseState") == "/OFF"


def read_repairs(pages: Any) -> Repairs:
    """Read from the pypdf `pages` of a file what their fonts call their ligatures; {} for files that need no repair.

    Raises what pypdf raises on damaged files.
    """
    repairs: dict[str, dict[int, str]] = {}
    for font in _fonts(pages):
        found = dict(_ligatures(font))
        if found:
            name = _SUBSET.sub("", str(font.get("/BaseFont", "")))
            repairs.setdefault(name, {}).update(found)
    return repairs


def _fonts(pages: Any) -> Iterator[Any]:
    """Each font of the pages once."""
    seen: set[Any] = set()
    for page in pages:
        resources = page.get("/Resources")
        fonts = resources.get_object().get("/Font") if resources is not None else None
        for reference in fonts.get_object().values() if fonts is not None else ():
            key = getattr(reference, "idnum", None) or id(reference)
            if key not in seen and len(seen) < _MOST_FONTS:
                seen.add(key)
                yield reference.get_object()


def _ligatures(font: Any) -> Iterator[tuple[int, str]]:
    """(character as pdfium gives it, letters) for each joined name in the encoding of a font without a Unicode table."""
    stated = font.get("/Encoding")
    encoding: Any = stated.get_object() if stated is not None else None
    if "/ToUnicode" in font or not isinstance(encoding, dict):
        return
    base = _BASES.get(str(encoding.get("/BaseEncoding", "")), "latin-1")
    code = 0
    for item in encoding.get("/Differences", ()):
        name = str(item.get_object())
        if not name.startswith("/"):
            code = int(item)
            continue
        letters = _joined_letters(name[1:])
        if letters:
            yield code, letters
            yield ord(bytes([code & 0xFF]).decode(base, "replace")), letters
        code += 1


def _joined_letters(name: str) -> str:
    """The letters of a joined name: `f_f_i.alt` is "ffi", any other name "".

    >>> _joined_letters("f_f_i"), _joined_letters("T_h.liga"), _joined_letters("germandbls")
    ('ffi', 'Th', '')
    """
    parts = name.split(".", maxsplit=1)[0].split("_")
    return (
        "".join(parts) if len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts) else ""
    )
