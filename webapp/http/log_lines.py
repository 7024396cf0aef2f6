"""The lines of the log: the time in UTC, how grave it is, what it is. The log is the standard error of the server.

Further lines of an event are indented, so that no text of a reader can begin a line.
"""

from __future__ import annotations

import logging
import time
from typing import TextIO


class _Lines(logging.Formatter):
    """One event: a line that begins with the time, the rest of it indented below."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n  ".join(super().format(record).splitlines())


def log_to(logger: logging.Logger, stream: TextIO) -> None:
    """Make a `logger` write its lines, and tracebacks below them, to a `stream`."""
    lines = _Lines("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    lines.converter = time.gmtime
    handler = logging.StreamHandler(stream)
    handler.setFormatter(lines)
    logger.handlers[:] = [handler]
    logger.propagate = False
