"""Whether the process lives, and whether it can answer: for those who run it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from search.errors import FindingsError
from webapp.context import services

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Answer 200 as long as the process answers at all."""
    return jsonify(status="alive")


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer 200 when the published generation opens, engine and all; else 503 with the reason."""
    try:
        opened = services().room.opened
        _ = opened.context
    except FindingsError as error:
        return jsonify(status="not ready", reason=str(error)), 503
    return jsonify(status="ready", generation=opened.meta.generation, passages=opened.meta.passages), 200
