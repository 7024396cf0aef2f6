"""What the keys of `catalogue.toml` and `sources.toml` may hold; all mistakes of a file are gathered and told at once, with their lines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indexer.corpus.toml_files import TomlFile
from search.dates import ISO_DATE
from search.errors import BadFile
from search.model import DocumentKind

LISTS = frozenset(("hosts", "sources", "authors", "speakers"))
DATES = frozenset(("start", "end", "date"))
WITHHELD = "withheld"
"""What the key `file` of a document says where readers cannot open its file."""
_ADDRESSES = frozenset(("source_url", "url"))
_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]*:\S+", re.IGNORECASE)
# ISO 639-1; codes of three letters (639-3) have no list here and count by their form (RFC 5646, section 2.1).
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et"
    " eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl"
    " km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj"
    " om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn"
    " to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_CODES.split())
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
MOST_TOLD = 20  # mistakes of a file; more are counted


@dataclass(slots=True)
class Mistakes:
    """The mistakes of one file, as they are found."""

    path: Path
    file: TomlFile | None
    found: list[tuple[int | None, str]] = field(default_factory=list)

    def add(self, problem: str, place: tuple[str, int] | None = None, key: str = "") -> None:
        """Add a mistake, at a key of a table; `place` is the name of the tables and which of them, from 0."""
        line = self.file.line_of(place[0], place[1], key) if self.file and place else None
        self.found.append((line, problem))

    def refuse(self) -> None:
        """Raise BadFile with all mistakes, in the order of their lines, when there are some."""
        if not self.found:
            return
        told = sorted(self.found, key=lambda mistake: mistake[0] or 0)
        (line, first), others = told[0], told[1:]
        rest = [f"line {at}: {text}" if at else text for at, text in others[: MOST_TOLD - 1]]
        more = len(told) - MOST_TOLD
        rest += [f"and {more} more"] if more > 0 else []
        raise BadFile(self.path, "\n  ".join([first, *rest]), line)


def checked_values(
    mistakes: Mistakes, place: tuple[str, int], name: str, table: Mapping[str, Any], keys: set[str]
) -> dict[str, Any]:
    """Return the values of a `table` called `name`, dates as ISO 8601 and lists as tuples; what is wrong goes to `mistakes`."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in keys:
            mistakes.add(f"{name}: {unknown_key(key, keys)}", place, key)
        elif problem := _problem(key, value):
            mistakes.add(f"{name}: {problem}", place, key)
        else:
            values[key] = _as_kept(key, value)
    return values


def unknown_key(key: str, keys: set[str]) -> str:
    """Return what is said of a key that nothing reads, probably a misspelling."""
    near = get_close_matches(key, sorted(keys), n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"unknown key {key!r} (there are: {', '.join(sorted(keys))}){meant}"


def _as_kept(key: str, value: Any) -> str | tuple[str, ...]:
    """A value that was checked."""
    if key in LISTS:
        return tuple(value)
    return _date_text(value) if key in DATES else str(value)


def _date_text(value: object) -> str:
    """A date of TOML or a text, as a text."""
    return value.isoformat()[:10] if isinstance(value, datetime.date) else str(value)


def _problem(key: str, value: object) -> str:
    """What is wrong with a value; "" for nothing."""
    if key in LISTS:
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if texts else f'{key} is a list of texts, such as ["…", "…"]'
    if key in DATES:
        return _wrong_date(key, _date_text(value))
    if not isinstance(value, str):
        return f"{key} is a text in quotation marks"
    return _wrong_text(key, value)


def _wrong_date(key: str, text: str) -> str:
    """What is wrong with a date: its form, or a day that no month has."""
    if not ISO_DATE.fullmatch(text):
        return f"{key} = {text!r} is no date (2019, 2019-06 or 2019-06-12)"
    try:
        datetime.date.fromisoformat(text if len(text) > len("2019-06") else "2000-01-01")
    except ValueError:
        return f"{key} = {text!r} is no date: that month has no such day"
    return ""


def _wrong_text(key: str, value: str) -> str:
    """What is wrong with a text: a kind or a language that is not known, an address without a scheme."""
    if key == "kind" and value not in set(DocumentKind):
        near = get_close_matches(value.casefold(), list(DocumentKind), n=1)
        meant = f"; did you mean {str(near[0])!r}?" if near else ""
        return f"kind {value!r} is none of {', '.join(DocumentKind)}{meant}"
    if key == "language" and not is_language(value):
        return f"language {value!r} is no language code, such as en, fr or en-GB"
    if key == "file" and value != WITHHELD:
        return f'file = {value!r}: the one value is "{WITHHELD}", for a file that readers cannot open'
    if key in _ADDRESSES and not _ADDRESS.fullmatch(value):
        return f"{key} = {value!r} is no address; it begins with https:// or another scheme"
    return ""


def is_language(tag: str) -> bool:
    """Return a tag of a language by RFC 5646: `en`, `en-GB`, `pt_BR`, `gsw`.

    >>> is_language("en-GB"), is_language("English"), is_language("xx")
    (True, False, False)
    """
    match = _TAG.fullmatch(tag)
    return match is not None and (len(match["language"]) > 2 or match["language"].lower() in _LANGUAGES)
