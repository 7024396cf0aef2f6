"""A real server process in hard times: readers that hardly read, writers that hardly write, too much of everything, bytes that are no HTTP."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import serving
from tests.webapp.library import Library
from webapp.serve import LARGEST_BODY, LONGEST_HEADER, MOST_CONNECTIONS, THREADS

PATIENCE = 10.0  # seconds; nobody waits longer for a page


@pytest.fixture(scope="module")
def site(library: Library) -> Iterator[str]:
    with serving(library.settings) as address:
        yield address


def connect(site: str) -> socket.socket:
    parts = urlsplit(site)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE)


def tell(site: str, sent: bytes, silence: float = 3) -> bytes:
    """All that the server answers to these bytes before it closes the connection, or is silent for so many seconds."""
    with connect(site) as line:
        line.settimeout(silence)
        answer = b""
        try:
            line.sendall(sent)
            while part := line.recv(65_536):
                answer += part
        except (TimeoutError, ConnectionError):
            pass  # it was refused while we still wrote, or the connection is kept for more
        return answer


def statuses(answer: bytes) -> list[int]:
    """The status of each answer on one connection."""
    return [int(found) for found in re.findall(rb"(?m)^HTTP/1\.[01] ([0-9]{3}) ", answer)]


def request(path: str = "/healthz", headers: str = "", method: str = "GET", body: bytes = b"") -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n".encode("latin-1")
        + body
    )


def check_still_open(site: str) -> None:
    """An ordinary reader is answered, and soon."""
    begun = time.monotonic()
    assert statuses(tell(site, request("/search?q=trust"), PATIENCE)) == [200]
    assert time.monotonic() - begun < PATIENCE


OVERSIZED = {
    "address": request("/search?q=" + "a" * 2 * LONGEST_HEADER),
    "one header": request(headers=f"X-Long: {'a' * 2 * LONGEST_HEADER}\r\n"),
    "many headers": request(headers="".join(f"X-{n}: a\r\n" for n in range(LONGEST_HEADER // 4))),
    "cookies": request(headers=f"Cookie: {'a=b; ' * LONGEST_HEADER}\r\n"),
    "no end of the first line": b"GET /" + b"a" * 3 * LONGEST_HEADER,
    "announced body": request("/check", f"Content-Length: {LARGEST_BODY + 1}\r\n", "POST"),
    "huge announced body": request("/check", f"Content-Length: {10**18}\r\n", "POST"),
    "form": request("/batch", "Content-Length: 1000000\r\nContent-Type: application/x-www-form-urlencoded\r\n", "POST", b"questions=" + b"a" * 999_990),
    "body of a page": request("/d/report", "Content-Length: 1000000\r\n", "POST", b"a" * 1_000_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", OVERSIZED)
def test_too_much_is_refused(site: str, kind: str) -> None:
    answer = tell(site, OVERSIZED[kind])
    found = statuses(answer)
    assert len(found) == 1, answer[:200]
    assert found[0] in (400, 405, 413, 414, 431)
    assert b"Traceback" not in answer
    check_still_open(site)


NO_HTTP = {
    "nothing": b"\r\n\r\n\r\n",
    "noise": bytes(range(256)) * 20,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 300 + b"\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "version": b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
    "words": b"hello there, is this a server?\r\n\r\n",
    "spaces": b"GET   /healthz   HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "no colon": b"GET /healthz HTTP/1.1\r\nHost x\r\n\r\n",
    "space before colon": b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
    "folded header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c: d\r\nConnection: close\r\n\r\n",
    "bare line feeds": b"GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n",
    "NUL": b"GET /\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
    "other server": b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "upgrade": b"GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n",
    "expect": b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-nothing\r\nConnection: close\r\n\r\naaaaa",
    "range": b"GET /d/report/page/1.png HTTP/1.1\r\nHost: x\r\nRange: bytes=" + b"0-1," * 5_000 + b"2-3\r\nConnection: close\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_HTTP)
def test_what_is_no_http_is_no_defect(site: str, kind: str) -> None:
    answer = tell(site, NO_HTTP[kind])
    assert not [status for status in statuses(answer) if status >= 500 and status not in (501, 505)], answer[
        :200
    ]
    assert b"Traceback" not in answer
    assert b"evil.example" not in answer
    check_still_open(site)


INNER = b"GET /api/v1/nothing-smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"
SMUGGLED = {
    "both, chunked ends first": request("/batch", f"Content-Length: {5 + len(INNER)}\r\n{CHUNKED}", "POST", b"0\r\n\r\n" + INNER),
    "both, length ends first": request("/batch", f"Content-Length: 4\r\n{CHUNKED}", "POST", f"{len(INNER):x}\r\n".encode() + INNER + b"\r\n0\r\n\r\n"),
    "two lengths": request("/batch", f"Content-Length: 0\r\nContent-Length: {len(INNER)}\r\n", "POST", INNER),
    "length with a sign": request("/batch", f"Content-Length: +{len(INNER)}\r\n", "POST", INNER),
    "length below nothing": request("/batch", "Content-Length: -1\r\n", "POST", INNER),
    "length in words": request("/batch", "Content-Length: x\r\n", "POST", INNER),
    "length as a list": request("/batch", f"Content-Length: 0, {len(INNER)}\r\n", "POST", INNER),
    "length with underscores": request("/batch", f"Content_Length: 0\r\nContent-Length: {len(INNER)}\r\n", "POST", INNER),
    "unknown coding": request("/batch", "Transfer-Encoding: xchunked\r\n", "POST", b"0\r\n\r\n" + INNER),
    "coding in disguise": request("/batch", f"Transfer-Encoding: \x0bchunked\r\nContent-Length: {len(INNER)}\r\n", "POST", INNER),
    "coding with a space": request("/batch", f"Transfer-Encoding : chunked\r\nContent-Length: {5 + len(INNER)}\r\n", "POST", b"0\r\n\r\n" + INNER),
    "chunk size with a sign": request("/batch", CHUNKED, "POST", b"+0\r\n\r\n" + INNER),
    "chunk size of no number": request("/batch", CHUNKED, "POST", b"zz\r\n\r\n" + INNER),
    "chunk that is longer than it says": request("/batch", CHUNKED, "POST", b"1\r\naaaa\r\n0\r\n\r\n" + INNER),
    "body of a GET": request("/healthz", f"Content-Length: {len(INNER)}\r\n", "GET", INNER),
}  # fmt: skip


@pytest.mark.parametrize("kind", SMUGGLED)
def test_no_request_is_hidden_in_another(site: str, kind: str) -> None:
    """Each of these closes the connection after one answer; whoever reads it otherwise would see a second request."""
    answer = tell(site, SMUGGLED[kind])
    assert len(statuses(answer)) == 1, answer[:300]
    assert b"nothing-smuggled" not in answer
    assert statuses(answer)[0] < 500 or statuses(answer)[0] == 501
    check_still_open(site)


def test_writers_that_hardly_write_keep_nobody_waiting(site: str) -> None:
    """Many more connections than there are threads, each of which sends a byte now and then and never ends its request."""
    with ExitStack() as lines:
        slow = [lines.enter_context(connect(site)) for _ in range(40 * THREADS)]
        for at, line in enumerate(slow):
            line.sendall(
                b"GET /search?q="
                if at % 2
                else b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
            )
        for _ in range(5):
            for line in slow:
                line.sendall(b"a")
            check_still_open(site)


def test_a_request_that_takes_too_long_to_arrive_is_cut_off(library: Library) -> None:
    """However regularly its bytes come: by their number alone, such connections would keep everyone out for good."""
    with serving(library.settings, "import webapp.serve; webapp.serve.REQUEST_SECONDS = 0.5") as site:
        with connect(site) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
            with pytest.raises(ConnectionError):
                for _ in range(100):
                    line.sendall(b"a")
                    time.sleep(0.1)
        with closing(HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)) as line:
            kept = set()
            for _ in range(4):  # a connection may last longer than one of its requests
                line.request("GET", "/healthz")
                answer = line.getresponse()
                assert (answer.status, answer.read()) == (200, b'{"status":"alive"}\n')
                assert line.sock is not None
                kept.add(line.sock.getsockname())
                time.sleep(0.3)
            assert len(kept) == 1, "it was another connection"


def test_readers_that_hardly_read_keep_nobody_waiting(site: str) -> None:
    """They ask for long answers and take none of them."""
    with ExitStack() as lines:
        for _ in range(3 * THREADS):
            line = lines.enter_context(connect(site))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
            line.sendall(request("/search?format=json"))
        for _ in range(3):
            check_still_open(site)


def test_connections_without_a_word_keep_nobody_out(site: str) -> None:
    """As many as the server takes at all: those beyond it wait, and are answered when others go."""
    with ExitStack() as lines:
        for _ in range(MOST_CONNECTIONS - 20):
            lines.enter_context(connect(site))
        check_still_open(site)
    check_still_open(site)


def test_a_connection_that_is_cut_in_its_answer_costs_nobody_else(site: str) -> None:
    for _ in range(3 * THREADS):
        with connect(site) as line:
            line.sendall(request("/search?format=csv"))
    check_still_open(site)


def test_many_requests_on_one_connection_are_answered_in_turn(site: str) -> None:
    one = request("/healthz").replace(b"Connection: close\r\n", b"")
    answer = tell(site, one * 50 + request("/healthz"))
    assert statuses(answer) == [200] * 51
