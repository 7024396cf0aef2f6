"""The web app on a production WSGI server (waitress)."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
import time
from types import FrameType

from waitress import create_server
from waitress.channel import HTTPChannel

from search.errors import IndexUnavailable, UsageProblem
from search.room import ReadingRoom
from search.settings import Settings
from webapp.app import create_app
from webapp.context import DraftReader
from webapp.http.log_lines import log_to
from webapp.views.quote import LARGEST_UPLOAD

THREADS = 8  # requests answered at the same time
MOST_CONNECTIONS = (
    800  # at the same time; idle ones cost no thread, and most systems give a process 1,024 open files
)
IDLE_SECONDS = 60  # after which a connection that sends nothing is closed
REQUEST_SECONDS = (
    120  # for one request to arrive; the largest upload has a minute and a half at two megabits a second
)
LONGEST_HEADER = (
    128_000  # bytes; the address of a full basket with long notes is below (`webapp.views.basket`)
)
LARGEST_BODY = LARGEST_UPLOAD + 64_000  # what a view refuses, it refuses with a page


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection that has a limited time for each request, however slowly it sends.

    Waitress closes connections that fall silent. One that sends a byte now and then would keep its place for good, and
    enough of them would keep everyone out.
    """

    begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take what has come, unless the request that it belongs to has taken too long."""
        if self.request is None:
            self.begun = time.monotonic()
        elif time.monotonic() - self.begun > REQUEST_SECONDS:
            self.will_close = True
            return False
        return bool(super().received(data))


def serve(settings: Settings, read_draft: DraftReader | None = None) -> None:
    """Serve until it is told to stop (Ctrl+C, SIGTERM). Raises UsageProblem when it cannot listen there.

    `read_draft` reads uploaded drafts; without it, there are no uploads.
    """
    listening = _listen(settings)
    room = ReadingRoom(settings)
    app = create_app(settings, room, read_draft)
    for logger in (app.logger, logging.getLogger("waitress")):
        log_to(logger, sys.stderr)
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=MOST_CONNECTIONS,
        asyncore_use_poll=True,  # `select` takes no file descriptor above 1,023
        channel_timeout=IDLE_SECONDS,
        max_request_header_size=LONGEST_HEADER,
        max_request_body_size=LARGEST_BODY,
        ident=None,
    )
    server.channel_class = Connection
    _say(f"Findings is open at {_address(listening)} (Ctrl+C closes it)")
    try:
        _ = room.opened.context
    except IndexUnavailable as problem:
        _say(f"it has nothing to show yet: {problem}")
    gc.freeze()  # what is open now stays: looking through it for garbage made some pages wait 40 ms
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    finally:
        server.close()
        room.close()


def _listen(settings: Settings) -> socket.socket:
    """A socket bound to the address of the settings."""
    try:
        family, *_ = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((settings.host, settings.port), family=family)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        place = f"{settings.host}, port {settings.port}"
        raise UsageProblem(
            f"cannot listen on {place}: {reason}; name another with --host and --port"
        ) from error


def _address(listening: socket.socket) -> str:
    """The address to open, with the port that the system chose where it was asked to."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Ends the server as Ctrl+C does."""
    raise KeyboardInterrupt


def _say(line: str) -> None:
    """One line for the person who started it."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
