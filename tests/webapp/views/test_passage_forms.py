"""A passage in other forms: references, selectors, the marked page; and what a head tells reference managers."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
import rispy
from flask.testing import FlaskClient
from pypdf import PdfReader

from search.citations.selectors import sentences_of
from tests.webapp.library import HEIGHT, MOVED, REWORDED, WITHDRAWN, Library
from tests.webapp.markup import read_page
from webapp.page_images.mark_pages import to_user_space


def annots(reader: PdfReader) -> list[Any]:
    """The annotations of each page."""
    return [page["/Annots"] for page in reader.pages]


def test_a_marked_page_has_a_real_highlight_where_the_words_stand(
    client: FlaskClient, library: Library
) -> None:
    found = library.report[2]
    reader = PdfReader(io.BytesIO(client.get(f"/p/{found.passage_id}.pdf").data))
    assert len(reader.pages) == 1
    assert reader.page_labels == ["1"]
    (annotation,) = [made.get_object() for made in annots(reader)[0]]
    assert annotation["/Subtype"] == "/Highlight"
    (box,) = found.boxes
    x0, y0, x1, y1 = map(float, annotation["/Rect"])
    assert (x0, y0, x1, y1) == (box.x0, HEIGHT - box.y1, box.x1, HEIGHT - box.y0)
    assert len(annotation["/QuadPoints"]) == 8
    assert f"/p/{found.passage_id}" in annotation["/Contents"]


def test_a_passage_over_two_pages_has_both_marked(client: FlaskClient, library: Library) -> None:
    reader = PdfReader(io.BytesIO(client.get(f"/p/{library.report[3].passage_id}.pdf").data))
    assert [len(made) for made in annots(reader)] == [1, 1]


@pytest.mark.parametrize("rotation", [0, 1, 2, 3])
def test_boxes_go_back_to_the_page_as_it_lies(rotation: int) -> None:
    left, bottom, right, top = shown = (10.0, 20.0, 410.0, 620.0)
    x, y = 100.0, 300.0  # a point of the page as it lies
    seen = {
        0: (x - left, top - y),
        1: (y - bottom, x - left),
        2: (right - x, y - bottom),
        3: (top - y, right - x),
    }[rotation]
    assert to_user_space((*seen, *seen), shown, rotation) == (x, y, x, y)


@pytest.mark.parametrize("document", ["speech", "gone", "changed"])
def test_what_cannot_be_marked_is_said(client: FlaskClient, library: Library, document: str) -> None:
    passages = {"speech": library.speech[0].passage_id}
    found = (
        passages.get(document)
        or client.get(f"/api/v1/documents/{document}/passages").json["passages"][0][  # type: ignore[index]
            "passage_id"
        ]
    )
    for form in ("pdf", "png"):
        assert client.get(f"/p/{found}.{form}").status_code == 404


def test_the_picture_shows_the_marks(client: FlaskClient, library: Library) -> None:
    found = library.report[2].passage_id
    with client.get(f"/p/{found}.png") as first, client.get("/d/report/page/2.png") as second:
        marked, plain = first.data, second.data
    assert marked[:4] == b"\x89PNG"
    assert marked != plain


def test_references_are_files(client: FlaskClient, library: Library) -> None:
    found = library.report[2].passage_id
    (record,) = rispy.loads(client.get(f"/p/{found}.ris").text)
    assert (record["start_page"], record["urls"]) == ("1", [f"http://localhost/p/{found}"])
    assert json.loads(client.get("/d/report.json").text)[0]["id"] == "report"
    assert client.get(f"/p/{found}.bib").headers["Content-Disposition"].endswith('.bib"')


def test_selectors_find_the_words_in_the_document(client: FlaskClient, library: Library) -> None:
    found = library.report[2]
    made = json.loads(client.get(f"/p/{found.passage_id}.jsonld").text)
    words, position, page = made["target"]["selector"]
    text = "\n".join(passage.text for passage in library.report)
    assert text[position["start"] : position["end"]] == words["exact"] == found.text
    assert text[: position["start"]].endswith(words["prefix"] + "\n")
    assert text[position["end"] :].startswith("\n" + words["suffix"])
    assert page["value"] == "page=2"


def test_other_forms_of_ids_that_went_answer_as_their_page_does(
    client: FlaskClient, library: Library
) -> None:
    moved = client.get(f"/p/report/{MOVED}.ris")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/p/{library.report[2].passage_id}.ris")
    gone = client.get(f"/p/speech/{WITHDRAWN}.pdf")
    assert (gone.status_code, gone.json["state"]) == (410, "withdrawn")  # type: ignore[index]
    assert client.get("/p/report/zzzzzzzzzz.ris").status_code == 404


def test_the_head_tells_zotero_what_it_is(client: FlaskClient, library: Library) -> None:
    found = library.report[2]
    page = read_page(client.get(f"/p/{found.passage_id}").text)
    tags = {tag["name"]: tag["content"] for tag in page.all("meta") if "name" in tag}
    assert tags["citation_title"] == "Symposium report, Geneva 2022"
    assert tags["citation_publication_date"] == "2022/07/13"
    assert tags["citation_firstpage"] == "1"
    assert tags["citation_pdf_url"] == "http://localhost/d/report.pdf"
    (span,) = [tag for tag in page.all("span") if tag.get("class") == "Z3988"]
    assert parse_qs(span["title"])["rft.title"] == ["Symposium report, Geneva 2022"]
    data = json.loads(next(text for text in page.texts("script") if text))
    assert (data["@type"], data["text"]) == ("Quotation", found.text)
    assert data["isPartOf"]["@type"] == "Report"


# --- sentences -------------------------------------------------------------------------------------------


def test_a_link_to_a_sentence_marks_it_alone(client: FlaskClient, library: Library) -> None:
    found = library.report[1]
    second = sentences_of(found.text)[1]
    page = read_page(client.get(f"/p/{found.passage_id}?s={second.name}").text)
    assert page.texts("mark") == [found.text[second.start : second.end]]
    links = [link for link in page.links if "?s=" in link]
    assert len(links) == 3
    assert "#:~:text=" in links[0]


def test_a_sentence_that_is_not_there_is_never_another_one(client: FlaskClient, library: Library) -> None:
    page = read_page(client.get(f"/p/{library.report[1].passage_id}?s=zzzzzz").text)
    assert page.texts("mark") == []
    assert "no sentence of this passage has its words" in page.text


def test_a_sentence_of_a_reworded_passage_is_offered_where_its_words_stand(
    client: FlaskClient, library: Library
) -> None:
    name = sentences_of(library.report[2].text)[0].name
    stands = client.get(f"/p/report/{REWORDED}?s={name}")
    assert stands.status_code == 410
    assert f"/p/{library.report[2].passage_id}?s={name}" in read_page(stands.text).links
    assert "Its words have changed, too." in client.get(f"/p/report/{REWORDED}?s=zzzzzz").text


def test_a_moved_passage_takes_the_sentence_along(client: FlaskClient) -> None:
    assert client.get(f"/p/report/{MOVED}?s=abcdef").headers["Location"].endswith("?s=abcdef")
