"""The basket: its address is all there is of it; every export holds the same, and can be handed in again."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import docx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient

from search.drafts.quotations import Block, Draft
from tests.webapp.library import MOVED, REWORDED, WITHDRAWN, Library
from tests.webapp.markup import read_page
from webapp.app import create_app
from webapp.views.basket import FORMATS


def address(*ids: str, notes: tuple[str, ...] = (), path: str = "/basket") -> str:
    return f"{path}?{urlencode([*(('p', i) for i in ids), *(('n', n) for n in notes)])}"


@pytest.fixture
def ids(library: Library) -> tuple[str, ...]:
    """Three passages that stand."""
    return (library.report[2].passage_id, library.speech[0].passage_id, library.report[1].passage_id)


def export(client: FlaskClient, ids: tuple[str, ...], form: str) -> bytes:
    notes = ("first note", "", "“third” & last")
    content: bytes = client.get(address(*ids, notes=notes, path=f"/basket/evidence.{form}")).data
    return content


def test_items_stand_in_the_order_of_the_address_with_their_notes(
    client: FlaskClient, library: Library, ids: tuple[str, ...]
) -> None:
    page = read_page(client.get(address(*ids, notes=("mine",))).text)
    wanted = [library.report[2].text, library.speech[0].text, library.report[1].text]
    assert page.texts("blockquote") == wanted
    assert [field["value"] for field in page.all("input") if field.get("name") == "n"] == ["mine", "", ""]


def test_items_are_moved_and_taken_out_by_links(client: FlaskClient, ids: tuple[str, ...]) -> None:
    html = client.get(address(*ids)).text
    page = read_page(html)
    first, second, third = ids
    assert f"/basket?p={second}&p={first}&p={third}" in page.links
    assert f"/basket?p={first}&p={third}" in page.links


def test_all_exports_hold_the_same_quotes_pages_and_ids(
    client: FlaskClient, library: Library, ids: tuple[str, ...]
) -> None:
    texts = [library.report[2].text, library.speech[0].text, library.report[1].text]
    pages = ["1", "", "1"]
    items = json.loads(export(client, ids, "json"))
    assert [item["id"] for item in items] == list(ids)
    assert [item.get("page", "") for item in items] == pages
    ris = rispy.loads(export(client, ids, "ris").decode())
    assert [(r["id"], r.get("start_page", "")) for r in ris] == list(zip(ids, pages, strict=True))
    entries = parse_string(export(client, ids, "bib").decode()).entries
    assert [
        (e.key, e.fields_dict["pages"].value if "pages" in e.fields_dict else "") for e in entries
    ] == list(zip(ids, pages, strict=True))
    rows = list(csv.DictReader(io.StringIO(export(client, ids, "csv").decode("utf-8-sig"))))
    assert [(row["passage_id"], row["page"], row["quote"]) for row in rows] == list(
        zip(ids, pages, texts, strict=True)
    )
    markdown, html = export(client, ids, "md").decode(), export(client, ids, "html").decode()
    word = "\n".join(p.text for p in docx.Document(io.BytesIO(export(client, ids, "docx"))).paragraphs)
    whole = [
        markdown,
        html,
        word,
        *("\n".join(r["notes"][0] for r in ris),),
        json.dumps(items, ensure_ascii=False),
        "\n".join(e["annote"] for e in entries),
    ]
    for text in whole:
        at = [text.index(words) for words in texts]
        assert at == sorted(at)
    for text in (markdown, html, word):
        assert all(f"/p/{passage_id}" in text for passage_id in ids)
        assert "first note" in text
        assert text.count("p. 1 (PDF p. 2)") == 2
    ours = [[note for note in r["notes"][1:] if not note.startswith("Published at ")] for r in ris]
    assert ours == [["first note"], [], ["“third” & last"]]


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_can_be_handed_in_again(
    library: Library, client: FlaskClient, ids: tuple[str, ...], form: str
) -> None:
    content = export(client, ids, form)

    def read(data: bytes, name: str) -> Draft:
        paragraphs = docx.Document(io.BytesIO(data)).paragraphs
        return Draft(name, tuple(Block(paragraph.text) for paragraph in paragraphs))

    reading = create_app(library.settings, read_draft=read).test_client()
    data = {"file": (io.BytesIO(content), f"evidence.{form}")}
    answer = reading.post("/basket", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/basket?" + "&".join(f"p={passage_id}" for passage_id in ids)


def test_what_became_of_each_item_is_said(client: FlaskClient, library: Library) -> None:
    gone = (f"report/{MOVED}", f"report/{REWORDED}", f"speech/{WITHDRAWN}", "never/zzzzzzzzzz")
    page = read_page(client.get(address(*gone)).text)
    said = " ".join(page.text.split())
    assert "3 passages are not published as collected any more" in said
    assert "1 passage has moved with the same words" in said
    assert "Reworded on 2 May 2024" in said
    assert "Withdrawn on 2 May 2024" in said
    assert "No passage never/zzzzzzzzzz was ever published here" in said
    assert page.texts("blockquote")[0] == library.report[2].text
    assert page.texts("blockquote")[1] == "A trust fund pays for old defence reform in a country."
    replaced = address(gone[0], library.report[2].passage_id, *gone[2:]).replace("%2F", "/")
    assert replaced in page.links
    csv_text = client.get(address(*gone, path="/basket/evidence.csv")).text
    assert [row["state"] for row in csv.DictReader(io.StringIO(csv_text.lstrip("\ufeff")))] == [
        "moved",
        "reworded",
        "withdrawn",
        "unknown",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        address(*[f"a/{n}" for n in range(101)], path="/basket/evidence.md"),
        address("a/b", notes=("x" * 501,)),
    ],
)
def test_too_much_is_refused(client: FlaskClient, wrong: str) -> None:
    assert client.get(wrong).status_code == 400


def test_a_basket_that_is_too_long_is_shown_in_two(client: FlaskClient) -> None:
    page = read_page(client.get(address(*[f"a/{n}" for n in range(103)])).text)
    assert len(page.texts("blockquote")) == 100
    assert "/basket?p=a/100&p=a/101&p=a/102" in page.links


@pytest.mark.parametrize("content", [b"", b"nothing", b"\xff\xfe\x00"])
def test_a_file_without_links_is_refused(client: FlaskClient, content: bytes) -> None:
    data = {"file": (io.BytesIO(content), "a.md")}
    answer = client.post("/basket", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "no permanent link" in answer.text
    assert client.post("/basket").status_code == 400


@pytest.mark.parametrize("broken", ["zz", "/", "//", "a/b/c", "\x00", "<b>/x", "\ufffe/\x0b"])
def test_what_was_never_an_id_is_listed_as_unknown_and_breaks_no_export(
    client: FlaskClient, broken: str
) -> None:
    page = client.get(address(broken, notes=("\x00\x0b",)))
    assert page.status_code == 200
    assert "never" in page.text or "unknown" in page.text
    for form in FORMATS:
        path = f"/basket/evidence.{form}"
        assert client.get(address(broken, notes=("\x00\x0b",), path=path)).status_code == 200
