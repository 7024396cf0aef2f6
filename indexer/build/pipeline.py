"""The whole path, corpus to published generation, in the order of the steps.

Nothing shows before the last step: a kill at any moment leaves the old generation answering. What was read is
cached by content, so the next run goes on where a killed one stopped.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from indexer.build.assembly import ASSEMBLY_VERSION
from indexer.build.generation_builder import Build, Corpus, Progress, Tally, Work
from indexer.build.letting_go import due_notes, erase, find_due
from indexer.build.ocr import check_program, choose_ocr, load_ocr_list, store_ocr_list
from indexer.build.plan import Digest, Job, Plan, compare, make_jobs, short_digest, with_ocr
from indexer.build.report import Change, IndexReport, by_path
from indexer.build.theme_checks import example_notes
from indexer.corpus.catalogue import load_catalogue, with_paths_as_stored
from indexer.corpus.corrections import Correction, by_document, load_corrections, said, unanchored
from indexer.corpus.identity import document_ids
from indexer.corpus.inventory import LeftOut, take_inventory
from indexer.corpus.ledger import load_ledger
from indexer.corpus.themes import FILE_NAME as THEMES
from indexer.corpus.themes import load_themes
from indexer.enrichment.synonyms import SYNONYMS, load_synonyms
from indexer.enrichment.vectors import open_builder
from indexer.extraction.cache import ReadingCache
from indexer.extraction.sandbox import read_files
from indexer.marking import MARKING_VERSION, OWN_WEIGHTS, load_own_weights, shipped_weights
from indexer.readers import reading_fingerprint
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason, Unreadable
from indexer.withdrawing.erasing import is_pending, what_must_go
from indexer.withdrawing.withdrawals import Withdrawals, load_withdrawals
from search.analysis.words import ANALYSIS_VERSION
from search.engines.entries import ENTRY_VERSION
from search.engines.registry import get_engine, open_generations
from search.errors import IndexDamaged, IndexIncompatible, IndexMissing
from search.meaning import load_model
from search.meaning.context import vectors_sentence
from search.near_duplicates import once_a_pair
from search.quotes.index import Shingles
from search.quotes.words import QUOTE_WORDS_VERSION
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.disks import telling_of_disks
from search.store.generations import Generation, Generations
from search.store.received import note_received


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a run goes about it: only a plan; unreadable files tried again; OCR of all that lacks text (True), of what
    it read before (None), of nothing (False)."""

    plan_only: bool = False
    retry: bool = False
    ocr: bool | None = None


def index_corpus(
    settings: Settings,
    progress: Progress,
    *,
    plan_only: bool = False,
    retry: bool = False,
    ocr: bool | None = None,
) -> IndexReport:
    """Bring the index up to the corpus, or say what that would change.

    With `retry`, files that could not be read before are tried again. With `ocr`, OCR reads whatever lacks text; with
    False it reads nothing, by itself what it read before (`indexer.build.ocr` has the rule). Raises CorpusMissing, BadFile (catalogue, themes, ledger), IndexLocked, OcrMissing, OcrLanguageMissing, BadSetting (engine) and DiskProblem.
    """
    get_engine(settings.engine)  # a name that there is not is told before anything is read
    generations = open_generations(settings)
    wanted = Wanted(plan_only, retry, ocr)
    if plan_only:
        return _run(settings, generations, progress, wanted)
    with telling_of_disks(settings.index), generations.writing():
        return _run(settings, generations, progress, wanted)


def _run(settings: Settings, generations: Generations, progress: Progress, wanted: Wanted) -> IndexReport:
    """The steps."""
    started = time.monotonic()
    corpus = _with_ocr(_survey(settings), settings, progress, wanted)
    source, notes = _source(generations, settings)
    catalog = Catalog(source.catalog_path) if source else None
    try:
        due = find_due(corpus, settings, catalog)
        wanted_out = what_must_go(corpus.withdrawals, load_ledger(settings.corpus))
        erasing = bool(due) or is_pending(settings.index, wanted_out)
        work = _read(corpus, catalog, settings, progress, retry=wanted.retry, anew=erasing)
        vectors = None if wanted.plan_only else open_builder(settings, None if erasing else source)
        build = Build(settings, corpus, work, catalog, progress, vectors, erasing=erasing)
        published = source
        if wanted.plan_only or not build.is_needed():
            build.count_changes()
        else:
            held = catalog.documents() if source and catalog else []
            coming = {job.document_id: job.source.sha256 for job in work.coming}
            note_received(settings.index, held, source.meta.created_at if source else "", coming)
            published = build.publish(generations, None if erasing else source)
            erase(corpus, settings, generations, anew=erasing or source is None)
        notes += due_notes(due, settings, planned=wanted.plan_only)
        notes += _unanchored(corpus, settings, published)
        notes += example_notes(settings.corpus / THEMES, corpus.themes)
        report = _report(work, corpus, build.tally, published, source, notes, time.monotonic() - started)
        if wanted.plan_only or published is None:
            return report
        return replace(report, by_meaning=vectors_sentence(published.folder, settings))
    finally:
        if catalog is not None:
            catalog.close()


def _unanchored(corpus: Corpus, settings: Settings, published: Generation | None) -> tuple[str, ...]:
    """What is to be said of corrections that found no passage, and of withdrawals that found nothing."""
    if published is None or not (corpus.corrections or corpus.withdrawals):
        return ()
    with closing(Catalog(published.catalog_path)) as catalog:
        known = load_ledger(settings.corpus)
        return corpus.withdrawals.unknown(known, corpus.ids.values()) + unanchored(
            corpus.corrections, known, lambda at: catalog.find_passage(at) is not None
        )


def _survey(settings: Settings) -> Corpus:
    """The corpus as it lies there."""
    inventory = take_inventory(settings.corpus, settings.max_mb)
    paths = [*(source.path for source in inventory.sources), *(item.path for item in inventory.failed)]
    catalogue = with_paths_as_stored(load_catalogue(settings.corpus), paths)
    themes = load_themes(settings.corpus / THEMES)
    reading = reading_fingerprint(limits_of(settings))
    themes_digest = short_digest([asdict(theme) for theme in themes.all])
    corrections, withdrawals = load_corrections(settings.corpus, themes), load_withdrawals(settings.corpus)
    corrected = _digests(by_document(corrections, load_ledger(settings.corpus)), withdrawals)
    software = software_fingerprint(reading, _marker_state(settings))
    lying = [source.path for source in inventory.sources]
    named = dict.fromkeys([*lying, *catalogue.entries])
    ids = document_ids(lying, catalogue.entries, withdrawals.reserved(lying))
    ids = document_ids(named, catalogue.entries, withdrawals.reserved(named)) | ids
    jobs = make_jobs(inventory.sources, catalogue, themes_digest, software, corrected, ids=ids)
    cache = ReadingCache(settings.index / "cache" / "readings", reading)
    cache.keep_in_memory(
        job.source.sha256 for job in jobs if withdrawals.in_document(job.document_id, ids.values())
    )
    kept = tuple(job for job in jobs if not withdrawals.document(job.document_id))
    withdrawn = tuple(
        LeftOut(job.source.path, f"withdrawn on {one.day}", one.reason)
        for job in jobs
        if (one := withdrawals.document(job.document_id))
    )
    synonyms = load_synonyms(settings.corpus / SYNONYMS)
    return Corpus(
        inventory, catalogue, themes, kept, cache, corrections, withdrawals, withdrawn, synonyms, ids
    )


def _digests(corrections: Mapping[str, Iterable[Correction]], withdrawals: Withdrawals) -> dict[str, str]:
    """A digest of what staff said of each document: corrections, and passages withdrawn."""
    stated: dict[str, list[object]] = {key: list(said(found)) for key, found in corrections.items()}
    for one in withdrawals:
        if one.is_passage:
            stated.setdefault(one.withdrawn_id.partition("/")[0], []).append(one.withdrawn_id)
    return {key: short_digest(values) for key, values in stated.items()}


def _with_ocr(corpus: Corpus, settings: Settings, progress: Progress, wanted: Wanted) -> Corpus:
    """The corpus with the jobs that OCR reads marked as such."""
    known = load_ocr_list(settings.index)
    chosen = {} if wanted.ocr is False else known
    if wanted.ocr:
        check_program(settings.ocr_languages)

        def read(jobs: Iterable[Job]) -> object:
            return _read_uncached(jobs, corpus.cache, settings, progress, retry=wanted.retry)

        chosen = known | choose_ocr(corpus.jobs, corpus.cache, settings.ocr_languages, read)
    if chosen != known and not wanted.plan_only:
        store_ocr_list(settings.index, chosen)
    return replace(corpus, jobs=tuple(with_ocr(corpus.jobs, chosen)))


def limits_of(settings: Settings, ocr_languages: str = "") -> ReadingLimits:
    """Return the limits of reading one file, with OCR when languages are given."""
    return ReadingLimits(
        seconds=float(settings.read_seconds),
        memory_mb=settings.read_mb,
        max_mb=settings.max_mb,
        ocr_languages=ocr_languages,
    )


def software_fingerprint(reading: str, marker: str = "") -> str:
    """Return what stands for all versions that change what is indexed, and for what else the `marker` goes by."""
    versions = [
        reading,
        ASSEMBLY_VERSION,
        MARKING_VERSION,
        ANALYSIS_VERSION,
        ENTRY_VERSION,
        QUOTE_WORDS_VERSION,
    ]
    return short_digest([*versions, marker] if marker else versions)


def _marker_state(settings: Settings) -> str:
    """Stands for the weights that staff trained and for the sentence model; "" where the shipped weights go by words alone."""
    path = settings.corpus / OWN_WEIGHTS
    own = hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""
    sets = load_own_weights(settings.corpus) or shipped_weights()
    return f"{own} {sets.model}" if sets.fit(load_model(settings)) else own


def _source(generations: Generations, settings: Settings) -> tuple[Generation | None, tuple[str, ...]]:
    """The generation to build on; None, with a note why, where everything is built anew."""
    try:
        current = generations.current()
        Catalog(current.catalog_path).close()
        if current.meta.engine != settings.engine:
            return None, (f"built anew: the engine was {current.meta.engine}, now it is {settings.engine}",)
        get_engine(settings.engine).open_searcher(settings, current.engine_part).close()
        Shingles(current.shingles_folder)
    except IndexMissing:
        return None, ()
    except (IndexDamaged, IndexIncompatible) as reason:
        return None, (f"built anew: {reason}",)
    return current, ()


# --- reading ---------------------------------------------------------------------------------------------


def _read(
    corpus: Corpus,
    catalog: Catalog | None,
    settings: Settings,
    progress: Progress,
    *,
    retry: bool,
    anew: bool = False,
) -> Work:
    """Reads what is new and not cached; files that cannot be read leave the plan and become failures.

    With `anew`, every document is made again, whatever is known of it.
    """
    known = catalog.input_digests() if catalog else {}
    plan = compare(corpus.jobs, {path: (at, "") for path, (at, _) in known.items()} if anew else known)
    wanted = (*plan.added, *plan.changed)
    vanished = _read_uncached(wanted, corpus.cache, settings, progress, retry=retry)
    failures = {
        job.source.path: reason
        for job in wanted
        if (reason := vanished.get(job.content) or _failure(job, corpus.cache))
    }
    readable = Plan(
        added=tuple(job for job in plan.added if job.source.path not in failures),
        changed=tuple(job for job in plan.changed if job.source.path not in failures),
        removed=plan.removed,
        unchanged=plan.unchanged,
    )
    failed = [LeftOut(path, item.reason.value, item.detail) for path, item in failures.items()]
    return Work(readable, by_path([*failed, *corpus.inventory.failed]), known)


def _read_uncached(
    jobs: Iterable[Job], cache: ReadingCache, settings: Settings, progress: Progress, *, retry: bool
) -> dict[tuple[str, str], Unreadable]:
    """Reads every content once, each file in a child process that can be killed.

    Returns the contents whose files vanished meanwhile: that says nothing of the content, so it is not kept.
    """
    waiting: dict[Path, Job] = {}
    contents: set[tuple[str, str]] = set()
    for job in jobs:
        if job.content not in contents and _is_unread(job, cache, retry=retry):
            waiting[job.source.file] = job
        contents.add(job.content)
    vanished: dict[tuple[str, str], Unreadable] = {}
    for file, result in _outcomes(waiting, settings, progress):
        job = waiting[file]
        if isinstance(result, Unreadable) and result.reason is Reason.VANISHED:
            vanished[job.content] = result
        else:
            cache.store(job.source.sha256, job.suffix, result)
        progress.step(job.source.path)
    return vanished


def _outcomes(
    waiting: Mapping[Path, Job], settings: Settings, progress: Progress
) -> Iterator[tuple[Path, Reading | Unreadable]]:
    """What reading gives: first all files without OCR, then those with it, in each of its languages."""
    for languages in sorted({job.ocr for job in waiting.values()} | {""}):
        files = [file for file, job in waiting.items() if job.ocr == languages]
        if languages:
            check_program(languages)
        progress.stage("reading by OCR" if languages else "reading", len(files))
        hints = {file: waiting[file].hints for file in files}
        yield from read_files(files, limits_of(settings, languages), settings.workers, hints)


def _is_unread(job: Job, cache: ReadingCache, *, retry: bool) -> bool:
    """Whether a file has to be read."""
    found = cache.find(job.source.sha256, job.suffix)
    return found is None or (retry and isinstance(found, Unreadable))


def _failure(job: Job, cache: ReadingCache) -> Unreadable | None:
    """Why a file gave nothing, or None."""
    found = cache.find(job.source.sha256, job.suffix)
    return found if isinstance(found, Unreadable) else None


# --- reporting -------------------------------------------------------------------------------------------


def _near(path: str, stored: Sequence[str]) -> str:
    """What is proposed for a path that is not there: a stored one that is spelt nearly so or has the same name."""
    same = [
        other for other in stored if other.rpartition("/")[2].casefold() == path.rpartition("/")[2].casefold()
    ]
    near = same or get_close_matches(path, stored, n=1)
    return f"did you mean {near[0]}?" if near else ""


def _report(
    work: Work,
    corpus: Corpus,
    tally: Tally,
    published: Generation | None,
    source: Generation | None,
    notes: tuple[str, ...],
    seconds: float,
) -> IndexReport:
    """The account of the run: every file in one list."""
    left_out = {item.path for item in (*work.failed, *corpus.inventory.skipped, *corpus.withdrawn)}
    changed = [job for job in work.plan.changed if work.known[job.source.path][1] != job.digest]
    withdrawn = {path for path, at in corpus.ids.items() if corpus.withdrawals.document(at)}
    missing = set(corpus.catalogue.entries) - {job.source.path for job in corpus.jobs} - left_out - withdrawn
    stored = [job.source.path for job in corpus.jobs]
    named = (
        LeftOut(path, "named in catalogue.toml but not there", _near(path, stored))
        for path in sorted(missing)
    )
    return IndexReport(
        generation=published.meta.generation if published else None,
        added=tuple(Change(job.source.path, job.document_id, "new") for job in work.plan.added),
        changed=tuple(
            Change(
                job.source.path,
                job.document_id,
                Digest.difference(work.known[job.source.path][1], job.digest),
            )
            for job in changed
        ),
        removed=tuple(
            Change(path, work.known[path][0], "gone from the corpus")
            for path in work.plan.removed
            if path not in left_out
        ),
        unchanged=work.plan.unchanged + len(work.plan.changed) - len(changed),
        failed=work.failed,
        skipped=by_path([*corpus.inventory.skipped, *corpus.withdrawn, *named]),
        passages_added=tally.added,
        passages_removed=tally.removed,
        passages_total=tally.total,
        seconds=seconds,
        published=published is not source,
        notes=notes,
        look_alikes=_look_alikes(work, published) if published is not source else (),
    )


def _look_alikes(work: Work, published: Generation | None) -> tuple[str, ...]:
    """What the published generation says of documents that this run brought and that resemble others."""
    if published is None:
        return ()
    with closing(Catalog(published.catalog_path)) as catalog:
        documents = {document.document_id: document for document in catalog.documents()}
    brought = {job.document_id for job in work.coming}
    found = [look for document in documents.values() for look in document.look_alikes]
    return tuple(
        look.sentence(documents[look.document_id].path, documents[look.other_id].path)
        for look in once_a_pair(found)
        if {look.document_id, look.other_id} & brought
    )
