"""Pages over HTTP, from a real server process, beside the cheapest page of the same server in the same run.

    python -m benchmarks.web [--corpus DIR] [--index DIR]

Asks for search pages with filters, counts and snippets, first one reader after the other, then eight at once, and prints the median
and the 95th percentile in milliseconds, their ratio to `/healthz` (which shows what server and machine cost by themselves), the first
question after starting, and the memory of the server. Questions are made of words that stand side by side in passages of the index.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from search.room import ReadingRoom
from search.settings import Settings
from search.text import forms, stop_words

PAGES = 120  # asked for by each number of readers
READERS = 8
SEED = 20191112
PROGRAM = "from cli.main import main; main()"


def main() -> None:
    """Starts the server, measures and prints."""
    parser = argparse.ArgumentParser(description="Pages over HTTP, by one reader and by eight.")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    settings = replace(Settings.from_env(os.environ), corpus=options.corpus, index=options.index)
    paths = _questions(settings)
    with _serving(settings) as (address, process):
        first = _milliseconds(address, paths[0])
        print(f"first page after starting: {first:.0f} ms")
        for readers in (1, READERS):
            _compare(address, paths, readers)
        print(f"memory of the server: {_megabytes(process.pid)} MB")


def _questions(settings: Settings) -> list[str]:
    """Paths of search pages: one to three words, every third one narrowed."""
    chance = random.Random(SEED)
    with closing(ReadingRoom(settings)) as room:
        passages = list(room.opened.catalog.all_passages())
    print(f"{len(passages)} passages")
    paths: list[str] = []
    while len(paths) < PAGES:
        words = [word for word in forms(chance.choice(passages).text) if word not in stop_words()]
        if len(words) > 4:
            at = chance.randrange(len(words) - 3)
            asked = {"q": " ".join(words[at : at + 1 + len(paths) % 3])}
            paths.append("/search?" + urlencode(asked | ({"kind": "report"} if len(paths) % 3 == 2 else {})))
    return paths


@contextmanager
def _serving(settings: Settings) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server of its own, and its process."""
    folders = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    command = [sys.executable, "-c", PROGRAM, *folders, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        try:
            assert process.stderr is not None
            found = re.search(r"http://\S+?(?=/ )", process.stderr.readline())
            assert found, "the server did not say where it listens"
            yield found.group(), process
        finally:
            process.terminate()


def _compare(address: str, paths: Sequence[str], readers: int) -> None:
    """One line for search pages and the cheapest page, asked for by so many readers at once."""
    ours, peer = _asked(address, paths, readers), _asked(address, ["/healthz"] * len(paths), readers)
    ratio = statistics.median(ours) / statistics.median(peer)
    print(f"{readers} at once: {_spread(ours)}; /healthz {_spread(peer)}; ratio of medians {ratio:.1f}")


def _asked(address: str, paths: Sequence[str], readers: int) -> list[float]:
    """Milliseconds of every page."""
    with ThreadPoolExecutor(readers) as pool:
        return list(pool.map(partial(_milliseconds, address), paths))


def _milliseconds(address: str, path: str) -> float:
    """From the request to the last byte. Anything but 200 ends the run."""
    started = time.perf_counter()
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: status {answer.status}")
    return (time.perf_counter() - started) * 1000


def _spread(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"p50 {statistics.median(times):.1f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.1f} ms"


def _megabytes(pid: int) -> int:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
