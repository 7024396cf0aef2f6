"""The evidence basket: passages in order, with notes and labels, exported, and checked again a year later. Its address is the basket."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import ClassVar
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.basket.basket import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_ITEMS,
    Basket,
    Evidence,
    Item,
    by_label,
    collect,
    labels_in,
    moved,
)
from search.basket.docx_file import write_docx
from search.basket.formats import NO_NAME, label_rows, own_lines, write_csv, write_markdown
from search.basket.reading import HEADING, read_lines, read_text
from search.citations.reference_managers import write_bibtex, write_csl_json, write_ris
from search.errors import UsageProblem
from search.permalinks import slug
from webapp.context import AROUND_A_FILE, services
from webapp.pages.head_tags import coins
from webapp.pages.presenters import difference
from webapp.rendering import Page, render

basket = Blueprint("basket", __name__)
LARGEST_EXPORT = 10_000_000  # bytes of an export that is handed in again
LONGEST_ADDRESS = 120_000  # characters; a server takes a little more (`webapp.serve.LONGEST_HEADER`)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketExport(Page):
    """A basket as a page that stands alone."""

    TEMPLATE: ClassVar[str] = "basket_export.html"
    name: str
    evidence: Sequence[Evidence]
    labels: Sequence[tuple[str, str]]
    own: Callable[[Evidence], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPage(Page):
    """The passages of a basket in order."""

    TEMPLATE: ClassVar[str] = "basket.html"
    name: str
    labels: Sequence[tuple[str, Sequence[int]]]
    shown: Sequence[Mapping[str, object]]
    exports: Sequence[tuple[str, str]]
    renewed: str
    others: str
    left: int
    changed: int
    moved: int
    longest: Mapping[str, int]
    largest: int


def write_html(evidence: Sequence[Evidence], name: str) -> str:
    """Return a page that stands alone."""
    rows = label_rows(evidence)
    return render(BasketExport(name=name or NO_NAME, evidence=evidence, labels=rows, own=own_lines))


FORMATS: Mapping[str, tuple[str, str, Callable[[Sequence[Evidence], str], str | bytes]]] = {
    "md": ("Markdown", "text/markdown", write_markdown),
    "docx": ("Word", _DOCX, write_docx),
    "html": ("HTML", "text/html", write_html),
    "csv": ("CSV", "text/csv", lambda e, _: write_csv(e)),
    "ris": (
        "RIS",
        "application/x-research-info-systems",
        lambda e, _: write_ris(i.as_reference() for i in e),
    ),
    "bib": ("BibTeX", "application/x-bibtex", lambda e, _: write_bibtex(i.as_reference() for i in e)),
    "json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        lambda e, _: write_csl_json(i.as_reference() for i in e),
    ),
}
"""Each ending with its name, its media type, and what writes it."""


@basket.get("/basket")
def show_basket() -> str:
    """Return the passages of the address, `p` each, with `n` for the notes and `l` for the labels in the same order; `name` is its name."""
    every = _asked()
    items, others = every.items[:MOST_ITEMS], every.items[MOST_ITEMS:]
    evidence = collect(items, services().room, services().site_url)
    renewed = (*(_renewed(found) for found in evidence), *others)
    return render(
        BasketPage(
            name=every.name,
            labels=[(label, [number for number, _ in places]) for label, places in by_label(evidence)],
            others=_address(replace(every, items=others)),
            left=len(others),
            shown=[_row(every, at, found) for at, found in enumerate(evidence)],
            exports=[
                (name, _address(replace(every, items=items), f"/basket/evidence.{form}"))
                for form, (name, _, _) in FORMATS.items()
            ],
            renewed=_address(replace(every, items=renewed)),
            changed=sum(not found.stands for found in evidence),
            moved=sum(found.state == "moved" for found in evidence),
            longest={"note": LONGEST_NOTE, "name": LONGEST_NAME},
            largest=LARGEST_EXPORT // 1_000_000,
        )
    )


@basket.get("/basket/evidence.<any(md,docx,html,csv,ris,bib,json):form>")
def export_basket(form: str) -> Response:
    """Return the basket as a file."""
    _, kind, write = FORMATS[form]
    asked = _asked()
    if len(asked.items) > MOST_ITEMS:
        raise UsageProblem(f"{len(asked.items)} passages; a basket holds {MOST_ITEMS}: make two of it")
    content = write(collect(asked.items, services().room, services().site_url), asked.name)
    response = Response(content, mimetype=kind)
    name = slug(asked.name) if asked.name else "evidence"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@basket.post("/basket")
def read_export() -> AnyResponse:
    """Redirect to the basket of an export handed in again, with its notes and labels."""
    request.max_content_length = LARGEST_EXPORT + AROUND_A_FILE
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise UsageProblem("no file was chosen: choose an export of a basket")
    found = _read_export(upload.read(), upload.filename[-120:])
    if not found.items:
        raise UsageProblem("there is no permanent link of this reading room in the file")
    _refuse_long(found)
    address = _address(found)
    if len(address) > LONGEST_ADDRESS:
        raise UsageProblem(
            f"{len(found.items)} passages with their notes are too long for one basket: hand them in in two files"
        )
    return redirect(address, 303)


def _read_export(content: bytes, name: str) -> Basket:
    """The basket of a file; Word files and pages are read by the program that reads drafts."""
    if not name.lower().endswith((".docx", ".html", ".htm")):
        return read_text(_text(content))
    read = services().read_draft
    if read is None:
        raise UsageProblem(
            "Word files and pages are not read here: hand in the Markdown, CSV, RIS, BibTeX or JSON export"
        )
    blocks = read(content, name).blocks
    return read_lines((f"{HEADING}{b.text}" if b.heading else b.text, b.quoted) for b in blocks)


def _text(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or as Excel saves tables without either."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _refuse_long(found: Basket) -> None:
    """Raises UsageProblem with the remedy for a name, a note or labels that are longer than a basket holds."""
    if len(found.name) > LONGEST_NAME:
        raise UsageProblem(
            f"the name of a basket may have {LONGEST_NAME} characters, this one has {len(found.name)}"
        )
    for item in found.items:
        if len(item.note) > LONGEST_NOTE:
            raise UsageProblem(
                f"the note on {item.passage_id} has {len(item.note)} characters; a note may have {LONGEST_NOTE} characters"
            )
        if len(", ".join(item.labels)) > LONGEST_NOTE:
            raise UsageProblem(f"the labels of {item.passage_id} may have {LONGEST_NOTE} characters together")


def _asked() -> Basket:
    """The basket of the address, each passage once."""
    ids, notes, labels = (request.args.getlist(name) for name in ("p", "n", "l"))
    rows = zip_longest(ids, notes[: len(ids)], labels[: len(ids)], fillvalue="")
    items = (
        Item(named.strip(), " ".join(note.split()), labels_in(said))
        for named, note, said in rows
        if named.strip()
    )
    asked = Basket.of(items, " ".join(request.args.get("name", "").split()))
    _refuse_long(asked)
    return asked


def _address(asked: Basket, path: str = "/basket") -> str:
    """The address of a basket; notes and labels up to the last that is not empty."""
    pairs = [("p", item.passage_id) for item in asked.items]
    pairs += [("n", note) for note in _to_the_last([item.note for item in asked.items])]
    pairs += [("l", said) for said in _to_the_last([", ".join(item.labels) for item in asked.items])]
    if asked.name:
        pairs.append(("name", asked.name))
    return f"{path}?{urlencode(pairs, quote_via=quote, safe='/')}".rstrip("?")


def _to_the_last(values: list[str]) -> list[str]:
    """The values up to the last that is not empty."""
    while values and not values[-1]:
        values.pop()
    return values


def _renewed(found: Evidence) -> Item:
    """The item under the id that its words have today."""
    return replace(found.item, passage_id=found.passage.passage_id) if found.state == "moved" else found.item


def _row(every: Basket, at: int, found: Evidence) -> dict[str, object]:
    """An item as the page shows it, with the addresses of the baskets in which it is moved, taken out or replaced."""
    items = every.items
    successor = found.now if found.state == "reworded" else None

    def address(changed: Sequence[Item]) -> str:
        return _address(replace(every, items=tuple(changed)))

    replaced = (
        [*items[:at], replace(items[at], passage_id=successor.passage_id), *items[at + 1 :]]
        if successor
        else []
    )
    return {
        "found": found,
        "coins": coins(found.citation),
        "up": address(moved(items, at, -1)) if at else None,
        "down": address(moved(items, at, 1)) if at + 1 < len(items) else None,
        "out": address([item for item in items if item is not items[at]]),
        "successor": successor,
        "changes": difference(found.passage.text, successor.text) if successor else [],
        "replace": address(replaced) if replaced else None,
    }
