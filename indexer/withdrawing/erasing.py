"""Takes the words of what was withdrawn out of everything that a build leaves behind it: kept generations, caches, pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from indexer.extraction.cache import Content, ReadingCache
from indexer.withdrawing.withdrawals import Withdrawals
from search.store.generations import Generations

DONE_FILE = "withdrawn.json"
"""Below the index folder: the ids whose words are out of it. Written last, so that a run that was killed is done again."""
PICTURES = Path("cache") / "pages"


def is_pending(index: Path, withdrawals: Withdrawals) -> bool:
    """Return whether words of `withdrawals` may stand below the folder `index` yet."""
    try:
        done = json.loads((index / DONE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        done = []
    return not withdrawals.ids <= set(done)


def erase_traces(
    generations: Generations, cache: ReadingCache, kept: Iterable[Content], withdrawals: Withdrawals
) -> None:
    """Remove every generation but the published one, all readings but `kept` ones, and all pictures of pages.

    Call while writing, after a generation without the words was published.
    """
    generations.remove_others()
    cache.keep_only(kept)
    shutil.rmtree(generations.index_dir / PICTURES, ignore_errors=True)
    (generations.index_dir / DONE_FILE).write_text(json.dumps(sorted(withdrawals.ids)), encoding="utf-8")
