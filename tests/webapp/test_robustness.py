"""What attackers send first: paths that lead out, line ends for headers, false hosts, other methods; and the headers that guard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from search.room import ReadingRoom
from tests.webapp.library import MOVED, REWORDED, STATIC, WITHDRAWN, Library
from webapp.app import create_app
from webapp.http.security import HEADERS

UP = (
    "..", "../..", "../../../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd", "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "%2f%2fetc%2fpasswd", "..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd", "%5c%5cevil%5cshare", "....//....//etc/passwd", "..;/..;/etc/passwd", "..%00/", "%00", "room.css%00.png", "room.css/..", "./././app.py",
    "..%c0%af..%c0%afetc/passwd", "%c0%ae%c0%ae/app.py", "..%ef%bc%8fapp.py", "%e2%80%a5/app.py", "../app.py", "..%2fapp.py", "../templates/base.html", "C:/windows/win.ini",
    "C%3a%5cwindows%5cwin.ini", "file:///etc/passwd", "~root", "%7e/.ssh/id_rsa", ".", "%2e", ".%2e/app.py", "a/../../app.py", "a" * 5_000, "../" * 500 + "etc/passwd",
)  # fmt: skip
WITH_PATHS = (
    f"{STATIC}{{}}",
    "/d/{}",
    "/d/{}/page/1.png",
    "/d/{}/page/1",
    "/d/report/page/{}",
    "/d/report/page/{}.png",
    "/d/report/page/{}/small.png",
    "/d/{}.ris",
    "/d/{}.pdf",
    "/p/{}/h7hynrhjt6.png",
    "/p/report/{}.png",
    "/p/report/{}.pdf",
    "/themes/{}",
    "/editions/{}",
    "/basket/evidence.{}",
    "/api/v1/documents/{}/passages",
    "/{}",
)
SECRETS = ("root:", "create_app", "{% extends", "[fonts]", "PRIVATE KEY")
LINE_ENDS = ("\r\nX-Evil: 1", "\nX-Evil: 1", "\rX-Evil: 1", "%0d%0aX-Evil: 1", "\u010d\u010aX-Evil: 1", "\u2028X-Evil: 1", "\x85X-Evil: 1", "\x00X-Evil: 1")  # fmt: skip
KINDS_OF_ANSWERS = {
    "/": 200,
    "/search?q=trust": 200,
    "/search?q=trust&format=csv": 200,
    "/search?q=trust&format=atom": 200,
    "/search?q=trust&format=json": 200,
    "/search?theme=nothing": 400,
    "/d/report": 200,
    "/d/report/page/1.png": 200,
    "/d/report.ris": 200,
    "/p/report/h7hynrhjt6.pdf": 200,
    f"/p/report/{MOVED}": 301,
    f"/p/report/{REWORDED}": 410,
    f"/p/speech/{WITHDRAWN}.json": 410,
    "/documents": 308,
    "/nothing": 404,
    f"{STATIC}room.css": 200,
    f"{STATIC}nothing": 404,
    "/healthz": 200,
    "/readyz": 200,
    "/feed.atom": 200,
    "/sitemap.xml": 200,
    "/api/v1/search": 200,
    "/api/v1/search?page=x": 400,
    "/api/v1/documents/nothing": 404,
    "/api/v1/nothing": 404,
    "/api/v1/openapi.json": 200,
    "/basket/evidence.csv": 200,
}
FALSE = "evil.example"
NAMING_HOSTS = (
    "/",
    "/feed.atom",
    "/corrections.atom",
    "/themes/trust-funds.atom",
    "/search?q=trust&format=atom",
    "/search?q=trust&format=csv",
    "/sitemap.xml",
    "/opensearch.xml",
    "/themes.ttl",
    "/themes.jsonld",
    "/d/report",
    "/d/report.ris",
    "/p/report/h7hynrhjt6",
    "/p/report/h7hynrhjt6.bib",
    "/p/report/h7hynrhjt6.jsonld",
    f"/p/report/{MOVED}",
    f"/p/report/{REWORDED}",
    "/documents",
    "/basket?p=report/h7hynrhjt6",
    "/basket/evidence.md?p=report/h7hynrhjt6",
    "/quote?text=trust+funds+be+planned",
    "/api/v1/passages/report/h7hynrhjt6",
    "/api/v1/search?limit=1",
    "/help/api",
    "/nothing",
)


@pytest.mark.parametrize("path", UP, ids=lambda path: path[:40])
def test_no_path_leads_out(client: FlaskClient, path: str) -> None:
    for pattern in WITH_PATHS:
        response = client.get(pattern.format(path), buffered=True)
        assert response.status_code in (200, 301, 308, 400, 404), pattern
        assert not [secret for secret in SECRETS if secret in response.text], pattern
        where = urlsplit(response.headers.get("Location", ""))
        assert where.netloc in ("", "localhost"), "a redirect leads to another host"


@pytest.mark.parametrize("path", UP, ids=lambda path: path[:40])
def test_no_path_leads_out_as_a_server_hands_it_over(app: Flask, path: str) -> None:
    """Past the client, which tidies addresses up: PATH_INFO is whatever a server decoded, `//` and backslashes included."""
    for before in (STATIC, "/d/", "/p/report/", ""):
        environ = EnvironBuilder().get_environ()
        environ["PATH_INFO"] = before + path
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        text = b"".join(body).decode("utf-8", "replace")
        assert int(status[:3]) in (200, 301, 308, 400, 404)
        assert not [secret for secret in SECRETS if secret in text]
        assert urlsplit(headers.get("Location", "")).netloc in ("", "localhost")


@pytest.mark.parametrize("written", LINE_ENDS, ids=ascii)
@pytest.mark.parametrize(
    "path",
    [
        f"/p/report/{MOVED}",
        f"/p/report/{MOVED}.ris",
        "/search",
        "/search?format=csv",
        "/api/v1/search?limit=1",
        "/documents",
        "/basket/evidence.csv",
        "/d/report.ris",
    ],
)
def test_no_line_end_gets_into_a_header(client: FlaskClient, path: str, written: str) -> None:
    """Where what was asked for comes back in `Location`, `Link`, `Content-Disposition` or `ETag`."""
    for name in ("q", "v", "theme", "without", written):
        response = client.get(path, query_string=None if "?" in path else {name: written})
        check_headers(response.headers.to_wsgi_list())
        response = client.get(path, headers={"If-None-Match": f'"{written!a}"', "Range": "bytes=0-x"})
        check_headers(response.headers.to_wsgi_list())


@pytest.mark.parametrize("written", LINE_ENDS, ids=ascii)
def test_no_line_end_in_a_path_gets_into_a_header(app: Flask, written: str) -> None:
    for path in (
        f"/{written}",
        f"/documents{written}",
        f"/d/{written}.ris",
        f"//{FALSE}/{written}",
        f"/themes/{written}",
    ):
        environ = EnvironBuilder().get_environ()
        environ["PATH_INFO"] = path.encode().decode("latin-1")
        environ["QUERY_STRING"] = written.encode().decode("latin-1")
        _, status, headers = run_wsgi_app(app, environ, buffered=True)
        assert int(status[:3]) < 500
        check_headers(headers.to_wsgi_list())


def check_headers(listed: list[tuple[str, str]]) -> None:
    """Header values are one line of printable characters, and none was made up."""
    for name, value in listed:
        assert name != "X-Evil"
        assert re.fullmatch(r"[\x20-\x7e]*", value), (name, value)


@pytest.mark.parametrize("path", KINDS_OF_ANSWERS)
def test_every_answer_carries_the_headers_that_guard(client: FlaskClient, path: str) -> None:
    for method in ("GET", "HEAD"):
        response = client.open(path, method=method, buffered=True)
        assert response.status_code == KINDS_OF_ANSWERS[path]
        for name, value in HEADERS.items():
            assert response.headers.getlist(name) == [value]
        assert "Server" not in response.headers
        assert "Set-Cookie" not in response.headers
        assert response.content_length != 0 or response.status_code >= 300


def test_the_policy_lets_nothing_in() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'"
    assert policy["form-action"] == "'self'"
    assert not [name for name in policy if name.startswith(("script", "style"))], "both fall back to 'self'"


@pytest.fixture(scope="module")
def public(library: Library) -> Iterator[Flask]:
    """The app as it is set up behind a public address."""
    settings = replace(library.settings, site_url="https://findings.example")
    room = ReadingRoom(settings)
    yield create_app(settings, room)
    room.close()


@pytest.mark.parametrize("path", NAMING_HOSTS)
def test_a_false_host_stands_nowhere_where_a_public_address_is_set(public: Flask, path: str) -> None:
    """In no feed, citation, sitemap or redirect, whatever a request or a proxy's headers claim."""
    claims = {
        "Host": FALSE,
        "X-Forwarded-Host": FALSE,
        "X-Forwarded-For": FALSE,
        "X-Original-URL": f"http://{FALSE}/",
        "Forwarded": f"host={FALSE};proto=https",
        "X-Forwarded-Proto": "javascript",
    }
    response = public.test_client().get(path, headers=claims)
    assert response.status_code < 500
    assert FALSE not in response.text
    assert FALSE not in str(response.headers)


@pytest.mark.parametrize("path", ["/documents", "/themes", "/d//report", "/editions?x=//y"])
def test_a_redirect_names_no_host(client: FlaskClient, path: str) -> None:
    """Routing would make a whole address of the host that a request claims, and a cache would keep it."""
    response = client.get(path, headers={"Host": FALSE})
    assert response.status_code == 308
    assert re.match(r"/[^/\\]", response.headers["Location"])
    assert FALSE not in response.text
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("path", NAMING_HOSTS)
def test_headers_of_proxies_are_not_believed(client: FlaskClient, path: str) -> None:
    claims = {
        "X-Forwarded-Host": FALSE,
        "Forwarded": f"host={FALSE}",
        "X-Host": FALSE,
        "X-Forwarded-Prefix": "/x",
    }
    response = client.get(path, headers=claims)
    assert FALSE not in response.text
    assert FALSE not in str(response.headers)


@pytest.mark.parametrize(
    "host",
    [
        "a b",
        'x"><script>alert(1)</script>',
        "x/y",
        "x@y",
        "x\\y",
        "[::1",
        "x:y:z",
        "x#y",
        "x?y",
        "'x",
        "%0d%0a",
    ],
)
def test_a_host_that_is_none_is_refused_or_named_nowhere(client: FlaskClient, host: str) -> None:
    for path in ("/p/report/h7hynrhjt6", "/feed.atom", "/documents", "/help/api"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code < 500
        if response.status_code != 400:
            assert host not in response.text.replace("&#34;", '"').replace("&#39;", "'"), path
        check_headers(response.headers.to_wsgi_list())


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "QUERY", "PROPFIND", "X" * 500]
)
@pytest.mark.parametrize(
    "path", ["/", "/d/report", "/api/v1/search", f"{STATIC}room.css", "/feed.atom", "/nothing"]
)
def test_other_methods_change_nothing_and_are_told_so(app: Flask, path: str, method: str) -> None:
    environ = EnvironBuilder(path, data=b"x" * 100).get_environ()
    environ["REQUEST_METHOD"] = method
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    assert int(status[:3]) in ((404,) if path == "/nothing" else (405,))
    if path != "/nothing":
        assert "GET" in headers["Allow"]
    assert b"x" * 100 not in b"".join(body)


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_no_header_stands_for_another_method(client: FlaskClient, name: str) -> None:
    assert client.get("/d/report", headers={name: "DELETE"}).status_code == 200
    assert client.post("/d/report", headers={name: "GET"}).status_code == 405


@pytest.mark.parametrize("path", ["/batch", "/check", "/basket"])
def test_a_body_that_is_too_large_is_refused_with_the_remedy(client: FlaskClient, path: str) -> None:
    response = client.post(path, data={"text": "x" * 30_000_000, "questions": ""})
    assert response.status_code == 413
    assert "Split it" in response.text


@pytest.mark.parametrize("path", ["/batch", "/check", "/basket"])
@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "text/xml",
        "",
        "\x00",
        "a/b; charset=nothing",
    ],
)
def test_a_body_of_another_kind_is_no_defect(client: FlaskClient, path: str, kind: str) -> None:
    for body in (
        b"",
        b"{",
        b"--x\r\n",
        b"\xff\xfe",
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    ):
        response = client.post(path, data=body, content_type=kind)
        assert response.status_code in (200, 400, 413, 415)
        assert "root:" not in response.text


def test_very_many_fields_are_no_defect(client: FlaskClient) -> None:
    fields = "&".join(f"f{n}=x" for n in range(20_000))
    for path in ("/batch", "/check", "/basket"):
        response = client.post(path, data=fields, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (400, 413)
    parts = (
        "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n\r\n' for n in range(2_000))
        + "--x--\r\n"
    )
    for path in ("/batch", "/check", "/basket"):
        response = client.post(path, data=parts, content_type="multipart/form-data; boundary=x")
        assert response.status_code in (400, 413)
