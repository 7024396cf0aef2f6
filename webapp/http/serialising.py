"""Pages take turns: short work of several threads at once is slower in Python than the same work one after the other.

Threads that compute at the same time hand the interpreter to each other in the middle of their work (NumPy lets go of it in every
call). Eight readers at once got 65 pages a second so, and 107 in turns, each of them in half the time (`benchmarks.web`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE = (
    0.25  # seconds; whoever has waited so long goes on beside a long question instead of waiting for its end
)
MADE_BY_OTHERS = (".png", ".pdf")  # ends of addresses whose answers are files or made by other programs
NOT_COMPUTED = ("/static/", "/healthz", "/readyz")


def take_turns(app: Flask) -> None:
    """Let the pages of an app take turns. What is handed in (POST) is long work of other kinds and goes its own way."""
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign]  # middleware as Flask documents it


class Turns:
    """WSGI middleware. A turn ends when the answer is made, not when the reader has got it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._turn = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        if not _takes_turns(environ):
            return self._app(environ, start_response)
        mine = self._turn.acquire(timeout=PATIENCE)
        try:
            return self._app(environ, start_response)
        finally:
            if mine:
                self._turn.release()


def _takes_turns(environ: WSGIEnvironment) -> bool:
    """Whether an answer is short work of this process."""
    path = str(environ.get("PATH_INFO", ""))
    reads = environ.get("REQUEST_METHOD") in ("GET", "HEAD")
    return reads and not path.startswith(NOT_COMPUTED) and not path.endswith(MADE_BY_OTHERS)
