"""Makes a sealed index of the present format beside this file: `python -m tests.compat.make`, once for each format.

An index that is in git stays as it is: it stands for those that people have on their disks.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from search.store.generations import INDEX_FORMAT
from tests.indexer.corpora import small_desk

HERE = Path(__file__).resolve().parent


def make() -> Path:
    """A folder named after the format, with the index of the small corpus of the tests."""
    folder = HERE / f"format_{INDEX_FORMAT}"
    with tempfile.TemporaryDirectory() as workplace:
        desk = small_desk(Path(workplace))
        desk.settings = replace(desk.settings, meaning=False)
        desk.run()
        shutil.rmtree(desk.settings.index / "cache", ignore_errors=True)
        for lock in desk.settings.index.rglob("*LOCK"):
            lock.unlink()
        shutil.copytree(desk.settings.index, folder)
    return folder


if __name__ == "__main__":
    make()
