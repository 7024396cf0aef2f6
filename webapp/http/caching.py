"""When a copy in a browser is still good: pages are the same as long as the generation and the code are.

Pages and the API carry a weak ETag made of both and are asked for again each time (`no-cache`), which a 304 answers
without any work. What has its version in its address (static files below `/static/<version>/`, page images) may be kept for good.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request

from search.store.generations import Generations

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_ALWAYS_ANEW = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "static",
        "documents.page_image",
        "documents.small_image",
        "passage_forms.original",
    }
)


UNSTORED = "no-store"
"""Set on answers that hold what a reader wrote (`webapp.http.security`)."""


def code_version(folder: Path) -> str:
    """Return eight digits that change with any file of the web app."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".html", ".xml", ".css", ".js", ".json", ".svg"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def add_freshness(app: Flask, generations: Generations, version: str) -> None:
    """Answer conditional requests and mark all answers."""

    def tag() -> str | None:
        generation = generations.current_id()
        return f"{generation}.{version}" if generation else None

    @app.before_request
    def _not_modified() -> Response | None:
        current = tag()
        if current is None or not _is_conditional() or not request.if_none_match.contains_weak(current):
            return None
        return Response(status=304)

    @app.after_request
    def _tagged(response: Response) -> Response:
        current = tag()
        if request.endpoint == "static" and response.status_code in (200, 304):
            response.headers["Cache-Control"] = FOR_GOOD
        elif response.headers.get("Cache-Control") == UNSTORED:
            pass
        elif current and _has_page() and response.status_code in (200, 304):
            response.set_etag(current, weak=True)
            response.headers["Cache-Control"] = ASK_AGAIN
        else:
            response.headers.setdefault("Cache-Control", ASK_AGAIN)
        return response


def _has_page() -> bool:
    """Whether the request is for something that depends on the generation and the code alone."""
    known = request.endpoint is not None and request.endpoint not in _ALWAYS_ANEW
    return known and request.method in ("GET", "HEAD")


def _is_conditional() -> bool:
    """Whether the browser has a copy; `*` is no copy of ours."""
    return _has_page() and bool(request.if_none_match) and not request.if_none_match.star_tag
