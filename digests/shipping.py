"""From the sources of digests to the files below `corpus/digests`: one loop for every format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from digests.source import Digest, load_digest

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "corpus" / "digests"


def sources_in(folder: Path) -> list[Path]:
    """Return the digests' sources in a folder, in order of their names."""
    return sorted(folder.glob("*.md"))


def ship(folder: Path, ending: str, render: Callable[[Digest], bytes]) -> int:
    """Write each digest of a folder to `TARGET`, as `<name><ending>`; print each path. Returns the exit status 0."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for source in sources_in(folder):
        target = TARGET / f"{source.stem}{ending}"
        target.write_bytes(render(load_digest(source)))
        sys.stdout.write(f"{target}\n")
    return 0
