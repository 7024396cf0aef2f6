"""The basket: its address is all there is of it; every export holds the same, and can be handed in again."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import docx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cli.support.draft_worker import read_upload
from tests.webapp.library import MOVED, REWORDED, WITHDRAWN, Library
from tests.webapp.markup import read_page
from webapp.app import create_app
from webapp.views.basket import FORMATS


def address(
    *ids: str,
    notes: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    name: str = "",
    path: str = "/basket",
) -> str:
    pairs = [*(("p", i) for i in ids), *(("n", n) for n in notes), *(("l", said) for said in labels)]
    return f"{path}?{urlencode([*pairs, *([('name', name)] if name else [])])}"


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
    assert ours == [["Note: first note"], [], ["Note: “third” & last"]]


NOTES = (
    "=1+1, see [1] & <b>the *table*</b> | p. 3_a",
    "",
    "“third” & last {50 %} — déjà vu, 日本 \\\\ ~ ^ #1",
)
LABELS = ("funding, lessons learned", "", "funding, A|B & <c>")


def handed_in(library: Library, content: bytes, name: str) -> TestResponse:
    """The answer to a file that is handed in, read as the server reads it."""
    reading = create_app(library.settings, read_draft=read_upload).test_client()
    data = {"file": (io.BytesIO(content), name)}
    return reading.post("/basket", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_gives_notes_and_labels_back(
    library: Library, client: FlaskClient, ids: tuple[str, ...], form: str
) -> None:
    named = "Trust funds: what helped" if form in ("md", "docx", "html") else ""
    asked = address(*ids, notes=NOTES, labels=LABELS, name=named)
    content = client.get(asked.replace("/basket", f"/basket/evidence.{form}")).data
    answer = handed_in(library, content, f"evidence.{form}")
    assert answer.status_code == 303, answer.text
    assert parse_qs(urlsplit(answer.headers["Location"]).query, keep_blank_values=True) == parse_qs(
        urlsplit(asked).query, keep_blank_values=True
    )


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_says_which_passages_have_which_label(
    client: FlaskClient, ids: tuple[str, ...], form: str
) -> None:
    asked = address(*ids, labels=LABELS, path=f"/basket/evidence.{form}")
    content = client.get(asked).data
    if form == "docx":
        (table,) = docx.Document(io.BytesIO(content)).tables
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert [row[0] for row in rows] == ["Label", "funding", "lessons learned", "A|B & <c>"]
        assert rows[1][1].startswith("1. ") and "; 3. " in rows[1][1]
    elif form == "html":
        heads = read_page(content.decode()).texts("th")
        assert heads == ["Label", "Passages", "funding", "lessons learned", "A|B & <c>"]
    elif form == "md":
        assert "| Label | Passages |\n|---|---|\n| funding | 1. " in content.decode()
        assert "| A\\|B & \\<c\\> | 3. " in content.decode()
    elif form == "csv":
        rows_of = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        assert [row["labels"] for row in rows_of] == list(LABELS)
    elif form == "ris":
        words = [record.get("keywords", []) for record in rispy.loads(content.decode())]
        assert words == [["funding", "lessons learned"], [], ["funding", "A|B & <c>"]]
    elif form == "json":
        assert [item.get("keyword", "") for item in json.loads(content)] == list(LABELS)
    else:
        entries = [entry.fields_dict for entry in parse_string(content.decode()).entries]
        words = [fields["keywords"].value if "keywords" in fields else "" for fields in entries]
        assert words == ["funding, lessons learned", "", "funding, A|B \\& <c>"]


def test_the_page_has_a_table_of_evidence_by_label(client: FlaskClient, ids: tuple[str, ...]) -> None:
    page = read_page(client.get(address(*ids, labels=LABELS, name="Mine")).text)
    assert page.texts("h1") == ["Mine"]
    assert page.texts("caption") == ["Evidence by label"]
    cells = [" ".join(text.split()) for text in page.texts("td")]
    assert cells == ["1 3", "1", "3"]
    assert [field["value"] for field in page.all("input") if field.get("name") == "l"] == list(LABELS)


def test_an_export_that_a_spreadsheet_or_a_person_changed_is_read_all_the_same(
    library: Library, ids: tuple[str, ...]
) -> None:
    german = f"Passage_ID;Note;Labels\r\n{ids[0]};schön;eins, zwei\r\n".encode("cp1252")
    assert "n=sch%C3%B6n&l=eins%2C%20zwei" in handed_in(library, german, "x.csv").headers["Location"]
    wide = f"passage_id\tnote\n{ids[0]}\tmine\n".encode("utf-16")
    assert handed_in(library, wide, "x.txt").headers["Location"] == f"/basket?p={ids[0]}&n=mine"
    typed = f"see https://x.example/p/{ids[0]}\nNote: typed by hand, see /p/{ids[1]}\n/p/{ids[2]}\n".encode()
    assert handed_in(library, typed, "x.txt").headers["Location"] == (
        f"/basket?p={ids[0]}&p={ids[2]}&n=typed%20by%20hand%2C%20see%20/p/{ids[1]}"
    )


def test_a_note_that_is_too_long_for_a_basket_is_refused_by_its_passage_and_not_cut(
    library: Library, ids: tuple[str, ...]
) -> None:
    long = f"/p/{ids[0]}\nNote: {'x' * 501}\n".encode()
    answer = handed_in(library, long, "x.md")
    assert answer.status_code == 400
    assert f"the note on {ids[0]} has 501 characters" in answer.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{"items": 5}', "no permanent link"),
        ('{"items": null}', "no permanent link"),
        ("[null, 5]", "no permanent link"),
        ('[{"id": 5, "URL": ["report/aaaaaaaaaa"]}]', "no permanent link"),
        ('[{}, {"id": "report/aaaaaaaaaa", "keyword": ["a", "b"]}]', "entry 2, report/aaaaaaaaaa: keyword"),
        ('[{"id": "report/aaaaaaaaaa", "note": 5}]', "entry 1, report/aaaaaaaaaa: note"),
    ],
)
def test_json_of_another_shape_is_refused_with_its_place(library: Library, written: str, said: str) -> None:
    answer = handed_in(library, written.encode(), "x.json")
    assert answer.status_code == 400
    assert said in answer.text


def test_json_with_halves_of_pairs_and_with_nulls_is_read(library: Library, ids: tuple[str, ...]) -> None:
    entry = json.dumps([{"id": ids[0], "note": "Note: mine \ud800here", "keyword": None}])
    assert (
        handed_in(library, entry.encode(), "x.json").headers["Location"]
        == f"/basket?p={ids[0]}&n=mine%20here"
    )


def test_more_passages_than_a_basket_holds_are_all_read_back(library: Library) -> None:
    text = "\n".join(
        f"/p/report/{number:010d}".translate(str.maketrans("0189", "abcd")) for number in range(120)
    )
    answer = handed_in(library, text.encode(), "x.md")
    assert answer.headers["Location"].count("p=") == len(set(text.split()))


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


def test_nothing_handed_in_is_told(client: FlaskClient) -> None:
    answer = client.post("/basket")
    assert answer.status_code == 400
    assert "no file was chosen" in answer.text


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
