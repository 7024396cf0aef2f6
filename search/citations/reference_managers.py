"""Citations as files for reference managers: RIS, BibTeX, CSL-JSON. All are made of the same item (`search.citations.item`).

The page is the printed one; where the PDF counts otherwise, the note says so. The quoted words and a reader's own note
go into notes, where Zotero, EndNote and JabRef show them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.citations.item import Citation, csl_item
from search.citations.names import sorted_name
from search.store.records import Record

_RIS_TYPES = {"report": "RPRT", "speech": "GEN", "article": "GEN"}
_OUTSIDE = ".,:;!?()[]\"'“”‘’«»"
_LATEX = {
    "\\": "{\\textbackslash}",
    "{": "{\\lbrace}",
    "}": "{\\rbrace}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SIGNS = {written: sign for sign, written in _LATEX.items()}
_WRITTEN_OUT = re.compile("|".join(map(re.escape, _SIGNS)))


@dataclass(frozen=True, slots=True)
class Reference:
    """What goes into such a file: a citation, a place in words if it is of a passage, a reader's note and labels."""

    citation: Citation
    place: str | None = None
    note: str = ""
    labels: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The quoted words, in one line; empty for a whole document."""
        return " ".join(self.citation.passage.text.split()) if self.citation.passage else ""

    @property
    def notes(self) -> list[str]:
        """Quotation with its place, then the reader's own note."""
        quoted = f"“{self.words}” ({self.place})" if self.place else ""
        official = self.citation.published_at
        published = f"Published at {official}" if official else ""
        return [note for note in (quoted, self.own_note, published) if note]

    @property
    def own_note(self) -> str:
        """The reader's note in one line."""
        return " ".join(self.note.split())


def write_csl_json(references: Iterable[Reference]) -> str:
    """Return CSL-JSON: an array of items."""
    items = [_with_notes(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _with_notes(reference: Reference) -> Record:
    """The item with the notes in its one field for notes."""
    item = csl_item(reference.citation)
    item.pop("status", None)  # of use for our plain style only
    more = {"note": "\n".join(reference.notes), "keyword": ", ".join(reference.labels)}
    return {**item, **{name: value for name, value in more.items() if value}}


def write_ris(references: Iterable[Reference]) -> str:
    """Return RIS, one record after the other, with the ends of lines that the format asks for."""
    return "".join(
        f"{tag}  - {value}\r\n" for reference in references for tag, value in _ris_fields(reference)
    )


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """The fields of one record."""
    item = csl_item(reference.citation)
    yield "TY", _RIS_TYPES[item["type"]]
    yield "ID", item["id"]
    for name in item.get("author", ()):
        yield "AU", _line(sorted_name(name))
    for tag, field in (("TI", "title"), ("T2", "event-title"), ("CY", "event-place"), ("PB", "publisher")):
        if field in item:
            yield tag, _line(item[field])
    if "issued" in item:
        parts = item["issued"]["date-parts"][0]
        yield "PY", str(parts[0])
        yield (
            "DA",
            "/".join([str(parts[0]), *(f"{part:02}" for part in parts[1:]), *("",) * (3 - len(parts))]),
        )
    for tag, field in (("M3", "genre"), ("SN", "number"), ("SP", "page"), ("LA", "language"), ("UR", "URL")):
        if field in item:
            yield tag, _line(item[field])
    for label in reference.labels:
        yield "KW", _line(label)
    for note in reference.notes:
        yield "N1", note
    yield "ER", ""


def _line(text: str) -> str:
    """A value in one line."""
    return " ".join(str(text).split())


def write_bibtex(references: Iterable[Reference]) -> str:
    """Return BibTeX; the key of an entry is the id of what is cited."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    """One entry."""
    item = csl_item(reference.citation)
    kind = "techreport" if item["type"] == "report" and "publisher" in item else "misc"
    fields = (*_bibtex_fields(item, kind, reference.notes), *_bibtex_own(reference))
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{kind}{{{item['id']},\n{''.join(lines)}}}\n"


def _bibtex_fields(item: Mapping[str, object], kind: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    """Names and values of one entry."""
    names = list(item.get("author", ()))  # type: ignore[call-overload]
    if names:
        yield "author", " and ".join(map(_bibtex_name, names))
    yield "title", " ".join(map(_protected, str(item["title"]).split()))
    fields = {
        "institution" if kind == "techreport" else "publisher": "publisher",
        "type": "genre",
        "number": "number",
        "series": "event-title",
        "address": "event-place",
        "pages": "page",
        "language": "language",
    }
    for name, field in fields.items():
        if field in item:
            yield name, _latex(str(item[field]))
    if "issued" in item:
        parts = item["issued"]["date-parts"][0]  # type: ignore[index]
        yield "year", str(parts[0])
        yield "date", "-".join([str(parts[0]), *(f"{part:02}" for part in parts[1:])])
    yield "url", str(item["URL"])
    if notes:
        yield "annote", _latex(" ".join(notes))


def _bibtex_own(reference: Reference) -> Iterator[tuple[str, str]]:
    """What the reader adds; `comment` and `keywords` are the fields that JabRef keeps for it."""
    if reference.own_note:
        yield "comment", _latex(reference.own_note)
    if reference.labels:
        yield "keywords", _latex(", ".join(reference.labels))


def _bibtex_name(name: Mapping[str, str]) -> str:
    """A person as "Family, Given"; a group in braces, which keep it whole."""
    return f"{{{_latex(name['literal'])}}}" if "literal" in name else _latex(sorted_name(name))


def _protected(word: str) -> str:
    """A word of a title; one with capitals is in braces, for styles write titles small. Signs at its ends stay outside."""
    if word == word.lower():
        return _latex(word)
    core = word.strip(_OUTSIDE)
    before, _, behind = word.partition(core)
    return f"{_latex(before)}{{{_latex(core)}}}{_latex(behind)}"


def _latex(text: str) -> str:
    """A text in one line with LaTeX's signs written out."""
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def plain_latex(text: str) -> str:
    """Return a text with LaTeX's signs read back, the inverse of how they are written here.

    >>> plain_latex("50\\% {\\lbrace}a\\_b{\\rbrace}")
    '50% {a_b}'
    """
    return _WRITTEN_OUT.sub(lambda found: _SIGNS[found[0]], text)


FORMATS: Mapping[str, tuple[str, str, Callable[[Iterable[Reference]], str]]] = {
    "ris": ("application/x-research-info-systems", "ris", write_ris),
    "bibtex": ("application/x-bibtex", "bib", write_bibtex),
    "csl": ("application/vnd.citationstyles.csl+json", "json", write_csl_json),
}
"""Each format's media type, the ending of its files, and what writes it."""
