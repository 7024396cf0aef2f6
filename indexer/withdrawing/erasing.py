"""Takes the words of what was withdrawn out of everything that a build leaves behind it: kept generations, caches, pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from indexer.extraction.cache import Content, ReadingCache
from indexer.withdrawing.withdrawals import Withdrawals
from search.store.generations import PAGE_PICTURES, Generations

DONE_FILE = "withdrawn.json"
"""Below the index folder: the ids whose words are out of it. Written last, so that a run that was killed is done again."""


def is_pending(index: Path, withdrawals: Withdrawals) -> bool:
    """Return whether words of `withdrawals` may stand below the folder `index` yet."""
    return not withdrawals.ids <= _done(index)


def forget_taken_back(index: Path, withdrawals: Withdrawals) -> None:
    """Forget that words are out of `index` whose withdrawal staff took back: they may come in again, and be withdrawn again."""
    done = _done(index)
    if done - withdrawals.ids:
        _note_done(index, done & withdrawals.ids)


def _done(index: Path) -> frozenset[str]:
    """The ids whose words are out of the index."""
    try:
        return frozenset(json.loads((index / DONE_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _note_done(index: Path, ids: Iterable[str]) -> None:
    """Writes down the ids whose words are out of the index."""
    (index / DONE_FILE).write_text(json.dumps(sorted(ids)), encoding="utf-8")


def erase_traces(
    generations: Generations, cache: ReadingCache, kept: Iterable[Content], withdrawals: Withdrawals
) -> None:
    """Remove every generation but the published one, all readings but `kept` ones, and all pictures of pages.

    Call while writing, after a generation without the words was published.
    """
    generations.remove_others()
    cache.keep_only(kept)
    shutil.rmtree(generations.index_dir / PAGE_PICTURES, ignore_errors=True)
    _note_done(generations.index_dir, withdrawals.ids)
