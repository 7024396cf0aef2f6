"""Takes words that are not kept any more out of everything that a build leaves behind it: kept generations, caches, pictures.

They are those of what staff withdrew, and those of documents that were deleted longer ago than a setting says.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.corpus.ledger import Entry
from indexer.extraction.cache import Content, ReadingCache
from indexer.withdrawing.deleted import emptied
from indexer.withdrawing.withdrawals import Withdrawals
from search.store.generations import PAGE_PICTURES, Generations

DONE_FILE = "withdrawn.json"
"""Below the index folder: what stands for the words that are out of it. Written last, so that a run that was killed is done again."""


def what_must_go(withdrawals: Withdrawals, ledger: Mapping[str, Entry]) -> frozenset[str]:
    """Return what stands for all words that must not be kept: ids that were withdrawn, and documents whose words the `ledger` let go."""
    return withdrawals.ids | emptied(ledger)


def is_pending(index: Path, wanted: frozenset[str]) -> bool:
    """Return whether words that are `wanted` out may stand below the folder `index` yet."""
    return not wanted <= _done(index)


def forget_taken_back(index: Path, wanted: frozenset[str]) -> None:
    """Forget that words are out of `index` that are not `wanted` out any more: they may come in again, and be withdrawn again."""
    done = _done(index)
    if done - wanted:
        _note_done(index, done & wanted)


def _done(index: Path) -> frozenset[str]:
    """What is out of the index."""
    try:
        return frozenset(json.loads((index / DONE_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _note_done(index: Path, done: Iterable[str]) -> None:
    """Writes down what is out of the index."""
    (index / DONE_FILE).write_text(json.dumps(sorted(done)), encoding="utf-8")


def erase_traces(
    generations: Generations, cache: ReadingCache, kept: Iterable[Content], wanted: frozenset[str]
) -> None:
    """Remove every generation but the published one, all readings but `kept` ones, and all pictures of pages; note that what was
    `wanted` out is.

    Call while writing, after a generation without the words was published.
    """
    generations.remove_others()
    cache.keep_only(kept)
    shutil.rmtree(generations.index_dir / PAGE_PICTURES, ignore_errors=True)
    _note_done(generations.index_dir, wanted)
