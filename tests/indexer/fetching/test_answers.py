"""What servers answer when all is not well: each gets its own reason, and nothing comes into the corpus."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from indexer.fetching.client import Limits
from indexer.fetching.reasons import REMEDIES, Reason
from indexer.fetching.report import Outcome, State
from tests.indexer.fetching.site import (
    HTML,
    PAGE,
    PDF,
    SMALL,
    Answering,
    Desk,
    Handler,
    Page,
    Site,
    dripping,
    small_pdf,
)

HASTY = Limits(max_bytes=100_000, seconds=0.6, silence=5.0)
IMPATIENT = Limits(max_bytes=100_000, seconds=5.0, silence=0.3)
GZIP = {**HTML, "Content-Encoding": "gzip"}


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> Page:
    """A body in chunks, without Content-Length."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return Page(body + end, {**HTML, "Transfer-Encoding": "chunked"}, raw=True)


def without_length(body: bytes) -> Page:
    """A body that ends where the connection ends."""
    return Page(body, {**HTML, "Connection": "close"}, raw=True)


def silent(handler: Handler) -> None:
    """Takes the question and says nothing."""
    handler.close_connection = True
    time.sleep(1.0)


def talking(words: bytes) -> Callable[[Handler], None]:
    """Says something that is not HTTP, and hangs up."""

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(words)

    return answer


def tried(desk: Desk, site: Site, answer: Answering, name: str = "page.html") -> Outcome:
    """What becomes of a source with this answer; checks that nothing is left in the corpus unless it is new."""
    site.pages["/a"] = answer
    outcome = desk.fetch_one(site.url("/a"), name)
    assert desk.file(name).exists() == (outcome.state is State.NEW)
    assert outcome.state is State.NEW or outcome.remedy
    return outcome


@pytest.mark.parametrize(
    ("status", "reason", "detail"),
    [
        (404, Reason.NOT_THERE, "404 Not Found"),
        (410, Reason.NOT_THERE, "410 Gone"),
        (401, Reason.FORBIDDEN, "401 Unauthorized"),
        (403, Reason.FORBIDDEN, "403 Forbidden"),
        (500, Reason.SERVER, "500 Internal Server Error"),
        (429, Reason.BUSY, "429 Too Many Requests"),
        (204, Reason.STATUS, "204 No Content"),
        (299, Reason.STATUS, "299"),
    ],
)
def test_a_status_that_brings_nothing_has_its_reason(
    desk: Desk, site: Site, status: int, reason: Reason, detail: str
) -> None:
    outcome = tried(desk, site, Page(b"", status=status))
    assert (outcome.reason, outcome.detail) == (reason, detail)


@pytest.mark.parametrize("status", [429, 503])
def test_when_to_come_again_is_said_and_not_waited_for(desk: Desk, site: Site, status: int) -> None:
    started = time.monotonic()
    outcome = tried(desk, site, Page(b"", {"Retry-After": "3600"}, status))
    assert outcome.reason is Reason.BUSY
    assert outcome.detail.endswith("Retry-After: 3600")
    assert time.monotonic() - started < 4


def test_a_body_that_is_announced_too_large_is_not_read(desk: Desk, site: Site) -> None:
    outcome = tried(desk, site, Page(b"<p>" + b"x" * SMALL.max_bytes))
    assert outcome.reason is Reason.TOO_LARGE
    assert outcome.detail == "0.1 MB, the limit is 0.0953674 MB"  # as announced, not as counted


@pytest.mark.parametrize("page", [without_length(b"<p>" * 50_000), chunked(*[b"<p>" * 10_000] * 5)])
def test_a_body_that_grows_too_large_is_left(desk: Desk, site: Site, page: Page) -> None:
    assert tried(desk, site, page).reason is Reason.TOO_LARGE


def test_a_gzip_bomb_is_left_while_it_is_small(desk: Desk, site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < SMALL.max_bytes
    tracemalloc.start()
    outcome = tried(desk, site, Page(bomb, GZIP))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.reason is Reason.TOO_LARGE
    assert peak < 10_000_000


def test_a_compressed_page_is_kept_as_it_was_before(desk: Desk, site: Site) -> None:
    long = PAGE * 500
    body = gzip.compress(long[:20_000]) + gzip.compress(long[20_000:])
    assert tried(desk, site, Page(body, GZIP)).size == len(long)
    assert desk.file("page.html").read_bytes() == long


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(gzip.compress(PAGE, mtime=0)[:-9], GZIP), Reason.BROKEN_OFF),
        (Page(b"\x1f\x8b no gzip", GZIP), Reason.NOT_HTTP),
        (Page(zlib.compress(PAGE), {**HTML, "Content-Encoding": "br"}), Reason.NOT_HTTP),
    ],
)
def test_a_damaged_or_unknown_encoding_is_said(desk: Desk, site: Site, page: Page, reason: Reason) -> None:
    assert tried(desk, site, page).reason is reason


def test_chunks_are_put_together(desk: Desk, site: Site) -> None:
    assert tried(desk, site, chunked(PAGE[:10], PAGE[10:])).state is State.NEW
    assert desk.file("page.html").read_bytes() == PAGE


@pytest.mark.parametrize(
    "page",
    [
        Page(PAGE, {**HTML, "Content-Length": str(len(PAGE) + 1)}),
        chunked(PAGE, end=b""),
        chunked(end=b"ff\r\n" + PAGE),
    ],
)
def test_a_body_that_ends_early_is_not_kept(desk: Desk, site: Site, page: Page) -> None:
    assert tried(desk, site, page).reason is Reason.BROKEN_OFF


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
        b"HTTP/1.1 200 OK\r\nX-Endless: ",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(b"", mtime=0)[:10]
        + b"\x00\xff\xff\x00\x00",  # the head of a stored block
    ],
    ids=["with length", "without length", "in the headers", "in gzip"],
)
def test_a_server_that_drips_is_left_at_the_limit_of_time(desk: Desk, site: Site, head: bytes) -> None:
    desk.limits = HASTY
    started = time.monotonic()
    outcome = tried(desk, site, dripping(head))
    assert (outcome.reason, outcome.detail) == (Reason.TOO_SLOW, "the limit is 0.6 s for one download")
    assert time.monotonic() - started < 4


def test_a_server_that_says_nothing_is_left(desk: Desk, site: Site) -> None:
    desk.limits = IMPATIENT
    outcome = tried(desk, site, silent)
    assert (outcome.reason, outcome.detail) == (Reason.TOO_SLOW, "silent for 0.3 s")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (b"", Reason.BROKEN_OFF),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Reason.NOT_HTTP),
        (b"HTTP/1.1 abc\r\n\r\n", Reason.NOT_HTTP),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", Reason.NOT_HTTP),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", Reason.NOT_HTTP),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n<p>..", Reason.NOT_HTTP),
    ],
    ids=["nothing", "ssh", "no status", "long header", "many headers", "two lengths"],
)
def test_what_is_not_http_is_said(desk: Desk, site: Site, words: bytes, reason: Reason) -> None:
    assert tried(desk, site, talking(words)).reason is reason


def test_what_a_server_says_does_not_steer_a_terminal(desk: Desk, site: Site) -> None:
    outcome = tried(desk, site, talking(b"\x1b]0;title\x07 HTTP\r\n\r\n"))
    assert outcome.reason is Reason.NOT_HTTP
    assert outcome.detail.isprintable()


def test_nobody_listens(desk: Desk) -> None:
    with socket.socket() as held:  # a port that is taken and does not listen
        held.bind(("127.0.0.1", 0))
        outcome = desk.fetch_one(f"http://127.0.0.1:{held.getsockname()[1]}/a")
    assert outcome.reason is Reason.UNREACHABLE
    assert "Connection refused" in outcome.detail


def test_a_network_that_is_absent_is_said_for_each_source_without_waiting(desk: Desk) -> None:
    waited: list[float] = []
    desk.resolving()
    desk.network = replace(desk.network, pause=2.0, sleep=waited.append)
    desk.name(a_html="https://www.act.nato.int/a", b_html="https://www.act.nato.int/b")
    report = desk.fetch()
    assert [o.reason for o in report.outcomes] == [Reason.UNKNOWN_HOST] * 2
    assert [o.detail for o in report.outcomes] == ["www.act.nato.int: Name or service not known"] * 2
    assert waited == []


@pytest.mark.parametrize(
    ("name", "page", "detail"),
    [
        ("a.pdf", Page(PAGE, HTML), "the server calls it 'text/html', the path ends in .pdf"),
        ("a.pdf", Page(PAGE, PDF), "its first bytes are not those of .pdf"),
        ("a.html", Page(small_pdf(), HTML), "its first bytes are not those of .html"),
        ("a.html", Page(small_pdf(), PDF), "the server calls it 'application/pdf'"),
        ("a.html", Page(b'{"error": "login"}', {"Content-Type": "application/json"}), "'application/json'"),
        ("a.docx", Page(PAGE, {}), "its first bytes are not those of .docx"),
        ("a.txt", Page(b"\0\1\2\3", {"Content-Type": "text/plain"}), "its first bytes"),
    ],
)
def test_what_is_not_what_its_path_says_is_not_kept(
    desk: Desk, site: Site, name: str, page: Page, detail: str
) -> None:
    outcome = tried(desk, site, page, name)
    assert outcome.reason is Reason.WRONG_TYPE
    assert detail in outcome.detail


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.pdf", Page(b"\r\n" + small_pdf(), {"Content-Type": "application/octet-stream"})),
        ("a.PDF", Page(small_pdf(), {})),
        ("a.htm", Page(PAGE, {"Content-Type": "TEXT/HTML;charset=iso-8859-1"})),
        ("a.html", Page("<p>Übung</p>".encode("utf-16"), HTML)),
        ("a.md", Page(b"# Note", {"Content-Type": "text/plain"})),
        ("a.odt", Page(b"PK\x03\x04...", {"Content-Type": "application/vnd.oasis.opendocument.text"})),
    ],
)
def test_types_are_taken_as_servers_write_them(desk: Desk, site: Site, name: str, page: Page) -> None:
    site.pages["/a"] = page
    desk.settings.corpus.mkdir()
    text = f'[[sources]]\nurl = "{site.url("/a")}"\npath = "official/{name}"\n'
    (desk.settings.corpus / "sources.toml").write_text(text)
    assert desk.fetch().outcomes[0].state is State.NEW


def test_an_empty_page_is_no_document(desk: Desk, site: Site) -> None:
    assert tried(desk, site, Page(b"")).reason is Reason.EMPTY


def test_headers_that_are_not_utf8_do_no_harm(desk: Desk, site: Site) -> None:
    headers = {**HTML, "Server": "caf\xe9 \xff", "ETag": '"\xe9"', "X-\xe9": "\x80"}
    assert tried(desk, site, Page(headers=headers)).state is State.NEW
    assert desk.fetch_one(site.url("/a")).state is State.UNCHANGED
    assert site.asked[-1][1]["If-None-Match"] == '"\xe9"'


def test_every_reason_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Reason)
