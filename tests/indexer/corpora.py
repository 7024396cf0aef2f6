"""Small real corpora in a folder, runs of the real pipeline over them, and what an index holds after them."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer.build.pipeline import index_corpus
from indexer.build.report import IndexReport
from search.answering.answer import Question
from search.room import ReadingRoom
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations
from search.store.records import document_record, passage_record

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"
SPEECH = """Opening speech

Ladies and gentlemen, we meet in Geneva to speak of peace and of trust.

The Trust Fund pays for the training of officers in partner countries.

We must never forget that partners come first in all that we do together.
"""
NOTE = """# Note on exercises

Exercises build interoperability among Allies and partners every year.

Participants recommended that exercises be planned five years ahead.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Press text</title></head><body><main><h1>Press text</h1>
<p>Delegates from thirty nations met and agreed to meet again next year.</p>
<p>The next symposium will be held in a capital that is yet to be named.</p></main></body></html>
"""
THEMES = '[[themes]]\nid = "trust-funds"\nlabel = "Trust Funds"\nlabels = ["trust fund"]\n'


@dataclass
class Recorder:
    """A progress that remembers what was done in each stage."""

    steps: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _stage: str = ""

    def stage(self, name: str, total: int) -> None:
        self._stage = name
        self.steps[name].extend([])

    def step(self, what: str) -> None:
        self.steps[self._stage].append(what)

    @property
    def read(self) -> list[str]:
        """Paths that were really read."""
        return sorted(self.steps["reading"])


@dataclass
class Desk:
    """A corpus folder, an index folder, and what staff do with them."""

    settings: Settings
    recorder: Recorder = field(default_factory=Recorder)

    @property
    def corpus(self) -> Path:
        return self.settings.corpus

    def write(self, path: str, text: str | bytes) -> Path:
        """Puts a file into the corpus."""
        file = self.corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    def run(self, **how: Any) -> IndexReport:
        """One run of the pipeline; `recorder` knows its steps."""
        self.recorder = Recorder()
        return index_corpus(self.settings, self.recorder, **how)

    def holds(self) -> dict[str, Any]:
        """All that the published index holds, without times and names of generations."""
        catalog = Catalog(Generations(self.settings.index).current().catalog_path)
        try:
            return {
                "documents": [document_record(document) for document in catalog.documents()],
                "passages": [passage_record(passage) for passage in catalog.all_passages()],
                "digests": catalog.input_digests(),
                "unread": [asdict(item) for item in catalog.unread()],
                "editions": catalog.editions(),
                "themes": catalog.themes(),
            }
        finally:
            catalog.close()

    def afresh(self) -> dict[str, Any]:
        """What an index built from nothing holds."""
        other = Desk(replace(self.settings, index=self.settings.index.with_name("afresh")))
        shutil.rmtree(other.settings.index, ignore_errors=True)
        other.run()
        return other.holds()

    def found(self, words: str) -> list[str]:
        """The documents in which words are found."""
        room = ReadingRoom(self.settings)
        try:
            return sorted({hit.document.document_id for hit in room.ask(Question(words, limit=99)).hits})
        finally:
            room.close()

    def state(self, passage_id: str) -> tuple[str, str | None]:
        """What became of an id, and the id of what it leads to."""
        room = ReadingRoom(self.settings)
        try:
            state = room.passage_state(passage_id)
            return state.state, state.passage.passage_id if state.passage else None
        finally:
            room.close()

    def ids(self, document_id: str) -> list[str]:
        """The ids of a document's passages."""
        return [p["passage_id"] for p in self.holds()["passages"] if p["document_id"] == document_id]


def small_desk(folder: Path) -> Desk:
    """A corpus of three texts and one theme; nothing is indexed yet."""
    desk = Desk(Settings(corpus=folder / "corpus", index=folder / "index", workers=2))
    desk.write("speeches/opening.txt", SPEECH)
    desk.write("background/note.md", NOTE)
    desk.write("press/text.html", PAGE)
    desk.write("themes.toml", THEMES)
    return desk
