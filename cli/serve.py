"""The command that opens the reading room: serve."""

from __future__ import annotations

from dataclasses import replace

import click

from cli.support.draft_worker import read_upload
from search.settings import Settings
from webapp.serve import serve as serve_pages


@click.command(
    epilog="""\b
Example:
  findings serve --port 8080"""
)
@click.option("--host", help="Where to listen (default: 127.0.0.1, this machine only).")
@click.option("--port", type=click.IntRange(0, 65_535), help="The port (default: 8360; 0: a free one).")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve the reading room to browsers. It follows the index: no restart after `findings index`."""
    wanted = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    serve_pages(wanted, read_upload)
