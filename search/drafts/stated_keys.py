"""Keys by which drafts name entries of a list of references: `[@key, p. 7]`, `\\cite[7]{key}`; and the entries of BibTeX files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_ENTRY = re.compile(r"@(\w+)\s*[{(]\s*([^\s,{}]+)\s*,")
_FIELD = re.compile(r"(?:^|,)\s*([A-Za-z][\w-]*)\s*=\s*", re.MULTILINE)
_NO_ENTRIES = frozenset(("comment", "string", "preamble"))
_TELLING = (
    "author",
    "editor",
    "institution",
    "organization",
    "title",
    "number",
    "note",
    "howpublished",
    "year",
    "date",
    "url",
)
"""Fields that tell which document an entry is of, in the order of a reference."""
_PANDOC = re.compile(r"-?@\{?([\w][\w:.#$%&+?<>~/-]*[\w/])\}?(?:\s*[,\[]?\s*([^;\[\]]*))?")
_LATEX = re.compile(r"\\\w*cite\w*\*?(?:\[([^\]]*)\])?(?:\[([^\]]*)\])?\{([^{}]+)\}")


def bibtex_entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield the key of each entry, and its telling fields as one text."""
    for match in _ENTRY.finditer(text):
        if match[1].lower() in _NO_ENTRIES:
            continue
        fields = dict(_fields(text[match.end() : _closing(text, match.end())]))
        said = [fields[name] for name in _TELLING if name in fields]
        yield match[2], ", ".join(part for part in said if part)


def _closing(text: str, at: int) -> int:
    """Where the brace that is open at a place is closed."""
    depth = 1
    for i in range(at, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if not depth:
            return i
    return len(text)


def _fields(body: str) -> Iterator[tuple[str, str]]:
    """Names and values of an entry's fields, braces and escapes gone."""
    for match in _FIELD.finditer(body):
        opening = body[match.end() : match.end() + 1]
        if opening == "{":
            value = body[match.end() + 1 : _closing(body, match.end() + 1)]
        elif opening == '"':
            value = body[match.end() + 1 :].partition('"')[0]
        else:
            value = re.split(r"[,\n]", body[match.end() :], maxsplit=1)[0]
        yield match[1].lower(), " ".join(re.sub(r"\\([&%$#_{}])|[{}]", r"\1", value).split())


def named_entries(text: str, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield for each key that a text names the place that is stated with it, and the entry. A key without one is its own entry."""
    for match in _LATEX.finditer(text):
        place = match[2] if match[2] is not None else match[1] or ""
        yield from ((_as_page(place), keys.get(key.strip(), key.strip())) for key in match[3].split(","))
    for match in _PANDOC.finditer(text):
        if match[1] in keys or "/" in match[1] or "[" in text[max(0, match.start() - 2) : match.start()]:
            yield _as_page(match[2] or ""), keys.get(match[1], match[1])


def _as_page(place: str) -> str:
    """A place that is a bare number is a page."""
    bare = place.replace("~", " ").strip()
    return f"p. {bare}" if re.fullmatch(r"[\divxlc]+(?:\s*[-–]+\s*[\divxlc]+)?", bare) else bare
