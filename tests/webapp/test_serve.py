"""A real server process, asked over HTTP."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from search.errors import UsageProblem
from tests.browser.serving import PROGRAM, serving
from tests.webapp.library import Library
from webapp.serve import serve

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def site(library: Library) -> Iterator[str]:
    with serving(library.settings) as address:
        yield address


def ask(site: str, path: str) -> Answer:
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_it_answers_on_the_port_that_it_printed(site: str) -> None:
    status, headers, body = ask(site, "/search?q=trust")
    assert status == 200
    assert b"3 passages in 2 documents" in body
    assert "Server" not in headers


def test_links_name_the_address_that_was_called(site: str, library: Library) -> None:
    _, _, body = ask(site, f"/p/{library.report[1].passage_id}")
    assert f"{site}/p/report/".encode() in body


WARNED = """
import logging, os, signal, threading, time
def warn():
    while not logging.getLogger("waitress").handlers:
        time.sleep(.05)
    time.sleep(1)
    logging.getLogger("waitress.queue").warning("requests wait\\n2026-01-01T00:00:00Z ERROR a line of a reader")
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=warn).start()
"""


def test_what_the_server_says_has_the_time_once_it_is_open(library: Library, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WARNED + PROGRAM, str(library.settings.corpus), str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    opened, empty, warning, more = ended.stderr.splitlines()[:4]
    assert opened.startswith("Findings is open at http://")
    assert empty.startswith("it has nothing to show yet")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING requests wait", warning)
    assert more == "  2026-01-01T00:00:00Z ERROR a line of a reader"


def test_many_readers_at_once_are_answered(site: str, library: Library) -> None:
    paths = [
        "/search?q=trust",
        "/d/report/page/2.png",
        f"/p/{library.report[1].passage_id}",
        "/api/v1/themes",
    ] * 8
    with ThreadPoolExecutor(8) as pool:
        assert {answer[0] for answer in pool.map(lambda path: ask(site, path), paths)} == {200}


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=" + "a" * 10_000,
        "/d/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/p/%0d%0aX: y/z",
        "/search?q=%0d%0aX-Evil:%201",
    ],
)
def test_awkward_addresses_over_the_wire(site: str, path: str) -> None:
    status, headers, _ = ask(site, path.replace(" ", "%20"))
    assert status in (200, 400, 404)
    assert "X-Evil" not in headers


@pytest.mark.parametrize("host", ['evil"><script>alert(1)</script>', "a b", "", "evil.example:x", "\xff"])
def test_a_false_host_writes_nothing_into_pages(site: str, library: Library, host: str) -> None:
    path = f"/p/{library.report[1].passage_id}"
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host.encode("latin-1"))
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in (200, 400)
    assert b"<script>alert" not in body


def test_a_request_that_is_far_too_long_is_refused(site: str) -> None:
    assert ask(site, "/search?q=" + "a" * 200_000)[0] in (400, 414, 431)


def test_a_port_in_use_is_said_with_the_way_out(library: Library) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = replace(library.settings, port=taken.getsockname()[1])
        with pytest.raises(UsageProblem, match=r"cannot listen .* in use.*--port"):
            serve(settings)


def test_a_host_that_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(UsageProblem, match=r"cannot listen on no\.such\.host\.invalid"):
        serve(replace(library.settings, host="no.such.host.invalid", port=0))
