"""Scripts in every field of a document, and in everything that can be asked: on no page, and in no other form, do they run."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO, StringIO
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.room import ReadingRoom
from tests.webapp.hostile import PAYLOADS, HostileRoom, build_hostile, check_address, check_page
from tests.webapp.library import REWORDED, STATIC, WITHDRAWN
from webapp.addresses import PARAMETERS
from webapp.app import create_app
from webapp.http.security import HEADERS

ATOM = "{http://www.w3.org/2005/Atom}"
NUMBERS = range(len(PAYLOADS))
MOST_VISITED = 500  # pages of a walk along the links
OF_EACH = (
    "/d/d{n}",
    "/d/d{n}/page/1",
    "/d/d{n}.ris",
    "/d/d{n}.bib",
    "/d/d{n}.json",
    "/p/{p}",
    "/p/{p}?q=payload",
    "/p/{p}.ris",
    "/p/{p}.bib",
    "/p/{p}.json",
    "/p/{p}.jsonld",
    "/p/{note}",
    f"/p/d{{n}}/{REWORDED}",
    f"/p/d{{n}}/{WITHDRAWN}",
    "/themes/t{n}",
    "/themes/t{n}/compare",
    "/themes/t{n}.atom",
    "/editions/e{n}",
    "/search?q=payload&theme=t{n}",
    "/search?q=payload&document=d{n}",
    "/search?q=payload&beside={p}&theme=t{n}",
    "/search?q=payload&theme=t{n}&format=csv",
    "/search?q=payload&theme=t{n}&format=atom",
    "/search?q=payload&theme=t{n}&format=json",
    "/basket?p={p}&p=d{n}/" + REWORDED + "&n=x",
    "/basket/evidence.html?p={p}",
    "/basket/evidence.csv?p={p}",
    "/basket/evidence.ris?p={p}",
    "/api/v1/passages/{p}",
    "/api/v1/passages/{p}/similar",
    "/api/v1/documents/d{n}",
    "/api/v1/documents/d{n}/passages",
    "/api/v1/themes/t{n}",
)
FOR_ALL = (
    "/",
    "/search",
    "/documents/",
    "/themes/",
    "/editions/",
    "/about",
    "/help",
    "/help/api",
    "/suggest?q=payload",
    "/suggest?q=script",
    "/quote?text=payload+again",
    "/feed.atom",
    "/corrections.atom",
    "/sitemap.xml",
    "/themes.jsonld",
    "/themes.ttl",
    "/api/v1/openapi.json",
    "/api/v1/suggest?q=payload",
    "/api/v1/documents",
    "/api/v1/themes",
    "/api/v1/editions",
    "/api/v1/findings",
)
OTHER_NAMES = (
    "part",
    "passage",
    "s",
    "text",
    "first",
    "second",
    "p",
    "n",
    "limit",
    "by",
    "format",
    "v",
    "no",
)
NAMES = (*PARAMETERS, *OTHER_NAMES)
ASKED = (
    "/",
    "/search",
    "/documents/",
    "/d/d0",
    "/d/d0/page/1",
    "/p/{p}",
    f"/p/d0/{REWORDED}",
    "/themes/t0",
    "/themes/t0/compare",
    "/editions/e0",
    "/quote",
    "/suggest",
    "/basket",
    "/basket/evidence.html",
    "/basket/evidence.csv",
    "/batch",
    "/check",
    "/help",
    "/help/api",
    "/about",
    "/feed.atom",
    "/api/v1/search",
    "/api/v1/quote",
    "/nothing",
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> HostileRoom:
    return build_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def app(room: HostileRoom) -> Iterator[Flask]:
    opened = ReadingRoom(room.settings)
    yield create_app(room.settings, opened)
    opened.close()


def check(response: TestResponse) -> None:
    """Nothing in an answer of any form runs."""
    assert response.status_code < 500, response.request.path
    assert "Set-Cookie" not in response.headers
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    if "Location" in response.headers:
        check_address(response.headers["Location"])
        assert "alert" not in response.text.replace(escape(response.headers["Location"]), "")
        return
    kind = response.mimetype or ""
    if kind == "text/html":
        check_page(response.text, saved="Content-Disposition" in response.headers)
    elif kind == "application/atom+xml":
        check_feed(response.data)
    elif kind == "text/csv":
        check_table(response.text)
    elif kind.endswith("json"):
        json.loads(response.data)
    elif kind == "application/xml":
        ElementTree.fromstring(response.data)
    else:
        assert kind.startswith(
            (
                "application/x-",
                "application/vnd.openxmlformats",
                "text/turtle",
                "image/png",
                "application/pdf",
                "text/markdown",
            )
        )
        assert "html" not in kind


def check_feed(body: bytes) -> None:
    """A feed holds texts and ordinary addresses, and no element of another language."""
    for element in ElementTree.fromstring(body).iter():
        assert element.tag.startswith(ATOM), element.tag
        assert element.get("type") in (None, "text", "text/html", "application/atom+xml"), element.attrib
        if "href" in element.attrib:
            check_address(element.attrib["href"])


def check_table(text: str) -> None:
    """No cell begins a formula."""
    for row in csv.reader(StringIO(text.removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], row


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_in_a_document_runs(client: FlaskClient, room: HostileRoom, number: int) -> None:
    first, second = (p for p in room.passages if p.document_id == f"d{number}")
    for path in OF_EACH:
        address = path.format(n=number, p=first.passage_id, note=second.passage_id)
        response = client.get(address)
        assert response.status_code in (200, 410), address
        check(response)


@pytest.mark.parametrize("path", FOR_ALL)
def test_nothing_on_a_page_about_all_of_them_runs(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    check(response)


def test_the_words_are_there_all_the_same(client: FlaskClient, room: HostileRoom) -> None:
    """What is kept from running is shown as text, not thrown away."""
    for number, payload in enumerate(PAYLOADS):
        page = check_page(client.get(f"/d/d{number}").text)
        shown, wanted = (re.sub(r"[\s\x00-\x1f]+", " ", text) for text in (page.text, payload))
        assert wanted.strip() in shown


def test_a_walk_along_all_links_finds_nothing_that_runs(client: FlaskClient) -> None:
    waiting, seen = ["/"], {"/"}
    for visited in range(MOST_VISITED):
        if not waiting:
            break
        address = waiting.pop(
            visited * 7 % len(waiting)
        )  # here and there, so that not one kind of page takes all turns
        response = client.get(address, buffered=True)
        check(response)
        if response.mimetype == "text/html" and "Content-Disposition" not in response.headers:
            for link in check_page(response.text).links:
                bare = link.partition("#")[0]
                if bare.startswith("/") and bare not in seen:
                    seen.add(bare)
                    waiting.append(bare)
    assert len(seen) > MOST_VISITED


@pytest.mark.parametrize("path", ASKED)
def test_nothing_in_a_parameter_runs(client: FlaskClient, room: HostileRoom, path: str) -> None:
    address = path.format(p=room.passages[0].passage_id)
    for number, name in enumerate(NAMES):
        for payload in (PAYLOADS[number % len(PAYLOADS)], PAYLOADS[(number + 11) % len(PAYLOADS)]):
            check(client.get(address, query_string={name: payload}))
    for payload in PAYLOADS:
        check(client.get(address, query_string={"q": payload, payload: payload}))


@pytest.mark.parametrize("form", ["", "csv", "atom", "json"])
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_in_a_question_runs_in_any_form(client: FlaskClient, payload: str, form: str) -> None:
    for query in (
        {"q": payload},
        {"q": f"payload {payload}"},
        {"q": f'payload OR "{payload}"'},
        {"theme": payload},
    ):
        check(client.get("/search", query_string={**query, "format": form}))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_in_a_path_runs(client: FlaskClient, payload: str) -> None:
    part = quote(payload, safe="")
    for path in (
        "/{}",
        "/d/{}",
        "/d/d0/page/{}",
        "/p/{}/x",
        "/p/d0/{}",
        "/themes/{}",
        "/editions/{}",
        f"{STATIC}{{}}",
    ):
        check(client.get(path.format(part)))
    for path in ("/api/v1/{}", "/api/v1/documents/{}", "/api/v1/themes/{}", "/api/v1/passages/d0/{}"):
        check(client.get(path.format(part)))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_that_is_handed_in_runs(client: FlaskClient, room: HostileRoom, payload: str) -> None:
    for form in ("", "csv", "json", "html"):
        check(client.post("/check", data={"text": f"He said “payload again {payload}”.", "format": form}))
        check(
            client.post("/batch", data={"questions": f"payload\n{payload}", "format": form, "match": payload})
        )
    table = f'query,id\r\n"payload {payload.replace(chr(34), chr(34) * 2)}",1\r\n'.encode()
    check(client.post("/batch", data={"file": (BytesIO(table), f"{payload}.csv")}))
    link = f"http://x/p/{room.passages[0].passage_id} {payload}".encode()
    check(client.post("/basket", data={"file": (BytesIO(link), f"{payload}.md")}))
    note = {"p": room.passages[0].passage_id, "n": payload}
    for path in ("/basket", "/basket/evidence.html", "/basket/evidence.csv", "/basket/evidence.md"):
        check(client.get(path, query_string=note))


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<script src='//evil.example/x.js'></script>",
        "<img src='http://evil.example/x.png' alt=''>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='\x01javascript:alert(1)'>x</a>",
        "<a href='//evil.example'>x</a>",
        "<form action='data:text/html,x'></form>",
        "<p onclick='alert(1)'>x</p>",
        "<p style='background:url(x)'>x</p>",
        "<style>p { color: red }</style>",
        "<iframe></iframe>",
        "<meta http-equiv='refresh' content='0'>",
    ],
)
def test_the_check_itself_sees_what_runs(html: str) -> None:
    with pytest.raises((AssertionError, KeyError)):
        check_page(html)
