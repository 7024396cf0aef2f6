"""Pages over HTTP, from a real server process, beside the cheapest page of the same server in the same run.

    python -m benchmarks.web [--corpus DIR] [--index DIR]

Asks for search pages with filters, counts and snippets, first by one reader, then by eight at once who never pause to read, and
prints the median and the 95th percentile in milliseconds to the last byte, their ratio to `/healthz` (which shows what server and
machine cost by themselves), the bytes of a page as browsers get it, the first question after starting, and the memory of the server.
Questions are made of words that stand side by side in passages of the index. The load tool is wrk (Debian: apt-get install wrk),
because readers written in Python take their share of the processor.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from search.analysis.words import forms, stop_words
from search.room import ReadingRoom
from search.settings import Settings

PAGES = 120  # different ones, asked for in turn
READERS = 8
SECONDS = 15  # of each load
PAGES_ASKED, CHEAPEST_ASKED = "pages", "cheapest"
SEED = 20191112
PROGRAM = "from cli.main import main; main()"


def main() -> None:
    """Start the server, measures and prints."""
    parser = argparse.ArgumentParser(description="Pages over HTTP, by one reader and by eight.")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("this benchmark needs the load tool wrk (Debian: apt-get install wrk)")
    settings = replace(Settings.from_env(os.environ), corpus=options.corpus, index=options.index)
    paths = _questions(settings)
    with _serving(settings) as (address, process):
        first = _milliseconds(address, paths[0])
        print(f"first page after starting: {first:.0f} ms")
        with TemporaryDirectory() as folder:
            Path(folder, PAGES_ASKED).write_text("\n".join(paths), encoding="utf-8")
            Path(folder, CHEAPEST_ASKED).write_text("/healthz", encoding="utf-8")
            for readers in (1, READERS):
                _compare(address, Path(folder), readers)
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
    """Yield the address of a server of its own, and its process."""
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


def _compare(address: str, folder: Path, readers: int) -> None:
    """One line for search pages and the cheapest page, asked for by so many readers at once."""
    ours, peer = (_loaded(address, folder / name, readers) for name in (PAGES_ASKED, CHEAPEST_ASKED))
    print(
        f"{readers} at once: {ours.pages} pages, p50 {ours.median:.1f} ms, p95 {ours.slow:.1f} ms, {ours.errors} errors,"
        f" {ours.size / 1024:.1f} kB a page; /healthz p50 {peer.median:.2f} ms; ratio of medians {ours.median / peer.median:.1f}"
    )


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: answers, their median and 95th percentile in milliseconds, bytes of each, and errors."""

    pages: int
    median: float
    slow: float
    size: float
    errors: int


def _loaded(address: str, asked: Path, readers: int) -> Load:
    """Readers who ask for one page after the other, for SECONDS."""
    script = Path(__file__).with_name("load.lua")
    command = ["wrk", "--threads", "1", "--connections", str(readers), "--duration", str(SECONDS)]
    command += ["--timeout", "30", "--script", str(script), address, "--", str(asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    pages, median, slow, size, errors = done.stdout.split("measured:")[1].split()
    return Load(int(pages), float(median), float(slow), int(size) / max(int(pages), 1), int(errors))


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


def _megabytes(pid: int) -> int:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
