"""The lines of the log: the time in UTC, how grave it is, what it is. The log is the standard error of the server."""

from __future__ import annotations

import logging
import time
from typing import TextIO


def log_to(logger: logging.Logger, stream: TextIO) -> None:
    """Make a `logger` write its lines, and tracebacks below them, to a `stream`."""
    lines = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    lines.converter = time.gmtime
    handler = logging.StreamHandler(stream)
    handler.setFormatter(lines)
    logger.handlers[:] = [handler]
    logger.propagate = False
