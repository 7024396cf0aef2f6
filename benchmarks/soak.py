"""The reading room under everything at once, for as long as it is told: does anything fail, does memory grow?

    python -m benchmarks.soak [--minutes 10] [--corpus DIR]

A server answers eight readers who never pause, and one who sends a byte a second on thirty connections, while staff publish a report
that changes, undo, and withdraw. Prints once in a while, and at the end, how many answers there were, how many of them
were 5xx (none is wanted), the slowest, and the memory of the server (PSS, all its processes): after the first fifth,
at its highest, and at the end. Ends with 1 for any answer of 5xx, and where the end is more than a fifth above the first fifth.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

READERS, SLOW = 8, 30
PROGRAM = "from cli.main import main; main()"
QUESTIONS = (
    "trust funds",
    "exercise*",
    '"lessons learned"',
    "finding:recommendation",
    "women peace",
    "interoperability~",
    "zzzz",
    '"broken',
)
GROWTH = 1.2  # times what the server has after the first fifth
PAUSE = 5.0  # seconds between two acts of staff


@dataclass(slots=True)
class Tally:
    """What was answered. Safe to share between threads as far as counting goes."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    acts: Counter[str] = field(default_factory=Counter)

    def note(self, path: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.statuses[status] += 1
        self.slowest = max(self.slowest, seconds)
        if status >= 500 or status == 0:
            self.failed.append(f"{status} {path}")

    def line(self, megabytes: float) -> str:
        """Return the state in words."""
        served = ", ".join(f"{many} x {status}" for status, many in sorted(self.statuses.items()))
        staff = ", ".join(f"{many} x {act}" for act, many in sorted(self.acts.items()))
        return f"{served}; slowest {self.slowest:.1f} s; memory {megabytes:.0f} MB; staff: {staff}"


def main() -> None:
    """Run all of it on a copy of the corpus, and says how it went."""
    parser = argparse.ArgumentParser(description="The reading room under everything at once.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="findings-soak-") as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        shutil.copytree(options.corpus, corpus)
        where = ["--corpus", str(corpus), "--index", str(index)]
        run_command([*where, "index"])
        with serving(where) as (site, process):
            sys.exit(soak(site, process.pid, where, corpus, options.minutes * 60))


def soak(site: str, pid: int, where: list[str], corpus: Path, seconds: float) -> int:
    """Let everybody loose for so many seconds; returns the exit status."""
    tally, stop = Tally(), threading.Event()
    paths = find_paths(site)
    works = [partial(read, site, paths, seed, tally, stop) for seed in range(READERS)]
    works += [partial(send_slowly, site, stop), partial(publish, where, corpus, tally, stop)]
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    memory = []
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        time.sleep(min(10.0, seconds / 20))
        memory.append(megabytes(pid))
        print(tally.line(memory[-1]), flush=True)
    stop.set()
    for thread in threads:
        thread.join(60)
    return judge(tally, memory)


def judge(tally: Tally, memory: list[float]) -> int:
    """Say how it went; 0 where nothing failed and memory is flat."""
    early = max(memory[: max(1, len(memory) // 5)])
    print(f"answers: {sum(tally.statuses.values())}; of 5xx or none: {len(tally.failed)} {tally.failed[:5]}")
    print(
        f"memory: {early:.0f} MB after a fifth, {max(memory):.0f} MB at its highest, {memory[-1]:.0f} MB at the end"
    )
    return int(bool(tally.failed) or memory[-1] > GROWTH * early)


def find_paths(site: str) -> list[str]:
    """Return pages of every kind: those that the list of documents and a page of results lead to."""
    found = [
        "/",
        "/documents/",
        "/themes/",
        "/findings/",
        "/editions/",
        "/about",
        "/feed.atom",
        "/corrections.atom",
        "/basket",
    ]
    for page in ("/documents/", "/search?q=trust", "/themes/"):
        with urllib.request.urlopen(site + page) as answer:  # noqa: S310 - our own server
            text = answer.read().decode()
        found += re.findall(r'href="(/(?:d|p|themes|findings)/[^"#?]*)"', text)
    return list(dict.fromkeys(found))[:200]


def read(site: str, paths: list[str], seed: int, tally: Tally, stop: threading.Event) -> None:
    """Ask and open as one reader, who goes on and opens without a pause. Links may be of what staff have withdrawn: 410 is an answer."""
    chosen = random.Random(seed)
    while not stop.is_set():
        asks = chosen.random() < 0.4
        path = f"/search?q={quote(chosen.choice(QUESTIONS))}" if asks else chosen.choice(paths)
        begun = time.monotonic()
        try:
            with urllib.request.urlopen(site + path, timeout=60) as answer:  # noqa: S310 - our own server
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
        except OSError:
            status = 0
        tally.note(path, status, time.monotonic() - begun)


def send_slowly(site: str, stop: threading.Event) -> None:
    """Keep connections open and sends a byte a second on each; a new one where the server has closed one."""
    host, _, port = site.removeprefix("http://").partition(":")
    open_ones: list[socket.socket] = []
    while not stop.is_set():
        while len(open_ones) < SLOW:
            open_ones.append(socket.create_connection((host, int(port))))
            open_ones[-1].sendall(b"GET /search?q=")
        for one in list(open_ones):
            try:
                one.sendall(b"a")
            except OSError:
                open_ones.remove(one)
        stop.wait(1)
    for one in open_ones:
        one.close()


def publish(where: list[str], corpus: Path, tally: Tally, stop: threading.Event) -> None:
    """Publish as staff do: a report changes and is published, undone, published again, and withdrawn now and then."""
    number = 0
    while not stop.is_set():
        number += 1
        report = corpus / f"soak-{number % 7}.md"
        report.write_text(
            f"# Soak {number}\n\nReport {number} recommends that trust funds be planned for {number} years.\n",
            encoding="utf-8",
        )
        acts = [["index"], ["undo"], ["index"]]
        if number % 3 == 0:
            acts.append(["withdraw", f"soak-{number % 7}", "--reason", "published by mistake"])
        for act in acts:
            status = run_command([*where, *act])
            tally.acts[act[0] if status in (0, 3) else f"{act[0]} ended with {status}"] += 1
            if stop.wait(PAUSE):
                return


def run_command(arguments: list[str]) -> int:
    """Return the exit status of a command of ours."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, check=False)  # noqa: S603 - our own words
    return done.returncode


@contextmanager
def serving(where: list[str]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a server on a free port, and its process."""
    command = [sys.executable, "-c", PROGRAM, *where, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        assert process.stderr is not None
        found = re.search(r"http://\S+?(?=/ )", process.stderr.readline())
        assert found
        threading.Thread(target=sys.stderr.writelines, args=(process.stderr,), daemon=True).start()
        try:
            yield found.group(), process
        finally:
            process.terminate()
            process.wait(timeout=30)


def megabytes(pid: int) -> float:
    """Return the memory of a process without what it shares (PSS), and of those that it started."""
    total = 0
    for one in (pid, *children(pid)):
        with suppress(OSError):
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0])
    return total / 1024


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(one) for one in listed]
    return []


if __name__ == "__main__":
    main()
