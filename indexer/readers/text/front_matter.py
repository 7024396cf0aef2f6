"""Front matter of Markdown files: a small, well-defined part of YAML.

Between two lines `---` at the very beginning stand lines `key: value`. A value may stand in single or double quotes;
a list is `[a, b]`, or lines `- a` below the key; `#` after white space begins a comment. Nothing else of YAML is read.
"""

from __future__ import annotations

import re

from indexer.layout.words.cleaning import clean
from indexer.readers.shared.dates import find_date
from indexer.reading.reading import FoundMetadata

_FENCED = re.compile(r"\A\s*---[ \t]*\r?\n(?P<body>.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^(?P<key>[A-Za-z][\w \-]*?)\s*:(?:\s+(?P<value>.*))?$")
_ITEM = re.compile(r"^\s*-\s+(?P<value>.+)$")
_COMMENT = re.compile(r"\s+#.*$")
_LISTED = re.compile(r"\s*(?:;|,(?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*$))\s*")
_DATE = re.compile(r"^\d{4}(?:-\d\d(?:-\d\d)?)?$")
# Other names in use for the same things; keys are compared without case, with _ for blanks and hyphens.
_NAMES = {
    "author": "authors",
    "by": "authors",
    "speaker": "speakers",
    "lang": "language",
    "url": "source_url",
    "source": "source_url",
    "link": "source_url",
    "type": "kind",
    "published": "date",
}


def split_front_matter(text: str) -> tuple[FoundMetadata, str]:
    """Return (what the front matter says, the text below it). Text without front matter comes back whole."""
    match = _FENCED.match(text)
    if not match:
        return FoundMetadata(), text
    values = parse_front_matter(match["body"])
    if not values:
        return FoundMetadata(), text
    return found_metadata(values), text[match.end() :]


def parse_front_matter(body: str) -> dict[str, list[str]]:
    """Return the values by key; what is no `key: value` line or list item is left out."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in body.splitlines():
        item, pair = _ITEM.match(line), _LINE.match(line)
        if item and key:
            values[key].append(_unquoted(item["value"]))
        elif pair:
            key = re.sub(r"[ \-]+", "_", pair["key"].casefold())
            key = _NAMES.get(key, key)
            values[key] = _values(pair["value"] or "")
    return values


def _values(text: str) -> list[str]:
    """One value, or those of a bracketed list."""
    text = text.strip() if text.strip()[:1] in "\"'" else _COMMENT.sub("", text).strip()
    if text.startswith("[") and text.endswith("]"):
        return [value for part in _LISTED.split(text[1:-1]) if (value := _unquoted(part))]
    return [_unquoted(text)] if text else []


def _unquoted(text: str) -> str:
    """A value without its quotes."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace(f"\\{text[0]}", text[0])
    return clean(text)


def found_metadata(values: dict[str, list[str]]) -> FoundMetadata:
    """Return the metadata among the values; names of people may be one comma-separated value."""

    def one(key: str) -> str | None:
        return " ".join(values.get(key, ())) or None

    def several(key: str) -> tuple[str, ...]:
        listed = values.get(key, [])
        parts = _LISTED.split(listed[0]) if len(listed) == 1 else listed
        return tuple(part for part in parts if part)

    stated = one("date") or ""
    return FoundMetadata(
        title=one("title"),
        date=stated if _DATE.match(stated) else find_date(stated),
        authors=several("authors"),
        speakers=several("speakers"),
        language=one("language"),
        publisher=one("publisher"),
        source_url=one("source_url"),
        kind=one("kind"),
    )
