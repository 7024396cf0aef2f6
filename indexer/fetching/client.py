"""One HTTP request within limits of time and size. The only file that imports urllib3.

A connection goes to an address that was checked, while name, certificate and `Host` stay those of the target.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import IO

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    IncompleteRead,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from indexer.fetching.addresses import Target
from indexer.fetching.reasons import NotFetched, Reason

USER_AGENT = f"findings/{version('findings')} (a reading room for symposium reports; `findings fetch`)"
OK = 200
_CHUNK = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_PLAIN, _GZIPPED = frozenset({"", "identity"}), frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. `seconds` is from connecting to the last byte, `silence` between two bytes.

    300 s are enough for 200 MB (the default of FINDINGS_MAX_MB) at 6 Mbit/s, and for a page on any line.
    """

    max_bytes: int
    seconds: float = 300.0
    silence: float = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in small letters) and the bytes of the body that were written, decoded."""

    target: Target
    status: int
    headers: Mapping[str, str]
    size: int = 0


def request(
    target: Target,
    addresses: Sequence[str],
    headers: Mapping[str, str],
    limits: Limits,
    body: IO[bytes],
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Ask once; write the body of a 200 into `body` and leave every other body unread.

    `addresses` are tried in turn until one takes the connection. Raises NotFetched.
    """
    deadline = time.monotonic() + limits.seconds
    connection = _connected(target, addresses, limits, deadline, tls)
    with (
        contextlib.closing(connection),
        _cut_at(deadline, connection.sock) as was_cut,
        _named_failures(was_cut, limits),
    ):
        connection.request(
            "GET", target.path, headers=_headers(target, headers), preload_content=False, decode_content=False
        )
        response = connection.getresponse()
        with contextlib.closing(response):
            found = {name.lower(): value.strip() for name, value in response.headers.items()}
            size = _download(response, found, limits, body) if response.status == OK else 0
        if was_cut.is_set():  # a body without Content-Length seems to end where it was cut
            raise NotFetched(Reason.TOO_SLOW, _limit_of_time(limits))
        return Answer(target, response.status, found, size)


def _headers(target: Target, more: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request."""
    own = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    return {**own, **more}


# --- connecting ------------------------------------------------------------------------------------------


def _connected(
    target: Target, addresses: Sequence[str], limits: Limits, deadline: float, tls: ssl.SSLContext | None
) -> HTTPConnection:
    """A connection to the first address that takes one. Raises NotFetched with the last one's reason."""
    failure = NotFetched(Reason.UNREACHABLE, target.host)
    for address in addresses:
        seconds = min(limits.silence, deadline - time.monotonic())
        if seconds <= 0:
            raise NotFetched(Reason.TOO_SLOW, _limit_of_time(limits))
        connection = _connection(target, address, seconds, tls)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            failure = _not_connected(target, address, error)
        else:
            return connection
    raise failure


def _connection(target: Target, address: str, seconds: float, tls: ssl.SSLContext | None) -> HTTPConnection:
    """A connection to be opened, to the address but in the name of the host."""
    if target.scheme == "https":
        tls = tls or ssl.create_default_context()
        return HTTPSConnection(
            address, target.port, timeout=seconds, ssl_context=tls, server_hostname=target.host
        )
    return HTTPConnection(address, target.port, timeout=seconds)


def _not_connected(target: Target, address: str, error: Exception) -> NotFetched:
    """The reason for which a connection was not made."""
    place = f"{target.host} ({address}, port {target.port})"
    cause = error.__cause__ or error
    if isinstance(cause, TimeoutError) or type(error) is ConnectTimeoutError:
        return NotFetched(Reason.UNREACHABLE, f"{place}: no answer in time")
    if isinstance(cause, ssl.SSLError):
        said = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return NotFetched(Reason.TLS, f"{place}: {said}")
    if isinstance(cause, OSError):
        return NotFetched(Reason.UNREACHABLE, f"{place}: {cause.strerror or cause}")
    return NotFetched(Reason.TLS, f"{place}: {error}")


@contextlib.contextmanager
def _cut_at(deadline: float, line: socket.socket | None) -> Iterator[threading.Event]:
    """Cuts the connection at the deadline; the event says that this happened.

    Time-outs of a socket begin anew with each byte: a server that drips would hold us as long as it likes.
    """
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        if line is not None:
            with contextlib.suppress(OSError):  # it has been closed meanwhile
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS: no farewell that could wait

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield was_cut
    finally:
        timer.cancel()
        timer.join()


@contextlib.contextmanager
def _named_failures(was_cut: threading.Event, limits: Limits) -> Iterator[None]:
    """Turns what urllib3, http.client and the socket raise into NotFetched."""
    try:
        yield
    except (NotFetched, HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        if was_cut.is_set():
            raise NotFetched(Reason.TOO_SLOW, _limit_of_time(limits)) from error
        if isinstance(error, NotFetched):
            raise
        if isinstance(error, (ReadTimeoutError, TimeoutError)):
            raise NotFetched(Reason.TOO_SLOW, f"silent for {limits.silence:g} s") from error
        if isinstance(error, (IncompleteRead, ProtocolError, SSLError, OSError)):
            raise NotFetched(Reason.BROKEN_OFF, _printable(error)) from error
        raise NotFetched(Reason.NOT_HTTP, _printable(error)) from error


def _printable(error: Exception) -> str:
    """The beginning of an error's words. They may hold what a server sent: no control characters for a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(error)[:200])


def _limit_of_time(limits: Limits) -> str:
    """The limit, in words."""
    return f"the limit is {limits.seconds:g} s for one download"


# --- the body --------------------------------------------------------------------------------------------


def _download(response: BaseHTTPResponse, headers: Mapping[str, str], limits: Limits, body: IO[bytes]) -> int:
    """Writes the decoded body; gives its size in bytes. Raises NotFetched (TOO_LARGE, BROKEN_OFF, NOT_HTTP)."""
    announced = headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limits.max_bytes:
        raise _too_large(limits, f"{int(announced) / 2**20:.1f} MB")
    size = 0
    for piece in _decoded(_pieces(response), headers.get("content-encoding", "").lower()):
        size += len(piece)
        if size > limits.max_bytes:
            raise _too_large(limits, "more came")
        _write(body, piece)
    return size


def _write(body: IO[bytes], piece: bytes) -> None:
    """Writes a piece. Raises NotFetched (NOT_WRITTEN): a full disk is no fault of the line."""
    try:
        body.write(piece)
    except OSError as error:
        raise NotFetched(Reason.NOT_WRITTEN, error.strerror or str(error)) from error


def _pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it comes over the line."""
    while piece := response.read1(_CHUNK, decode_content=False):
        yield piece


def _decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body's own bytes, in bounded pieces. Raises NotFetched."""
    if encoding in _PLAIN:
        yield from pieces
    elif encoding in _GZIPPED:
        yield from _unzipped(pieces)
    else:
        raise NotFetched(Reason.NOT_HTTP, f"content encoding {encoding[:40]!r} was not asked for")


def _unzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A gzip stream of any number of members, in pieces of bounded size: a bomb is noticed while it is small."""
    member = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                if member.eof:
                    member = zlib.decompressobj(_GZIP)
                yield member.decompress(waiting, _CHUNK)
                waiting = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error as error:
        raise NotFetched(Reason.NOT_HTTP, f"damaged gzip: {error}") from error
    yield from _rest(member)


def _rest(member: zlib._Decompress) -> Iterator[bytes]:
    """What the decompressor still holds. Raises NotFetched (BROKEN_OFF) when the stream has no end."""
    yield member.flush()
    if not member.eof:
        raise NotFetched(Reason.BROKEN_OFF, "the gzip stream has no end")


def _too_large(limits: Limits, what: str) -> NotFetched:
    """The refusal of a large body."""
    return NotFetched(Reason.TOO_LARGE, f"{what}, the limit is {limits.max_bytes / 2**20:g} MB")
