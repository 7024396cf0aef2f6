"""One build: a plan applied to a copy of the current generation, sealed and published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from indexer.build.assembly import Assembled, assemble
from indexer.build.plan import Job, Plan, short_digest
from indexer.build.theme_checks import LabelShares
from indexer.corpus import ledger, themes
from indexer.corpus.catalogue import Catalogue
from indexer.corpus.corrections import Correction, by_document, correct
from indexer.corpus.inventory import Inventory, LeftOut
from indexer.enrichment.glossary import document_words, gather
from indexer.enrichment.near_duplicates import find_look_alikes
from indexer.enrichment.recurrence import find_recurrences
from indexer.enrichment.vectors import PATIENCE, VectorsBuilder
from indexer.extraction.cache import ReadingCache
from indexer.marking import LearnedMarker, load_own_weights
from indexer.reading.reading import Reading
from indexer.withdrawing.deleted import Deleted
from indexer.withdrawing.withdrawals import Withdrawals, take_out
from search.engines import IndexBuilder
from search.engines.entries import index_entries
from search.engines.registry import get_engine
from search.meaning import load_model
from search.meaning.vectors import VECTORS_FILE
from search.model import Passage, Themes
from search.quotes.index import ShinglesBuilder
from search.settings import Settings
from search.store.catalog import Catalog, CatalogWriter, Unread
from search.store.generations import SHINGLES, Generation, Generations, build_part


class Progress(Protocol):
    """Is told how the work goes on; the command line shows it."""

    def stage(self, name: str, total: int) -> None:
        """Begin a new stage of so many steps; 0 steps where they cannot be counted."""

    def step(self, what: str) -> None:
        """Count one step of the stage as done."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that the corpus folder says, and the cache of what was read from it."""

    inventory: Inventory
    catalogue: Catalogue
    themes: Themes
    jobs: tuple[Job, ...]
    cache: ReadingCache
    corrections: tuple[Correction, ...] = ()
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    withdrawn: tuple[LeftOut, ...] = ()
    """Files of documents that were withdrawn and lie there still."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    """The id of the document at each path that lies there or that the catalogue names, withdrawn ones too."""


@dataclass(frozen=True, slots=True)
class Work:
    """A plan whose documents were all read: only readable ones are left in it.

    `known` maps the path of what was indexed before to its document id and digest.
    """

    plan: Plan
    failed: tuple[LeftOut, ...]
    known: dict[str, tuple[str, str]]

    @property
    def going(self) -> tuple[str, ...]:
        """Paths whose documents leave: removed from the corpus, or not readable any more."""
        lost = (item.path for item in self.failed if item.path in self.known)
        return tuple(sorted({*self.plan.removed, *lost}))

    @property
    def coming(self) -> tuple[Job, ...]:
        """Documents to be made, in the order of paths."""
        return tuple(sorted((*self.plan.added, *self.plan.changed), key=lambda job: job.source.path))


@dataclass(slots=True)
class Tally:
    """Passages that came, went and are there."""

    added: int = 0
    removed: int = 0
    total: int = 0


class Build:
    """Applies work to a copy of a generation. `tally` is right once `publish` or `count_changes` has returned.

    `vectors` makes those of the passages, None where there is no model. With `erasing` the generation is built from nothing, and
    `undo` does not lead behind it.
    """

    def __init__(
        self,
        settings: Settings,
        corpus: Corpus,
        work: Work,
        catalog: Catalog | None,
        progress: Progress,
        vectors: VectorsBuilder | None = None,
        *,
        erasing: bool = False,
    ) -> None:
        self._settings, self._corpus, self._work = settings, corpus, work
        self._catalog, self._progress, self._vectors = catalog, progress, vectors
        self._marker = LearnedMarker(corpus.themes, load_own_weights(settings.corpus), load_model(settings))
        self._erasing = erasing
        self._day = datetime.now(UTC).date().isoformat()
        self._gone: list[ledger.Entry] = []
        self._ledger = ledger.load_ledger(settings.corpus)
        self._known = self._ledger
        self._titles: dict[str, str] = {}  # of documents that leave, by id
        self._corrections = by_document(corpus.corrections, self._ledger)
        leaving = {work.known[path][0] for path in work.going}
        self._renamed = leaving & {job.document_id for job in work.plan.added}
        self.tally = Tally(total=catalog.count_passages() if catalog else 0)

    def is_needed(self) -> bool:
        """Return whether anything that the index holds would differ."""
        if self._catalog is None or self._erasing or self._work.coming or self._work.going:
            return True
        if self._vectors is not None and self._vectors.begins_anew:
            return True
        editions = list(self._corpus.catalogue.editions)
        lists = (editions, self._corpus.themes, self._unread(), self._corpus.synonyms)
        catalog = self._catalog
        return lists != (catalog.editions(), catalog.themes(), catalog.unread(), catalog.glossary().synonyms)

    def _unread(self) -> list[Unread]:
        """Failures as the catalog keeps them."""
        return [Unread(item.path, item.reason, item.detail) for item in self._work.failed]

    def count_changes(self) -> None:
        """Count what would change, without writing."""
        self._account_for_leaving()
        for _ in self._made():
            pass

    def _made(self) -> Iterator[tuple[Job, Assembled]]:
        """Every document that comes, made and accounted for. Where all come, as they do with other themes, no label may mark too many."""
        self._progress.stage("indexing", len(self._work.coming))
        shares = LabelShares(self._corpus.themes)
        for job in self._work.coming:
            reading = self._corpus.cache.find(job.source.sha256, job.suffix)
            if isinstance(reading, Reading):  # the others are failures and not among the work
                made = self._without_withdrawn(
                    assemble(job.document_id, job.source, reading, job.entry, self._marker)
                )
                self._account(self._former_id(job), made.passages)
                shares.add(made.passages)
                yield job, self._corrected(made)
            self._progress.step(job.source.path)
        if not self._work.plan.unchanged:
            shares.refuse(self._settings.corpus / themes.FILE_NAME)

    def _without_withdrawn(self, made: Assembled) -> Assembled:
        """The document without the passages that staff withdrew: all that have exactly their words."""
        withdrawn = self._corpus.withdrawals.in_document(made.document.document_id, self._corpus.ids.values())
        if not withdrawn:
            return made
        words = {ledger.words_of_id(one.withdrawn_id) for one in withdrawn}
        ids = [p.passage_id for p in made.passages if ledger.words_of_id(p.passage_id) in words]
        document, passages = take_out(made.document, made.passages, ids)
        return replace(made, document=document, passages=passages)

    def _known_ids(self, standing: Iterable[str]) -> dict[str, ledger.Entry]:
        """The ledger with what goes in this run, without the words of what was withdrawn, or deleted long ago; `standing` are the ids
        of all passages."""
        known = ledger.merge_ledger(ledger.load_ledger(self._settings.corpus), self._gone)
        for passage_id, entry in known.items():
            if title := self._titles.get(entry["document_id"]):
                known[passage_id] = {**entry, "title": title}
        known = self._corpus.withdrawals.erase(known)
        documents = {job.document_id for job in self._corpus.jobs}
        return Deleted(self._day, self._settings.deleted_days, documents).let_go(known, standing)

    def _corrected(self, made: Assembled) -> Assembled:
        """The document with the last word of staff; ids that go in this very run are in `_gone` by now."""
        wanted = self._corrections.get(made.document.document_id)
        if not wanted:
            return made
        known = self._ledger | {entry["passage_id"]: entry for entry in self._gone}
        return replace(made, passages=correct(made.passages, wanted, known))

    def _account_for_leaving(self) -> None:
        """Accounts for documents that leave; for one that comes back from another file, `_made` does."""
        for path in self._work.going:
            document_id = self._work.known[path][0]
            if document_id not in self._renamed:
                self._account(document_id, ())

    def _former_id(self, job: Job) -> str | None:
        """The id that a document was indexed under: by its path, else its own when its file was renamed."""
        if job.source.path in self._work.known:
            return self._work.known[job.source.path][0]
        return job.document_id if job.document_id in self._renamed else None

    def _account(self, former_id: str | None, new: tuple[Passage, ...]) -> None:
        """Counts the passages of a document that come and go, and notes the ids that go."""
        old: list[Passage] = []
        if self._catalog is not None and former_id is not None:
            old = self._catalog.passages_of(former_id)
        gone = ledger.gone_entries(old, new, self._day)
        if self._catalog is not None and former_id is not None and not new:
            self._titles[former_id] = self._catalog.get_document(former_id).title
        self._gone.extend(gone)
        self.tally.removed += len(gone)
        self.tally.added += len({p.passage_id for p in new} - {p.passage_id for p in old})
        self.tally.total += len(new) - len(old)

    def publish(self, generations: Generations, source: Generation | None) -> Generation:
        """Build on a copy of `source` (from nothing if None), seal and publish; a build that fails is dropped.

        The ledger is written first: what it says of ids that still stand is passed over, so a kill in between is
        harmless, and a generation whose links would break is never sealed.
        """
        folder = generations.begin(source, self._settings.engine)
        try:
            facts = self._write(folder, source)
            ledger.write_ledger(self._settings.corpus, self._known)
            sealed = generations.seal(folder, facts)
        except BaseException:
            generations.discard(folder)
            raise
        generations.publish(sealed.meta.generation)
        return sealed if self._vectors is None else self._completed(self._vectors, generations, sealed)

    def _completed(self, vectors: VectorsBuilder, generations: Generations, sealed: Generation) -> Generation:
        """The published generation; where vectors were still missing, the one that takes its place when they are made."""
        if vectors.is_complete:
            return sealed
        vectors.make(self._progress)
        complete = generations.seal_amended(sealed, lambda folder: vectors.write(folder / VECTORS_FILE))
        generations.publish(complete.meta.generation)
        return complete

    def _write(self, folder: Path, source: Generation | None) -> dict[str, object]:
        """Writes catalog, engine and pairs of words; returns the facts for `meta.json`."""
        shingles = ShinglesBuilder(source.shingles_folder if source else None)
        engine = get_engine(self._settings.engine).open_builder(self._settings, build_part(folder))
        try:
            documents = self._write_catalog(folder / "catalog.sqlite", engine, shingles)
            self._progress.stage("writing the index", 0)
        except BaseException:
            engine.cancel()
            raise
        engine.commit()
        shingles.write(folder / SHINGLES)
        if self._vectors is not None:
            self._vectors.make(self._progress, PATIENCE)
            self._vectors.write(folder / VECTORS_FILE)
        return {
            **({"previous": None} if self._erasing else {}),
            "engine": self._settings.engine,
            "fingerprint": short_digest([job.digest for job in self._corpus.jobs]),
            "documents": documents,
            "passages": self.tally.total,
        }

    def _write_catalog(self, path: Path, engine: IndexBuilder, shingles: ShinglesBuilder) -> int:
        """Applies the work to the catalog and to the engine; returns the number of documents."""
        writer = CatalogWriter(path)
        try:
            self._apply(writer, engine, shingles)
            writer.set_unread(self._unread())
            writer.set_lists(self._corpus.catalogue.editions, self._corpus.themes)
            self._compare(writer)
            writer.set_glossary(replace(gather(writer.words()), synonyms=self._corpus.synonyms))
            standing = writer.passage_ids()
            self._known = self._known_ids(standing)
            writer.set_former(ledger.former_states(self._known, standing))
            return writer.count_documents()
        finally:
            writer.close()

    def _compare(self, writer: CatalogWriter) -> None:
        """What is known of documents and of findings together: look-alikes, and what was said before."""
        documents = {document.document_id: document for document in writer.documents()}
        alike = find_look_alikes(list(documents.values()), writer.sketches())
        writer.set_look_alikes(alike)
        copies = {frozenset((look.document_id, look.other_id)) for look in alike}
        writer.set_recurrences(
            find_recurrences(writer.findings(), documents, lambda a, b: a == b or frozenset((a, b)) in copies)
        )

    def _apply(self, writer: CatalogWriter, engine: IndexBuilder, shingles: ShinglesBuilder) -> None:
        """Takes out all that goes or changes, then puts in what comes: ids may pass from one file to another."""
        changed = (job.source.path for job in self._work.plan.changed)
        for path in (*self._work.going, *changed):
            writer.remove_document(self._work.known[path][0])
            engine.remove_document(self._work.known[path][0])
            shingles.remove_document(self._work.known[path][0])
            if self._vectors is not None:
                self._vectors.remove_document(self._work.known[path][0])
        if self._vectors is not None and self._catalog is not None:
            self._vectors.set_kept(self._catalog)
        self._account_for_leaving()
        for job, made in self._made():
            writer.set_document(made.document, job.digest, made.passages)
            writer.set_sketch(made.document.document_id, made.sketch)
            shingles.set_document(made.document.document_id, made.passages)
            writer.set_words(made.document.document_id, document_words(made.passages))
            if self._vectors is not None:
                self._vectors.set_document(made.document, made.passages)
            for entry in index_entries(made.passages, made.document):
                engine.add(entry)
