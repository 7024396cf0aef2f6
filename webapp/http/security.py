"""Headers that every answer carries: what a page may load, frame, send and know. Redirects stay within the reading room."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, redirect

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


def add_security(app: Flask) -> None:
    """Puts the headers on every answer of an app, errors included."""

    @app.after_request
    def _secured(response: Response) -> Response:
        if response.location:
            _stay_here(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _stay_here(response: Response) -> None:
    """Makes a redirect lead to a path. Routing adds slashes by redirects to whole addresses, of the host that a request claims."""
    parts = urlsplit(response.location or "")
    path = "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    response.set_data(redirect(path).get_data())
    response.location = path
