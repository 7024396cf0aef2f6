"""A real server process for the tests of pages as browsers and other programs see them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from search.settings import Settings

PROGRAM = """
import sys
from search.settings import Settings
from webapp.serve import serve
from pathlib import Path
serve(Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), port=0))
"""


@contextmanager
def serving(
    settings: Settings, before: str = "", within: Callable[[list[str]], list[str]] = list
) -> Iterator[str]:
    """The address of a server on a free port, without the last slash; it is told to stop afterwards.

    `before` are statements that it runs first; `within` makes of its command one that runs it somewhere else.
    """
    command = within([sys.executable, "-c", before + PROGRAM, str(settings.corpus), str(settings.index)])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FINDINGS_")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://\S+?(?=/ )", line)
            assert found, line
            yield found.group()
        finally:
            process.terminate()
            process.wait(timeout=20)
