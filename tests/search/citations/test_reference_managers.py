"""Files for reference managers, read back by parsers that are not ours."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from search.citations.item import csl_item
from search.citations.reference_managers import Reference, write_bibtex, write_csl_json, write_ris
from search.citations.references import Citation, cite, locator
from search.model import Document
from tests.factories import EDITIONS, make_document, make_passages

AWKWARD = "50 % of {all} \\ money & $5_000 ~ #1 “quoted”\nover two lines"
REPORT = make_document(title="A report: 5 % & more", publisher="NATO", authors=("An office & co",))
SPEECH = make_document(
    "talk", kind="speech", speakers=("General Example", "Ms B"), date="2019-06", edition=None
)


def reference(document: Document, note: str = "my own note") -> Reference:
    """A passage on the printed page xiv, which is page 18 of the PDF."""
    passage = make_passages(
        document.document_id, ["First.", AWKWARD], page=18, page_end=18, page_label="xiv"
    )[1]
    edition = EDITIONS[1] if document.edition else None
    return Reference(Citation(document, edition, passage, "https://f.example"), locator(passage), note)


REFERENCES = [reference(REPORT), reference(SPEECH, "")]


def test_ris_is_read_back() -> None:
    first, second = rispy.loads(write_ris(REFERENCES))
    assert first["type_of_reference"] == "RPRT"
    assert first["id"] == REFERENCES[0].citation.passage.passage_id  # type: ignore[union-attr]
    assert first["authors"] == ["An office & co"]
    assert first["title"] == "A report: 5 % & more"
    assert (first["year"], first["date"]) == ("2022", "2022/07/13")
    assert first["start_page"] == "xiv"
    assert first["publisher"] == "NATO"
    assert first["notes"] == [f"“{' '.join(AWKWARD.split())}” (p. xiv (PDF p. 18))", "my own note"]
    assert first["urls"] == [REFERENCES[0].citation.link]
    assert second["authors"] == ["General Example", "Ms B"]
    assert second["date"] == "2019/06/"


def test_bibtex_is_read_back() -> None:
    library = parse_string(write_bibtex(REFERENCES), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    first, second = library.entries
    assert first.key == REFERENCES[0].citation.passage.passage_id  # type: ignore[union-attr]
    assert first.entry_type == "techreport"
    assert first["title"] == "A report: 5 % & more"
    assert first["author"] == "An office & co"
    assert (first["pages"], first["year"], first["date"]) == ("xiv", "2022", "2022-07-13")
    assert " ".join(AWKWARD.split()) in first["annote"].replace("''", "”").replace("``", "“")
    assert first["url"] == REFERENCES[0].citation.link
    assert second.entry_type == "misc"
    assert second["author"] == "General Example and Ms B"


ITEM_FIELDS = {  # the part of the CSL data schema (1.0.2) that we use: field and what its value must be
    "id": str,
    "type": str,
    "title": str,
    "publisher": str,
    "event-title": str,
    "event-place": str,
    "genre": str,
    "page": str,
    "language": str,
    "note": str,
    "URL": str,
}
ITEM_TYPES = {"report", "speech", "article"}


def faults(item: dict[str, Any]) -> list[str]:
    """What of an item is against the schema."""
    found = [
        f"{name}: {value!r}"
        for name, value in item.items()
        if name not in ("author", "issued") and not isinstance(value, ITEM_FIELDS.get(name, ()))
    ]
    for name in item.get("author", []):
        if set(name) != {"literal"} or not isinstance(name["literal"], str):
            found.append(f"author: {name}")
    issued = item.get("issued")
    if issued is not None:
        (parts,) = issued["date-parts"]
        if (
            set(issued) != {"date-parts"}
            or not 1 <= len(parts) <= 3
            or not all(type(p) is int for p in parts)
        ):
            found.append(f"issued: {issued}")
    return found + [name for name in ("id", "type") if name not in item]


@pytest.mark.parametrize("document", [REPORT, SPEECH, replace(REPORT, date=None, authors=(), edition=None)])
def test_csl_json_fits_its_schema(document: Document) -> None:
    (item,) = json.loads(write_csl_json([reference(document)]))
    assert faults(item) == []
    assert item["type"] in ITEM_TYPES
    assert item["page"] == "xiv"


def test_all_formats_have_the_same_ids_pages_and_words() -> None:
    items = json.loads(write_csl_json(REFERENCES))
    ris = rispy.loads(write_ris(REFERENCES))
    library = parse_string(write_bibtex(REFERENCES))
    assert [i["id"] for i in items] == [r["id"] for r in ris] == [e.key for e in library.entries]
    assert (
        [i["page"] for i in items] == [r["start_page"] for r in ris] == [e["pages"] for e in library.entries]
    )
    assert all(i["note"].startswith(r["notes"][0]) for i, r in zip(items, ris, strict=True))


def test_a_document_as_a_whole_has_no_quotation_and_no_page() -> None:
    (item,) = json.loads(write_csl_json([Reference(Citation(REPORT, None, None, "https://f.example"))]))
    assert "note" not in item
    assert "page" not in item
    assert item["URL"] == "https://f.example/d/report"


def test_bibtex_protects_words_with_capitals_and_has_persons_by_family_name() -> None:
    document = make_document(
        title="R&D and drills in NATO: The 5% goal", authors=("Jory A. Ash", "Rowing Club")
    )
    made = write_bibtex([Reference(Citation(document, None, None))])
    assert r"title = {{R\&D} and drills in {NATO}: {The} 5\% goal}" in made
    assert "author = {Ash, Jory A. and {Rowing Club}}" in made


def test_the_symbol_of_a_document_stands_in_every_reference() -> None:
    document = make_document(
        title="Tolls of the bar",
        identifiers=("A/70/12/Rev.1", "ISBN 978-3-16-148410-0"),
        publisher="Harbour Board",
    )
    citation = Citation(document, None, None, "https://findings.example")
    assert json.loads(write_csl_json([Reference(citation)]))[0]["number"] == "A/70/12/Rev.1"
    assert "SN  - A/70/12/Rev.1\r\n" in write_ris([Reference(citation)])
    assert "number = {A/70/12/Rev.1}" in write_bibtex([Reference(citation)])
    assert "Tolls of the bar (A/70/12/Rev.1) [Report]" in cite(citation, "apa")
    assert "Tolls of the bar, A/70/12/Rev.1 (" in cite(citation, "chicago")
    assert "Tolls of the bar, A/70/12/Rev.1, " in cite(citation, "plain")


@pytest.mark.parametrize("identifiers", [(), ("ISBN 978-3-16-148410-0",), ("10.1000/182",), ("A/70/12",)])
def test_numbers_of_books_and_symbols_in_titles_are_not_said_as_symbols(identifiers: tuple[str, ...]) -> None:
    document = make_document(title="Tolls of the bar (A/70/12)", identifiers=identifiers)
    assert "number" not in csl_item(Citation(document, None, None))
