"""An engine's part of each generation, and what engines are told of the life of generations."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EnginePart:
    """What an engine keeps for one generation. `name` is the id of the generation, or of a build that is not sealed yet.

    Whatever lies in `folder` belongs to the generation: it is made durable, moved and removed with it. An engine that keeps
    its terms elsewhere keeps them under `name`.
    """

    name: str
    folder: Path


class EngineStore(Protocol):
    """Follows the life of generations. `Generations` calls it, and nobody else.

    A program may be killed between any two calls. So `seal` may be followed by `discard` of the same build, and `discard` may be
    called for a build of which nothing was ever written.
    """

    def begin(self, source: EnginePart | None, build: EnginePart) -> None:
        """Make `build` a copy of `source`, which stays as it is; leave it empty where `source` is None."""

    def seal(self, build: EnginePart, sealed: EnginePart) -> None:
        """Make what was built durable, under the name that it has from now on. Its files are moved by the caller."""

    def discard(self, build: EnginePart) -> None:
        """Remove a build that will not be sealed. Its files are removed by the caller."""

    def remove(self, sealed: EnginePart) -> None:
        """Remove an old generation. Its files are removed by the caller."""


class StoredFiles:
    """The store of an engine that keeps all it has in files, which are never changed in place."""

    def begin(self, source: EnginePart | None, build: EnginePart) -> None:
        """Link the files of `source`; lock files are left out."""
        if source is None:
            return
        build.folder.mkdir()
        for file in source.folder.iterdir():
            if file.is_file() and not file.name.endswith("LOCK"):
                link_or_copy(str(file), str(build.folder / file.name))

    def seal(self, build: EnginePart, sealed: EnginePart) -> None:
        """Do nothing: files are moved by `Generations`."""

    def discard(self, build: EnginePart) -> None:
        """Do nothing: files are removed by `Generations`."""

    def remove(self, sealed: EnginePart) -> None:
        """Do nothing: files are removed by `Generations`."""


def link_or_copy(source: str, target: str) -> None:
    """Make `target` a hard link of `source`, a file that is never changed in place; a copy where the file system has no links."""
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
