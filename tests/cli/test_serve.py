"""`findings serve`: what it is told on the command line goes before the environment."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.cli.conftest import Run
from tests.indexer.corpora import Desk

PROGRAM = [sys.executable, "-c", "from cli.main import main; main()"]


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_ends_with_2(findings: Run, port: str) -> None:
    assert findings("serve", "--port", port).code == 2


def test_serve_answers_where_it_was_told_to(library: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = ["--corpus", str(library.corpus), "--index", str(library.settings.index)]
    served = subprocess.Popen(
        [*PROGRAM, *where, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert served.stdout is not None
    with served.stdout as shown:
        assert any(str(port) in line for line in iter(shown.readline, ""))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        served.send_signal(signal.SIGTERM)
        served.wait(timeout=10)
