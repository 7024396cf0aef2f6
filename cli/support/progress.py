"""Progress of long work: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

LINE_EVERY = 5.0  # seconds between two lines where there is no terminal
DRAW_EVERY = 0.1  # seconds between two drawings of the bar
_WIDEST = 48  # characters of a path beside the bar


class IndexProgress:
    """Shows the stages of an indexing run on stderr. Draws by itself: no thread may run while readers are forked."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._name, self._total, self._done = "", 0, 0
        self._shown = time.monotonic()
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn())
            console = Console(stderr=True)
            self._bar = Progress(
                *columns,
                TextColumn("{task.fields[what]}"),
                console=console,
                auto_refresh=False,
                transient=True,
            )
            self._bar.start()

    def stage(self, name: str, total: int) -> None:
        """See `indexer.build.generation_builder.Progress`."""
        self._name, self._total, self._done = name, total, 0
        if self._bar is not None:
            self._task = self._bar.add_task(name, total=total or None, what="")
            self._bar.refresh()
        elif total:
            self._line()

    def step(self, what: str) -> None:
        """See `indexer.build.generation_builder.Progress`."""
        self._done += 1
        since = time.monotonic() - self._shown
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, what=what[-_WIDEST:])
            if since > DRAW_EVERY or self._done == self._total:
                self._bar.refresh()
                self._shown = time.monotonic()
        elif since > LINE_EVERY or self._done == self._total:
            self._line()

    def _line(self) -> None:
        """One line for a log."""
        print(f"{self._name}: {self._done} of {self._total}", file=sys.stderr, flush=True)  # noqa: T201 - stderr
        self._shown = time.monotonic()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
