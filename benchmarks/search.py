"""Building and asking, beside SQLite FTS5 and tantivy on the same passages in the same run.

    python -m benchmarks.search [--passages N ...] [--rounds N]     (by default 1000 10000 30000 100000)

Prints for each size: processor seconds of building, size on disk, milliseconds of the first question in a fresh
process and that process's memory, then median and 95th percentile by class of question, with the peers' medians over
ours (`benchmarks.engines` says what "one look" and "tantivy, ids" are). Each question is asked of one engine after the other, so a slow moment of the machine falls on all. Needs the shared
data folder; says so and ends where it is absent.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from benchmarks.engines import KINDS, Ask, Engine, TantivyWithIds, open_one_look
from benchmarks.passages import find_reason_to_skip, load_entries
from benchmarks.questions import Question, make_questions
from search.engines import IndexEntry

T = TypeVar("T")
SIZES = (1_000, 10_000, 30_000, 100_000)
OURS, ONE_LOOK, WITH_IDS = "findings", "one look", "tantivy, ids"
PEERS = tuple(name for name in KINDS if name != OURS)


def main() -> None:
    """Run all sizes and prints their tables."""
    parser = argparse.ArgumentParser(description="Building and asking, beside SQLite FTS5 and tantivy.")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES, help="sizes of the corpora")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked (default: 5)")
    options = parser.parse_args()
    reason = find_reason_to_skip()
    if reason:
        print(f"skipped: {reason}")
        return
    for count in options.passages:
        with tempfile.TemporaryDirectory() as folder:
            _measure(count, Path(folder), options.rounds)


def _measure(count: int, folder: Path, rounds: int) -> None:
    """One size."""
    entries = load_entries(count)
    words = sum(len(entry.exact) for entry in entries) / len(entries)
    print(f"\n{len(entries)} passages of {words:.0f} words")
    questions = make_questions(entries)
    for name in KINDS:
        print(_building(name, entries, folder / name, questions))
    del entries
    engines = {OURS: KINDS[OURS].open(folder / OURS), ONE_LOOK: open_one_look(folder / OURS)}
    engines |= {name: KINDS[name].open(folder / name) for name in PEERS}
    engines[WITH_IDS] = TantivyWithIds(folder / "tantivy")
    heads = "".join(f"{name:>18}" for name in engines)
    print(f"\n{'milliseconds: median / 95 %':<24}{heads}   peers over findings, over one look")
    for name, asked in questions.items():
        print(_class_row(name, asked, engines, rounds))
    for engine in engines.values():
        engine.close()


def _building(
    name: str, entries: Sequence[IndexEntry], folder: Path, questions: Mapping[str, list[Question]]
) -> str:
    """What building and the first questions cost, each in a process of its own."""
    seconds = _in_process("fork", _build, name, entries, folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
    first, last = (
        questions["common term"][0],
        [question for asked in questions.values() for question in asked],
    )
    milliseconds, idle, peak = _in_process("spawn", _open, name, folder, first, last)
    return (
        f"{name:>10}: build {seconds:6.1f} CPU s, {size:6.1f} MB on disk; first question {milliseconds:6.1f} ms"
        f" after opening; memory {idle} MB then, {peak} MB after all questions (own + mapped files)"
    )


def _in_process(method: str, work: Callable[..., T], *arguments: object) -> T:
    """What the work gives in a process of its own: forked, which has our passages, or fresh."""
    with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        return pool.submit(work, *arguments).result()


def _build(name: str, entries: Sequence[IndexEntry], folder: Path) -> float:
    """Processor seconds of a build, all threads together."""
    started = time.process_time()
    KINDS[name].build(entries, folder)
    return time.process_time() - started


def _open(name: str, folder: Path, first: Question, others: Sequence[Question]) -> tuple[float, str, str]:
    """Milliseconds from opening to the first answer; memory then, and after all questions."""
    started = time.perf_counter()
    engine = KINDS[name].open(folder)
    _ask(engine, first)
    milliseconds = (time.perf_counter() - started) * 1000
    idle = _memory()
    for question in others:
        _ask(engine, question)
    return milliseconds, idle, _memory()


def _ask(engine: Engine, question: Question) -> None:
    ask = engine.prepare(question)
    if ask is not None:
        ask()


def _memory() -> str:
    """Memory of this process in MB: what is its own, and the parts of mapped files that it has touched."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kilobytes = {
        name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.strip()
    }
    return " + ".join(str(int(kilobytes[name]) // 1024) for name in ("RssAnon", "RssFile"))


def _class_row(name: str, questions: Sequence[Question], engines: Mapping[str, Engine], rounds: int) -> str:
    """One class: what each engine took, how the peers' medians compare, and whether the totals agree."""
    times: dict[str, list[float]] = {engine: [] for engine in engines}
    unlike = 0
    for question in questions:
        asks = {engine: opened.prepare(question) for engine, opened in engines.items()}
        totals = {opened.total(question) for engine, opened in engines.items() if asks[engine]}
        unlike += len(totals) > 1
        for _ in range(rounds):
            for engine, ask in asks.items():
                if ask is not None:
                    times[engine].append(_milliseconds(ask))
    cells = "".join(f"{_cell(taken):>18}" for taken in times.values())
    ratios = ", ".join(_ratios(peer, times) for peer in (*PEERS, WITH_IDS) if times[peer])
    return f"{name:<24}{cells}   {ratios}" + (f"   ({unlike} totals differ)" if unlike else "")


def _ratios(peer: str, times: Mapping[str, Sequence[float]]) -> str:
    """A peer's median over those of ours."""
    median = statistics.median(times[peer])
    return f"{peer} " + " ".join(
        f"{median / statistics.median(times[ours]):.2f}" for ours in (OURS, ONE_LOOK)
    )


def _milliseconds(ask: Ask) -> float:
    """How long asking takes."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def _cell(times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    if not times:
        return "-"
    return f"{statistics.median(times):.3f} / {sorted(times)[int(len(times) * 0.95)]:.3f}"


if __name__ == "__main__":
    main()
