"""Headers that every answer carries: what a page may load, frame, send and know. Redirects stay within the reading room."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request

from webapp.http.caching import UNSTORED

POLICY = "; ".join(
    (
        "default-src 'self'",  # no inline script or style, nothing from elsewhere
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"
"""A year, as ASVS 3.4.1 asks for. Without subdomains: hosts below this one may be others' and know no https."""
WRITTEN_BY_READERS = frozenset(
    (
        "quoting.quote",
        "quoting.check",
        "basket.show_basket",
        "basket.export_basket",
        "basket.read_export",
        "batch.answers",
        "term_reports.report",
    )
)
"""Answers that hold what a reader wrote or handed in: quotations, drafts, notes, lists of questions. Refusals of them, too."""


def add_security(app: Flask, site_url: str = "") -> None:
    """Put the headers on every answer of an app, errors included. `site_url` is the public address, where it is set."""
    headers = dict(HEADERS)
    if site_url.startswith("https://"):
        headers["Strict-Transport-Security"] = HTTPS_ONLY

    @app.after_request
    def _secured(response: Response) -> Response:
        if response.location:
            _stay_here(response)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.endpoint in WRITTEN_BY_READERS:
            response.headers["Cache-Control"] = UNSTORED
        return response


def _stay_here(response: Response) -> None:
    """Makes a redirect lead to a path. Routing adds slashes by redirects to whole addresses, of the host that a request claims."""
    parts = urlsplit(response.location or "")
    path = "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    response.set_data(redirect(path).get_data())
    response.location = path
