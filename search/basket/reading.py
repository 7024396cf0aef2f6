"""An export of a basket read back, whatever it is: ids, notes and labels. Other programs may have changed it in between.

Tables, RIS, BibTeX and CSL-JSON are told by their content, not by the name of the file. In texts, the permanent link of a passage
begins it, and "Note:" and "Labels:" behind the link are the reader's; a file without any of them still gives its links.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from search.basket.basket import LABELS, LONGEST_NAME, NOTE, Basket, Item, ids_in, labels_in
from search.basket.formats import NO_NAME
from search.citations.reference_managers import plain_latex
from search.errors import BadFile

_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?")
_BIB_ENTRY = re.compile(r"^[ \t]{0,20}@\w{1,40}[ \t]{0,20}[{(]", re.MULTILINE)
_BIB_FIELD = re.compile(r"(?<![\w-])(?P<name>[\w-]{1,40})[ \t]{0,20}=[ \t]{0,20}(?=[{\"])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|])")
_TAGS = re.compile(r"<[^<>]{1,200}>")  # what Zotero puts around notes
_MOST_FIELD = 100_000  # characters of a field of BibTeX; one that is not closed before is broken
HEADING = "# "
"""Begins the line of a text that is a heading."""
Line = tuple[str, bool]
"""A line of a text, and whether it is quoted: then it holds no words of the reader's own."""


def read_text(text: str) -> Basket:
    """Return the basket of an export that is text of any form. Raises BadFile."""
    text = text.removeprefix("\ufeff")
    for read in (_of_csl_json, _of_ris, _of_bibtex, _of_table):
        if items := list(read(text)):
            return Basket.of(items)
    return read_lines(
        (_ESCAPED.sub(r"\1", line), line.lstrip().startswith(">")) for line in text.splitlines()
    )


def read_lines(lines: Iterable[Line]) -> Basket:
    """Return the basket of the lines of a text, in which links, notes and labels stand one under the other; a first heading is its name."""
    items: list[Item] = []
    name = ""
    for line, quoted in lines:
        said = line.strip()
        if not (items or name) and said.startswith(HEADING):
            name = said.removeprefix(HEADING)[:LONGEST_NAME]
        elif items and not quoted and said.startswith(NOTE):
            items[-1] = _with(items[-1], note=said.removeprefix(NOTE))
        elif items and not quoted and said.startswith(LABELS):
            items[-1] = _with(items[-1], labels=said.removeprefix(LABELS))
        else:
            items += [Item(passage_id) for passage_id in ids_in(line)]
    return Basket.of(items, "" if name == NO_NAME else name)


def _with(item: Item, note: str = "", labels: str = "") -> Item:
    """An item with what a line says of it."""
    return Item(item.passage_id, item.note or _own(note), (*item.labels, *labels_in(labels)))


def _own(note: str) -> str:
    """A note in one line, without what stands before it in files."""
    return " ".join(note.split()).removeprefix(NOTE).strip()


def _of_table(text: str) -> Iterator[Item]:
    """The items of comma-separated values; spreadsheets of some countries write semicolons, or tabs."""
    heads = text.partition("\n")[0].casefold()
    if "passage_id" not in heads and "link" not in heads:
        return
    delimiter = max(",;\t", key=heads.count)
    rows = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    for row in _whole(rows):
        cells = {(name or "").strip().casefold(): _cell(value) for name, value in row.items()}
        for passage_id in ids_in(f"/p/{cells.get('passage_id', '').strip()} {cells.get('link', '')}")[:1]:
            yield Item(passage_id, _own(cells.get("note", "")), labels_in(cells.get("labels", "")))


def _whole(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows up to one that is longer than any table of ours."""
    with suppress(csv.Error):
        yield from rows


def _cell(value: object) -> str:
    """The text of a cell, without the apostrophe that keeps it from being run as a formula."""
    text = value if isinstance(value, str) else ""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def _of_csl_json(text: str) -> Iterator[Item]:
    """The items of CSL-JSON."""
    if not text.lstrip().startswith(("[", "{")):
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    entries = data.get("items") if isinstance(data, dict) else data
    for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
        if isinstance(entry, dict):
            yield from _of_entry(number, entry)


def _of_entry(number: int, entry: Mapping[str, object]) -> Iterator[Item]:
    """The item of an entry of CSL-JSON. Raises BadFile for words of the reader's own that are no text, so that none are lost."""
    link, passage_id, note, labels = (_said(entry.get(name)) for name in ("URL", "id", "note", "keyword"))
    for item in _items(link, passage_id, note.split("\n"), labels):
        for name in ("note", "keyword"):
            if not isinstance(entry.get(name, ""), str | None):
                raise BadFile(
                    "CSL-JSON",
                    f"entry {number}, {item.passage_id}: {name} is to be a text, in quotation marks",
                )
        yield item


def _said(value: object) -> str:
    """A value that is a text, without halves of pairs, which escapes can write and no address can; "" for any other."""
    return value.encode("utf-8", "ignore").decode("utf-8") if isinstance(value, str) else ""


def _items(link: str, passage_id: str, notes: Iterable[str], labels: str) -> Iterator[Item]:
    """The item of a record, where it has a link or an id of ours."""
    own = [_own(plain) for note in notes if (plain := _without_tags(note)).strip().startswith(NOTE)]
    for found in ids_in(f"{link} /p/{passage_id}")[:1]:
        yield Item(found, " ".join(own), labels_in(labels))


def _without_tags(note: str) -> str:
    """A note in plain words; reference managers write notes as HTML. What only looks like it stays: "a < b"."""
    return html.unescape(_TAGS.sub("", note)) if note.lstrip().startswith("<") else note


def _of_ris(text: str) -> Iterator[Item]:
    """The items of RIS, record by record."""
    record: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _RIS_LINE.match(line.strip())
        if match is None:
            continue
        if match["tag"] == "ER":
            labels = ", ".join(record.get("KW", ()))
            notes = [*record.get("N1", ()), *record.get("AB", ())]
            yield from _items(" ".join(record.get("UR", ())), "".join(record.get("ID", ())), notes, labels)
            record = {}
        else:
            record.setdefault(match["tag"], []).append(match["value"] or "")


def _of_bibtex(text: str) -> Iterator[Item]:
    """The items of BibTeX."""
    starts = [match.end() for match in _BIB_ENTRY.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        key, _, body = text[start:end].partition(",")
        fields = _bibtex_fields(body)
        note = plain_latex(fields.get("comment", ""))
        notes = [note if note.startswith(NOTE) else f"{NOTE} {note}"] if note else []
        labels = plain_latex(fields.get("keywords", ""))
        yield from _items(fields.get("url", ""), key.strip(), notes, labels)


def _bibtex_fields(body: str) -> Mapping[str, str]:
    """The fields of an entry by their names in small letters."""
    fields: dict[str, str] = {}
    at = 0
    while match := _BIB_FIELD.search(body, at):
        end = _closed(body, match.end())
        fields[match["name"].casefold()] = body[match.end() + 1 : end]
        at = end
    return fields


def _closed(body: str, start: int) -> int:
    """Where a value ends that a brace or a quotation mark opens; braces inside it are in pairs."""
    depth, at = 0, start
    last = min(len(body), start + _MOST_FIELD)
    while at < last:
        depth += (body[at] == "{") - (body[at] == "}")
        if at > start and not depth and body[at] == ("}" if body[start] == "{" else '"'):
            return at
        at += 2 if body[at] == "\\" else 1
    return last
