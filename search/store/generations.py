"""Generations: complete, immutable builds of the index, and the one pointer that publishes one of them.

    index/CURRENT                            the id of the generation that answers
    index/generations/<id>/meta.json         format, fingerprint, counts; written last, so its presence seals
                           catalog.sqlite    all text
                           whoosh/           the engine's terms
                           shingles/         pairs of words, to look quotations up
                           vectors.arrays    vectors of passages, where a sentence model was there
    index/generations/.building-<pid>.<engine>/   a build at work; left over by a kill, it is removed by the next one
    index/LOCK                               held (flock) while one process writes

A build begins as a copy of the current generation: a real copy of the catalog, and of the engine's part what its store
makes (`search.store.engine_parts`): hard links of files that are never changed in place. Readers see nothing before
`publish` replaces CURRENT in one step.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.errors import IndexDamaged, IndexIncompatible, IndexLocked, IndexMissing, NothingToUndo
from search.store.catalog import copy_catalog
from search.store.engine_parts import EnginePart, EngineStore, StoredFiles, link_or_copy

INDEX_FORMAT = 7  # raise it when an older version could not read what this one writes
KEPT = 5  # sealed generations that stay; older ones are removed when a new one is published
SHINGLES = "shingles"
PAGE_PICTURES = Path("cache") / "pages"
"""Where pictures of pages are kept below the index folder; they can be drawn anew at any time."""
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Meta:
    """What `meta.json` says of a generation. `fingerprint` stands for all that changes results but the corpus."""

    generation: str
    format: int
    engine: str
    fingerprint: str
    created_at: str
    previous: str | None
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed generation on disk."""

    folder: Path
    meta: Meta

    @property
    def catalog_path(self) -> Path:
        """Its catalog."""
        return self.folder / "catalog.sqlite"

    @property
    def shingles_folder(self) -> Path:
        """Its pairs of words."""
        return self.folder / SHINGLES

    @property
    def engine_part(self) -> EnginePart:
        """What its engine keeps; the folder is named like the engine."""
        return EnginePart(self.meta.generation, self.folder / self.meta.engine)


class Generations:
    """All generations below one index folder."""

    def __init__(self, index_dir: Path, stores: Mapping[str, EngineStore] | None = None) -> None:
        """`stores` follow the life of the parts of their engines; without one, an engine keeps all it has in files."""
        self.index_dir = index_dir
        self._stores = stores or {}
        self._folder = index_dir / "generations"
        self._pointer = index_dir / "CURRENT"

    # --- reading

    def current_id(self) -> str | None:
        """Return the id of the published generation, or None when nothing was ever published.

        A damaged pointer gives an id that no generation has, so that opening it says what is wrong.
        """
        try:
            return self._pointer.read_text(encoding="utf-8", errors="replace").strip() or None
        except FileNotFoundError:
            return None

    def current(self) -> Generation:
        """Return the published generation. Raises IndexMissing, IndexDamaged or IndexIncompatible."""
        generation_id = self.current_id()
        if generation_id is None:
            raise IndexMissing(self.index_dir)
        return self.open(generation_id)

    def open(self, generation_id: str) -> Generation:
        """Return a sealed generation by its id."""
        folder = self._folder / generation_id
        try:
            data = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if data["format"] != INDEX_FORMAT:
                raise IndexIncompatible(folder, data["format"], INDEX_FORMAT)
            return Generation(folder, Meta(**data))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(folder, f"no readable meta.json: {error}") from error

    def sealed(self) -> list[str]:
        """Return the ids of all sealed generations, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(
            f.name for f in self._folder.iterdir() if (f / "meta.json").is_file() and f.name[0] != "."
        )

    # --- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of the index. Raises IndexLocked at once when another process has it.

        The kernel lets go of the lock when the process ends, however it ends.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self.index_dir / "LOCK").open("a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise IndexLocked(self.index_dir) from error
            self._remove_leftovers()
            yield

    def _remove_leftovers(self) -> None:
        """Removes what killed builds left. Call only while writing."""
        for folder in self._folder.glob(f"{_BUILDING}*"):
            self._store(_engine_of(folder)).discard(build_part(folder))
            shutil.rmtree(folder)

    def _store(self, engine: str) -> EngineStore:
        """What follows the parts of an engine."""
        return self._stores.get(engine) or StoredFiles()

    def _new_folder(self, engine: str) -> Path:
        """Where a build takes place. Its name has that of the engine, so that it can be told when the build is given up."""
        return self._folder / f"{_BUILDING}{os.getpid()}.{engine}"

    def begin(self, source: Generation | None, engine: str) -> Path:
        """Return a folder for a new build with this engine: a copy of `source`, which must have the same engine, or empty."""
        folder = self._new_folder(engine)
        folder.mkdir()
        if source is not None:
            copy_catalog(source.catalog_path, folder / "catalog.sqlite")
        self._store(engine).begin(source.engine_part if source else None, build_part(folder))
        return folder

    def seal_amended(self, source: Generation, amend: Callable[[Path], None]) -> Generation:
        """Seal a copy of `source` to which `amend` adds a file, and which takes its place: `undo` goes behind both."""
        folder, engine = self._new_folder(source.meta.engine), source.meta.engine
        try:
            shutil.copytree(
                source.folder, folder, copy_function=link_or_copy, ignore=shutil.ignore_patterns(engine)
            )
            (folder / "meta.json").unlink()
            self._store(engine).begin(source.engine_part, build_part(folder))
            amend(folder)
            facts = asdict(source.meta)
            for name in ("generation", "format", "created_at"):
                del facts[name]
            return self.seal(folder, facts)
        except BaseException:
            self.discard(folder)
            raise

    def seal(self, folder: Path, facts: Mapping[str, Any]) -> Generation:
        """Make a finished build immutable and give it its id. `facts` are the fields of Meta beside id and format."""
        created = datetime.now(UTC)
        seed = json.dumps(facts, sort_keys=True) + created.isoformat()
        digest = hashlib.sha256(seed.encode("utf-8")).hexdigest()[:6]
        generation_id = f"{created:%Y%m%dT%H%M%S%f}-{digest}"
        meta = Meta(
            generation=generation_id,
            format=INDEX_FORMAT,
            created_at=created.isoformat(timespec="seconds"),
            **{"previous": self.current_id(), **facts},
        )
        sealed = Generation(self._folder / generation_id, meta)
        self._store(meta.engine).seal(build_part(folder), sealed.engine_part)
        for file in folder.rglob("*"):
            if file.is_file():
                _sync(file)
        _write_durably(folder / "meta.json", json.dumps(asdict(meta), indent=1))
        folder.rename(sealed.folder)
        _sync(self._folder)
        return sealed

    def publish(self, generation_id: str) -> None:
        """Make a sealed generation the one that answers, in one step, and remove the oldest beyond KEPT."""
        fresh = self._pointer.with_suffix(".new")
        _write_durably(fresh, generation_id + "\n")
        fresh.replace(self._pointer)
        _sync(self.index_dir)
        spared = {generation_id, self.open(generation_id).meta.previous}
        for old in self.sealed()[:-KEPT]:
            if old not in spared:
                self._remove(old)

    def remove_others(self) -> None:
        """Remove every sealed generation but the published one, so that nothing leads back. Call while writing."""
        published = self.current_id()
        for generation_id in self.sealed():
            if generation_id != published:
                self._remove(generation_id)

    def _remove(self, generation_id: str) -> None:
        """Removes a sealed generation; of one that does not open any more, no engine can be told."""
        generation = self._find(generation_id)
        if generation is not None:
            self._store(generation.meta.engine).remove(generation.engine_part)
        shutil.rmtree(self._folder / generation_id)

    def discard(self, folder: Path) -> None:
        """Remove a build that will not be sealed."""
        self._store(_engine_of(folder)).discard(build_part(folder))
        shutil.rmtree(folder, ignore_errors=True)

    def undo(self) -> tuple[str, Generation]:
        """Publish the generation that the current one was built on; return (id left, now current).

        Call while writing. Raises IndexMissing and NothingToUndo.
        """
        left = self.current_id()
        if left is None:
            raise IndexMissing(self.index_dir)
        target = self._before(left)
        if target is None:
            raise NothingToUndo(self.index_dir)
        self.publish(target.meta.generation)
        return left, target

    def _before(self, left: str) -> Generation | None:
        """What a generation was built on; where it cannot say so any more, the newest other that opens."""
        try:
            previous = self.open(left).meta.previous
            return self.open(previous) if previous in self.sealed() else None
        except (IndexDamaged, IndexIncompatible):
            others = (generation_id for generation_id in reversed(self.sealed()) if generation_id != left)
            return next((found for found in map(self._find, others) if found is not None), None)

    def _find(self, generation_id: str) -> Generation | None:
        """A sealed generation, or None when it cannot be opened."""
        try:
            return self.open(generation_id)
        except (IndexDamaged, IndexIncompatible):
            return None


def _engine_of(folder: Path) -> str:
    """The engine of a build, by the name of its folder."""
    return folder.name.removeprefix(_BUILDING).partition(".")[2]


def build_part(folder: Path) -> EnginePart:
    """Return the engine's part of the build in `folder`, which `Generations.begin` gave."""
    return EnginePart(folder.name.removeprefix("."), folder / _engine_of(folder))


def _write_durably(path: Path, text: str) -> None:
    """Writes a file so that it is on the disk when this returns."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    """Makes a file's content, or the renames in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
