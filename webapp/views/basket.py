"""The evidence basket: passages in order, with notes, exported, and checked again a year later. Its address is the basket."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.basket.basket import LONGEST_NOTE, MOST_ITEMS, Evidence, Item, collect, ids_in, moved
from search.basket.docx_file import write_docx
from search.basket.formats import write_csv, write_markdown
from search.citations.reference_managers import write_bibtex, write_csl_json, write_ris
from search.errors import UsageProblem
from webapp.context import desk
from webapp.pages.head_tags import coins
from webapp.pages.presenters import difference
from webapp.rendering import Page, render

basket = Blueprint("basket", __name__)
LARGEST_EXPORT = 10_000_000  # bytes of an export that is handed in again
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketExport(Page):
    """A basket as a page that stands alone."""

    TEMPLATE: ClassVar[str] = "basket_export.html"
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPage(Page):
    """The passages of a basket in order."""

    TEMPLATE: ClassVar[str] = "basket.html"
    shown: Sequence[Mapping[str, object]]
    exports: Sequence[tuple[str, str]]
    renewed: str
    others: str
    left: int
    changed: int
    moved: int
    longest: int


def write_html(evidence: Sequence[Evidence]) -> str:
    """A page that stands alone."""
    return render(BasketExport(evidence=evidence))


FORMATS: Mapping[str, tuple[str, str, Callable[[Sequence[Evidence]], str | bytes]]] = {
    "md": ("Markdown", "text/markdown", write_markdown),
    "docx": ("Word", _DOCX, write_docx),
    "html": ("HTML", "text/html", write_html),
    "csv": ("CSV", "text/csv", write_csv),
    "ris": ("RIS", "application/x-research-info-systems", lambda e: write_ris(i.as_reference() for i in e)),
    "bib": ("BibTeX", "application/x-bibtex", lambda e: write_bibtex(i.as_reference() for i in e)),
    "json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        lambda e: write_csl_json(i.as_reference() for i in e),
    ),
}
"""Each ending with its name, its media type, and what writes it."""


@basket.get("/basket")
def show_basket() -> str:
    """The passages of the address, `p` each, with `n` for the notes in the same order."""
    every = _items()
    items, others = every[:MOST_ITEMS], every[MOST_ITEMS:]
    evidence = collect(items, desk().room, desk().site_url)
    return render(
        BasketPage(
            others=_address(others),
            left=len(others),
            shown=[_row(every, at, found) for at, found in enumerate(evidence)],
            exports=[
                (name, f"{_address(items, f'/basket/evidence.{form}')}")
                for form, (name, _, _) in FORMATS.items()
            ],
            renewed=_address([*(_renewed(found) for found in evidence), *others]),
            changed=sum(not found.stands for found in evidence),
            moved=sum(found.state == "moved" for found in evidence),
            longest=LONGEST_NOTE,
        )
    )


@basket.get("/basket/evidence.<any(md,docx,html,csv,ris,bib,json):form>")
def export_basket(form: str) -> Response:
    """The basket as a file."""
    _, kind, write = FORMATS[form]
    items = _items()
    if len(items) > MOST_ITEMS:
        raise UsageProblem(f"{len(items)} passages; a basket holds {MOST_ITEMS}: make two of it")
    response = Response(write(collect(items, desk().room, desk().site_url)), mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="evidence.{form}"'
    return response


@basket.post("/basket")
def read_export() -> AnyResponse:
    """An export handed in again: leads to the basket of the passages that it links to, with their states."""
    request.max_content_length = LARGEST_EXPORT
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise UsageProblem("no file was chosen: choose an export of a basket")
    content, name = upload.read(), upload.filename[-120:]
    if name.lower().endswith(".docx"):
        read = desk().read_draft
        if read is None:
            raise UsageProblem("Word files are not read here: hand in the Markdown, CSV or RIS export")
        text = "\n".join(block.text for block in read(content, name).blocks)
    else:
        text = content.decode("utf-8", "replace")
    found = ids_in(text)
    if not found:
        raise UsageProblem("there is no permanent link of this reading room in the file")
    return redirect(_address([Item(passage_id) for passage_id in found]), 303)


def _items() -> list[Item]:
    """The items of the address, each passage once."""
    ids, notes = request.args.getlist("p"), request.args.getlist("n")
    if any(len(note) > LONGEST_NOTE for note in notes):
        raise UsageProblem(f"a note may have {LONGEST_NOTE} characters")
    listed: dict[str, str] = {}
    for passage_id, note in zip(ids, [*notes, *[""] * len(ids)], strict=False):
        if passage_id.strip():
            listed[passage_id.strip()] = listed.get(passage_id.strip()) or note.strip()
    return [Item(passage_id, note) for passage_id, note in listed.items()]


def _address(items: Sequence[Item], path: str = "/basket") -> str:
    """The address of a basket; notes up to the last that is not empty."""
    pairs = [("p", item.passage_id) for item in items]
    notes = [item.note for item in items]
    while notes and not notes[-1]:
        notes.pop()
    return f"{path}?{urlencode([*pairs, *(('n', note) for note in notes)], quote_via=quote, safe='/')}"


def _renewed(found: Evidence) -> Item:
    """The item under the id that its words have today."""
    return Item(found.passage.passage_id, found.item.note) if found.state == "moved" else found.item


def _row(items: Sequence[Item], at: int, found: Evidence) -> dict[str, object]:
    """An item as the page shows it, with the addresses of the baskets in which it is moved, taken out or replaced."""
    rest = [item for item in items if item is not items[at]]
    successor = found.now if found.state == "reworded" else None
    replaced = (
        [*items[:at], Item(successor.passage_id, items[at].note), *items[at + 1 :]] if successor else []
    )
    return {
        "found": found,
        "coins": coins(found.citation),
        "up": _address(moved(items, at, -1)) if at else None,
        "down": _address(moved(items, at, 1)) if at + 1 < len(items) else None,
        "out": _address(rest) if rest else "/basket",
        "successor": successor,
        "changes": difference(found.passage.text, successor.text) if successor else [],
        "replace": _address(replaced) if replaced else None,
    }
