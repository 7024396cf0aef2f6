"""A web site on the loopback address that behaves as a test says, and a corpus that is fetched from it."""

from __future__ import annotations

import contextlib
import io
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from indexer.fetching.client import Limits
from indexer.fetching.fetch import choose_sources, fetch_sources
from indexer.fetching.report import FetchReport, Outcome
from indexer.fetching.visiting import Network
from search.settings import Settings

HTML = {"Content-Type": "text/html; charset=utf-8"}
PDF = {"Content-Type": "application/pdf"}
PAGE = b"<!doctype html><html><head><title>Report</title></head><body><p>Partners met in Chania.</p></body></html>"
LOOPBACK = Network(pause=0.0, allow_loopback=True)
SMALL = Limits(max_bytes=100_000, seconds=5.0, silence=2.0)


@dataclass(frozen=True)
class Page:
    """What a site answers. Content-Length is sent unless `raw`: then the body is all that follows the headers."""

    body: bytes = PAGE
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)
    status: int = 200
    raw: bool = False


Answering = Page | Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers from the site's table; unknown paths get 404."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers.items())))
        answer = self.site.pages.get(self.path, Page(b"no", status=404))
        if isinstance(answer, Page):
            self.give(answer)
        else:
            answer(self)

    def give(self, page: Page) -> None:
        """Sends a page."""
        headers = {**page.headers} if page.raw else {"Content-Length": str(len(page.body)), **page.headers}
        self.send_response(page.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client may have had enough
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@dataclass
class Site:
    """A running site: its pages by path, and what was asked of it."""

    port: int
    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """The address of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextlib.contextmanager
def running_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site, until the test ends."""

    class OfThisSite(Handler):
        """The handler of this site alone."""

    server = _Server(("127.0.0.1", 0), OfThisSite)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = OfThisSite.site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up, and waits for no handler when it closes."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client hung up: what the test wanted."""


@dataclass
class Desk:
    """A corpus with its sources.toml, fetched within small limits."""

    settings: Settings
    network: Network = LOOPBACK
    limits: Limits = SMALL

    def name(self, **sources: str) -> None:
        """Writes sources.toml: file names (`_` for the dot) below official/, and their addresses."""
        self.settings.corpus.mkdir(exist_ok=True)
        tables = (
            f'[[sources]]\nurl = "{url}"\npath = "official/{name.replace("_", ".")}"\n'
            for name, url in sources.items()
        )
        (self.settings.corpus / "sources.toml").write_text("\n".join(tables), encoding="utf-8")

    def file(self, name: str) -> Path:
        """A file below official/."""
        return self.settings.corpus / "official" / name

    def fetch(self, only: str = "", *, dry_run: bool = False) -> FetchReport:
        """A run."""
        return fetch_sources(
            self.settings,
            choose_sources(self.settings.corpus, only),
            dry_run=dry_run,
            network=self.network,
            limits=self.limits,
        )

    def fetch_one(self, url: str, name: str = "page.html") -> Outcome:
        """A run over one source."""
        self.name(**{name.replace(".", "_"): url})
        [outcome] = self.fetch().outcomes
        return outcome

    def resolving(self, **hosts: Sequence[str]) -> None:
        """Lets host names (`_` for the dot) lead to addresses; no other name is known."""
        known = {name.replace("_", "."): found for name, found in hosts.items()}

        def resolver(host: str, port: int) -> Sequence[str]:
            if host not in known:
                raise OSError(-2, "Name or service not known")
            return known[host]

        self.network = replace(self.network, resolver=resolver)


def dripping(head: bytes, seconds: float = 0.05) -> Callable[[Handler], None]:
    """Sends something, then a byte now and then for longer than anyone waits."""

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(head)
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(seconds)
        except OSError:
            return

    return answer


def small_pdf(words: str = "Partners met in Geneva.") -> bytes:
    """A PDF of one page."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    canvas.drawString(72, 720, words)
    canvas.save()
    return target.getvalue()
