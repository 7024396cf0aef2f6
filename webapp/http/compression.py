"""Answers as few bytes: brotli or gzip, whichever the reader's program takes. The only file that imports brotli.

No answer holds a secret beside words that others choose, so that its length tells nothing (the BREACH attack).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import brotli
from flask import Flask, Response, request

LEAST = 500  # bytes; below, the head of an answer weighs more than what is saved
QUALITY = (
    4  # of brotli, for answers made once: 0.6 ms for the largest pages of results; 5 takes 0.9 and saves 8 %
)
LEVEL = 6  # of gzip, the same
KEPT_QUALITY = 11  # of brotli, for files that are compressed once
_TYPES = ("text/", "application/json", "application/problem+json", "application/ld+json", "image/svg+xml")

Compress = Callable[[bytes], bytes]
_COMPRESS: Mapping[str, Compress] = {
    "br": partial(brotli.compress, quality=QUALITY),
    "gzip": partial(gzip.compress, compresslevel=LEVEL, mtime=0),
}


def add_compression(app: Flask) -> None:
    """Compress the answers of an app where it pays and the reader's program says that it can undo it."""

    @app.after_request
    def _compressed(response: Response) -> Response:
        if not _can_shrink(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = _chosen()
        if encoding is None:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        kept = request.endpoint == "static"
        response.set_data(_kept(body, encoding) if kept else _COMPRESS[encoding](body))
        response.headers["Content-Encoding"] = encoding
        tag, weak = response.get_etag()
        if tag and not weak:
            response.set_etag(tag, weak=True)  # the same words, no longer the same bytes
        return response


def _chosen() -> str | None:
    """The encoding to use: brotli before gzip where the reader's program likes both equally; None for none."""
    accepted = request.accept_encodings
    best = accepted.best_match(_COMPRESS)
    return best if best and accepted.quality(best) >= accepted.quality("identity") else None


def _can_shrink(response: Response) -> bool:
    """Whether an answer is text of some length that nothing else has compressed."""
    kind = response.mimetype or ""
    is_text = kind.startswith(_TYPES) or kind.endswith("xml") or kind.endswith("javascript")
    whole = response.status_code not in (204, 206, 304) and "Content-Encoding" not in response.headers
    return is_text and whole and (response.content_length or LEAST) >= LEAST


@lru_cache(maxsize=64)
def _kept(body: bytes, encoding: str) -> bytes:
    """A file of ours, compressed as far as it goes."""
    if encoding == "br":
        compressed: bytes = brotli.compress(body, quality=KEPT_QUALITY)
        return compressed
    return gzip.compress(body, compresslevel=9, mtime=0)
