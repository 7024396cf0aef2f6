"""Looking quotations up, beside SQLite's full-text search (FTS5) and a scan of all text, in one run.

    python -m benchmarks.quotes [--index DIR] [--quotes N]

Uses the passages of a published index; a large one says more. The quotations are stretches of 8 to 40 words of its
passages: a third as they stand, a third with one word changed, a third over the end of a passage. FTS5 looks its words up
as one phrase, which finds the first kind only and says nothing of differences; the scan asks every passage whether
it holds the text. Prints median milliseconds, the share found by each, and ratios.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from search.analysis.words import forms
from search.model import Passage
from search.quotes.index import READ_ON
from search.quotes.lookup import Verdict, find_quote
from search.room import ReadingRoom
from search.settings import Settings

SEED = 20191106


def main() -> None:
    """Run all three and prints the table."""
    options = _options()
    settings = replace(Settings.from_env(os.environ), index=options.index)
    with closing(ReadingRoom(settings)) as room:
        passages = list(room.opened.catalog.all_passages())
        context = room.opened.quoted
        peer = _phrases(passages)
        folded = [" ".join(forms(passage.text)) for passage in passages]
        print(f"{len(passages)} passages, {options.quotes} quotations of each kind")
        for kind, quotes in _quotations(passages, options.quotes).items():
            ours = _measured(lambda q: find_quote(q, context).verdict is not Verdict.NOT_FOUND, quotes)
            fts = _measured(lambda q: bool(_phrase(peer, q)), quotes)
            scan = _measured(lambda q: _scan(folded, q), quotes)
            print(
                f"{kind:<14} findings {_figures(ours)}   fts5 phrase {_figures(fts)}   scan {_figures(scan)}   "
                f"ratio to fts5 {ours[0] / fts[0]:.2f}, to the scan {ours[0] / scan[0]:.2f}"
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, default=Path("index"), help="a published index")
    parser.add_argument("--quotes", type=int, default=60, help="quotations of each kind (default: 60)")
    return parser.parse_args()


def _phrases(passages: Sequence[Passage]) -> sqlite3.Connection:
    """The peer: every passage as a row of words."""
    peer = sqlite3.connect(":memory:")
    peer.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61')")
    peer.executemany("INSERT INTO words VALUES (?)", ((" ".join(forms(p.text)),) for p in passages))
    return peer


def _phrase(peer: sqlite3.Connection, quote: str) -> list[tuple[int]]:
    """The passages that hold the words as a phrase."""
    words = " ".join(forms(quote))
    return peer.execute(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT 10", [f'text:"{words}"']
    ).fetchall()


def _scan(folded: Sequence[str], quote: str) -> bool:
    """Whether any passage holds the words, by looking at all."""
    words = " ".join(forms(quote))
    return sum(words in text for text in folded) > 0


def _quotations(passages: Sequence[Passage], count: int) -> dict[str, list[str]]:
    """Quotations by kind."""
    chance = random.Random(SEED)
    long = [i for i, p in enumerate(passages[:-1]) if len(p.text.split()) > 12]
    made: dict[str, list[str]] = {"as it stands": [], "one changed": [], "over an end": []}
    for i in chance.choices(long, k=count):
        words = passages[i].text.split()
        length = chance.randint(8, min(40, len(words)))
        at = chance.randint(0, len(words) - length)
        stretch = words[at : at + length]
        made["as it stands"].append(" ".join(stretch))
        changed = list(stretch)
        changed[chance.randrange(1, length - 1)] = "zebra"
        made["one changed"].append(" ".join(changed))
        following = passages[i + 1]
        if following.document_id == passages[i].document_id and {following.kind, passages[i].kind} <= READ_ON:
            made["over an end"].append(" ".join([*words[-12:], *following.text.split()[:12]]))
    return made


def _measured(ask: Callable[[str], bool], quotes: Sequence[str]) -> tuple[float, float]:
    """Median milliseconds, and the share for which the answer is yes."""
    times, found = [], 0
    for quote in quotes:
        started = time.perf_counter()
        found += ask(quote)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000, found / len(quotes)


def _figures(measured: tuple[float, float]) -> str:
    """Milliseconds and share found."""
    return f"{measured[0]:7.2f} ms, {measured[1]:4.0%} found"


if __name__ == "__main__":
    main()
