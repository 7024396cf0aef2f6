"""The whole run: sources.toml to documents in the corpus, one source after the other."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from indexer.corpus.catalogue import SOURCES_NAME, Entry, load_sources
from indexer.fetching.addresses import parse_target
from indexer.fetching.client import OK, Answer, Limits
from indexer.fetching.content import LOOKED_AT, check_content
from indexer.fetching.placing import check_may_replace, digest_of, find_place, write_whole
from indexer.fetching.reasons import NotFetched, Reason
from indexer.fetching.report import FetchReport, Outcome, State, not_fetched
from indexer.fetching.state import FetchState, Kept, kept_from
from indexer.fetching.visiting import Network, Visitor
from search.errors import BadFile, CorpusMissing, NoSource
from search.formats import SUFFIXES, find_format
from search.settings import Settings

STATE_FILE = Path("cache") / "fetch.json"  # below the index folder
_IN_MEMORY = 8 * 2**20
"""Bytes of a download before it goes to disk; a page is below 1 MB, a report seldom over 8."""


def choose_sources(corpus: Path, only: str = "") -> tuple[Entry, ...]:
    """Return the sources of a corpus whose address, path or title holds `only`, in either case.

    Raises CorpusMissing, BadFile, and NoSource when there is none.
    """
    if not corpus.is_dir():
        raise CorpusMissing(corpus)
    sources = load_sources(corpus)
    for source in sources:
        if find_format(source.path) is None:
            listed = ", ".join(SUFFIXES)
            raise BadFile(corpus / SOURCES_NAME, f"{source.path}: endings that are fetched are {listed}")
    wanted = only.casefold()
    chosen = tuple(s for s in sources if wanted in f"{s.source_url}\n{s.path}\n{s.title or ''}".casefold())
    if not chosen:
        raise NoSource(corpus / SOURCES_NAME, only)
    return chosen


def fetch_sources(
    settings: Settings,
    sources: Sequence[Entry],
    *,
    dry_run: bool = False,
    network: Network | None = None,
    limits: Limits | None = None,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> FetchReport:
    """Download sources into the corpus, one at a time; `tell` hears of each as it is done.

    A dry run asks nobody and writes nothing. `network` is handed in by tests; `limits` default to
    `settings.max_mb` and to the times of `Limits`.
    """
    started = time.monotonic()
    visitor = Visitor(network or Network(), limits or Limits(settings.max_mb * 2**20))
    run = _Run(settings, visitor, FetchState(settings.index / STATE_FILE))
    outcomes = []
    for source in sources:
        outcomes.append(run.planned(source) if dry_run else run.fetched(source))
        tell(outcomes[-1])
    return FetchReport(tuple(outcomes), dry_run, time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all sources of a run share."""

    settings: Settings
    visitor: Visitor
    state: FetchState

    def planned(self, source: Entry) -> Outcome:
        """Return what a run would do, as far as that is known without a network."""
        return _outcome(source, self._plan)

    def fetched(self, source: Entry) -> Outcome:
        """Return one source, fetched if that can be."""
        return _outcome(source, self._fetch)

    def _plan(self, path: str, url: str) -> Outcome:
        """The checks that need no network. Raises NotFetched."""
        place = find_place(self.settings.corpus, path)
        parse_target(url)
        detail = "ask whether it has changed" if place.exists() else "not there yet"
        return Outcome(path, url, State.PLANNED, detail=detail)

    def _fetch(self, path: str, url: str) -> Outcome:
        """The steps. Raises NotFetched; OSError where our own files cannot be read or written."""
        place = find_place(self.settings.corpus, path)
        kept, on_disk = self.state.find(path), digest_of(place)
        ours = kept if kept and kept.url == url and kept.sha256 == on_disk else None
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            answer = self.visitor.visit(url, lambda t: ours.validators(t.url) if ours else {}, body)
            if answer.status != OK:
                return _not_modified(path, url, answer, ours)
            return self._take(place, answer, body, Outcome(path, url, State.NEW), kept, on_disk)

    def _take(
        self,
        place: Path,
        answer: Answer,
        body: IO[bytes],
        outcome: Outcome,
        kept: Kept | None,
        on_disk: str | None,
    ) -> Outcome:
        """Checks a body and puts it into its place if it is new there. Raises NotFetched, OSError."""
        check_content(outcome.path, answer.headers.get("content-type", ""), _head(body))
        outcome = replace(outcome, size=answer.size, final_url=answer.target.url)
        fresh = kept_from(outcome.url, answer.target.url, _digest(body), answer.headers)
        if on_disk == fresh.sha256:
            outcome = replace(outcome, state=State.UNCHANGED)
        else:
            if on_disk is not None:
                check_may_replace(on_disk, outcome.url, kept)
                outcome = replace(outcome, state=State.CHANGED, size_before=place.stat().st_size)
            write_whole(place, body)
        self.state.remember(outcome.path, fresh)
        return outcome


def _head(body: IO[bytes]) -> bytes:
    """The first bytes of a body."""
    body.seek(0)
    return body.read(LOOKED_AT)


def _digest(body: IO[bytes]) -> str:
    """The sha256 of a body."""
    body.seek(0)
    digest = hashlib.sha256()
    while piece := body.read(2**20):
        digest.update(piece)
    return digest.hexdigest()


def _outcome(source: Entry, step: Callable[[str, str], Outcome]) -> Outcome:
    """What a step gives for the path and the address of a source; what it raises becomes an outcome as well."""
    url = source.source_url or ""
    try:
        return step(source.path, url)
    except NotFetched as failure:
        return not_fetched(source.path, url, failure)
    except OSError as error:  # of our own files: all that goes over the line raises NotFetched
        detail = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return not_fetched(source.path, url, NotFetched(Reason.NOT_WRITTEN, detail))


def _not_modified(path: str, url: str, answer: Answer, ours: Kept | None) -> Outcome:
    """The outcome of a 304. Raises NotFetched (STATUS) when nobody asked whether it has changed."""
    if ours is None:
        raise NotFetched(Reason.STATUS, f"{answer.status} without having been asked")
    return Outcome(path, url, State.UNCHANGED, final_url=answer.target.url)
